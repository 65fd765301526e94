// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"encoding/json"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// TestTaintedAccounts: a CLI hands the deletion of a tainted object no private state but that which
// its replacement was planned with, and still no account's own app is taken for the customer's, nor
// the customer's for its own.
func TestTaintedAccounts(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	config := o.config(many(3), set("auth_credentials", credentials(map[string]keys{id(0): {"token": "a"}, id(1): {"token": "b"}})))
	state := o.apply(nil, config)
	o.Connect(test, id(1), mockapi.Integration{Type: "custom", Name: "CRM", AppID: new("other")})
	replace := func(tainted acctest.Instance) (acctest.Instance, acctest.Diagnostics) {
		run := o.Protocol(t, acctest.Unpaced)
		read, diagnostics := run.Read(typeName, tainted)
		acctest.WantNoDiagnostics(t, diagnostics)
		read.Private = run.Plan(typeName, nil, config).PlannedPrivate
		return o.Protocol(t, acctest.Unpaced).Delete(typeName, read)
	}
	left, diagnostics := replace(state)
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "A replacement would delete accounts with connected apps", id(1), "Nothing was deleted")
	o.Change(test, id(1), func(account *mockapi.Account) { account.Integrations = account.Integrations[:1] })
	// What was handed over outlives a deletion that was refused.
	_, diagnostics = replace(left)
	acctest.WantNoDiagnostics(t, diagnostics)
	if accounts := o.Accounts(test); len(accounts) > 0 {
		t.Errorf("%d accounts are left", len(accounts))
	}
}

// TestTaintedAccountsThatWereNotRefreshed: nothing tells whether they are still those of the state.
func TestTaintedAccountsThatWereNotRefreshed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		more      acctest.Attributes
		isRefused bool
	}{"plain": {isRefused: true}, "by force": {more: acctest.Attributes{"force_destroy": acctest.Yes()}}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			config := o.config(many(2), test.more)
			state := o.apply(nil, config)
			o.makeAnew(id(1))
			state.Private = o.Protocol(t, acctest.Unpaced).Plan(typeName, nil, config).PlannedPrivate
			_, diagnostics := o.Protocol(t, acctest.Unpaced).Delete(typeName, state)
			if !test.isRefused {
				acctest.WantNoDiagnostics(t, diagnostics)
				return
			}
			acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "A tainted resource was not refreshed", "untaint")
			if left := o.Accounts("test"); len(left) != 2 {
				t.Errorf("%d accounts are left", len(left))
			}
		})
	}
}

// TestMarkOfACreation: one that is damaged deletes nothing, and one that a deletion has left behind
// ends with the next refresh.
func TestMarkOfACreation(t *testing.T) {
	t.Parallel()
	const key = "handed_over"
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2)))
	marked := withPrivate(t, state, key, `true`)
	read, diagnostics := o.read(marked)
	acctest.WantNoDiagnostics(t, diagnostics)
	if private := privateOf(t, read); private[key] != nil {
		t.Errorf("after a refresh the mark is %s", private[key])
	}
	o.ResetRequests()
	_, diagnostics = o.Protocol(t, acctest.Unpaced).Delete(typeName, withPrivate(t, state, key, `"damaged"`))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "Unreadable private state")
	o.sent(0, 0)
}

func privateOf(t *testing.T, state acctest.Instance) map[string][]byte {
	t.Helper()
	private := map[string][]byte{}
	if err := json.Unmarshal(state.Private, &private); err != nil {
		t.Fatal(err)
	}
	return private
}

// withPrivate is a state with another value in its private part.
func withPrivate(t *testing.T, state acctest.Instance, key, value string) acctest.Instance {
	t.Helper()
	private := privateOf(t, state)
	private[key] = []byte(value)
	encoded, err := json.Marshal(private)
	if err != nil {
		t.Fatal(err)
	}
	state.Private = encoded
	return state
}
