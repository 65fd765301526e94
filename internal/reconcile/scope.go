// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// CheckScope refuses an answer from another organization or environment than
// the one that the state was made in: the API key was swapped, and nothing
// that it says about this account can be acted on (FACTS 0.5). An answer that
// does not name its scope proves nothing and is let through.
func CheckScope(accountID string, state, answered refold.Scope) diag.Diagnostic {
	if !state.IsKnown() || !answered.IsKnown() || state == answered {
		return nil
	}
	return diag.NewErrorDiagnostic("The API key belongs to another organization or environment", fmt.Sprintf(
		"Linked account %q was last seen in organization %s, environment %q. The current API key selects organization %s, environment %q. "+
			"Nothing was changed.\n\nUse the API key with which this state was made (the provider's `api_key`, REFOLD_API_KEY), "+
			"or use a separate state, for example a workspace, for the other environment. The provider's `environment` attribute guards against this.",
		accountID, state.OrganizationID, state.Environment, answered.OrganizationID, answered.Environment))
}

// CheckWritten is CheckScope for the answer to a write that could not be checked
// before: the account is there now.
func CheckWritten(accountID string, state, answered refold.Scope) diag.Diagnostic {
	if CheckScope(accountID, state, answered) == nil {
		return nil
	}
	return diag.NewErrorDiagnostic("The linked account was written to another organization or environment", fmt.Sprintf(
		"Linked account %q was written to organization %s, environment %q, which the current API key selects. This state was made in organization %s, environment %q. The account is not in the state.\n\n"+
			"Use the API key with which this state was made (the provider's `api_key`, REFOLD_API_KEY). If the account did not exist where it was written, delete it there, in Refold's dashboard. The provider's `environment` attribute guards against this.",
		accountID, answered.OrganizationID, answered.Environment, state.OrganizationID, state.Environment))
}

// CheckGone decides whether a not-found answer means that the account of this
// state is gone. It returns nil when it does.
func CheckGone(accountID string, state, searched refold.Scope, advice Advice) diag.Diagnostic {
	if !state.IsKnown() {
		return diag.NewErrorDiagnostic("The account of this state cannot be told from others", fmt.Sprintf(
			"Refold reports linked account %q as not found, but the state does not say in which organization and environment the account was made, "+
				"so a swapped API key cannot be ruled out, and the state is kept.\n\n"+
				"Check the API key. %s", accountID, advice.Forget))
	}
	if !searched.IsKnown() {
		return diag.NewErrorDiagnostic("Refold does not say where it looked for the account", fmt.Sprintf(
			"Refold reports linked account %q as not found, but does not name the organization and environment that were searched. "+
				"It was last seen in organization %s, environment %q, and a swapped API key would give the same answer, so the state is kept.\n\n"+
				"%s", accountID, state.OrganizationID, state.Environment, advice.Forget))
	}
	return CheckScope(accountID, state, searched)
}

// SearchedScope is where a not-found answer says that it looked.
func SearchedScope(err error) refold.Scope {
	if refusal, ok := errors.AsType[*refold.Error](err); ok {
		return refusal.Scope
	}
	return refold.Scope{}
}
