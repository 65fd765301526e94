// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// A file that was cut off must not wipe out customers.
func TestMaxDeletions(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(100)))
	for left, summary := range map[int]string{89: "11 of 100 linked accounts would be deleted", 10: "90 of 100 linked accounts would be deleted", 0: "100 of 100 linked accounts would be deleted"} {
		plan := o.protocol.Plan(typeName, &state, o.config(many(left)))
		detail := acctest.Said(t, plan.Diagnostics, acctest.Failure, summary)
		if named := strings.Count(detail, "customer-"); named != 10 {
			t.Errorf("%d accounts are named in: %s", named, detail)
		}
	}
	acctest.Silent(t, o.protocol.Plan(typeName, &state, o.config(many(90))).Diagnostics)
	acctest.Silent(t, o.protocol.Plan(typeName, &state, o.config(many(89), set("max_deletions", number(11)))).Diagnostics)
	none := tftypes.NewValue(state.State.Type(), nil)
	acctest.Said(t, o.protocol.Plan(typeName, &state, none).Diagnostics, acctest.Failure, "100 of 100 linked accounts would be deleted")
	raised := o.apply(&state, o.config(many(100), set("max_deletions", number(100))))
	o.sent(0, 0)
	o.apply(&raised, none)
	o.sent(0, 100)
	if left := o.Accounts(test); len(left) > 0 {
		t.Errorf("%d accounts are left", len(left))
	}
}

// TestMapThatTurnsOutShort: what was not known in the plan is checked before
// anything is deleted.
func TestMapThatTurnsOutShort(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(3)))
	unknown := tftypes.NewValue(accountsType(), tftypes.UnknownValue)
	limit := set("max_deletions", number(0))
	plan := o.protocol.Plan(typeName, &state, o.protocol.Config(typeName, map[string]tftypes.Value{"accounts": unknown, "max_deletions": number(0)}))
	acctest.Silent(t, plan.Diagnostics)
	o.ResetRequests()
	_, diagnostics := o.protocol.ApplyPlanned(typeName, &state, plan, o.config(many(2), limit))
	acctest.Said(t, diagnostics, acctest.Failure, "1 of 3 linked accounts would be deleted")
	o.sent(0, 0)
}

// TestReplacement: a replacement deletes without a plan of the deletion.
func TestReplacement(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(11)))
	o.ResetRequests()
	left, diagnostics := o.protocol.Delete(typeName, state)
	acctest.Said(t, diagnostics, acctest.Failure, "11 of 11 linked accounts would be deleted")
	o.sent(0, 0)
	holds(t, left, many(11))
}

func TestConnectedAppsAreGuarded(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(3)))
	o.Connect(test, id(1), mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
	left, diagnostics := o.try(&state, o.config(many(1)))
	detail := acctest.Said(t, diagnostics, acctest.Failure, "1 of 2 linked accounts failed")
	for _, part := range []string{id(1), "Hubspot", "force_destroy", "1 were carried out"} {
		if !strings.Contains(detail, part) {
			t.Errorf("the detail lacks %q: %s", part, detail)
		}
	}
	o.sent(0, 1)
	holds(t, left, many(2))
	forced := o.apply(&left, o.config(many(2), set("force_destroy", yes())))
	final := o.apply(&forced, o.config(many(1), set("force_destroy", yes())))
	o.sent(0, 1)
	holds(t, final, many(1))
}

func TestDestroyThatFailsForSome(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(5)))
	o.Connect(test, id(3), mockapi.Integration{Type: "slack", Name: "Slack"})
	left, diagnostics := o.try(&state, tftypes.NewValue(state.State.Type(), nil))
	acctest.Said(t, diagnostics, acctest.Failure, "1 of 5 linked accounts failed")
	holds(t, left, map[string]tftypes.Value{id(3): many(5)[id(3)]})
}
