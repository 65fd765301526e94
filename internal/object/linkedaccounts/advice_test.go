// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// TestPolicyIsAppliedBeforeAccountsLeave: accounts that one policy keeps in the map, or at Refold,
// are put back, get another policy by itself, and are then taken out under that.
func TestPolicyIsAppliedBeforeAccountsLeave(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, after string
		left          int
	}{
		"prevented, to be let go":  {"PREVENT", "ABANDON", 3},
		"prevented, to be deleted": {"PREVENT", "DELETE", 1},
		"let go, to be deleted":    {"ABANDON", "DELETE", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			state := o.apply(nil, o.config(many(3), under(test.before)))
			state = o.apply(&state, o.config(many(3), under(test.after)))
			o.sent(0, 0)
			state, diagnostics := o.try(&state, o.config(many(1), under(test.after)))
			if acctest.HasFailure(diagnostics) {
				t.Fatal(acctest.List(diagnostics))
			}
			holds(t, state, many(1))
			o.has(test.left)
		})
	}
}

// TestImportByIDsInsteadOfAll: an import of just the ids that are configured deletes nothing.
func TestImportByIDsInsteadOfAll(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	odd := map[string]tftypes.Value{`a "b", c`: account("Odd", nil), "plain": account("Plain", nil)}
	o.apply(nil, o.config(odd))
	o.Create("test", mockapi.Account{AccountID: "of somebody else"})
	run := o.Protocol(t, acctest.Unpaced)
	imported, diagnostics := run.Import(typeName, `"a ""b"", c",plain`)
	acctest.WantNoDiagnostics(t, diagnostics)
	plan := run.Plan(typeName, &imported, o.config(odd)).Diagnostics
	if acctest.HasFailure(plan) {
		t.Fatal(acctest.List(plan))
	}
	instance, diagnostics := o.try(&imported, o.config(odd))
	acctest.WantNoDiagnostics(t, diagnostics)
	o.sent(0, 0)
	holds(t, instance, odd)
}

// TestConnectedAccountIsDeletedAfterAll: an account whose deletion was refused goes once
// force_destroy is applied, or once it was deleted in the dashboard and leaves the map.
func TestConnectedAccountIsDeletedAfterAll(t *testing.T) {
	t.Parallel()
	for name, mend := range map[string]func(organization, acctest.Instance) acctest.Instance{
		"by force": func(o organization, state acctest.Instance) acctest.Instance {
			return o.apply(&state, o.config(many(2), set("force_destroy", acctest.Yes())))
		},
		"in the dashboard": func(o organization, state acctest.Instance) acctest.Instance {
			o.Remove("test", id(1))
			read, _ := o.read(state)
			return o.apply(&read, o.config(many(1)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			state := o.apply(nil, o.config(many(2)))
			o.Connect("test", id(1), mockapi.Integration{Type: "slack", Name: "Slack"})
			state, diagnostics := o.try(&state, o.config(many(1)))
			acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 1 linked accounts failed", "dashboard")
			state = mend(o, state)
			state, diagnostics = o.try(&state, o.config(many(1)))
			if acctest.HasFailure(diagnostics) {
				t.Error(acctest.List(diagnostics))
			}
			holds(t, state, many(1))
			o.has(1)
		})
	}
}
