// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

var apps = []mockapi.Integration{{Type: "hubspot", Name: "Hubspot"}, {Type: "slack", Name: "Slack"}}

// connected is a map of so many accounts, of which as many have two apps.
func connected(t *testing.T, size, withApps int, more ...map[string]tftypes.Value) (organization, acctest.Instance) {
	t.Helper()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(size), more...))
	for number := range withApps {
		for _, app := range apps {
			o.Connect(test, id(number), app)
		}
	}
	o.ResetRequests()
	return o, state
}

func costOf(diagnostics acctest.Diagnostics) acctest.Diagnostics {
	var costs acctest.Diagnostics
	for _, diagnostic := range diagnostics {
		if !strings.HasSuffix(diagnostic.Summary, " to be deleted") {
			costs = append(costs, diagnostic)
		}
	}
	return costs
}

// TestPlanSaysWhatDeletionsCost: which connections customers lose is part of the plan, and what the
// apply will do about it.
func TestPlanSaysWhatDeletionsCost(t *testing.T) {
	t.Parallel()
	forced, limit := set("force_destroy", acctest.Yes()), set("max_deletions", acctest.Number(100))
	for name, deletes := range map[string]struct {
		state map[string]tftypes.Value
		// planned is nil for a destroy.
		planned map[string]tftypes.Value
		text    string
	}{
		"destroyed":                   {nil, nil, "As long as any are connected, the apply refuses these, because"},
		"destroyed with force":        {forced, nil, "The apply does so, because"},
		"taken out":                   {nil, limit, "As long as any are connected, the apply refuses these, because"},
		"taken out with force":        {forced, forced, "The apply does so, because"},
		"taken out and new force":     {nil, forced, "apply `force_destroy = true` first"},
		"taken out and force no more": {forced, limit, "apply `force_destroy = false` first"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, state := connected(t, 30, 12, deletes.state, limit)
			config := tftypes.NewValue(state.State.Type(), nil)
			if deletes.planned != nil {
				config = o.config(nil, deletes.planned, limit)
			}
			plan := o.Protocol(t, acctest.Unpaced).Plan(typeName, &state, config)
			detail := acctest.WantDiagnostic(t, costOf(plan.Diagnostics), acctest.Warning, "12 linked accounts to be deleted have connected apps",
				"24 connections", `"customer-00000": Hubspot (hubspot), Slack (slack)`, "and 2 more", deletes.text)
			if named := strings.Count(detail, `"customer-`); named != 10 {
				t.Errorf("%d accounts are named: %s", named, detail)
			}
			if sent := len(o.Requests()); sent > 2 {
				t.Errorf("%d requests were sent for the plan", sent)
			}
		})
	}
}

// TestTaintedSaysWhatItCosts: Terraform does not show a tainted object to the plan, so what its
// refresh has seen tells.
func TestTaintedSaysWhatItCosts(t *testing.T) {
	t.Parallel()
	o, state := connected(t, 3, 1)
	run := o.Protocol(t, acctest.Unpaced)
	_, diagnostics := run.Read(typeName, state)
	acctest.WantNoDiagnostics(t, diagnostics)
	acctest.WantDiagnostic(t, run.Plan(typeName, nil, o.config(many(3))).Diagnostics, acctest.Warning, "1 linked account to be deleted has connected apps", id(0))
}

// TestDeletionsWithoutCost: without connections there is nothing to say, and the organization's own
// app is none.
func TestDeletionsWithoutCost(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2), set("auth_credentials", credentials(map[string]keys{id(0): {"token": "a"}, id(1): {"token": "b"}}))))
	none := tftypes.NewValue(state.State.Type(), nil)
	acctest.WantNoDiagnostics(t, o.Protocol(t, acctest.Unpaced).Plan(typeName, &state, none).Diagnostics)
}

// TestCostIsTakenFromTheRefresh: what the refresh of the same run has read is not asked for again.
func TestCostIsTakenFromTheRefresh(t *testing.T) {
	t.Parallel()
	o, state := connected(t, 5, 2)
	run := o.Protocol(t, acctest.Unpaced)
	read, diagnostics := run.Read(typeName, state)
	acctest.WantNoDiagnostics(t, diagnostics)
	o.ResetRequests()
	plan := run.Plan(typeName, &read, o.config(nil))
	acctest.WantDiagnostic(t, costOf(plan.Diagnostics), acctest.Warning, "2 linked accounts to be deleted have connected apps")
	if sent := len(o.Requests()); sent > 0 {
		t.Errorf("%d requests were sent after the refresh", sent)
	}
}

// TestUnknownCost: what cannot be had is said to be unknown, once, and the plan goes on.
func TestUnknownCost(t *testing.T) {
	t.Parallel()
	o, state := connected(t, 9, 2)
	o.Inject(unavailable)
	none := tftypes.NewValue(state.State.Type(), nil)
	const summary = "It is not known what the deletion of 9 linked accounts costs"
	acctest.WantDiagnostic(t, o.Protocol(t, acctest.Unpaced).Plan(typeName, &state, none).Diagnostics, acctest.Warning, summary, "HTTP 503", "The apply looks again")
	pending := acctest.StartProtocol(t, acctest.Attributes{"base_url": acctest.Text(o.URL), "api_key": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)})
	acctest.WantDiagnostic(t, pending.Plan(typeName, &state, none).Diagnostics, acctest.Warning, summary, "api_key")
}
