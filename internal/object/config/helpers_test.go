// SPDX-License-Identifier: MPL-2.0

package config_test

import (
	"encoding/json"
	"maps"
	"math/big"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

// user has one config, of HubSpot for the account user_1 unless values say otherwise, and a process
// of the provider for each command.
type user struct {
	*testing.T
	api     *mockapi.Server
	network http.RoundTripper
	// instance is nil where the state holds none.
	instance *acctest.Instance
}

// inVirtualTime is for a Refold in which user_1 has connected HubSpot.
func inVirtualTime(t *testing.T, behaviour mockapi.Behaviour, run func(*user)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		api := mockapi.New(mockapi.WithBehaviour(behaviour))
		api.SetApps(test, crm())
		api.Create(test, mockapi.Account{AccountID: "user_1"})
		connect(api, "user_1")
		run(&user{T: t, api: api, network: acctest.InProcess(t, contract.Check(t, api))})
	})
}

func connect(api *mockapi.Server, accountID string) {
	api.Connect(test, accountID, mockapi.Integration{Type: "hubspot", Name: "HubSpot"})
}

func (u *user) process() *acctest.Protocol {
	u.Helper()
	return acctest.ProtocolOver(u.T, u.network)
}

// written are the arguments of a resource.
func written(more attributes) attributes {
	values := of("user_1", "hubspot", "")
	maps.Copy(values, more)
	return values
}

// withFields is for fields in JSON.
func withFields(u *user, text string) attributes {
	u.Helper()
	return attributes{"fields": fromJSON(u, decode(u, text))}
}

func fromJSON(u *user, value any) tftypes.Value {
	u.Helper()
	switch value := value.(type) {
	case nil:
		return tftypes.NewValue(tftypes.String, nil)
	case json.Number:
		exact, _, err := big.ParseFloat(value.String(), 10, 512, big.ToNearestEven)
		if err != nil {
			u.Fatal(err)
		}
		return tftypes.NewValue(tftypes.Number, exact)
	case []any:
		items, types := make([]tftypes.Value, len(value)), make([]tftypes.Type, len(value))
		for i, item := range value {
			items[i] = fromJSON(u, item)
			types[i] = items[i].Type()
		}
		return tftypes.NewValue(tftypes.Tuple{ElementTypes: types}, items)
	case map[string]any:
		elements := map[string]tftypes.Value{}
		for key, element := range value {
			elements[key] = fromJSON(u, element)
		}
		return objectOf(elements)
	case bool:
		return tftypes.NewValue(tftypes.Bool, value)
	}
	return acctest.Text(value.(string))
}

func objectOf(elements map[string]tftypes.Value) tftypes.Value {
	types := map[string]tftypes.Type{}
	for key, element := range elements {
		types[key] = element.Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, elements)
}

// switched are workflows, those whose ids begin with ! switched off.
func switched(ids ...string) attributes {
	workflows := map[string]tftypes.Value{}
	for _, id := range ids {
		workflow, isOff := strings.CutPrefix(id, "!")
		workflows[workflow] = tftypes.NewValue(tftypes.Bool, !isOff)
	}
	return attributes{"workflows": tftypes.NewValue(tftypes.Map{ElementType: tftypes.Bool}, workflows)}
}

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
	read, met := process.Read(configType, *u.instance)
	if acctest.HasFailure(met) {
		return met
	}
	u.instance = &read
	if read.State.IsNull() {
		u.instance = nil
	}
	return met
}

// plan refreshes and plans, in one process.
func (u *user) plan(more attributes) (*tfprotov6.PlanResourceChangeResponse, acctest.Diagnostics) {
	u.Helper()
	process := u.process()
	met := u.refresh(process)
	planned := process.Plan(configType, u.instance, process.Config(configType, written(more)))
	return planned, slices.Concat(met, planned.Diagnostics)
}

// apply plans and applies, in a process each, and returns what both say.
func (u *user) apply(more attributes) acctest.Diagnostics {
	u.Helper()
	planned, met := u.plan(more)
	if acctest.HasFailure(met) {
		return met
	}
	return slices.Concat(met, u.carryOut(planned, more))
}

func (u *user) carryOut(planned *tfprotov6.PlanResourceChangeResponse, more attributes) acctest.Diagnostics {
	u.Helper()
	process := u.process()
	applied, met := process.ApplyPlanned(configType, u.instance, planned, process.Config(configType, written(more)))
	u.instance = &applied
	if applied.State.IsNull() {
		u.instance = nil
	}
	return met
}

// carryOutLate is carryOut for a plan that did not know everything: it is made again before.
func (u *user) carryOutLate(more attributes) acctest.Diagnostics {
	u.Helper()
	process := u.process()
	planned := process.Plan(configType, u.instance, process.Config(configType, written(more)))
	if acctest.HasFailure(planned.Diagnostics) {
		return planned.Diagnostics
	}
	return u.carryOut(planned, more)
}

// settled applies, and expects nothing to be said.
func (u *user) settled(more attributes) {
	u.Helper()
	acctest.WantNoDiagnostics(u, u.apply(more))
	u.wantNoChange(more)
}

// wantNoChange expects an empty plan.
func (u *user) wantNoChange(more attributes) {
	u.Helper()
	planned, met := u.plan(more)
	acctest.WantNoDiagnostics(u, met)
	if u.instance == nil {
		u.Fatal("there is no config in the state")
	}
	if u.changes(planned) {
		u.Errorf("a plan changes\n%s\nto\n%s", u.instance.State, u.planned(planned))
	}
}

func (u *user) planned(planned *tfprotov6.PlanResourceChangeResponse) tftypes.Value {
	u.Helper()
	value, err := planned.PlannedState.Unmarshal(u.process().Config(configType, nil).Type())
	if err != nil {
		u.Fatal(err)
	}
	return value
}

func (u *user) changes(planned *tfprotov6.PlanResourceChangeResponse) bool {
	u.Helper()
	return u.instance == nil || !u.planned(planned).Equal(u.instance.State)
}

// destroy refreshes, plans the deletion and carries it out, and returns what all say.
func (u *user) destroy() acctest.Diagnostics {
	u.Helper()
	process := u.process()
	met := u.refresh(process)
	if u.instance == nil {
		return met
	}
	none := tftypes.NewValue(u.instance.State.Type(), nil)
	planned := process.Plan(configType, u.instance, none)
	met = slices.Concat(met, planned.Diagnostics)
	if acctest.HasFailure(met) {
		return met
	}
	left, said := u.process().ApplyPlanned(configType, u.instance, planned, none)
	u.instance = &left
	if left.State.IsNull() {
		u.instance = nil
	}
	return slices.Concat(met, said)
}

func (u *user) importAs(id string) acctest.Diagnostics {
	u.Helper()
	imported, met := u.process().Import(configType, id)
	u.instance = &imported
	return met
}

// set changes the config as a customer does.
func (u *user) set(change func(*mockapi.Config)) {
	u.Helper()
	config, exists := u.api.Config(test, "user_1", "hubspot", "user_1")
	if !exists {
		config = mockapi.Config{Slug: "hubspot", ConfigID: "user_1", Values: map[string]any{}, Enabled: map[string]bool{}, WorkflowValues: map[string]map[string]any{}}
	}
	change(&config)
	u.api.SetConfig(test, "user_1", config)
}

// choose gives a field a value as a customer does.
func (u *user) choose(id string, value any) {
	u.Helper()
	u.set(func(config *mockapi.Config) { config.Values[id] = value })
}

// wantStored compares what is set at Refold with JSON; an empty text is for no config.
func (u *user) wantStored(want string) {
	u.Helper()
	config, exists := u.api.Config(test, "user_1", "hubspot", "user_1")
	if exists != (want != "") {
		u.Fatalf("there is a config: %t, want %q", exists, want)
	}
	if exists && !reflect.DeepEqual(any(config.Values), decode(u, want)) {
		u.Errorf("Refold holds %v, want %s", config.Values, want)
	}
}

func (u *user) wantEnabled(want ...string) {
	u.Helper()
	config, _ := u.api.Config(test, "user_1", "hubspot", "user_1")
	var on []string
	for id, enabled := range config.Enabled {
		if enabled {
			on = append(on, id)
		}
	}
	slices.Sort(on)
	if !slices.Equal(on, want) {
		u.Errorf("%q are switched on, want %q", on, want)
	}
}

// wantSent compares the requests about configs since the last call, without those that look whether
// the key selects the right place.
func (u *user) wantSent(want ...string) {
	u.Helper()
	var sent []string
	for _, request := range u.api.Requests() {
		if !strings.Contains(request.Path, "/linked-account") {
			sent = append(sent, request.Method)
		}
	}
	u.api.ResetRequests()
	if !slices.Equal(sent, want) {
		u.Errorf("sent %q, want %q", sent, want)
	}
}

// shownFields are those of the state, as JSON would have them.
func (u *user) shownFields() map[string]any {
	u.Helper()
	value := received(u, u.instance.Attribute(u, "fields"))
	if value.IsNothing() {
		return nil
	}
	shown, err := value.ToJSON()
	if err != nil {
		u.Fatal(err)
	}
	return shown
}
