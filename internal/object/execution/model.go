// SPDX-License-Identifier: MPL-2.0

package execution

import (
	"cmp"
	"math/big"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/number"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

type model struct {
	LinkedAccountID types.String `tfsdk:"linked_account_id"`
	Status          types.String `tfsdk:"status"`
	Slugs           types.Set    `tfsdk:"slugs"`
	WorkflowID      types.String `tfsdk:"workflow_id"`
	Type            types.String `tfsdk:"type"`
	Source          types.String `tfsdk:"source"`
	StartDate       types.String `tfsdk:"start_date"`
	EndDate         types.String `tfsdk:"end_date"`
	Limit           number.Whole `tfsdk:"limit"`
	Total           types.Int64  `tfsdk:"total"`
	Executions      types.List   `tfsdk:"executions"`
}

// filter is what Refold selects by; its values must be known.
func (m model) filter() refold.ExecutionFilter {
	filter := refold.ExecutionFilter{
		AccountID:  m.LinkedAccountID.ValueString(),
		Status:     m.Status.ValueString(),
		WorkflowID: m.WorkflowID.ValueString(),
		Type:       m.Type.ValueString(),
		Source:     m.Source.ValueString(),
		StartDate:  inUTC(m.StartDate),
		EndDate:    inUTC(m.EndDate),
	}
	for _, slug := range m.Slugs.Elements() {
		filter.Slugs = append(filter.Slugs, textOf(slug))
	}
	return filter
}

// selectsNothing is true of a set of apps that is empty, which Refold could not be told.
func (m model) selectsNothing() bool { return !m.Slugs.IsNull() && len(m.Slugs.Elements()) == 0 }

func (m model) limit() int {
	if m.Limit.IsNull() {
		return defaultLimit
	}
	return int(m.Limit.ValueInt64())
}

// inUTC spells a time without the sign of an offset, which servers may take for a space in a query.
// It is empty for none.
func inUTC(text types.String) string {
	moment, err := time.Parse(time.RFC3339, text.ValueString())
	if err != nil {
		return ""
	}
	return moment.UTC().Format(time.RFC3339Nano)
}

// textOf is empty for a text that is null or not known.
func textOf(value attr.Value) string {
	text, _ := value.(types.String)
	return text.ValueString()
}

// show takes over executions. The list is never null, and the total is, where it is not known.
func (m *model) show(page refold.ExecutionPage) {
	elements := make([]attr.Value, len(page.Executions))
	for i, execution := range page.Executions {
		elements[i] = types.ObjectValueMust(executionTypes(), valuesOf(execution))
	}
	m.Executions = types.ListValueMust(types.ObjectType{AttrTypes: executionTypes()}, elements)
	m.Total = types.Int64Null()
	if page.IsTotalKnown {
		m.Total = types.Int64Value(int64(page.Total))
	}
}

// valuesOf are the attributes of an execution by name, for an object of executionTypes.
func valuesOf(execution refold.Execution) map[string]attr.Value {
	return map[string]attr.Value{
		"id":               types.StringValue(execution.ID),
		"status":           attribute.TextOrNull(execution.Status),
		"workflow_id":      attribute.TextOrNull(execution.WorkflowID),
		"workflow_name":    attribute.TextOrNull(execution.WorkflowName),
		"slug":             attribute.TextOrNull(cmp.Or(execution.AppID, execution.Slug)),
		"type":             attribute.TextOrNull(execution.Type),
		"source":           attribute.TextOrNull(execution.Source),
		"started_at":       attribute.TextOrNull(execution.StartedAt),
		"ended_at":         attribute.TextOrNull(execution.EndedAt),
		"duration":         numberOf(execution.Duration),
		"duration_seconds": types.Float64PointerValue(execution.Seconds),
	}
}

// numberOf is null for a text that is no number, or none that Terraform can hold.
func numberOf(text string) types.Number {
	const precision = 512
	parsed, _, err := big.ParseFloat(text, 10, precision, big.ToNearestEven)
	if err != nil || parsed.IsInf() {
		return types.NumberNull()
	}
	return types.NumberValue(parsed)
}
