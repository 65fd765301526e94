// SPDX-License-Identifier: MPL-2.0

package variablevalue_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// What can be known to be refused is refused in the plan, and what is not known yet is let through.
func TestPlanRefusesWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		for name, test := range map[string]struct {
			configured attributes
			summary    string
			text       string
		}{
			"no definition":                   {both(ofAccount("REGION"), plain("eu")), "There is no such variable", `"` + region + `": REGION (scope linked_account)`},
			"no account":                      {both(ofAll(region), plain("eu")), "The value does not fit the scope of the variable", "takes `linked_account_id` alone"},
			"a workflow for an account":       {both(ofWorkflow(region), plain("eu")), "The value does not fit the scope of the variable", "takes `linked_account_id` alone"},
			"an account for a workflow":       {both(ofAccount(batch), plain("1")), "The value does not fit the scope of the variable", "takes `workflow_id` alone"},
			"an account for all":              {both(ofAccount(support), plain("a@b.c")), "The value does not fit the scope of the variable", "takes neither"},
			"plain and encrypted":             {both(ofAccount(secret), plain("canary")), "An encrypted variable takes write-only values only", "`value_wo`"},
			"no number":                       {both(ofAccount(seats), plain("canary")), "The value does not have the format of the variable", "`number`"},
			"no URL":                          {both(ofAccount(callback), plain("canary")), "The value does not have the format of the variable", "`url`"},
			"no number, write-only":           {both(ofAccount(mockapi.AccessPINVariableID), writeOnly("canary", "1")), "The value does not have the format of the variable", "`number`"},
			"no value":                        {ofAccount(region), "No value to set", "neither `value` nor `value_wo`"},
			"null":                            {both(ofAccount(secret), attributes{"value_wo_version": acctest.Text("1")}), "The write-only value is null", "`value_wo`"},
			"a definition that is not known":  {attributes{"variable_definition_id": unknown(), "linked_account_id": acctest.Text("user_1"), "value": acctest.Text("canary")}, "", ""},
			"an account that is not known":    {both(ofAccount(region), attributes{"linked_account_id": unknown(), "value": acctest.Text("eu")}), "", ""},
			"a value that is not known":       {both(ofAccount(seats), attributes{"value": unknown()}), "", ""},
			"a secret that is not known":      {both(ofAccount(secret), attributes{"value": unknown()}), "", ""},
			"an account that does not exist":  {both(ofAccount(region), attributes{"linked_account_id": acctest.Text("new"), "value": acctest.Text("eu")}), "", ""},
			"a number":                        {both(ofAccount(seats), plain("-7.50")), "", ""},
			"a number with an exponent":       {both(ofAccount(seats), plain("1e6")), "", ""},
			"a URL":                           {both(ofAccount(callback), plain("https://acme.example/x?y=z")), "", ""},
			"a version that is not known yet": {both(ofAccount(secret), attributes{"value_wo": unknown(), "value_wo_version": unknown()}), "", ""},
		} {
			u.instance = nil
			met := u.met(test.configured)
			if test.summary == "" {
				if len(met) > 0 {
					u.Errorf("%s: %s", name, acctest.List(met))
				}
				continue
			}
			if said := acctest.WantDiagnostic(u, met, acctest.Failure, test.summary, test.text, "-refresh=false"); strings.Contains(said, "canary") {
				u.Errorf("%s: the value is shown: %s", name, said)
			}
		}
		u.wantStored(map[string]string{})
	})
}

// What the plan could not see, the apply refuses.
func TestApplyRefusesWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		planned, met := u.plan(planned("eu"))
		acctest.WantNoDiagnostics(u, met)
		u.define(region, func(one *mockapi.VariableDefinition) bool { one.Encrypted = true; return true })
		acctest.WantDiagnostic(u, u.carryOut(planned, both(ofAccount(region), plain("eu"))), acctest.Failure, "An encrypted variable takes write-only values only")
		u.define(region, func(*mockapi.VariableDefinition) bool { return false })
		acctest.WantDiagnostic(u, u.carryOut(planned, both(ofAccount(region), plain("eu"))), acctest.Failure, "There is no such variable", region)
		u.wantStored(map[string]string{})
	})
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		acctest.WantDiagnostic(u, u.apply(both(ofAccount(seats), plain("0x1F"))), acctest.Failure, "Refold refuses the value", "value does not match the variable format")
		u.wantStored(map[string]string{})
	})
}

// A value that is set already is only replaced where that is asked for, and taken over where it is
// seen to be the one that is configured.
func TestValueThatExists(t *testing.T) {
	t.Parallel()
	const taken, adopted, exists = "An existing value is taken over", "An existing value is adopted", "The variable has a value already"
	open := attributes{"adopt_existing": tftypes.NewValue(tftypes.Bool, tftypes.UnknownValue)}
	for name, test := range map[string]struct {
		definition, stored string
		configured         attributes
		severity           string
		summary            string
		left               map[string]string
	}{
		"the same":                     {region, "eu", planned("eu"), "WARNING", taken, map[string]string{"REGION": "eu"}},
		"the same, adopting":           {region, "eu", both(planned("eu"), adopting()), "WARNING", taken, map[string]string{"REGION": "eu"}},
		"the same, write-only":         {region, "eu", both(ofAccount(region), writeOnly("eu", "1")), "WARNING", taken, map[string]string{"REGION": "eu"}},
		"another one":                  {region, "us", planned("eu"), "ERROR", exists, map[string]string{"REGION": "us"}},
		"another one, adopting":        {region, "us", both(planned("eu"), adopting()), "WARNING", adopted, map[string]string{"REGION": "eu"}},
		"another one, perhaps":         {region, "us", both(planned("eu"), open), "WARNING", exists, nil},
		"one that is not known yet":    {region, "us", both(ofAccount(region), attributes{"value": unknown()}), "WARNING", exists, nil},
		"hidden":                       {secret, "one", hidden("one", "1"), "ERROR", exists, map[string]string{"API_SECRET": "one"}},
		"hidden, adopting":             {secret, "one", both(hidden("two", "1"), adopting()), "WARNING", adopted, map[string]string{"API_SECRET": "two"}},
		"hidden, and not known yet":    {secret, "one", both(ofAccount(secret), attributes{"value_wo": unknown(), "value_wo_version": acctest.Text("1")}), "ERROR", exists, nil},
		"a number in another spelling": {seats, "7.5", both(ofAccount(seats), plain("7.50")), "ERROR", exists, map[string]string{"SEAT_LIMIT": "7.5"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				u.set(test.definition, test.stored)
				planned, met := u.plan(test.configured)
				severity := acctest.Warning
				if test.severity == "ERROR" {
					severity = acctest.Failure
				}
				said := acctest.WantDiagnostic(u, met, severity, test.summary)
				if severity == acctest.Failure && !strings.Contains(said, `id = "`+test.definition+`/user_1"`) {
					u.Errorf("the error does not show how to import it: %s", said)
				}
				if test.left == nil {
					return
				}
				if severity == acctest.Warning {
					acctest.WantNoDiagnostics(u, u.carryOut(planned, test.configured))
					u.wantNoChange(test.configured)
				}
				u.wantStored(test.left)
			})
		})
	}
}

// One that was set between plan and apply is not replaced either.
func TestValueThatAppears(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		met := u.applyAfter(planned("eu"), func() { u.set(region, "us") })
		acctest.WantDiagnostic(u, met, acctest.Failure, "The variable has a value already", "shows another value")
		u.wantStored(map[string]string{"REGION": "us"})
	})
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		met := u.applyAfter(hidden("one", "1"), func() { u.set(secret, "two") })
		acctest.WantDiagnostic(u, met, acctest.Failure, "The variable has a value already", "does not show which value")
		u.wantStored(map[string]string{"API_SECRET": "two"})
	})
}

// One list of definitions serves a plan, and few pages the values of all accounts.
func TestRequestsOfAPlan(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		process := u.process()
		for _, configured := range []attributes{
			planned("eu"), hidden("one", "1"), both(ofAccount(seats), plain("7")), both(ofAccount(callback), plain("https://acme.example")),
			both(planned("eu"), attributes{"linked_account_id": acctest.Text("user_2")}),
		} {
			acctest.WantNoDiagnostics(u, process.Plan(valueType, nil, process.Config(valueType, configured)).Diagnostics)
		}
		definitions := 0
		for _, request := range u.api.Requests() {
			if strings.HasSuffix(request.Path, "/env/definitions") {
				definitions++
			}
		}
		if definitions != 1 {
			u.Errorf("definitions are asked for %d times", definitions)
		}
		if sent := len(u.api.Requests()); sent > 4 {
			u.Errorf("a plan of 5 values takes %d requests", sent)
		}
		u.api.ResetRequests()
		u.settled(planned("eu"))
		u.api.ResetRequests()
		acctest.WantNoDiagnostics(u, u.apply(planned("us")))
		u.wantSent(http.MethodGet, http.MethodGet, http.MethodPost)
	})
}

// A refresh of the values of many accounts takes a few pages.
func TestRequestsOfARefresh(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		const accounts = 50
		of := func(number int) string { return fmt.Sprintf("customer-%d", number) }
		for number := range accounts {
			u.api.Create(test, mockapi.Account{AccountID: of(number)})
			for definitionID, value := range map[string]string{region: "eu", secret: "one", seats: "7", callback: "https://acme.example"} {
				u.api.SetVariableValue(test, mockapi.VariableValue{DefinitionID: definitionID, AccountID: of(number), Value: value})
			}
		}
		process := u.process()
		for number := range accounts {
			for _, definitionID := range []string{region, secret, seats, callback} {
				_, met := process.Import(valueType, definitionID+"/"+of(number))
				acctest.WantNoDiagnostics(u, met)
			}
		}
		if sent := len(u.api.Requests()); sent > 10 {
			u.Errorf("a refresh of %d values takes %d requests", 4*accounts, sent)
		}
	})
}

// Without an answer, a plan goes on, and says so.
func TestPlanWithoutAnswers(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/env/definitions", "/env/values/linked_account"} {
		inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
			u.api.Intercept(acctest.Instead(http.MethodGet, path, acctest.Answering(http.StatusForbidden, `{"error":"FORBIDDEN","message":"no"}`)))
			acctest.WantDiagnostic(u, u.met(planned("eu")), acctest.Warning, "The variable could not be looked up", "The apply looks again")
		})
	}
}

// A value is another one with another definition, account or workflow, and what is not known of
// these could be any.
func TestReplacement(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(planned("eu"))
		late := both(planned("eu"), attributes{"linked_account_id": unknown()})
		acctest.WantDiagnostic(u, u.met(late), acctest.Failure, "It is not known yet which value it is", "-target")
		other := both(planned("eu"), attributes{"linked_account_id": acctest.Text("user_2")})
		planned, met := u.plan(other)
		acctest.WantNoDiagnostics(u, met)
		if len(planned.RequiresReplace) != 1 {
			u.Errorf("%v require a replacement", planned.RequiresReplace)
		}
		u.api.SetVariableValue(test, mockapi.VariableValue{DefinitionID: region, AccountID: "user_2", Value: "us"})
		acctest.WantDiagnostic(u, u.met(other), acctest.Failure, "The variable has a value already", `"user_2"`)
		acctest.WantDiagnostic(u, u.met(both(ofAccount(secret))), acctest.Failure, "No value to set", secret)
	})
}

// A value without an account moves between addresses only by a moved block.
func TestMovementOfAValueForAll(t *testing.T) {
	t.Parallel()
	for name, configured := range map[string]attributes{"of all": both(ofAll(support), plain("a@b.c")), "of a workflow": both(ofWorkflow(batch), plain("1"))} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				u.settled(configured)
				process := u.process()
				read, met := process.Read(valueType, *u.instance)
				acctest.WantNoDiagnostics(u, met)
				gone := process.Plan(valueType, &read, tftypes.NewValue(read.State.Type(), nil))
				acctest.WantNoDiagnostics(u, gone.Diagnostics)
				made := process.Plan(valueType, nil, process.Config(valueType, configured))
				if !acctest.HasFailure(made.Diagnostics) || !strings.Contains(acctest.List(made.Diagnostics), "moved") {
					u.Errorf("the value is to be deleted and made at once: %s", acctest.List(made.Diagnostics))
				}
			})
		})
	}
}

// What no single attribute can check.
func TestValidation(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		for name, test := range map[string]struct {
			configured attributes
			summary    string
		}{
			"both targets":        {both(ofAccount(region), ofWorkflow(region), plain("eu")), "An account and a workflow at once"},
			"both forms":          {both(planned("eu"), writeOnly("eu", "1")), "Two forms of the value at once"},
			"no version":          {both(ofAccount(region), attributes{"value_wo": acctest.Text("eu")}), "A write-only value needs a version"},
			"a version alone":     {both(planned("eu"), attributes{"value_wo_version": acctest.Text("1")}), "A version without a write-only value"},
			"an empty version":    {both(ofAccount(region), writeOnly("eu", "")), "An empty value"},
			"no header":           {both(planned("eu"), attributes{"linked_account_id": acctest.Text("kündin")}), "Cannot travel in a header"},
			"an id with a dot":    {both(ofAll(".."), plain("eu")), "Not usable as the id of a definition"},
			"an empty workflow":   {both(ofAll(batch), attributes{"workflow_id": acctest.Text(""), "value": acctest.Text("1")}), "Not usable as the id of a workflow"},
			"write-only and null": {both(ofAccount(region), attributes{"value_wo_version": acctest.Text("1")}), ""},
		} {
			process := u.process()
			met := process.Validate(valueType, process.Config(valueType, test.configured))
			if test.summary == "" {
				acctest.WantNoDiagnostics(u, met)
				continue
			}
			if len(met) == 0 || met[0].Summary != test.summary {
				u.Errorf("%s: %s", name, acctest.List(met))
			}
		}
	})
}
