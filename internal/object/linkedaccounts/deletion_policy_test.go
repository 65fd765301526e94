// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

func under(policy string) map[string]tftypes.Value {
	return set("deletion_policy", acctest.Text(policy))
}

// has checks how many accounts are at Refold.
func (o organization) has(want int) {
	o.t.Helper()
	if got := len(o.Accounts(test)); got != want {
		o.t.Errorf("%d accounts are at Refold, want %d", got, want)
	}
}

// TestPreventedRemoval: PREVENT in the state or in the plan keeps accounts in the map, and nothing
// else of the change is done.
func TestPreventedRemoval(t *testing.T) {
	t.Parallel()
	for name, policies := range map[string][2]string{
		"stays": {"PREVENT", "PREVENT"}, "ends with it": {"PREVENT", "DELETE"}, "comes with it": {"ABANDON", "PREVENT"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			state := o.apply(nil, o.config(many(3), under(policies[0])))
			_, diagnostics := o.try(&state, o.config(many(1), under(policies[1])))
			acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "2 of 3 linked accounts would leave the map, which is prevented", id(1), id(2), "PREVENT")
			o.sent(0, 0)
			o.has(3)
			grown := o.apply(&state, o.config(many(4), under(policies[0])))
			holds(t, grown, many(4))
		})
	}
}

// TestAbandonedRemoval: accounts are let go without a request, however many, and the plan names
// them.
func TestAbandonedRemoval(t *testing.T) {
	t.Parallel()
	for name, policies := range map[string][2]string{
		"stays": {"ABANDON", "ABANDON"}, "ends with it": {"ABANDON", "DELETE"}, "comes with it": {"DELETE", "ABANDON"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			state := o.apply(nil, o.config(many(15), under(policies[0])))
			left, diagnostics := o.try(&state, o.config(many(2), under(policies[1])))
			acctest.WantNoDiagnostics(t, diagnostics)
			if requests := o.Requests(); len(requests) > 0 {
				t.Errorf("%d requests were sent, the first is %s %s", len(requests), requests[0].Method, requests[0].Path)
			}
			o.has(15)
			holds(t, left, many(2))
			plan := o.Protocol(t, acctest.Unpaced).Plan(typeName, &state, o.config(many(2), under(policies[1])))
			acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "13 of 15 linked accounts will be let go, and left at Refold", id(2), id(11), "and 3 more")
		})
	}
}

// TestAbandonedCredentials: what is let go keeps its credentials, and the state forgets them.
func TestAbandonedCredentials(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	both := set("auth_credentials", credentials(map[string]keys{id(0): {"token": "a"}, id(1): {"token": "b"}}))
	first := set("auth_credentials", credentials(map[string]keys{id(0): {"token": "a"}}))
	state := o.apply(nil, o.config(many(2), both, under("ABANDON")))
	left := o.apply(&state, o.config(many(1), first, under("ABANDON")))
	if got := o.Credentials(test, id(1)); got["token"] != "b" {
		t.Errorf("credentials of what was let go: %v", got)
	}
	var private map[string][]byte
	if err := json.Unmarshal(left.Private, &private); err != nil {
		t.Fatal(err)
	}
	if kept := string(private["accounts_with_credentials"]); !strings.Contains(kept, id(0)) || strings.Contains(kept, id(1)) {
		t.Errorf("the private state knows of the credentials of %s", kept)
	}
}

// TestAbandonWaitsForWrites: as long as something could not be written, nothing is let go.
func TestAbandonWaitsForWrites(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2), under("ABANDON")))
	o.refuse(func(request *http.Request) bool { return o.numberIn(request) == 2 })
	moved := map[string]tftypes.Value{id(0): many(1)[id(0)], id(2): account("Customer 1", fields("pro"))}
	left, diagnostics := o.try(&state, o.config(moved, under("ABANDON")))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "2 of 2 linked accounts failed", "1 that leaves the map was held back")
	holds(t, left, many(2))
}

// TestDestroyUnderPolicy: max_deletions is for deletions.
func TestDestroyUnderPolicy(t *testing.T) {
	t.Parallel()
	for policy, want := range map[string]struct {
		summary string
		fails   bool
	}{
		"DELETE": {"20 of 20 linked accounts would be deleted", true}, "PREVENT": {"Deletion is prevented", true}, "ABANDON": {"Let go, and left at Refold", false},
	} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			state := o.apply(nil, o.config(many(20), under(policy)))
			o.ResetRequests()
			none := tftypes.NewValue(state.State.Type(), nil)
			plan := o.Protocol(t, acctest.Unpaced).Plan(typeName, &state, none)
			severity := acctest.Warning
			if want.fails {
				severity = acctest.Failure
			}
			acctest.WantDiagnostic(t, plan.Diagnostics, severity, want.summary, id(0), id(9), "and 10 more")
			left, diagnostics := o.Protocol(t, acctest.Unpaced).Delete(typeName, state)
			if acctest.HasFailure(diagnostics) != want.fails || left.State.IsNull() == want.fails {
				t.Errorf("the deletion left %s and said:\n%s", left.State, acctest.List(diagnostics))
			}
			if requests := o.Requests(); len(requests) > 0 {
				t.Errorf("%d requests were sent, the first is %s %s", len(requests), requests[0].Method, requests[0].Path)
			}
			o.has(20)
		})
	}
}

// TestUnknownAccountsUnderPolicy: under PREVENT no account can leave, so a map that is not known
// yet can be planned; what leaves it after all is refused by the apply.
func TestUnknownAccountsUnderPolicy(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	run := func() *acctest.Protocol { return o.Protocol(t, acctest.Unpaced) }
	unknown := func(policy string) tftypes.Value {
		return o.protocol.Config(typeName, acctest.Attributes{"accounts": tftypes.NewValue(accountsType(), tftypes.UnknownValue), "deletion_policy": acctest.Text(policy)})
	}
	state := o.apply(nil, o.config(many(3), under("PREVENT")))
	plan := run().Plan(typeName, &state, unknown("PREVENT"))
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	_, diagnostics := run().ApplyPlanned(typeName, &state, plan, o.config(many(2), under("PREVENT")))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 3 linked accounts would leave the map, which is prevented", id(2))
	o.has(3)
	abandoning := o.apply(&state, o.config(many(3), under("ABANDON")))
	for _, limit := range []int{0, 10} {
		attributes := acctest.Attributes{"accounts": tftypes.NewValue(accountsType(), tftypes.UnknownValue), "deletion_policy": acctest.Text("ABANDON"), "max_deletions": acctest.Number(limit)}
		plan := run().Plan(typeName, &abandoning, o.protocol.Config(typeName, attributes))
		acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Failure, "The linked accounts are not known yet", "PREVENT")
	}
}

// TestUnknownPolicyWithRemoval: nobody could review what becomes of the accounts.
func TestUnknownPolicyWithRemoval(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(3), under("ABANDON")))
	unknown := set("deletion_policy", tftypes.NewValue(tftypes.String, tftypes.UnknownValue))
	plan := o.Protocol(t, acctest.Unpaced).Plan(typeName, &state, o.config(many(2), unknown))
	acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Failure, "The deletion policy is not known yet", id(2))
	acctest.WantNoDiagnostics(t, o.Protocol(t, acctest.Unpaced).Plan(typeName, &state, o.config(many(3), unknown)).Diagnostics)
}

// TestPolicyOfEmptyMap: where there are no accounts, and so no scope, a new policy leaves nothing
// open either, and there is nothing to protect.
func TestPolicyOfEmptyMap(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(nil))
	plan := o.Protocol(t, acctest.Unpaced).Plan(typeName, &state, o.config(nil, under("PREVENT")))
	if planned, err := plan.PlannedState.Unmarshal(state.State.Type()); err != nil || !planned.IsFullyKnown() {
		t.Errorf("planned is %s, %v", planned, err)
	}
	changed := o.apply(&state, o.config(nil, under("PREVENT")))
	o.apply(&changed, tftypes.NewValue(changed.State.Type(), nil))
}
