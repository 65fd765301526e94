// SPDX-License-Identifier: MPL-2.0

// Package application offers the apps of Refold's catalogue to Terraform, with their connections to
// an account.
package application

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var _ datasource.DataSourceWithConfigure = (*applicationDataSource)(nil)

type applicationDataSource struct{ providerdata.DataSource }

// NewDataSource makes the data source refold_application.
func NewDataSource() datasource.DataSource {
	return &applicationDataSource{providerdata.DataSource{Name: "application"}}
}

// Schema implements datasource.DataSource.
func (d *applicationDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, response *datasource.SchemaResponse) {
	attributes := details()
	attributes["linked_account_id"] = accountAttribute("Shows the connections of this account as well: the id under which your own system knows the customer; case-sensitive.")
	attributes["slug"] = attribute.SlugInDataSource()
	response.Schema = schema.Schema{
		MarkdownDescription: "Reads one app of Refold's catalogue: what it is, which credentials it takes, and how it is connected to a linked account.",
		Attributes:          attributes,
	}
}

// Read implements datasource.DataSource.
func (d *applicationDataSource) Read(ctx context.Context, request datasource.ReadRequest, response *datasource.ReadResponse) {
	var slug, accountID types.String
	response.Diagnostics.Append(request.Config.GetAttribute(ctx, path.Root("slug"), &slug)...)
	response.Diagnostics.Append(request.Config.GetAttribute(ctx, path.Root("linked_account_id"), &accountID)...)
	client := d.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	applications, err := client.Applications(ctx, accountID.ValueString(), 0)
	if err != nil {
		response.Diagnostics.Append(failure(accountID.ValueString(), err))
		return
	}
	found := refold.FindApplication(applications, slug.ValueString())
	if found == nil {
		response.Diagnostics.Append(unknownError(slug.ValueString(), slugsOf(applications)))
		return
	}
	values, attributeTypes := valuesOf(found, !accountID.IsNull()), detailTypes()
	values["slug"], attributeTypes["slug"] = slug, types.StringType
	values["linked_account_id"], attributeTypes["linked_account_id"] = accountID, types.StringType
	response.Diagnostics.Append(response.State.Set(ctx, types.ObjectValueMust(attributeTypes, values))...)
}
