// SPDX-License-Identifier: MPL-2.0

// Package execution offers what ran for linked accounts to Terraform, without what it worked on.
package execution

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var (
	_ datasource.DataSourceWithConfigure      = (*executionsDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*executionsDataSource)(nil)
)

type executionsDataSource struct{ providerdata.DataSource }

// NewDataSource makes the data source refold_executions.
func NewDataSource() datasource.DataSource {
	return &executionsDataSource{providerdata.DataSource{Name: "executions"}}
}

// Schema implements datasource.DataSource.
func (d *executionsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, response *datasource.SchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "Reads the newest executions of workflows for a linked account, or those that the arguments select, and how many there are. None at all is an empty list.",
		Attributes:          attributes(),
	}
}

// ValidateConfig implements datasource.DataSourceWithValidateConfig.
func (d *executionsDataSource) ValidateConfig(ctx context.Context, request datasource.ValidateConfigRequest, response *datasource.ValidateConfigResponse) {
	var config model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(config.check()...)
}

// Read implements datasource.DataSource.
func (d *executionsDataSource) Read(ctx context.Context, request datasource.ReadRequest, response *datasource.ReadResponse) {
	var config model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	client := d.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	page := refold.ExecutionPage{IsTotalKnown: true}
	if !config.selectsNothing() {
		var err error
		if page, err = client.Executions(ctx, config.filter(), config.limit()); err != nil {
			response.Diagnostics.Append(failure(config.LinkedAccountID.ValueString(), err))
			return
		}
	}
	config.show(page)
	response.Diagnostics.Append(response.State.Set(ctx, &config)...)
}
