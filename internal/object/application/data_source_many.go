// SPDX-License-Identifier: MPL-2.0

package application

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var (
	_ datasource.DataSourceWithConfigure      = (*applicationsDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*applicationsDataSource)(nil)
)

type applicationsDataSource struct{ providerdata.DataSource }

// NewManyDataSource makes the data source refold_applications.
func NewManyDataSource() datasource.DataSource {
	return &applicationsDataSource{providerdata.DataSource{Name: "applications"}}
}

type manyModel struct {
	filter
	Applications types.List `tfsdk:"applications"`
	Slugs        types.List `tfsdk:"slugs"`
}

// Schema implements datasource.DataSource.
func (d *applicationsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, response *datasource.SchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "Reads all apps of Refold's catalogue, or those that the arguments select, and how they are connected to a linked account. No app at all is an empty list. Your organization's own default app is not among them.",
		Attributes: map[string]schema.Attribute{
			"linked_account_id": accountAttribute("Shows the connections of this account as well, and lets `connected` select by them: the id under which your own system knows the customer; case-sensitive."),
			"tags": schema.SetAttribute{
				ElementType: types.StringType, Optional: true,
				MarkdownDescription: "Only apps that have all of these tags, case-sensitive.",
			},
			"ecosystem": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Only apps that Refold counts among those of its ecosystem, or only the others. An app of which it does not say is never selected.",
			},
			"auth_type": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Only apps that can be connected by this type, among others: for example `keybased`, which `refold_integration` connects, or `oauth2`, which the customer does.",
				Validators:          []validator.String{attribute.NotEmpty("Then it does not select.")},
			},
			"connected": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Only apps that the account has connected, or has not. Needs `linked_account_id`.",
			},
			"slugs": schema.ListAttribute{
				ElementType: types.StringType, Computed: true,
				MarkdownDescription: "The `slug` of each app, in order.",
			},
			// With nested attributes, the work of the framework grows with the square of the apps.
			"applications": schema.ListAttribute{
				ElementType: listedType(), Computed: true,
				MarkdownDescription: "The apps, in Refold's order, each with the attributes of the data source `refold_application`. `slug` is what other objects take, which for an app that your organization built is its application id.",
			},
		},
	}
}

// ValidateConfig implements datasource.DataSourceWithValidateConfig.
func (d *applicationsDataSource) ValidateConfig(ctx context.Context, request datasource.ValidateConfigRequest, response *datasource.ValidateConfigResponse) {
	var config manyModel
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(config.check()...)
}

// Read implements datasource.DataSource. Parameters of a query select at current servers only, and
// one answer serves all who ask about the same account, so the provider selects (FACTS 2.1.4, 2.6).
func (d *applicationsDataSource) Read(ctx context.Context, request datasource.ReadRequest, response *datasource.ReadResponse) {
	var config manyModel
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	client := d.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	accountID := config.LinkedAccountID.ValueString()
	applications, err := client.Applications(ctx, accountID, 0)
	if err != nil {
		response.Diagnostics.Append(failure(accountID, err))
		return
	}
	// They are shared, so those that are not selected are not deleted in place.
	selected := slices.DeleteFunc(slices.Clone(applications), func(app *refold.Application) bool { return !config.selects(app) })
	config.Applications = listOf(selected, accountID != "")
	config.Slugs = textList(slugsOf(selected))
	response.Diagnostics.Append(response.State.Set(ctx, &config)...)
}
