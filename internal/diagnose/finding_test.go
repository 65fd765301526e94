// SPDX-License-Identifier: MPL-2.0

package diagnose_test

import (
	"errors"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// TestFindings holds what is decided against the scopes that lead to it.
func TestFindings(t *testing.T) {
	const (
		swapped  = "The API key belongs to another organization or environment"
		written  = "The linked account was written to another organization or environment"
		nowhere  = "Refold does not say where it looked for the account"
		unknown  = "The account of this state cannot be told from others"
		accepted = ""
	)
	here, none := refold.Scope{OrganizationID: "org", Environment: "test"}, refold.Scope{}
	for name, test := range map[string]struct {
		state, answered                 refold.Scope
		onScope, onWritten, onGoneAlone string
	}{
		"the same":                  {here, here, accepted, accepted, accepted},
		"another environment":       {here, refold.Scope{OrganizationID: "org", Environment: "production"}, swapped, written, swapped},
		"another organization":      {here, refold.Scope{OrganizationID: "other", Environment: "test"}, swapped, written, swapped},
		"an answer without any":     {here, none, accepted, accepted, nowhere},
		"an answer with half of it": {here, refold.Scope{Environment: "production"}, accepted, accepted, nowhere},
		"a state without any":       {none, here, accepted, accepted, unknown},
		"a state with half of it":   {refold.Scope{Environment: "production"}, here, accepted, accepted, unknown},
	} {
		t.Run(name, func(t *testing.T) {
			account := diagnose.LinkedAccount("user")
			for _, decided := range []struct {
				problem *diagnose.Problem
				want    string
			}{
				{diagnose.CheckScope(account, test.state, test.answered), test.onScope},
				{diagnose.CheckWritten(account, test.state, test.answered), test.onWritten},
				{diagnose.CheckGone(account, test.state, test.answered, "Forget it."), test.onGoneAlone},
			} {
				var got string
				if decided.problem != nil {
					got = decided.problem.Summary()
				}
				if got != decided.want {
					t.Errorf("decided %q, want %q", got, decided.want)
				}
			}
		})
	}
}

func TestSearchedScope(t *testing.T) {
	here := refold.Scope{OrganizationID: "org", Environment: "test"}
	if got := diagnose.SearchedScope(&refold.Error{Scope: here}); got != here {
		t.Errorf("got %+v, want %+v", got, here)
	}
	if got := diagnose.SearchedScope(errors.New("no answer")); got.IsKnown() {
		t.Errorf("got %+v of no answer", got)
	}
}
