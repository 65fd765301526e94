// SPDX-License-Identifier: MPL-2.0

package config

import (
	"cmp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// dataSourceModel is a config as the data source shows it.
type dataSourceModel struct {
	LinkedAccountID types.String    `tfsdk:"linked_account_id"`
	Slug            types.String    `tfsdk:"slug"`
	ConfigID        types.String    `tfsdk:"config_id"`
	Fields          []shownField    `tfsdk:"fields"`
	Workflows       []shownWorkflow `tfsdk:"workflows"`
	FieldErrors     []string        `tfsdk:"field_errors"`
}

type shownField struct {
	ID       types.String `tfsdk:"id"`
	Name     types.String `tfsdk:"name"`
	Type     types.String `tfsdk:"type"`
	Required types.Bool   `tfsdk:"required"`
	Value    types.String `tfsdk:"value"`
	Default  types.String `tfsdk:"default"`
	Options  types.String `tfsdk:"options"`
}

type shownWorkflow struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	Enabled     types.Bool   `tfsdk:"enabled"`
}

// key names the config. Its id is that of the account by default (FACTS 2.7).
func (m dataSourceModel) key() refold.ConfigKey {
	accountID := m.LinkedAccountID.ValueString()
	return refold.ConfigKey{AccountID: accountID, Slug: m.Slug.ValueString(), ConfigID: cmp.Or(m.ConfigID.ValueString(), accountID)}
}

// show takes over what Refold has. Its lists are never null.
func (m *dataSourceModel) show(key refold.ConfigKey, config *refold.Config) {
	m.ConfigID = types.StringValue(key.ConfigID)
	m.Fields, m.Workflows, m.FieldErrors = []shownField{}, []shownWorkflow{}, []string{}
	for _, field := range config.Fields {
		m.Fields = append(m.Fields, showField(field))
	}
	for _, workflow := range config.Workflows {
		m.Workflows = append(m.Workflows, shownWorkflow{
			ID:          types.StringValue(workflow.ID),
			Name:        attribute.TextOrNull(workflow.Name),
			Description: attribute.TextOrNull(workflow.Description),
			Enabled:     types.BoolValue(workflow.Enabled),
		})
	}
	m.FieldErrors = append(m.FieldErrors, config.FieldErrors...)
}

func showField(field refold.ConfigField) shownField {
	shown := shownField{
		ID:       types.StringValue(field.ID),
		Name:     attribute.TextOrNull(field.Name),
		Type:     attribute.TextOrNull(field.Type),
		Required: types.BoolValue(field.Required),
		Value:    jsonText(field.Value),
		Default:  jsonText(field.Default),
	}
	if field.Options != nil {
		shown.Options = jsonText(field.Options)
	}
	return shown
}

// jsonText writes what was read from JSON as jsonencode() does. What is nil is null.
func jsonText(value any) types.String {
	if value == nil {
		return types.StringNull()
	}
	return types.StringValue(strings.ToValidUTF8(jsonvalue.Text(value), "\uFFFD"))
}
