// SPDX-License-Identifier: MPL-2.0

package variablevalue_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

const (
	valueType = "refold_variable_value"
	test      = mockapi.EnvironmentTest
	region    = mockapi.RegionVariableID
	seats     = mockapi.SeatLimitVariableID
	callback  = mockapi.CallbackURLVariableID
	secret    = mockapi.APISecretVariableID
	support   = mockapi.SupportEmailVariableID
	batch     = mockapi.BatchSizeVariableID
	workflow  = mockapi.DefaultWorkflowID
)

type attributes = acctest.Attributes

// user has one value in the state, and a process of the provider for each command.
type user struct {
	*testing.T
	api     *mockapi.Server
	network http.RoundTripper
	// instance is nil where the state holds none.
	instance *acctest.Instance
	// lag is how many reads after a write show what was before.
	lag int
}

// inVirtualTime is for a Refold with the accounts user_1 and user_2.
func inVirtualTime(t *testing.T, behaviour mockapi.Behaviour, run func(*user)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		api := mockapi.New(mockapi.WithBehaviour(behaviour))
		for _, id := range []string{"user_1", "user_2"} {
			api.Create(test, mockapi.Account{AccountID: id})
		}
		run(&user{T: t, api: api, network: acctest.InProcess(t, contract.Check(t, api)), lag: behaviour.ReadLag})
	})
}

func (u *user) process() *acctest.Protocol {
	u.Helper()
	return acctest.ProtocolOver(u.T, u.network)
}

// ofAccount is a value of a definition for user_1.
func ofAccount(definitionID string) attributes {
	return attributes{"variable_definition_id": acctest.Text(definitionID), "linked_account_id": acctest.Text("user_1")}
}

func ofWorkflow(definitionID string) attributes {
	return attributes{"variable_definition_id": acctest.Text(definitionID), "workflow_id": acctest.Text(workflow)}
}

func ofAll(definitionID string) attributes {
	return attributes{"variable_definition_id": acctest.Text(definitionID)}
}

func plain(text string) attributes { return attributes{"value": acctest.Text(text)} }

func writeOnly(text, version string) attributes {
	return attributes{"value_wo": acctest.Text(text), "value_wo_version": acctest.Text(version)}
}

// planned is the value for user_1 of the plain variable REGION.
func planned(text string) attributes { return both(ofAccount(region), plain(text)) }

// hidden is the value for user_1 of the encrypted variable API_SECRET.
func hidden(text, version string) attributes {
	return both(ofAccount(secret), writeOnly(text, version))
}

func adopting() attributes { return attributes{"adopt_existing": acctest.Yes()} }

func unknown() tftypes.Value { return tftypes.NewValue(tftypes.String, tftypes.UnknownValue) }

func both(values ...attributes) attributes {
	all := attributes{}
	for _, more := range values {
		maps.Copy(all, more)
	}
	return all
}

func (u *user) refresh(process *acctest.Protocol) acctest.Diagnostics {
	u.Helper()
	if u.instance == nil {
		return nil
	}
	read, met := process.Read(valueType, *u.instance)
	if acctest.HasFailure(met) {
		return met
	}
	u.keep(read)
	return met
}

func (u *user) keep(instance acctest.Instance) {
	u.instance = &instance
	if instance.State.IsNull() {
		u.instance = nil
	}
}

// plan refreshes and plans, in one process.
func (u *user) plan(configured attributes) (*tfprotov6.PlanResourceChangeResponse, acctest.Diagnostics) {
	u.Helper()
	process := u.process()
	met := u.refresh(process)
	if acctest.HasFailure(met) {
		return nil, met
	}
	planned := process.Plan(valueType, u.instance, process.Config(valueType, configured))
	return planned, slices.Concat(met, planned.Diagnostics)
}

// met is what a plan says.
func (u *user) met(configured attributes) acctest.Diagnostics {
	u.Helper()
	_, met := u.plan(configured)
	return met
}

// apply plans and applies, in a process each, and returns what both say.
func (u *user) apply(configured attributes) acctest.Diagnostics {
	u.Helper()
	return u.applyAfter(configured, func() {})
}

// applyAfter lets something happen between plan and apply.
func (u *user) applyAfter(configured attributes, meanwhile func()) acctest.Diagnostics {
	u.Helper()
	planned, met := u.plan(configured)
	if acctest.HasFailure(met) {
		return met
	}
	meanwhile()
	return slices.Concat(met, u.carryOut(planned, configured))
}

// catchUp reads what a server shows late until it is up to date.
func (u *user) catchUp() {
	for range u.lag {
		for _, scope := range []string{mockapi.ScopeLinkedAccount, mockapi.ScopeWorkspace, mockapi.ScopeWorkflow} {
			request := httptest.NewRequest(http.MethodGet, "/api/v2/public/env/values/"+scope+"?workflow_id="+workflow, nil)
			if scope != mockapi.ScopeWorkflow {
				request.URL.RawQuery = ""
			}
			request.Header.Set("X-Api-Key", mockapi.TestKey)
			u.api.ServeHTTP(httptest.NewRecorder(), request)
		}
	}
}

func (u *user) carryOut(planned *tfprotov6.PlanResourceChangeResponse, configured attributes) acctest.Diagnostics {
	u.Helper()
	process := u.process()
	applied, met := process.ApplyPlanned(valueType, u.instance, planned, process.Config(valueType, configured))
	u.keep(applied)
	u.catchUp()
	return met
}

// settled applies, and expects nothing to be said.
func (u *user) settled(configured attributes) {
	u.Helper()
	acctest.WantNoDiagnostics(u, u.apply(configured))
	if u.instance == nil {
		u.Fatal("there is no value in the state")
	}
	u.wantNoChange(configured)
}

// wantNoChange expects an empty plan.
func (u *user) wantNoChange(configured attributes) {
	u.Helper()
	planned, met := u.plan(configured)
	acctest.WantNoDiagnostics(u, met)
	if planned == nil || u.changes(planned) {
		u.Errorf("a plan changes something of %v", u.instance)
	}
}

func (u *user) changes(planned *tfprotov6.PlanResourceChangeResponse) bool {
	u.Helper()
	value, err := planned.PlannedState.Unmarshal(u.process().Config(valueType, nil).Type())
	if err != nil {
		u.Fatal(err)
	}
	return u.instance == nil || !value.Equal(u.instance.State)
}

// destroy refreshes, plans the deletion and carries it out, and returns what all say.
func (u *user) destroy() acctest.Diagnostics {
	u.Helper()
	return u.destroyAfter(func() {})
}

func (u *user) destroyAfter(meanwhile func()) acctest.Diagnostics {
	u.Helper()
	process := u.process()
	met := u.refresh(process)
	if u.instance == nil || acctest.HasFailure(met) {
		return met
	}
	none := tftypes.NewValue(u.instance.State.Type(), nil)
	planned := process.Plan(valueType, u.instance, none)
	met = slices.Concat(met, planned.Diagnostics)
	if acctest.HasFailure(met) {
		return met
	}
	meanwhile()
	left, said := u.process().ApplyPlanned(valueType, u.instance, planned, none)
	u.keep(left)
	u.catchUp()
	return slices.Concat(met, said)
}

func (u *user) importAs(id string) acctest.Diagnostics {
	u.Helper()
	imported, met := u.process().Import(valueType, id)
	u.instance = &imported
	return met
}

// set sets the value of an account as somebody does in the dashboard.
func (u *user) set(definitionID, value string) {
	u.Helper()
	u.api.SetVariableValue(test, mockapi.VariableValue{DefinitionID: definitionID, AccountID: "user_1", Value: value})
}

// later is after all that the clock of a diagnostics page shows.
func later() time.Time { return time.Date(2026, 7, 24, 10, 0, 0, 0, time.UTC) }

// define changes a definition as somebody does in the dashboard; false deletes it.
func (u *user) define(definitionID string, change func(*mockapi.VariableDefinition) bool) {
	u.Helper()
	var all []mockapi.VariableDefinition
	for _, one := range u.api.VariableDefinitions(test) {
		if one.ID != definitionID || change(&one) {
			all = append(all, one)
		}
	}
	u.api.SetVariableDefinitions(test, all...)
}

// wantStored compares all values at Refold, by the name of their variable.
func (u *user) wantStored(want map[string]string) {
	u.Helper()
	names, stored := map[string]string{}, map[string]string{}
	for _, one := range u.api.VariableDefinitions(test) {
		names[one.ID] = one.Name
	}
	for _, value := range u.api.VariableValues(test) {
		stored[names[value.DefinitionID]] = value.Value
	}
	if !maps.Equal(stored, want) {
		u.Errorf("Refold holds %v, want %v", stored, want)
	}
}

// text is an attribute of the state, "null" where it is null.
func (u *user) text(name string) string {
	u.Helper()
	value := u.instance.Attribute(u, name)
	var text *string
	if err := value.As(&text); err != nil {
		u.Fatal(err)
	}
	if text == nil {
		return "null"
	}
	return *text
}

// wantSent compares the requests about values since the last call.
func (u *user) wantSent(want ...string) {
	u.Helper()
	var sent []string
	for _, request := range u.api.Requests() {
		if strings.Contains(request.Path, "/env/value") {
			sent = append(sent, request.Method)
		}
	}
	u.api.ResetRequests()
	if !slices.Equal(sent, want) {
		u.Errorf("sent %q, want %q", sent, want)
	}
}

// losing lets the answers to requests of a method be lost.
func (u *user) losing(method string, times int) {
	u.Helper()
	lost := 0
	u.network = acctest.InProcess(u.T, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != method || lost == times {
			u.api.ServeHTTP(w, r)
			return
		}
		lost++
		u.api.ServeHTTP(discarding{http.Header{}}, r)
		panic(http.ErrAbortHandler)
	}))
}

// failingOnce lets the first request of a method fail, and something happen meanwhile.
func (u *user) failingOnce(method string, meanwhile func()) {
	u.Helper()
	u.answeringOnce(method, http.StatusBadGateway, meanwhile)
}

// answeringOnce answers the first request of a method with a status, after something has happened.
func (u *user) answeringOnce(method string, status int, meanwhile func()) {
	u.Helper()
	hasFailed := false
	u.network = acctest.InProcess(u.T, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != method || hasFailed {
			u.api.ServeHTTP(w, r)
			return
		}
		hasFailed = true
		meanwhile()
		w.WriteHeader(status)
	}))
}

type discarding struct{ header http.Header }

func (d discarding) Header() http.Header         { return d.header }
func (d discarding) Write(b []byte) (int, error) { return len(b), nil }
func (d discarding) WriteHeader(int)             {}
