// SPDX-License-Identifier: MPL-2.0

package variablevalue

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// ValidateConfig implements resource.ResourceWithValidateConfig: what no single attribute can
// check.
func (r *valueResource) ValidateConfig(ctx context.Context, request resource.ValidateConfigRequest, response *resource.ValidateConfigResponse) {
	var config model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	if response.Diagnostics.HasError() {
		return
	}
	config.checkTarget(&response.Diagnostics)
	config.checkForms(&response.Diagnostics)
}

func (m model) checkTarget(diagnostics *diag.Diagnostics) {
	if isGiven(m.LinkedAccountID) && isGiven(m.WorkflowID) {
		diagnostics.AddAttributeError(path.Root("workflow_id"), "An account and a workflow at once",
			"A value is for an account, for a workflow, or for neither, as its definition says. Remove `linked_account_id` or `workflow_id`.")
	}
}

// checkForms refuses both forms at once, and a version without the write-only one. That may be null
// as long as nothing sends it.
func (m model) checkForms(diagnostics *diag.Diagnostics) {
	switch {
	case !m.Value.IsNull() && !m.ValueWO.IsNull():
		diagnostics.AddAttributeError(path.Root("value"), "Two forms of the value at once",
			"Both `value` and `value_wo` are set. Keep one; `value_wo` keeps the value out of the state.")
	case !m.ValueWO.IsNull() && m.ValueWOVersion.IsNull():
		diagnostics.AddAttributeError(path.Root("value_wo_version"), "A write-only value needs a version",
			"Terraform does not store `value_wo`, so only a version tells when to send it again. `value_wo_version` is left out, or null, perhaps because a variable is. Give it a value, such as 1.")
	case !m.Value.IsNull() && !m.ValueWOVersion.IsNull():
		diagnostics.AddAttributeError(path.Root("value_wo_version"), "A version without a write-only value",
			"`value_wo_version` goes with `value_wo` only. Remove it.")
	}
}

// id refuses what cannot be an id of Refold's of this kind of object.
func id(of string) validator.String {
	return attribute.TextValidator{Rule: "must be the id of a " + of, Check: func(at path.Path, text string) diag.Diagnostic {
		err := refold.CheckID(text)
		if err == nil {
			err = refold.CheckExact(text)
		}
		if err == nil {
			return nil
		}
		return diag.NewAttributeErrorDiagnostic(at, "Not usable as the id of a "+of, fmt.Sprintf(
			"%q cannot be the id of a %s: %s. Write it as Refold shows it.", text, of, err))
	}}
}
