// SPDX-License-Identifier: MPL-2.0

package diagnose_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestListFailureNamesSomeIDs(t *testing.T) {
	err := &refold.UnusableIDsError{}
	for range 12 {
		err.IDs = append(err.IDs, refold.UnusableID{AccountID: " lead", Reason: errors.New("of white space")})
	}
	detail := diagnose.ListFailure("linked account", err).Detail()
	if strings.Count(detail, `" lead", because of white space`) != 10 || !strings.Contains(detail, "; and 2 more.") {
		t.Errorf("detail: %s", detail)
	}
}

// Failures of lists say nothing of one account, and of an apply.
func TestListFailure(t *testing.T) {
	for advice, err := range map[string]error{
		"does not fit together":      &refold.Error{Status: 200, Message: "keeps changing"},
		"does not look like Refold":  &refold.Error{Status: 200, Message: "JSON", NotRefold: true},
		"too old for this":           &refold.Error{Status: 404, Message: "Cannot GET"},
		"The API key was refused":    &refold.Error{Status: 401, Message: "Invalid Credentials"},
		"of the intended environmen": &refold.EnvironmentError{Want: "production", Got: "test"},
	} {
		failure := diagnose.ListFailure("linked account", err)
		if failure.Summary() != "Could not list linked accounts" || !strings.Contains(failure.Detail(), advice) || strings.Contains(failure.Detail(), `""`) {
			t.Errorf("%v: %s: %s", err, failure.Summary(), failure.Detail())
		}
	}
}
