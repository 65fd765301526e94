// SPDX-License-Identifier: MPL-2.0

package variabledefinition

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

var _ datasource.DataSourceWithConfigure = (*definitionsDataSource)(nil)

type definitionsDataSource struct{ providerdata.DataSource }

// NewManyDataSource makes the data source refold_variable_definitions.
func NewManyDataSource() datasource.DataSource {
	return &definitionsDataSource{providerdata.DataSource{Name: "variable_definitions"}}
}

// Schema implements datasource.DataSource.
func (d *definitionsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, response *datasource.SchemaResponse) {
	const silent = " A definition of which Refold does not say is never selected."
	response.Schema = schema.Schema{
		MarkdownDescription: "Reads the definitions of all variables, or those that the arguments select. None at all is an empty list.",
		Attributes: map[string]schema.Attribute{
			"scope":  selecting("Only definitions of this scope: `linked_account`, `workflow`, `workspace` or `org`." + silent),
			"name":   selecting("Only definitions of exactly this name, case-sensitive. Each scope may have one."),
			"format": selecting("Only definitions of this format: `string`, `number` or `url`." + silent),
			"ids": schema.ListAttribute{
				ElementType: types.StringType, Computed: true,
				MarkdownDescription: "The `id` of each definition, in order.",
			},
			"definitions": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The definitions, in Refold's order.",
				NestedObject:        schema.NestedAttributeObject{Attributes: details()},
			},
		},
	}
}

// Read implements datasource.DataSource. Parameters of a query select at current servers only, and
// one answer serves all who ask, so the provider selects (FACTS 2.1.4, 2.8).
func (d *definitionsDataSource) Read(ctx context.Context, request datasource.ReadRequest, response *datasource.ReadResponse) {
	var config manyModel
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	client := d.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	listed, err := client.VariableDefinitions(ctx, 0)
	if err != nil {
		response.Diagnostics.Append(diagnose.ListFailure(noun, err))
		return
	}
	config.show(config.selected(listed))
	response.Diagnostics.Append(response.State.Set(ctx, &config)...)
}
