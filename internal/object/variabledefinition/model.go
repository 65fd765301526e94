// SPDX-License-Identifier: MPL-2.0

package variabledefinition

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// model is a definition as Terraform shows it.
type model struct {
	ID             types.String `tfsdk:"id"`
	Name           types.String `tfsdk:"name"`
	Description    types.String `tfsdk:"description"`
	Scope          types.String `tfsdk:"scope"`
	Format         types.String `tfsdk:"format"`
	Encrypted      types.Bool   `tfsdk:"encrypted"`
	OrganizationID types.String `tfsdk:"organization_id"`
	CreatedAt      types.String `tfsdk:"created_at"`
	UpdatedAt      types.String `tfsdk:"updated_at"`
}

func modelOf(definition *refold.VariableDefinition) model {
	return model{
		ID:             types.StringValue(definition.ID),
		Name:           attribute.TextOrNull(definition.Name),
		Description:    attribute.TextOrNull(definition.Description),
		Scope:          attribute.TextOrNull(definition.Scope),
		Format:         attribute.TextOrNull(definition.Format),
		Encrypted:      types.BoolValue(definition.Encrypted),
		OrganizationID: attribute.TextOrNull(definition.OrganizationID),
		CreatedAt:      attribute.TextOrNull(definition.CreatedAt),
		UpdatedAt:      attribute.TextOrNull(definition.UpdatedAt),
	}
}

// filter is what selects definitions of a list. What is null does not select.
type filter struct {
	Scope  types.String `tfsdk:"scope"`
	Name   types.String `tfsdk:"name"`
	Format types.String `tfsdk:"format"`
}

// selected are the definitions that are all that is asked for, in order; the values must be known.
func (f filter) selected(listed []*refold.VariableDefinition) []*refold.VariableDefinition {
	var found []*refold.VariableDefinition
	for _, definition := range listed {
		if is(f.Scope, definition.Scope) && is(f.Name, definition.Name) && is(f.Format, definition.Format) {
			found = append(found, definition)
		}
	}
	return found
}

func is(wanted types.String, shown string) bool {
	return wanted.IsNull() || wanted.ValueString() == shown
}

type manyModel struct {
	filter
	Definitions []model  `tfsdk:"definitions"`
	IDs         []string `tfsdk:"ids"`
}

// show takes over definitions. Its lists are never null.
func (m *manyModel) show(found []*refold.VariableDefinition) {
	m.Definitions, m.IDs = []model{}, []string{}
	for _, definition := range found {
		m.Definitions = append(m.Definitions, modelOf(definition))
		m.IDs = append(m.IDs, definition.ID)
	}
}
