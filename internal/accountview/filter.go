// SPDX-License-Identifier: MPL-2.0

package accountview

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	variableName  = "env_variable_name"
	variableValue = "env_variable_value"
)

// Filter is the part of a configuration that Attributes describes. What is null
// does not select.
type Filter struct {
	Search           types.String `tfsdk:"search"`
	Scope            types.String `tfsdk:"scope"`
	EnvVariableName  types.String `tfsdk:"env_variable_name"`
	EnvVariableValue types.String `tfsdk:"env_variable_value"`
	IDPrefix         types.String `tfsdk:"id_prefix"`
	ConnectedApp     types.String `tfsdk:"connected_app"`
}

// Check adds an error for a value of a variable that is not named (FACTS 2.1.4).
func (f Filter) Check(diagnostics *diag.Diagnostics) {
	if !f.EnvVariableName.IsNull() || f.EnvVariableValue.IsNull() {
		return
	}
	diagnostics.AddAttributeError(path.Root(variableValue), "The value of no variable",
		"`"+variableValue+"` selects by the value of a variable, and `"+variableName+"` does not say of which one. Set both, or leave both out.")
}

// ForClient is the filter in the client's form; its values must be known.
func (f Filter) ForClient() refold.ListFilter {
	return refold.ListFilter{
		Search:           f.Search.ValueString(),
		Scope:            f.Scope.ValueString(),
		EnvVariableName:  f.EnvVariableName.ValueString(),
		EnvVariableValue: f.EnvVariableValue.ValueString(),
		IDPrefix:         f.IDPrefix.ValueString(),
		ConnectedApp:     f.ConnectedApp.ValueString(),
	}
}
