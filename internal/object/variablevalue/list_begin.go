// SPDX-License-Identifier: MPL-2.0

package variablevalue

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// begin finds out whose values are listed, and refuses what cannot be listed.
func (l *listing) begin(ctx context.Context) diag.Diagnostics {
	selected := l.selected
	switch {
	case !selected.LinkedAccountID.IsNull() && !selected.WorkflowID.IsNull():
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("workflow_id"), "An account and a workflow at once",
			"A value is for an account, for a workflow, or for neither. Remove `linked_account_id` or `workflow_id`, or write a `list` block for each.")}
	case !selected.WorkflowID.IsNull():
		l.scopes = []string{refold.ScopeWorkflow}
	case !selected.LinkedAccountID.IsNull():
		l.scopes = []string{refold.ScopeLinkedAccount}
	default:
		l.scopes = []string{refold.ScopeLinkedAccount, refold.ScopeWorkspace, refold.ScopeOrganization}
	}
	if !selected.VariableDefinitionID.IsNull() {
		if problem := l.beginWithDefinition(ctx); problem != nil {
			return diag.Diagnostics{problem}
		}
	}
	if id := selected.LinkedAccountID.ValueString(); id != "" {
		if _, err := l.client.LinkedAccount(ctx, id); err != nil {
			return diag.Diagnostics{diagnose.Failure("read", diagnose.LinkedAccount(id), err)}
		}
	}
	return nil
}

// beginWithDefinition lists the values of one variable in its own scope alone.
func (l *listing) beginWithDefinition(ctx context.Context) diag.Diagnostic {
	named := model{VariableDefinitionID: l.selected.VariableDefinitionID, LinkedAccountID: l.selected.LinkedAccountID, WorkflowID: l.selected.WorkflowID}
	definition, problem := findDefinition(ctx, l.client, named)
	if problem != nil {
		return problem
	}
	if definition.Scope == refold.ScopeWorkflow && named.WorkflowID.IsNull() {
		return diag.NewAttributeErrorDiagnostic(path.Root("workflow_id"), "The workflow is missing", fmt.Sprintf(
			"The scope of the variable %q is `workflow`, and Refold lists the values of one workflow at a time. Add `workflow_id`.", definition.Name))
	}
	isSelected := named.LinkedAccountID.IsNull() && named.WorkflowID.IsNull()
	if !isSelected && named.misfit(definition) != "" {
		return diag.NewAttributeErrorDiagnostic(path.Root("variable_definition_id"), "The variable has no such values", fmt.Sprintf(
			"The scope of the variable %q is `%s`, %s. Correct the arguments.", definition.Name, definition.Scope, named.misfit(definition)))
	}
	if isSelected {
		l.scopes = []string{definition.Scope}
	}
	return nil
}

// listProblem is what an error of a list of values is about. After a warning it goes on.
func listProblem(err error) diag.Diagnostic {
	if unusable, isPartial := errors.AsType[*refold.UnusableIDsError](err); isPartial {
		return diagnose.LeftOutWarning(unusable.IDs)
	}
	if unusable, isPartial := errors.AsType[*refold.UnusableValuesError](err); isPartial {
		return unusableWarning(unusable)
	}
	return diagnose.ListFailure(noun, err)
}

func unusableWarning(unusable *refold.UnusableValuesError) diag.Diagnostic {
	return diagnose.NewWarning("Values are left out of the list", fmt.Sprintf(
		"Refold lists %s that cannot be told from others. The first is %s.", diagnose.Count(len(unusable.Values), noun), unusable.Values[0]),
		"They stay at Refold as they are. Whoever knows what one is the value of can import it by definition and account or workflow.")
}

func leftOutWarning(state model, reason error) diag.Diagnostic {
	return diagnose.NewWarning("A value is left out of the list", fmt.Sprintf(
		"%s is set, and Terraform could not import it: %s.", state.subject().AtStart(), reason),
		"It stays at Refold as it is. Manage it in the dashboard.")
}
