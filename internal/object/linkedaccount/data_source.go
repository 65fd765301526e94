// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/accountview"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

var _ datasource.DataSourceWithConfigure = (*accountDataSource)(nil)

type accountDataSource struct{ providerdata.DataSource }

// NewDataSource makes the data source refold_linked_account.
func NewDataSource() datasource.DataSource {
	return &accountDataSource{providerdata.DataSource{Name: typeName}}
}

// Schema implements datasource.DataSource.
func (d *accountDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, response *datasource.SchemaResponse) {
	attributes := accountview.Attributes()
	attributes["udf"] = schema.DynamicAttribute{
		CustomType:          udf.Type{},
		Computed:            true,
		MarkdownDescription: "User-defined fields as an object; each value has the type that Refold stores. Null, with a warning, where Terraform cannot hold them.",
	}
	response.Schema = schema.Schema{
		MarkdownDescription: "Reads one linked account with the apps that the customer connected. Credentials are never part of it.",
		Attributes:          attributes,
	}
}

// Read implements datasource.DataSource.
func (d *accountDataSource) Read(ctx context.Context, request datasource.ReadRequest, response *datasource.ReadResponse) {
	var id types.String
	response.Diagnostics.Append(request.Config.GetAttribute(ctx, path.Root("linked_account_id"), &id)...)
	client := d.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	account, err := client.ReadLinkedAccount(ctx, id.ValueString(), refold.ReadOptions{})
	if err != nil {
		response.Diagnostics.Append(diagnose.AccountFailure("read", diagnose.LinkedAccount(id.ValueString()), diagnose.DataSourceWaits, err))
		return
	}
	fields := readUDF(ctx, account, &response.Diagnostics)
	values, attributeTypes := accountview.Values(account), accountview.Types()
	values["udf"], attributeTypes["udf"] = fields, udf.Type{}
	response.Diagnostics.Append(response.State.Set(ctx, types.ObjectValueMust(attributeTypes, values))...)
}
