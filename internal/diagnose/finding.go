// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"errors"
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// CheckScope refuses an answer from another organization or environment than the one that the state
// was made in: the API key was swapped, and nothing that it says about this object can be acted on
// (FACTS 0.5). An answer that does not name its scope proves nothing and is let through.
func CheckScope(subject Subject, state, answered refold.Scope) *Problem {
	if !state.IsKnown() || !answered.IsKnown() || state == answered {
		return nil
	}
	return NewError("The API key belongs to another organization or environment", fmt.Sprintf(
		"%s was last seen in organization %s, environment %q. The current API key selects organization %s, environment %q. Nothing was changed.",
		subject.AtStart(), state.OrganizationID, state.Environment, answered.OrganizationID, answered.Environment),
		"Use the API key with which this state was made (the provider's `api_key`, REFOLD_API_KEY), "+
			"or use a separate state, for example a workspace, for the other environment. The provider's `environment` attribute guards against this.")
}

// CheckWritten is CheckScope for the answer to a write that could not be checked before: the object
// is there now.
func CheckWritten(subject Subject, state, answered refold.Scope) *Problem {
	if CheckScope(subject, state, answered) == nil {
		return nil
	}
	return NewError(fmt.Sprintf("The %s was written to another organization or environment", subject.Noun), fmt.Sprintf(
		"%s was written to organization %s, environment %q, which the current API key selects. This state was made in organization %s, environment %q. The %s is not in the state.",
		subject.AtStart(), answered.OrganizationID, answered.Environment, state.OrganizationID, state.Environment, subject.Short()),
		fmt.Sprintf("Use the API key with which this state was made (the provider's `api_key`, REFOLD_API_KEY). "+
			"If the %s did not exist where it was written, delete it there, in Refold's dashboard. The provider's `environment` attribute guards against this.", subject.Short()))
}

// CheckGone decides whether a not-found answer means that the object of this state is gone. It
// returns nil when it does. Searched is where the answer says that it looked (SearchedScope); for
// objects whose answers name neither organization nor environment it is what the client knows of
// its key (refold.Client.Scope). Forget is a sentence that says how the state forgets an object
// that was deleted on purpose.
func CheckGone(subject Subject, state, searched refold.Scope, forget string) *Problem {
	if !state.IsKnown() {
		return NewError(fmt.Sprintf("The %s of this state cannot be told from others", subject.Short()), fmt.Sprintf(
			"Refold reports %s as not found, but the state does not say in which organization and environment the %s was made, "+
				"so a swapped API key cannot be ruled out, and the state is kept.", subject, subject.Short()),
			"Check the API key. "+forget)
	}
	if !searched.IsKnown() {
		return NewError(fmt.Sprintf("Refold does not say where it looked for the %s", subject.Short()), fmt.Sprintf(
			"Refold reports %s as not found, but does not name the organization and environment that were searched. "+
				"It was last seen in organization %s, environment %q, and a swapped API key would give the same answer, so the state is kept.",
			subject, state.OrganizationID, state.Environment),
			forget)
	}
	return CheckScope(subject, state, searched)
}

// SearchedScope is where a not-found answer says that it looked.
func SearchedScope(err error) refold.Scope {
	if refusal, ok := errors.AsType[*refold.Error](err); ok {
		return refusal.Scope
	}
	return refold.Scope{}
}
