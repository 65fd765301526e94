// SPDX-License-Identifier: MPL-2.0

package workflow

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

type model struct {
	LinkedAccountID types.String `tfsdk:"linked_account_id"`
	Slug            types.String `tfsdk:"slug"`
	Published       types.Bool   `tfsdk:"published"`
	Enabled         types.Bool   `tfsdk:"enabled"`
	Workflows       []shown      `tfsdk:"workflows"`
}

type shown struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	Slug        types.String `tfsdk:"slug"`
	Published   types.Bool   `tfsdk:"published"`
	Enabled     types.Bool   `tfsdk:"enabled"`
}

// filter is what Refold selects by; its values must be known.
func (m model) filter() refold.WorkflowFilter {
	return refold.WorkflowFilter{Slug: m.Slug.ValueString(), IsPublished: m.Published.ValueBoolPointer()}
}

// show takes over the workflows that are switched on or off as is asked for. The list is never
// null.
func (m *model) show(workflows []refold.Workflow) {
	m.Workflows = []shown{}
	for _, workflow := range workflows {
		if !m.Enabled.IsNull() && m.Enabled.ValueBool() != workflow.IsEnabled {
			continue
		}
		m.Workflows = append(m.Workflows, shown{
			ID:          types.StringValue(workflow.ID),
			Name:        attribute.TextOrNull(workflow.Name),
			Description: attribute.TextOrNull(workflow.Description),
			Slug:        attribute.TextOrNull(workflow.Slug),
			Published:   types.BoolPointerValue(workflow.IsPublished),
			Enabled:     types.BoolValue(workflow.IsEnabled),
		})
	}
}
