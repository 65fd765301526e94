// SPDX-License-Identifier: MPL-2.0

package variablevalue

import (
	"fmt"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var (
	null    = types.StringNull()
	unknown = types.StringUnknown()
)

func text(value string) types.String { return types.StringValue(value) }

// shown is a value that Refold shows, or hides where the text is empty.
func shown(id, value, updatedAt string) *refold.VariableValue {
	return &refold.VariableValue{ID: id, Value: value, IsShown: value != "", UpdatedAt: updatedAt, VariableKey: refold.VariableKey{Encrypted: value == ""}}
}

func TestObject(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		model   model
		id      string
		subject string
		parts   []string
	}{
		{model{VariableDefinitionID: text("d"), LinkedAccountID: text("a/b")}, "d/a%2Fb", `variable value "d" of linked account "a/b"`, []string{"d", "a/b"}},
		{model{VariableDefinitionID: text("d"), LinkedAccountID: text("a"), Name: text("REGION")}, "d/a", `variable value "REGION" of linked account "a"`, []string{"d", "a"}},
		{model{VariableDefinitionID: text("d"), WorkflowID: text("w"), Name: unknown}, "d/w", `variable value "d/w"`, []string{"d", "w"}},
		{model{VariableDefinitionID: text("d"), Name: text("REGION")}, "d", `variable value "REGION"`, []string{"d"}},
	} {
		object := test.model.Object()
		if object.ImportID() != test.id || object.Subject().String() != test.subject || !slices.Equal(object.IDs, test.parts) {
			t.Errorf("%+v is %+v", test.model, object)
		}
	}
}

// Of a definition that is not known, nothing is to be shown.
func TestKey(t *testing.T) {
	t.Parallel()
	named := model{VariableDefinitionID: text("d"), LinkedAccountID: text("a"), VariableScope: text("linked_account"), Encrypted: types.BoolValue(false)}
	if key := named.key(nil); !key.Encrypted || key.Scope != "linked_account" || key.AccountID != "a" || key.DefinitionID != "d" {
		t.Errorf("without a definition: %+v", key)
	}
	if key := named.key(&refold.VariableDefinition{Scope: "org"}); key.Encrypted || key.Scope != "org" {
		t.Errorf("with one: %+v", key)
	}
}

func TestIsSent(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name        string
		plan, state model
		left        unsettled
		want        bool
	}{
		{"the same value", model{Value: text("a")}, model{Value: text("a")}, unsettled{}, false},
		{"another value", model{Value: text("b")}, model{Value: text("a")}, unsettled{}, true},
		{"a value that is not known yet", model{Value: unknown}, model{Value: text("a")}, unsettled{}, true},
		{"a value after none", model{Value: text("a")}, model{}, unsettled{}, true},
		{"no value any more", model{}, model{Value: text("a")}, unsettled{}, false},
		{"the same version", model{ValueWOVersion: text("1")}, model{ValueWOVersion: text("1")}, unsettled{}, false},
		{"another version", model{ValueWOVersion: text("2")}, model{ValueWOVersion: text("1")}, unsettled{}, true},
		{"from plain to write-only", model{ValueWOVersion: text("1")}, model{Value: text("a")}, unsettled{}, true},
		{"from write-only to plain", model{Value: text("a")}, model{ValueWOVersion: text("1")}, unsettled{}, true},
		{"after a failure", model{ValueWOVersion: text("1")}, model{ValueWOVersion: text("1")}, unsettled{Value: true}, true},
		{"after a failure, without a value", model{}, model{ValueWOVersion: text("1")}, unsettled{Value: true}, false},
	} {
		if got := test.plan.isSent(test.state, test.left); got != test.want {
			t.Errorf("%s is sent: %t", test.name, got)
		}
	}
}

func TestLacksValue(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name         string
		plan, config model
		want         bool
	}{
		{"nothing", model{}, model{}, true},
		{"a value", model{Value: text("")}, model{Value: text("")}, false},
		{"a value that is not known yet", model{Value: unknown}, model{Value: unknown}, false},
		{"write-only", model{ValueWOVersion: text("1")}, model{ValueWO: text("a"), ValueWOVersion: text("1")}, false},
		{"write-only and null", model{ValueWOVersion: text("1")}, model{ValueWOVersion: text("1")}, true},
		{"write-only and not known yet", model{ValueWOVersion: text("1")}, model{ValueWO: unknown, ValueWOVersion: text("1")}, false},
		{"a version that is not known yet", model{ValueWOVersion: unknown}, model{ValueWOVersion: unknown}, false},
	} {
		if got := test.plan.lacksValue(test.config); got != test.want {
			t.Errorf("%s lacks a value: %t", test.name, got)
		}
	}
}

// minute is a time of day.
func minute(number int) string { return fmt.Sprintf("2026-11-27T12:%02d:00Z", number) }

func TestIsSetSince(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		state model
		shown *refold.VariableValue
		left  unsettled
		want  bool
	}{
		{"the same value", model{ID: text("1"), Value: text("a"), UpdatedAt: text("then")}, shown("1", "a", "now"), unsettled{}, false},
		{"the same in another normal form", model{Value: text("\u00e9")}, shown("1", "e\u0301", ""), unsettled{}, false},
		{"another value", model{ID: text("1"), Value: text("a"), UpdatedAt: text("then")}, shown("1", "b", "then"), unsettled{}, true},
		{"another id", model{ID: text("1"), Value: text("a")}, shown("2", "a", ""), unsettled{}, true},
		{"an id that is not shown", model{ID: text("1"), Value: text("a")}, shown("", "a", ""), unsettled{}, false},
		{"an id that is not known", model{Value: text("a")}, shown("2", "a", ""), unsettled{}, false},
		{"hidden, as of then", model{ID: text("1"), UpdatedAt: text("then")}, shown("1", "", "then"), unsettled{}, false},
		{"hidden, as of now", model{ID: text("1"), UpdatedAt: text("then")}, shown("1", "", "now"), unsettled{}, true},
		{"hidden, without a time", model{ID: text("1"), UpdatedAt: text("then")}, shown("1", "", ""), unsettled{}, false},
		{"write-only and shown", model{ID: text("1"), UpdatedAt: text("then"), ValueWOVersion: text("1")}, shown("1", "b", "now"), unsettled{}, true},
		{"one of two whose answers were lost", model{Value: text("a")}, shown("1", "b", ""), unsettled{Value: true, Tried: []string{"b", "c"}}, false},
		{"none of those whose answers were lost", model{Value: text("a")}, shown("1", "d", ""), unsettled{Value: true, Tried: []string{"b", "c"}}, true},
		{"hidden, set by an attempt without an answer", model{ValueWOVersion: text("1"), UpdatedAt: text(minute(0))}, shown("1", "", minute(5)), unsettled{Value: true, Written: minute(5)}, false},
		{"hidden, set after that attempt", model{ValueWOVersion: text("1"), UpdatedAt: text(minute(0))}, shown("1", "", minute(7)), unsettled{Value: true, Written: minute(5)}, true},
		{"hidden, not set by that attempt", model{ValueWOVersion: text("1"), UpdatedAt: text(minute(0))}, shown("1", "", minute(0)), unsettled{Value: true, Written: minute(5)}, false},
		{"hidden, after a write that showed no time", model{ValueWOVersion: text("1")}, shown("1", "", minute(5)), unsettled{Written: minute(5)}, false},
		{"hidden, set after that write", model{ValueWOVersion: text("1")}, shown("1", "", minute(6)), unsettled{Written: minute(5)}, true},
	} {
		if got := test.state.isSetSince(test.shown, test.left); got != test.want {
			t.Errorf("%s is set since: %t", test.name, got)
		}
	}
}

// What was tried is not kept of a variable that has become encrypted.
func TestWhatWasTriedOfAnEncryptedVariable(t *testing.T) {
	t.Parallel()
	left := unsettled{Value: true, Tried: []string{"b"}, Written: minute(5)}
	state := model{Value: text("a"), UpdatedAt: text(minute(0))}
	if got := left.since(state, shown("1", "a", minute(0))); len(got.Tried) != 1 || !got.Value {
		t.Errorf("of a plain one is kept %+v", got)
	}
	encrypted := shown("1", "", minute(0))
	encrypted.Encrypted = true
	if got := left.since(state, encrypted); len(got.Tried) != 0 || !got.Value {
		t.Errorf("of an encrypted one is kept %+v", got)
	}
}

// What decides whether a value is taken into the state is the form that the state has.
func TestRefresh(t *testing.T) {
	t.Parallel()
	known := &refold.VariableDefinition{Name: "REGION", Scope: "linked_account"}
	no := types.BoolValue(false)
	for _, test := range []struct {
		name       string
		state      model
		definition *refold.VariableDefinition
		shown      *refold.VariableValue
		want       types.String
	}{
		{"plain", model{Encrypted: no, Value: text("a")}, known, shown("1", "b", ""), text("b")},
		{"plain, in the spelling of the configuration", model{Encrypted: no, Value: text("7.50")}, known, &refold.VariableValue{Value: "7.5", IsShown: true, IsNumber: true}, text("7.50")},
		{"plain, and not shown", model{Encrypted: no, Value: text("a")}, known, &refold.VariableValue{}, text("a")},
		{"write-only", model{Encrypted: no, ValueWOVersion: text("1")}, known, shown("1", "b", ""), null},
		{"not managed", model{Encrypted: no}, known, shown("1", "b", ""), null},
		{"imported", model{}, known, shown("1", "b", ""), text("b")},
		{"imported and encrypted", model{}, known, shown("1", "", ""), null},
		{"encrypted since", model{Encrypted: no, Value: text("a")}, known, shown("1", "", ""), null},
		{"of a definition that is gone", model{Encrypted: no, Value: text("a")}, nil, &refold.VariableValue{Value: "b", IsShown: true}, null},
	} {
		state := test.state
		state.refresh(test.definition, test.shown, refold.Scope{OrganizationID: "o", Environment: "e"})
		if !state.Value.Equal(test.want) || state.Environment.ValueString() != "e" || state.AdoptExisting.IsNull() {
			t.Errorf("%s: the value of the state is %s: %+v", test.name, state.Value, state)
		}
	}
	kept := model{ID: text("1"), UpdatedAt: text("then"), Name: text("OLD")}
	kept.refresh(nil, &refold.VariableValue{}, refold.Scope{})
	if kept.ID.ValueString() != "1" || kept.UpdatedAt.ValueString() != "then" || kept.Name.ValueString() != "OLD" {
		t.Errorf("what an answer does not show is not kept: %+v", kept)
	}
}

// What a plan has promised stays as it is, and what it left open is filled in.
func TestSettle(t *testing.T) {
	t.Parallel()
	plan := model{ID: unknown, Name: text("OLD"), VariableScope: unknown, Encrypted: types.BoolUnknown(), UpdatedAt: unknown}
	plan.settle(&refold.VariableDefinition{Name: "NEW", Scope: "org"}, shown("1", "", ""), refold.Scope{})
	want := model{ID: text("1"), Name: text("OLD"), VariableScope: text("org"), Encrypted: types.BoolValue(true), UpdatedAt: null}
	if plan != want {
		t.Errorf("the plan is settled to %+v", plan)
	}
	state := model{ID: text("7"), UpdatedAt: null}
	plan.keep(state)
	if plan.ID != state.ID || !plan.UpdatedAt.IsNull() || !plan.Name.IsNull() {
		t.Errorf("of the state is kept %+v", plan)
	}
}

// A scope is held against what is known of the target, and one that is not known is let through.
func TestMisfit(t *testing.T) {
	t.Parallel()
	account, workflow, late := model{LinkedAccountID: text("a")}, model{WorkflowID: text("w")}, model{LinkedAccountID: unknown, WorkflowID: unknown}
	for scope, fits := range map[string][]model{
		refold.ScopeLinkedAccount: {account, late, {LinkedAccountID: text("a"), WorkflowID: unknown}},
		refold.ScopeWorkflow:      {workflow, late},
		refold.ScopeWorkspace:     {{}, late},
		refold.ScopeOrganization:  {{}, late},
		"team":                    {{}, account, workflow},
		"":                        {{}, account, workflow},
	} {
		for _, one := range []model{{}, account, workflow, late, {LinkedAccountID: text("a"), WorkflowID: unknown}} {
			isFit := one.misfit(&refold.VariableDefinition{Scope: scope}) == ""
			if want := slices.Contains(fits, one); isFit != want && scope != "team" && scope != "" {
				t.Errorf("%+v fits %q: %t", one, scope, isFit)
			}
		}
		for _, one := range fits {
			if misfit := one.misfit(&refold.VariableDefinition{Scope: scope}); misfit != "" {
				t.Errorf("%+v does not fit %q: %s", one, scope, misfit)
			}
		}
	}
}
