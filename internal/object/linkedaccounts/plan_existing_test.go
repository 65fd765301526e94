// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// existing has accounts at Refold that equal the first of many.
func existing(t *testing.T, count int) organization {
	t.Helper()
	o := startOrganization(t)
	for number := range count {
		o.Create(test, mockapi.Account{AccountID: id(number), Name: new(fmt.Sprintf("Customer %d", number)), UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}}})
	}
	o.ResetRequests()
	return o
}

// unavailable is a Refold that is out of order.
var unavailable = mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultUnavailable}}

// planNew plans a map that is new, in a run of its own.
func (o organization) planNew(config tftypes.Value) acctest.Diagnostics {
	o.t.Helper()
	return o.Protocol(o.t, acctest.Unpaced).Plan(typeName, nil, config).Diagnostics
}

// differing are so many accounts of another name.
func differing(count int) map[string]tftypes.Value {
	elements := map[string]tftypes.Value{}
	for number := range count {
		elements[id(number)] = account("Other", fields("pro"))
	}
	return elements
}

// TestPlanShowsWhatExists: a review sees in the plan which accounts an apply refuses, takes over or
// adopts. At most ten are named.
func TestPlanShowsWhatExists(t *testing.T) {
	t.Parallel()
	o := existing(t, 12)
	for name, creates := range map[string]struct {
		config   tftypes.Value
		severity tfprotov6.DiagnosticSeverity
		summary  string
		texts    []string
	}{
		"differ":  {o.config(differing(20)), acctest.Failure, "12 of 20 linked accounts exist already", []string{"import {", "terraform destroy -refresh=false", "and 2 more"}},
		"equal":   {o.config(many(20)), acctest.Warning, "12 linked accounts exist and will be taken over", []string{"and 2 more", "another Terraform state"}},
		"adopted": {o.config(differing(20), set("adopt_existing", acctest.Yes())), acctest.Warning, "12 linked accounts exist and will be adopted", []string{"and 2 more"}},
		"names not known": {o.config(map[string]tftypes.Value{id(0): account(tftypes.UnknownValue, fields("pro"))}),
			acctest.Warning, "1 linked account exists already", []string{"only known during the apply"}},
		"a field not known": {o.config(map[string]tftypes.Value{id(0): account("Customer 0", map[string]tftypes.Value{"plan": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)})}),
			acctest.Warning, "1 linked account exists already", nil},
		"an account not known": {o.config(map[string]tftypes.Value{id(0): tftypes.NewValue(accountType(), tftypes.UnknownValue)}),
			acctest.Warning, "1 linked account exists already", nil},
		"credentials not known": {o.config(many(1), set("auth_credentials", tftypes.NewValue(tftypes.Map{ElementType: tftypes.Map{ElementType: tftypes.String}}, tftypes.UnknownValue))),
			acctest.Warning, "1 linked account exists already", nil},
		"credentials of one not known": {o.config(many(1), set("auth_credentials", tftypes.NewValue(tftypes.Map{ElementType: tftypes.Map{ElementType: tftypes.String}}, map[string]tftypes.Value{
			id(0): tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, tftypes.UnknownValue)}))),
			acctest.Warning, "1 linked account exists already", nil},
	} {
		t.Run(name, func(t *testing.T) {
			detail := acctest.WantDiagnostic(t, o.planNew(creates.config), creates.severity, creates.summary, creates.texts...)
			if named := strings.Count(detail, `- "customer-`); named > 10 {
				t.Errorf("%d accounts are named: %s", named, detail)
			}
		})
	}
}

// TestPlanShowsWhatExistsOfAddedAccounts: an update looks for those that are new to the map, and
// has no way to import them into it.
func TestPlanShowsWhatExistsOfAddedAccounts(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2)))
	o.Create(test, mockapi.Account{AccountID: id(2), Name: new("Somebody")})
	plan := o.Protocol(t, acctest.Unpaced).Plan(typeName, &state, o.config(many(4)))
	detail := acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Failure, "1 of 2 linked accounts exists already", id(2), "adopt_existing")
	if strings.Contains(detail, "import {") {
		t.Errorf("the plan of a resource that exists advises to import it: %s", detail)
	}
	plan = o.Protocol(t, acctest.Unpaced).Plan(typeName, &state, o.config(many(4), set("adopt_existing", acctest.Yes())))
	acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "1 linked account exists and will be adopted", id(2))
}

// TestPlanGoesOnWithoutAnswer: neither a fault nor a key that is refused or not known yet ends a
// plan, and each costs a single warning.
func TestPlanGoesOnWithoutAnswer(t *testing.T) {
	t.Parallel()
	const summary = "It is not known whether 40 linked accounts exist"
	o := existing(t, 12)
	at := func(block acctest.Attributes) *acctest.Protocol {
		attributes := acctest.Attributes{"base_url": acctest.Text(o.URL), "api_key": acctest.Text(mockapi.TestKey)}
		maps.Copy(attributes, block)
		return acctest.StartProtocol(t, attributes, acctest.Unpaced)
	}
	for name, block := range map[string]acctest.Attributes{
		"key refused":       acctest.WithKey("tk-regenerated"),
		"key not known":     {"api_key": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)},
		"other environment": {"environment": acctest.Text("staging")},
	} {
		plan := at(block).Plan(typeName, nil, o.config(many(40)))
		detail := acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, summary)
		if !strings.Contains(detail, "and 30 more") {
			t.Errorf("%s: %s", name, detail)
		}
	}
	o.Inject(unavailable)
	acctest.WantDiagnostic(t, at(nil).Plan(typeName, nil, o.config(many(40))).Diagnostics, acctest.Warning, summary, "HTTP 503")
}

// TestLookWhilePlanningTakesPages: a plan of thousands reads the list, and the apply, which plans
// again, no more than that.
func TestLookWhilePlanningTakesPages(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	o := existing(t, 250)
	fresh := map[string]tftypes.Value{}
	for number := range 200 {
		fresh[id(1000+number)] = account("New", nil)
	}
	acctest.WantNoDiagnostics(t, o.planNew(o.config(fresh)))
	if sent := len(o.Requests()); sent > 3 {
		t.Errorf("%d requests were sent to plan", sent)
	}
	o.apply(nil, o.config(fresh))
	if sent := len(o.Requests()); sent > 210 {
		t.Errorf("%d requests were sent to plan again and create 200 accounts", sent)
	}
	few := map[string]tftypes.Value{"a": account("A", nil), "b": account("B", nil)}
	o.apply(nil, o.config(few))
	if sent := len(o.Requests()); sent > 5 {
		t.Errorf("%d requests were sent to plan again and create 2 accounts", sent)
	}
}

// TestReplacementIsNoFalseAlarm: the accounts that a replacement creates exist, because they are
// yet to be deleted. What is new to the map is looked up.
func TestReplacementIsNoFalseAlarm(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2)))
	o.Create(test, mockapi.Account{AccountID: id(2), Name: new("Somebody")})
	tainted := func(config tftypes.Value) acctest.Diagnostics {
		run := o.Protocol(t, acctest.Unpaced)
		_, diagnostics := run.Read(typeName, state)
		acctest.WantNoDiagnostics(t, diagnostics)
		return run.Plan(typeName, nil, config).Diagnostics
	}
	acctest.WantNoDiagnostics(t, tainted(o.config(differing(2))))
	acctest.WantDiagnostic(t, tainted(o.config(differing(3))), acctest.Failure, "1 of 1 linked accounts exists already", id(2))
	t.Run("replaced", func(t *testing.T) {
		run := o.Protocol(t, acctest.Unpaced)
		config := o.config(differing(2))
		plan := run.Plan(typeName, &state, config)
		acctest.WantNoDiagnostics(t, plan.Diagnostics)
		acctest.WantNoDiagnostics(t, run.PlanReplacement(typeName, plan, config).Diagnostics)
	})
}
