// SPDX-License-Identifier: MPL-2.0

// Package variabledefinition offers the definitions of Refold's variables to Terraform.
package variabledefinition

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var (
	_ datasource.DataSourceWithConfigure      = (*definitionDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*definitionDataSource)(nil)
)

type definitionDataSource struct{ providerdata.DataSource }

// NewDataSource makes the data source refold_variable_definition.
func NewDataSource() datasource.DataSource {
	return &definitionDataSource{providerdata.DataSource{Name: "variable_definition"}}
}

// Schema implements datasource.DataSource.
func (d *definitionDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, response *datasource.SchemaResponse) {
	const without = "Without it, `id` names the definition."
	attributes := details()
	attributes["id"] = chosen("Refold's own id of the definition. Set it, or `name` and `scope`. One that does not exist is an error.", definitionID())
	attributes["name"] = chosen(nameOf+", case-sensitive. Set it together with `scope`, or `id` alone.", attribute.NotEmpty(without))
	attributes["scope"] = chosen(scopeOf+". Set it together with `name`, or `id` alone.", attribute.NotEmpty(without))
	response.Schema = schema.Schema{
		MarkdownDescription: "Reads the definition of a variable: what may be a value of it, whose values it has, and whether they are encrypted. Definitions are made and changed in Refold's dashboard.",
		Attributes:          attributes,
	}
}

// ValidateConfig implements datasource.DataSourceWithValidateConfig.
func (d *definitionDataSource) ValidateConfig(ctx context.Context, request datasource.ValidateConfigRequest, response *datasource.ValidateConfigResponse) {
	var config model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(config.check()...)
}

// Read implements datasource.DataSource.
func (d *definitionDataSource) Read(ctx context.Context, request datasource.ReadRequest, response *datasource.ReadResponse) {
	var config model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	client := d.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	definition, problem := find(ctx, client, config)
	if problem != nil {
		response.Diagnostics.Append(problem)
		return
	}
	response.Diagnostics.Append(response.State.Set(ctx, modelOf(definition))...)
}

// find returns the one definition that is named. The list serves a whole run, so it is asked
// before the definition itself.
func find(ctx context.Context, client *refold.Client, named model) (*refold.VariableDefinition, diag.Diagnostic) {
	listed, err := client.VariableDefinitions(ctx, 0)
	if err != nil {
		return nil, diagnose.ListFailure(noun, err)
	}
	if named.ID.IsNull() {
		return findNamed(listed, named)
	}
	id := named.ID.ValueString()
	definition, err := client.VariableDefinition(ctx, id, 0)
	switch {
	case refold.KindOf(err) == refold.NotFound:
		return nil, unknownIDError(id, listed)
	case err != nil:
		return nil, diagnose.Failure("read", diagnose.Subject{Noun: noun, Name: id}, err)
	}
	return definition, nil
}

func findNamed(listed []*refold.VariableDefinition, named model) (*refold.VariableDefinition, diag.Diagnostic) {
	found := filter{Name: named.Name, Scope: named.Scope}.selected(listed)
	switch len(found) {
	case 0:
		return nil, unknownNameError(named, listed)
	case 1:
		return found[0], nil
	}
	return nil, ambiguousError(named, found)
}
