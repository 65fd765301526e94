// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"fmt"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Missing is what is known of an object that a state has and that Refold does not find. Who deleted
// it is not: a run that was killed could not record what it had done.
type Missing struct {
	// Searched is where Refold looked for it, as far as that is known.
	Searched refold.Scope
	// Age is how old the object was then, by the server's own clock; 0 where that is not known.
	Age time.Duration
	// DeletionBegun is true where an earlier run sent a deletion of it whose outcome it could not
	// tell.
	DeletionBegun bool
}

// mayBeHidden is how old an object is at most that reads which lag behind writes may not show. What
// servers do is not documented (FACTS 4.21).
const mayBeHidden = 5 * time.Minute

// Cause says what became of it, as far as that is known, to follow "It was".
func (m Missing) Cause() string {
	switch {
	case m.DeletionBegun:
		return "deleted by an earlier run of Terraform, which could not tell whether that was done"
	case m.Age > 0 && m.Age < mayBeHidden:
		return "created only minutes before, and reads that lag behind writes may not show it yet, so plan again in a few minutes to make sure. " +
			"Otherwise it was deleted outside Terraform, or by a run that was stopped before it could record that"
	}
	return "deleted outside Terraform, or by a run that was stopped before it could record that"
}

// Place is where Refold looked, to follow "is not found".
func (m Missing) Place() string {
	if !m.Searched.IsKnown() {
		return ""
	}
	return fmt.Sprintf(" in organization %s, environment %q", m.Searched.OrganizationID, m.Searched.Environment)
}

// MissingWarning is for an object that leaves the state because Refold does not find it. Without is
// what another one will lack (", without ..."), or empty.
func MissingWarning(subject Subject, missing Missing, without string) *Problem {
	return NewWarning(fmt.Sprintf("The %s is not found", subject.Noun),
		fmt.Sprintf("%s is not found%s. It was %s.", subject.AtStart(), missing.Place(), missing.Cause()),
		fmt.Sprintf("If it is still configured, the next apply creates the %s anew%s. If it is to stay deleted, remove it from the configuration.", subject.Short(), without))
}
