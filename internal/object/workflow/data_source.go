// SPDX-License-Identifier: MPL-2.0

// Package workflow offers the workflows of linked accounts to Terraform.
package workflow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

var _ datasource.DataSourceWithConfigure = (*workflowsDataSource)(nil)

type workflowsDataSource struct{ providerdata.DataSource }

// NewDataSource makes the data source refold_workflows.
func NewDataSource() datasource.DataSource {
	return &workflowsDataSource{providerdata.DataSource{Name: "workflows"}}
}

// Schema implements datasource.DataSource.
func (d *workflowsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, response *datasource.SchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "Reads the workflows that a linked account can use, its private ones included, or those that the arguments select, and which of them are switched on. None at all is an empty list.",
		Attributes: map[string]schema.Attribute{
			"linked_account_id": attribute.HeaderLinkedAccountIDInDataSource(),
			"slug": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Only workflows of this app: its slug, or for an app that your organization built its application id. A workflow of which Refold does not say the app stays in the list.",
				Validators:          []validator.String{attribute.Slug()},
			},
			"published": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Only workflows that are published, or only drafts. A workflow of which Refold does not say stays in the list.",
			},
			"enabled": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Only workflows that are switched on in any config of the account, or only the others.",
			},
			"workflows": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The workflows, in Refold's order, those that are private to the account after the others.",
				NestedObject:        schema.NestedAttributeObject{Attributes: workflowAttributes()},
			},
		},
	}
}

func workflowAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":          attribute.ComputedInDataSource("Refold's id of the workflow. That of a draft is another one than that of the published workflow."),
		"name":        attribute.ComputedInDataSource("Display name."),
		"description": attribute.ComputedInDataSource("What it does, where Refold says."),
		"slug":        attribute.ComputedInDataSource("The app that it belongs to, where Refold says."),
		"published": schema.BoolAttribute{
			Computed: true, MarkdownDescription: "Whether it is published, where Refold says.",
		},
		"enabled": schema.BoolAttribute{
			Computed: true, MarkdownDescription: "Whether it is switched on in any config of the account. The data source `refold_config` shows in which.",
		},
	}
}

// Read implements datasource.DataSource.
func (d *workflowsDataSource) Read(ctx context.Context, request datasource.ReadRequest, response *datasource.ReadResponse) {
	var config model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	client := d.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	accountID := config.LinkedAccountID.ValueString()
	workflows, err := client.Workflows(ctx, accountID, config.filter())
	if err != nil {
		response.Diagnostics.Append(diagnose.AccountFailure("list the workflows of", diagnose.LinkedAccount(accountID), diagnose.DataSourceWaits, err))
		return
	}
	config.show(workflows)
	response.Diagnostics.Append(response.State.Set(ctx, &config)...)
}
