// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const costs = "The linked account to be deleted has connected apps"

var hubspot = mockapi.Integration{Type: "hubspot", Name: "Hubspot"}

// createConnected creates an account, to which the customer connects an app then.
func createConnected(t *testing.T, refold *acctest.Refold, more ...acctest.Attributes) acctest.Instance {
	t.Helper()
	protocol := refold.Protocol(t)
	created, diagnostics := protocol.Apply(typeName, nil, protocol.Config(typeName, asStored(more...)))
	acctest.WantNoDiagnostics(t, diagnostics)
	refold.Connect(test, "user_1", hubspot)
	return created
}

func nothing(from acctest.Instance) tftypes.Value { return tftypes.NewValue(from.State.Type(), nil) }

// TestPlanSaysWhatADeletionCosts: which connections a customer loses is part of the plan, and what
// the apply will do about it.
func TestPlanSaysWhatADeletionCosts(t *testing.T) {
	t.Parallel()
	forced := acctest.Attributes{"force_destroy": acctest.Yes()}
	moved := acctest.Attributes{"linked_account_id": acctest.Text("user_2")}
	for name, deletes := range map[string]struct {
		state   acctest.Attributes
		planned acctest.Attributes
		text    string
	}{
		"destroyed":                    {nil, nil, "As long as any are connected, the apply refuses, because"},
		"destroyed with force":         {forced, nil, "The apply does so, because"},
		"another id":                   {nil, asStored(moved), "As long as any are connected, the apply refuses, because"},
		"another id with force":        {forced, asStored(moved, forced), "The apply does so, because"},
		"another id and new force":     {nil, asStored(moved, forced), "apply `force_destroy = true` with the old `linked_account_id` first"},
		"another id and force no more": {forced, asStored(moved), "apply `force_destroy = false` with the old `linked_account_id` first"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			state := createConnected(t, refold, deletes.state)
			protocol := refold.Protocol(t)
			config := nothing(state)
			if deletes.planned != nil {
				config = protocol.Config(typeName, deletes.planned)
			}
			plan := protocol.Plan(typeName, &state, config)
			acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, costs, `"user_1"`, "- Hubspot (hubspot)", deletes.text)
		})
	}
}

// TestTaintedSaysWhatItCosts: no plan shows a tainted account, so what its refresh has seen tells.
func TestTaintedSaysWhatItCosts(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	protocol := refold.Protocol(t)
	_, diagnostics := protocol.Read(typeName, createConnected(t, refold))
	acctest.WantNoDiagnostics(t, diagnostics)
	plan := protocol.Plan(typeName, nil, protocol.Config(typeName, asStored()))
	acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, costs, `"user_1"`, "- Hubspot (hubspot)")
}

// TestDeletionWithoutCost: without connections there is nothing to say, and the organization's own
// app is none.
func TestDeletionWithoutCost(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	apply := refold.Protocol(t)
	state, diagnostics := apply.Apply(typeName, nil, apply.Config(typeName, asStored(acctest.Attributes{"your_app": plainApp(map[string]string{"key": "k"})})))
	acctest.WantNoDiagnostics(t, diagnostics)
	acctest.WantNoDiagnostics(t, refold.Protocol(t).Plan(typeName, &state, nothing(state)).Diagnostics)
	refold.Remove(test, "user_1")
	acctest.WantNoDiagnostics(t, refold.Protocol(t).Plan(typeName, &state, nothing(state)).Diagnostics)
}

// TestCostIsTakenFromTheRefresh: what the refresh of the same run has read is not asked for again.
func TestCostIsTakenFromTheRefresh(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	state := createConnected(t, refold)
	protocol := refold.Protocol(t)
	read, diagnostics := protocol.Read(typeName, state)
	acctest.WantNoDiagnostics(t, diagnostics)
	refold.ResetRequests()
	acctest.WantDiagnostic(t, protocol.Plan(typeName, &read, nothing(read)).Diagnostics, acctest.Warning, costs)
	if sent := len(refold.Requests()); sent > 0 {
		t.Errorf("%d requests were sent after the refresh", sent)
	}
}

// TestCostOfManyTakesFewPages: a destroy plans every deletion without a refresh.
func TestCostOfManyTakesFewPages(t *testing.T) {
	t.Parallel()
	refold, ids := startMany(t)
	protocol := refold.Protocol(t, acctest.Unpaced)
	var states []acctest.Instance
	for _, id := range ids {
		imported, diagnostics := protocol.ImportByIdentity(typeName, identityOf(id))
		acctest.WantNoDiagnostics(t, diagnostics)
		states = append(states, imported)
	}
	refold.ResetRequests()
	destroying := refold.Protocol(t, acctest.Unpaced)
	atOnce(len(states), func(number int) {
		plan := destroying.Plan(typeName, &states[number], nothing(states[number]))
		if number == 0 {
			acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, costs, "- Slack (slack)")
			return
		}
		acctest.WantNoDiagnostics(t, plan.Diagnostics)
	})
	readsWere(t, refold, "the plan of 120 deletions", 4)
}

// TestUnknownCost: what cannot be had is said to be unknown, and the plan goes on.
func TestUnknownCost(t *testing.T) {
	t.Parallel()
	for name, then := range map[string]struct {
		state acctest.Attributes
		text  string
	}{
		"refused": {nil, "The apply looks again"},
		"forced":  {acctest.Attributes{"force_destroy": acctest.Yes()}, "whatever is connected to it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			state := createConnected(t, refold, then.state)
			refold.Inject(unavailable)
			plan := refold.Protocol(t, acctest.Unpaced).Plan(typeName, &state, nothing(state))
			acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "It is not known what the deletion of the linked account costs", `"user_1"`, "HTTP 503", then.text)
		})
	}
	t.Run("key not known", func(t *testing.T) {
		t.Parallel()
		refold := acctest.StartRefold(t)
		state := createConnected(t, refold)
		pending := acctest.StartProtocol(t, acctest.Attributes{"base_url": acctest.Text(refold.URL), "api_key": unknownText()})
		acctest.WantDiagnostic(t, pending.Plan(typeName, &state, nothing(state)).Diagnostics, acctest.Warning, "It is not known what the deletion of the linked account costs", "api_key")
	})
	t.Run("another environment", func(t *testing.T) {
		t.Parallel()
		refold := acctest.StartRefold(t)
		state := createConnected(t, refold)
		refold.Create(mockapi.EnvironmentProduction, existing)
		swapped := acctest.StartProtocol(t, acctest.Attributes{"base_url": acctest.Text(refold.URL), "api_key": acctest.Text(mockapi.ProductionKey)})
		acctest.WantDiagnostic(t, swapped.Plan(typeName, &state, nothing(state)).Diagnostics, acctest.Warning, "It is not known what the deletion of the linked account costs", `environment "production"`)
	})
}
