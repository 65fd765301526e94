// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// TestTaintedAccountIsReplaced: a CLI hands the deletion of a tainted account no private state, and
// still its own app is not taken for the customer's, nor the customer's for its own.
func TestTaintedAccountIsReplaced(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	allGone(t, refold)
	config := refold.Provider() + account("user_1", `name = "Acme"`, plain(`{ key = "k" }`))
	tainted := applied(config, plancheck.ResourceActionReplace, storedCredentials(refold, "user_1", map[string]string{"key": "k"}))
	tainted.Taint = []string{address}
	refused := failing(config, "The customer still has connected apps")
	refused.Taint = tainted.Taint
	acctest.Run(t,
		applied(config, plancheck.ResourceActionCreate),
		counted(refold, tainted, map[string]int{"DELETE": 1, "PUT": 1}),
		after(func() {
			refold.Connect(test, "user_1", mockapi.Integration{Type: "custom", Name: "CRM", AppID: new("other")})
		}, refused),
		// What was handed over outlives a deletion that was refused.
		after(func() { refold.Change(test, "user_1", ownAppAlone) }, counted(refold,
			applied(config, plancheck.ResourceActionReplace), map[string]int{"DELETE": 1, "PUT": 1})),
	)
}

// TestTaintedUnderAnotherPolicy: a CLI shows the state of a tainted account to the refresh alone.
func TestTaintedUnderAnotherPolicy(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	allGone(t, refold)
	config := func(policy string) string {
		return refold.Provider() + account("user_1", `name = "Acme"`, `deletion_policy = "`+policy+`"`)
	}
	tainted := failing(config("ABANDON"), "Another deletion policy together with a replacement")
	tainted.Taint = []string{address}
	acctest.Run(t,
		applied(config("DELETE"), plancheck.ResourceActionCreate),
		counted(refold, tainted, map[string]int{"DELETE": 0, "PUT": 0}),
		counted(refold, failing(config("PREVENT"), "Another deletion policy together with a replacement"), map[string]int{"DELETE": 0, "PUT": 0}),
		counted(refold, applied(config("DELETE"), plancheck.ResourceActionReplace), map[string]int{"DELETE": 1, "PUT": 1}),
	)
}

// ownAppAlone takes away what was connected after the own app.
func ownAppAlone(account *mockapi.Account) { account.Integrations = account.Integrations[:1] }

// TestTaintedAccountThatWasNotRefreshed: nothing but app_id tells which app is its own.
func TestTaintedAccountThatWasNotRefreshed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		appID     string
		isRefused bool
	}{"with app_id": {mockapi.DefaultAppID, false}, "without app_id": {"", true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			run := refold.Protocol(t)
			created, diagnostics := run.Apply(typeName, nil, run.Config(typeName, withForm(acctest.CredentialForm{Values: map[string]string{"key": "k"}, AppID: test.appID})))
			acctest.WantNoDiagnostics(t, diagnostics)
			created.Private = nil
			_, diagnostics = refold.Protocol(t).Delete(typeName, created)
			if acctest.HasFailure(diagnostics) != test.isRefused {
				t.Error(acctest.List(diagnostics))
			}
		})
	}
}
