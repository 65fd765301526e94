// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// TestUpdateThatFailsForSome: the others are in the state, and the next apply does only the rest.
func TestUpdateThatFailsForSome(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(10)))
	changed := many(40)
	for number := range 10 {
		changed[id(number)] = account("Renamed", fields("pro"))
	}
	// Two of the updates and thirteen of the creations are refused.
	isRefused := func(number int) bool { return number%5 == 2 && number < 10 || number >= 20 && number < 33 }
	o.refuse(func(request *http.Request) bool {
		return request.Method == http.MethodPut && isRefused(o.numberIn(request))
	})
	state, diagnostics := o.try(&state, o.config(changed))
	detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "15 of 40 linked accounts failed")
	for _, part := range []string{"25 were carried out", "and 3 more", "no good", "the next apply does only the rest"} {
		if !strings.Contains(detail, part) {
			t.Errorf("the detail lacks %q: %s", part, detail)
		}
	}
	if named := strings.Count(detail, "customer-"); named != 12 {
		t.Errorf("%d accounts are named: %s", named, detail)
	}
	left := map[string]tftypes.Value{}
	for number := range 40 {
		switch {
		case !isRefused(number):
			left[id(number)] = changed[id(number)]
		case number < 10:
			left[id(number)] = many(10)[id(number)]
		}
	}
	holds(t, state, left)
	o.Intercept(nil)
	state = o.apply(&state, o.config(changed))
	o.sent(15, 0)
	holds(t, state, changed)
}

// TestCreateThatFailsForSome: there is no state, since Terraform would replace
// it, and the next apply takes over what was made.
func TestCreateThatFailsForSome(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	o := startOrganization(t)
	o.refuse(func(request *http.Request) bool { return request.Method == http.MethodPut && o.numberIn(request) == 7 })
	state, diagnostics := o.try(nil, o.config(many(200)))
	detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 200 linked accounts failed")
	if !strings.Contains(detail, id(7)) || !strings.Contains(detail, "takes over") {
		t.Errorf("detail: %s", detail)
	}
	if !state.State.IsNull() {
		t.Error("there is a state: Terraform would mark it as tainted, and delete the accounts")
	}
	o.Intercept(nil)
	_, diagnostics = o.try(nil, o.config(many(200)))
	detail = acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "Took over an existing linked account")
	if !strings.Contains(detail, "188 more") {
		t.Errorf("detail: %s", detail)
	}
	o.sent(1, 0)
	if gets := o.CountByMethod()["GET"]; gets > 4 {
		t.Errorf("%d GET were sent", gets)
	}
}

// TestTwoStatesOfOneFile: what another state has made of the same file is not taken from it, once a
// day has passed or a customer has connected an app.
func TestTwoStatesOfOneFile(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	o.apply(nil, o.config(many(14)))
	o.Connect(test, id(0), mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
	for number := 1; number < 13; number++ {
		o.Change(test, id(number), func(a *mockapi.Account) { a.CreatedAt = time.Now().Add(-25 * time.Hour) })
	}
	state, diagnostics := o.try(nil, o.config(many(14)))
	detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "13 of 14 linked accounts exist already")
	for _, part := range []string{
		`"customer-00000": apps are connected to it`, `"customer-00001": it was created more than 24 hours ago`, "and 3 more",
		"import {\n  to = refold_linked_accounts.NAME\n  id = \"customer-00000,customer-00001,",
	} {
		if !strings.Contains(detail, part) {
			t.Errorf("the detail lacks %q: %s", part, detail)
		}
	}
	o.sent(0, 0)
	if !state.State.IsNull() {
		t.Errorf("state: %s", state.State)
	}
}

// TestNothingWorks: a key that is refused is not tried ten thousand times.
func TestNothingWorks(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(500)))
	o.refuseWith(http.StatusUnauthorized, "Invalid Credentials", func(request *http.Request) bool { return request.Method == http.MethodPut })
	changed := many(500)
	for number := range 500 {
		changed[id(number)] = account("Renamed", nil)
	}
	state, diagnostics := o.try(&state, o.config(changed))
	detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "500 of 500 linked accounts failed")
	if !strings.Contains(detail, "not tried any more") || !strings.Contains(detail, "api_key") {
		t.Errorf("detail: %s", detail)
	}
	if requests := len(o.Requests()); requests > 100 {
		t.Errorf("%d requests were sent", requests)
	}
	holds(t, state, many(500))
}

// TestOutageHalfWay: a server that stops working is noticed long before every
// account was tried in vain.
func TestOutageHalfWay(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	o := startOrganization(t)
	present := map[string]tftypes.Value{"present": account("Present", nil)}
	state := o.apply(nil, o.config(present))
	o.refuseWith(http.StatusInternalServerError, "database is gone", func(request *http.Request) bool {
		return request.Method == http.MethodPut && o.Count(http.MethodPut, "") > 200
	})
	wanted := many(1000)
	maps.Copy(wanted, present)
	state, diagnostics := o.try(&state, o.config(wanted))
	if !strings.Contains(acctest.List(diagnostics), "not tried any more") {
		t.Errorf("diagnostics: %s", acctest.List(diagnostics))
	}
	tried := map[int]bool{}
	for _, request := range o.Requests() {
		if request.Method == http.MethodPut {
			tried[numberOf(request.Body)] = true
		}
	}
	if len(tried) > 300 {
		t.Errorf("%d accounts were tried, 200 of them with success", len(tried))
	}
	made := map[string]tftypes.Value{}
	if err := state.Attribute(t, "accounts").As(&made); err != nil {
		t.Fatal(err)
	}
	if len(made) < 150 || len(made) > 201 {
		t.Errorf("%d accounts are in the state", len(made))
	}
}

// TestServerErrorsOfSome: a server that fails at many accounts, for a reason of
// theirs, does not keep the others from being worked on.
func TestServerErrorsOfSome(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	for name, test := range map[string]struct {
		kind     string
		isBroken func(number int) bool
	}{
		"side by side":           {"INTERNAL_SERVER_ERROR", func(number int) bool { return number >= 100 && number < 180 }},
		"the first and the last": {"INTERNAL_SERVER_ERROR", func(number int) bool { return number < 50 || number == 299 }},
		"one in three":           {"INTERNAL_SERVER_ERROR", func(number int) bool { return number%3 == 0 }},
		// As old servers refuse a request.
		"most are bad requests": {"BAD_REQUEST", func(number int) bool { return number < 290 }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			present := map[string]tftypes.Value{"present": account("Present", nil)}
			state := o.apply(nil, o.config(present))
			o.refuseAs(http.StatusInternalServerError, test.kind, "cannot read properties of undefined", func(request *http.Request) bool {
				return request.Method == http.MethodPut && test.isBroken(o.numberIn(request))
			})
			wanted, made := maps.Clone(present), maps.Clone(present)
			for number := range 300 {
				wanted[id(number)] = account("New", nil)
				if !test.isBroken(number) {
					made[id(number)] = wanted[id(number)]
				}
			}
			state, diagnostics := o.try(&state, o.config(wanted))
			acctest.WantDiagnostic(t, diagnostics, acctest.Failure, fmt.Sprintf("%d of 300 linked accounts failed", len(wanted)-len(made)))
			holds(t, state, made)
		})
	}
}

// TestOutageBeforeUpdates: what cannot be created is not followed by updates that
// cannot work either.
func TestOutageBeforeUpdates(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(200)))
	changed := many(400)
	for number := range 200 {
		changed[id(number)] = account("Renamed", nil)
	}
	o.refuseWith(http.StatusInternalServerError, "database is gone", func(request *http.Request) bool { return request.Method == http.MethodPut })
	state, diagnostics := o.try(&state, o.config(changed))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "400 of 400 linked accounts failed")
	for _, request := range o.Requests() {
		if request.Method == http.MethodPut && numberOf(request.Body) < 200 {
			t.Fatalf("an update was tried: %s", request.Body)
		}
	}
	holds(t, state, many(200))
}

// TestStoppedApply: after Ctrl-C, the state holds exactly what was done until then,
// also of accounts that nothing tells from others.
func TestStoppedApply(t *testing.T) {
	t.Parallel()
	bare := many(300)
	for number := 1; number < 300; number++ {
		bare[id(number)] = account(nil, nil)
	}
	for name, test := range map[string]struct {
		method        string
		before, after map[string]tftypes.Value
	}{
		"creations": {http.MethodPut, many(1), bare},
		"deletions": {http.MethodDelete, many(300), many(1)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			limit := set("max_deletions", acctest.Number(300))
			state := o.apply(nil, o.config(test.before, limit))
			provider := o.Protocol(t, acctest.Unpaced)
			o.StopAt(provider, test.method, 60)
			stopped, diagnostics := provider.Apply(typeName, &state, o.config(test.after, limit))
			if !strings.Contains(acctest.List(diagnostics), "of 299 linked accounts failed") {
				t.Errorf("diagnostics: %s", acctest.List(diagnostics))
			}
			left := map[string]tftypes.Value{}
			if err := stopped.Attribute(t, "accounts").As(&left); err != nil {
				t.Fatal(err)
			}
			if there := len(o.Accounts(mockapi.EnvironmentTest)); len(left) != there || there < 60 || there > 240 {
				t.Errorf("%d accounts are in the state, and %d at Refold", len(left), there)
			}
			o.Intercept(nil)
			read, diagnostics := o.read(stopped)
			acctest.WantNoDiagnostics(t, diagnostics)
			holds(t, o.apply(&read, o.config(test.after, limit)), test.after)
		})
	}
}

// TestStopDuringRenames: where the server clears what an upsert leaves out, no
// account loses its fields to a Ctrl-C.
func TestStopDuringRenames(t *testing.T) {
	t.Parallel()
	const accounts = 100
	o := startOrganization(t, mockapi.WithBehaviour(mockapi.Behaviour{UDF: mockapi.UDFBehaviour{OmittedClears: true}}))
	named := func(name string) map[string]tftypes.Value {
		elements := map[string]tftypes.Value{}
		for number := range accounts {
			elements[id(number)] = account(name, nil)
		}
		return elements
	}
	state := o.apply(nil, o.config(named("Old")))
	for number := range accounts {
		o.Change(test, id(number), func(a *mockapi.Account) { a.SetUDF("plan", "pro") })
	}
	provider := o.Protocol(t, acctest.Unpaced)
	o.StopAt(provider, http.MethodPut, accounts/2)
	_, diagnostics := provider.Apply(typeName, &state, o.config(named("New")))
	if list := acctest.List(diagnostics); !strings.Contains(list, "User-defined fields were restored") {
		t.Errorf("diagnostics: %s", list)
	}
	for number := range accounts {
		if fields := o.UDF(id(number)); fields["plan"] != "pro" {
			t.Errorf("udf of %s at the server: %v", id(number), fields)
		}
	}
}
