// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/accountview"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// detailsType is the type of one account in a list.
func detailsType() types.ObjectType {
	attributes := accountview.Types()
	attributes["udf"] = types.MapType{ElemType: types.StringType}
	attributes["udf_json"] = types.StringType
	return types.ObjectType{AttrTypes: attributes}
}

// detailsOf are accounts and their ids, in order.
func detailsOf(accounts []*refold.LinkedAccount) (details, ids types.List) {
	elementType := detailsType()
	elements, names := make([]attr.Value, len(accounts)), make([]attr.Value, len(accounts))
	for i, account := range accounts {
		names[i] = types.StringValue(account.AccountID)
		values := accountview.Of(account).Values()
		values["udf"], values["udf_json"] = textsOf(account.UDF), types.StringValue(udf.JSON(account.UDF))
		elements[i] = types.ObjectValueMust(elementType.AttrTypes, values)
	}
	return types.ListValueMust(elementType, elements), types.ListValueMust(types.StringType, names)
}

func textsOf(fields refold.UDF) types.Map { return fieldsValue(udf.Texts(fields)) }

// fieldsValue is null for nil.
func fieldsValue(fields map[string]string) types.Map {
	if fields == nil {
		return types.MapNull(types.StringType)
	}
	elements := make(map[string]attr.Value, len(fields))
	for key, text := range fields {
		elements[key] = types.StringValue(text)
	}
	return types.MapValueMust(types.StringType, elements)
}
