// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/accountview"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

var (
	_ datasource.DataSourceWithConfigure      = (*accountsDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*accountsDataSource)(nil)
)

type accountsDataSource struct{ providerdata.DataSource }

// NewDataSource makes the data source refold_linked_accounts.
func NewDataSource() datasource.DataSource {
	return &accountsDataSource{providerdata.DataSource{Name: typeName}}
}

type dataSourceModel struct {
	accountview.Filter
	LinkedAccounts types.List `tfsdk:"linked_accounts"`
	IDs            types.List `tfsdk:"ids"`
}

// Schema implements datasource.DataSource.
func (d *accountsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, response *datasource.SchemaResponse) {
	attributes := accountview.DataSourceAttributes()
	attributes["ids"] = schema.ListAttribute{
		ElementType:         types.StringType,
		Computed:            true,
		MarkdownDescription: "The `linked_account_id` of each account, in order.",
	}
	// With nested attributes, the work of the framework grows with the square of the accounts.
	attributes["linked_accounts"] = schema.ListAttribute{
		ElementType: detailsType(),
		Computed:    true,
		MarkdownDescription: "The accounts, in order of `linked_account_id`, each with the attributes of the data source `refold_linked_account`. " +
			"Because all elements of a list have the same type, `udf` is a map of texts here (numbers and booleans as Refold writes them), and `udf_json` is the same with types, for `jsondecode`. Both are null, with a warning, where Terraform cannot hold the fields.",
	}
	response.Schema = schema.Schema{
		MarkdownDescription: "Reads all linked accounts, or those that the arguments select, with the apps that the customers connected. No account at all is an empty list. Credentials are never part of it.",
		Attributes:          attributes,
	}
}

// ValidateConfig implements datasource.DataSourceWithValidateConfig.
func (d *accountsDataSource) ValidateConfig(ctx context.Context, request datasource.ValidateConfigRequest, response *datasource.ValidateConfigResponse) {
	var config dataSourceModel
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	config.Check(&response.Diagnostics)
}

// Read implements datasource.DataSource.
func (d *accountsDataSource) Read(ctx context.Context, request datasource.ReadRequest, response *datasource.ReadResponse) {
	var config dataSourceModel
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	client := d.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	accounts, err := client.SelectLinkedAccounts(ctx, config.ForClient())
	hidden, isPartial := errors.AsType[*refold.UnusableIDsError](err)
	if err != nil && !isPartial {
		response.Diagnostics.Append(diagnose.ListFailure(noun, err))
		return
	}
	accounts, leftOut := accountview.Distinct(accounts)
	if isPartial {
		leftOut = append(leftOut, hidden.IDs...)
	}
	if len(leftOut) > 0 {
		response.Diagnostics.Append(diagnose.LeftOutWarning(leftOut))
	}
	config.LinkedAccounts, config.IDs = detailsOf(ctx, accounts, &response.Diagnostics)
	response.Diagnostics.Append(response.State.Set(ctx, &config)...)
}

func detailsType() types.ObjectType {
	attributes := accountview.Types()
	attributes["udf"] = types.MapType{ElemType: types.StringType}
	attributes["udf_json"] = types.StringType
	return types.ObjectType{AttrTypes: attributes}
}

// detailsOf are accounts and their ids, in order.
func detailsOf(ctx context.Context, accounts []*refold.LinkedAccount, diagnostics *diag.Diagnostics) (details, ids types.List) {
	elementType := detailsType()
	var notShown mistakes
	elements, names := make([]attr.Value, len(accounts)), make([]attr.Value, len(accounts))
	for i, account := range accounts {
		names[i] = types.StringValue(account.AccountID)
		values := accountview.Values(account)
		var err error
		if values["udf"], values["udf_json"], err = fieldsOf(ctx, account); err != nil {
			notShown.add(account.AccountID, err.Error())
		}
		elements[i] = types.ObjectValueMust(elementType.AttrTypes, values)
	}
	if len(notShown.ids) > 0 {
		diagnostics.Append(hiddenFieldsWarning(notShown))
	}
	return types.ListValueMust(elementType, elements), types.ListValueMust(types.StringType, names)
}

// fieldsOf are the user-defined fields in both forms. They are null where Terraform cannot hold
// them, as jsondecode would have to.
func fieldsOf(ctx context.Context, account *refold.LinkedAccount) (types.Map, types.String, error) {
	texts, err := textsOf(account)
	if err == nil {
		_, err = udf.FromJSON(ctx, account.UDF)
	}
	if err != nil {
		return fieldsValue(nil), types.StringNull(), err
	}
	return fieldsValue(texts), types.StringValue(udf.JSON(account.UDF)), nil
}
