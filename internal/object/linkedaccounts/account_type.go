// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// accountType is the type of one account in a map by linked_account_id.
func accountType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{
		"name": types.StringType,
		"udf":  types.MapType{ElemType: types.StringType},
	}}
}
