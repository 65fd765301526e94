// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"fmt"
	"maps"
	"net/http"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func unknownText() tftypes.Value { return tftypes.NewValue(tftypes.String, tftypes.UnknownValue) }

// unavailable is a Refold that is out of order.
var unavailable = mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultUnavailable}}

// asStored are the attributes of a configuration that equals the account existing, with others.
func asStored(more ...acctest.Attributes) acctest.Attributes {
	attributes := acctest.Attributes{
		"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme"), "udf": fields(acctest.Attributes{"plan": acctest.Text("pro")}),
	}
	for _, further := range more {
		for name, value := range further {
			attributes[name] = value
		}
	}
	return attributes
}

// TestPlanShowsWhatExists: a review sees in the plan which accounts an apply refuses, takes over or
// adopts.
func TestPlanShowsWhatExists(t *testing.T) {
	t.Parallel()
	other := acctest.Attributes{"name": acctest.Text("Other")}
	for name, creates := range map[string]struct {
		attributes acctest.Attributes
		severity   tfprotov6.DiagnosticSeverity
		summary    string
		texts      []string
	}{
		"differs": {asStored(other), acctest.Failure, "The linked account exists already",
			[]string{"it differs from this configuration", "import {\n  to = refold_linked_account.NAME\n  id = \"user_1\"\n}", "terraform destroy -refresh=false"}},
		"equals":  {asStored(), acctest.Warning, "An existing linked account will be taken over", []string{`"user_1"`, "another Terraform state"}},
		"adopted": {asStored(other, acctest.Attributes{"adopt_existing": acctest.Yes()}), acctest.Warning, "An existing linked account will be adopted", []string{`"user_1"`}},
		"name not known": {asStored(acctest.Attributes{"name": unknownText()}), acctest.Warning, "The linked account exists already",
			[]string{"only known during the apply"}},
		"field not known": {asStored(acctest.Attributes{"udf": fields(acctest.Attributes{"plan": unknownText()})}), acctest.Warning, "The linked account exists already", nil},
		"adoption not known": {asStored(acctest.Attributes{"adopt_existing": tftypes.NewValue(tftypes.Bool, tftypes.UnknownValue)}),
			acctest.Warning, "The linked account exists already", nil},
		"credentials not known": {asStored(acctest.Attributes{"your_app": acctest.Object(yourAppType, acctest.Attributes{
			"auth_credentials": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, tftypes.UnknownValue)})}),
			acctest.Warning, "The linked account exists already", nil},
		// Which credentials there are is enough.
		"value of a credential not known": {asStored(acctest.Attributes{"your_app": acctest.Object(yourAppType, acctest.Attributes{
			"auth_credentials": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, acctest.Attributes{"key": unknownText()})})}),
			acctest.Warning, "An existing linked account will be taken over", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			refold.Create(test, existing)
			protocol := refold.Protocol(t)
			plan := protocol.Plan(typeName, nil, protocol.Config(typeName, creates.attributes))
			acctest.WantDiagnostic(t, plan.Diagnostics, creates.severity, creates.summary, creates.texts...)
			if sent := len(refold.Requests()); sent != 1 {
				t.Errorf("%d requests were sent for the plan of one account", sent)
			}
		})
	}
}

// TestPlanOfNewAccount: nothing is said where nothing exists, and nothing asked where no id is
// known.
func TestPlanOfNewAccount(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	protocol := refold.Protocol(t)
	acctest.WantNoDiagnostics(t, protocol.Plan(typeName, nil, protocol.Config(typeName, asStored())).Diagnostics)
	refold.ResetRequests()
	open := protocol.Config(typeName, asStored(acctest.Attributes{"linked_account_id": unknownText()}))
	acctest.WantNoDiagnostics(t, protocol.Plan(typeName, nil, open).Diagnostics)
	if sent := len(refold.Requests()); sent > 0 {
		t.Errorf("%d requests were sent for an id that is not known", sent)
	}
}

// TestPlanGoesOnWithoutAnswer: neither a fault nor a key that is refused or not known yet ends a
// plan, or the destroy whose first step it is.
func TestPlanGoesOnWithoutAnswer(t *testing.T) {
	t.Parallel()
	for name, lacks := range map[string]struct {
		block  acctest.Attributes
		faults mockapi.Faults
		text   string
	}{
		"key refused":       {block: acctest.WithKey("tk-regenerated"), text: "Invalid Credentials"},
		"key not known":     {block: acctest.Attributes{"api_key": unknownText()}, text: "api_key"},
		"other environment": {block: acctest.Attributes{"environment": acctest.Text("staging")}, text: "staging"},
		"fault at Refold":   {faults: unavailable, text: "HTTP 503"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			refold.Create(test, existing)
			refold.Inject(lacks.faults)
			block := acctest.Attributes{"base_url": acctest.Text(refold.URL), "api_key": acctest.Text(mockapi.TestKey)}
			maps.Copy(block, lacks.block)
			protocol := acctest.StartProtocol(t, block, acctest.Unpaced)
			plan := protocol.Plan(typeName, nil, protocol.Config(typeName, asStored()))
			acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "It is not known whether the linked account exists", `"user_1"`, lacks.text)
		})
	}
}

// TestPlanAsksOnceWhereNothingAnswers: what keeps one look from its answer is not met again by
// every other, with all attempts.
func TestPlanAsksOnceWhereNothingAnswers(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	refold.Inject(unavailable)
	protocol := refold.Protocol(t, acctest.Unpaced)
	planNew(t, protocol, 0)
	once := len(refold.Requests())
	for number := range 50 {
		plan := planNew(t, protocol, number+1)
		acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Warning, "It is not known whether the linked account exists")
	}
	if sent := len(refold.Requests()); sent > once {
		t.Errorf("%d requests were sent, %d of them for the first account", sent, once)
	}
}

func planNew(t *testing.T, protocol *acctest.Protocol, number int) *tfprotov6.PlanResourceChangeResponse {
	t.Helper()
	return protocol.Plan(typeName, nil, newAccount(protocol, number))
}

func newAccount(protocol *acctest.Protocol, number int) tftypes.Value {
	return protocol.Config(typeName, acctest.Attributes{"linked_account_id": acctest.Text(fmt.Sprintf("new_%d", number)), "name": acctest.Text("Acme")})
}

// atOnce does something for so many accounts, ten at a time, as a CLI does.
func atOnce(count int, act func(number int)) {
	numbers := make(chan int)
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			for number := range numbers {
				act(number)
			}
		})
	}
	for number := range count {
		numbers <- number
	}
	close(numbers)
	group.Wait()
}

// TestPlansOfManyTakeFewPages: what is looked up for single resources is read from lists.
func TestPlansOfManyTakeFewPages(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	refold, _ := startMany(t)
	protocol := refold.Protocol(t, acctest.Unpaced)
	atOnce(300, func(number int) {
		acctest.WantNoDiagnostics(t, planNew(t, protocol, number).Diagnostics)
	})
	readsWere(t, refold, "the plan of 300 new accounts", 4)
}

// TestLookWhilePlanningCostsApplyNothing: an apply plans every object again, and what that has seen
// counts for the creation that follows.
func TestLookWhilePlanningCostsApplyNothing(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	refold, _ := startMany(t)
	protocol := refold.Protocol(t, acctest.Unpaced)
	_, diagnostics := protocol.Apply(typeName, nil, newAccount(protocol, 0))
	acctest.WantNoDiagnostics(t, diagnostics)
	if sent := len(refold.Requests()); sent != 2 {
		t.Errorf("%d requests were sent for one account", sent)
	}
	refold.ResetRequests()
	atOnce(200, func(number int) {
		_, diagnostics := protocol.Apply(typeName, nil, newAccount(protocol, number+1))
		acctest.WantNoDiagnostics(t, diagnostics)
	})
	if sent := len(refold.Requests()); sent > 210 {
		t.Errorf("%d requests were sent to plan and create 200 accounts", sent)
	}
}

// TestApplyLooksAgain: an account that was created since the plan is refused by the apply.
func TestApplyLooksAgain(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	config := func(protocol *acctest.Protocol) tftypes.Value {
		return protocol.Config(typeName, asStored(acctest.Attributes{"name": acctest.Text("Other")}))
	}
	planning := refold.Protocol(t)
	plan := planning.Plan(typeName, nil, config(planning))
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	refold.Create(test, existing)
	applying := refold.Protocol(t)
	_, diagnostics := applying.ApplyPlanned(typeName, nil, plan, config(applying))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "The linked account exists already")
	if written := refold.Count(http.MethodPut, ""); written > 0 {
		t.Errorf("%d writes were sent", written)
	}
}

// TestReplacementIsNoFalseAlarm: the account that a replacement creates exists, because it is yet
// to be deleted.
func TestReplacementIsNoFalseAlarm(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	apply := refold.Protocol(t)
	created, diagnostics := apply.Apply(typeName, nil, apply.Config(typeName, asStored()))
	acctest.WantNoDiagnostics(t, diagnostics)
	other := asStored(acctest.Attributes{"name": acctest.Text("Other")})
	t.Run("tainted", func(t *testing.T) {
		protocol := refold.Protocol(t)
		_, diagnostics := protocol.Read(typeName, created)
		acctest.WantNoDiagnostics(t, diagnostics)
		acctest.WantNoDiagnostics(t, protocol.Plan(typeName, nil, protocol.Config(typeName, other)).Diagnostics)
	})
	t.Run("replaced", func(t *testing.T) {
		protocol := refold.Protocol(t)
		config := protocol.Config(typeName, other)
		plan := protocol.Plan(typeName, &created, config)
		acctest.WantNoDiagnostics(t, plan.Diagnostics)
		acctest.WantNoDiagnostics(t, protocol.PlanReplacement(typeName, plan, config).Diagnostics)
	})
}

// TestNewIDIsLookedUp: a replacement by another id creates an account of that id.
func TestNewIDIsLookedUp(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	apply := refold.Protocol(t)
	created, diagnostics := apply.Apply(typeName, nil, apply.Config(typeName, asStored(acctest.Attributes{"linked_account_id": acctest.Text("user_0")})))
	acctest.WantNoDiagnostics(t, diagnostics)
	refold.Create(test, existing)
	protocol := refold.Protocol(t)
	plan := protocol.Plan(typeName, &created, protocol.Config(typeName, asStored(acctest.Attributes{"name": acctest.Text("Other")})))
	acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Failure, "The linked account exists already", `"user_1"`)
	free := protocol.Config(typeName, asStored(acctest.Attributes{"linked_account_id": acctest.Text("user_2")}))
	plan = protocol.Plan(typeName, &created, free)
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	acctest.WantNoDiagnostics(t, protocol.PlanReplacement(typeName, plan, free).Diagnostics)
}

// TestRenamedWhileLookedUp: that an account leaves another address of the same plan explains more
// than that it exists, and is the only error.
func TestRenamedWhileLookedUp(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	apply := refold.Protocol(t)
	created, diagnostics := apply.Apply(typeName, nil, apply.Config(typeName, asStored()))
	acctest.WantNoDiagnostics(t, diagnostics)
	protocol := refold.Protocol(t)
	var old acctest.Diagnostics
	var once sync.Once
	refold.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
		once.Do(func() { old = protocol.Plan(typeName, &created, nothing(created)).Diagnostics })
		return false
	})
	renamed := protocol.Plan(typeName, nil, protocol.Config(typeName, asStored(acctest.Attributes{"name": acctest.Text("Other")})))
	acctest.WantNoDiagnostics(t, renamed.Diagnostics)
	acctest.WantDiagnostic(t, old, acctest.Failure, "The same linked account at two addresses", `"user_1"`)
}
