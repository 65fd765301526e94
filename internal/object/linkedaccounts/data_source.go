// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
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
			"Because all elements of a list have the same type, `udf` is a map of texts here (numbers and booleans as Refold writes them), and `udf_json` is the same with types, for `jsondecode`.",
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
	if err != nil {
		response.Diagnostics.Append(diagnose.ListFailure("linked account", err))
		return
	}
	config.LinkedAccounts, config.IDs = detailsOf(accounts)
	response.Diagnostics.Append(response.State.Set(ctx, &config)...)
}

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
		values := accountview.Values(account)
		values["udf"], values["udf_json"] = textsOf(account.UDF), types.StringValue(udf.JSON(account.UDF))
		elements[i] = types.ObjectValueMust(elementType.AttrTypes, values)
	}
	return types.ListValueMust(elementType, elements), types.ListValueMust(types.StringType, names)
}
