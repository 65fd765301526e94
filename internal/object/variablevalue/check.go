// SPDX-License-Identifier: MPL-2.0

package variablevalue

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// findDefinition finds the definition of what is to be set, or says why not.
func findDefinition(ctx context.Context, client *refold.Client, m model) (*refold.VariableDefinition, diag.Diagnostic) {
	definition, err := client.VariableDefinition(ctx, m.VariableDefinitionID.ValueString(), refold.SnapshotLife)
	switch {
	case refold.KindOf(err) == refold.NotFound:
		return nil, unknownDefinitionError(ctx, client, m)
	case err != nil:
		return nil, diagnose.Failure("find the definition of", m.subject(), err)
	}
	return definition, nil
}

// check holds what is planned against the definition, as far as it is known.
func (m model) check(wanted types.String, definition *refold.VariableDefinition) diag.Diagnostics {
	var problems diag.Diagnostics
	if misfit := m.misfit(definition); misfit != "" {
		problems.Append(scopeError(m, definition, misfit))
	}
	if definition.Encrypted && isGiven(m.Value) {
		problems.Append(encryptedError(m))
	}
	if isGiven(wanted) {
		if flaw := flawOf(definition.Format, wanted.ValueString()); flaw != "" {
			problems.Append(formatError(m, definition, flaw))
		}
	}
	return problems
}

// isGiven reports whether a text is known and not null.
func isGiven(text types.String) bool { return !text.IsNull() && !text.IsUnknown() }

// misfit says what a value of the definition is for where that is not what is planned, and is empty
// where it may be. Scopes are an open set (FACTS 2.8).
func (m model) misfit(definition *refold.VariableDefinition) string {
	lacksAccount, lacksWorkflow := m.LinkedAccountID.IsNull(), m.WorkflowID.IsNull()
	hasAccount, hasWorkflow := isGiven(m.LinkedAccountID), isGiven(m.WorkflowID)
	switch definition.Scope {
	case refold.ScopeLinkedAccount:
		if lacksAccount || hasWorkflow {
			return "so a value is for one account: it takes `linked_account_id` alone"
		}
	case refold.ScopeWorkflow:
		if lacksWorkflow || hasAccount {
			return "so a value is for one workflow: it takes `workflow_id` alone"
		}
	case refold.ScopeWorkspace, refold.ScopeOrganization:
		if hasAccount || hasWorkflow {
			return "so there is one value for all: it takes neither `linked_account_id` nor `workflow_id`"
		}
	}
	return ""
}

// at is the attribute of the value.
func (m model) at() path.Path {
	if m.isWriteOnly() {
		return path.Root("value_wo_version")
	}
	return path.Root("value")
}
