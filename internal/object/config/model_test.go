// SPDX-License-Identifier: MPL-2.0

package config

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// shown is a config with fields that are set, at their default and without any value, and a
// workflow that is on.
func shown() *refold.Config {
	return &refold.Config{
		Slug: "hubspot", ConfigID: "user_1", FieldErrors: []string{"zip is short"},
		Fields: []refold.ConfigField{
			{ID: "region", Value: "eu", Default: "us"},
			{ID: "size", Value: json.Number("25.0"), Default: json.Number("25")},
			{ID: "limit", Default: json.Number("10")},
			{ID: "zip"},
			{ID: "..", Value: "x"},
		},
		Workflows: []refold.ConfigWorkflow{
			{ID: "w1", Enabled: true, Fields: []refold.ConfigField{{ID: "depth", Value: json.Number("2"), Default: json.Number("1")}, {ID: "width", Default: "x"}}},
			{ID: "w2"},
		},
	}
}

// workflows are on, or off where their ids begin with !, or not given where they begin with ?.
func workflows(ids ...string) types.Map {
	if len(ids) == 0 {
		return types.MapNull(types.BoolType)
	}
	values := map[string]attr.Value{}
	for _, id := range ids {
		switch id[0] {
		case '!':
			values[id[1:]] = types.BoolValue(false)
		case '?':
			values[id[1:]] = types.BoolNull()
		default:
			values[id] = types.BoolValue(true)
		}
	}
	return types.MapValueMust(types.BoolType, values)
}

func given(t *testing.T, fields map[string]any) Value {
	t.Helper()
	if fields == nil {
		return Null()
	}
	value, err := FromJSON(t.Context(), fields)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

type values = map[string]any

func TestChangesOf(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		wanted                 desired
		set, cleared, switched []string
	}{
		"nothing":                  {},
		"what is there":            {desired{fields: values{"region": "eu", "size": json.Number("25"), "limit": json.Number("10.0")}, workflows: map[string]bool{"w1": true, "w2": false}, left: []string{"zip", "limit", "size"}}, nil, nil, nil},
		"in the order of their id": {desired{fields: values{"zip": "1", "limit": json.Number("11"), "region": "us"}}, []string{"limit", "region", "zip"}, nil, nil},
		"another type":             {desired{fields: values{"size": "25"}}, []string{"size"}, nil, nil},
		"what is left":             {desired{left: []string{"region", "zip", "gone"}}, nil, []string{"region"}, nil},
		"workflows":                {desired{workflows: map[string]bool{"w2": true, "w1": false}}, nil, nil, []string{"w1", "w2"}},
	} {
		missing := changesOf(shown(), test.wanted)
		var switched []string
		for _, one := range missing.switched {
			switched = append(switched, one.id)
		}
		if !slices.Equal(missing.given(), test.set) || !slices.Equal(missing.cleared, test.cleared) || !slices.Equal(switched, test.switched) {
			t.Errorf("%s: %+v", name, missing)
		}
		if missing.isEmpty() != (len(test.set)+len(test.cleared)+len(test.switched) == 0) || len(missing.fields()) != len(test.set)+len(test.cleared) {
			t.Errorf("%s: empty %t, fields %q", name, missing.isEmpty(), missing.fields())
		}
	}
}

// After a failure, what was sent is managed, and what went back to its default is not.
func TestManagedAfter(t *testing.T) {
	t.Parallel()
	wanted := desired{managed: []string{"a", "b", "c", "d"}, left: []string{"b", "c", "d"}}
	missing := changes{set: []fieldValue{{"e", 1}, {"zip", "2"}}, cleared: []string{"b", "c"}}
	before := []string{"a", "b", "c"}
	for name, test := range map[string]struct {
		sent  sent
		shown *refold.Config
		want  []string
	}{
		"nothing":              {sent{}, nil, before},
		"one field":            {sent{changes: changes{set: missing.set[:1]}}, nil, append(before, "e")},
		"one that is out":      {sent{changes: changes{set: missing.set, cleared: []string{"b"}}}, nil, []string{"a", "c", "e", "zip"}},
		"all":                  {sent{changes: missing}, nil, []string{"a", "e", "zip"}},
		"a lost answer":        {sent{open: &missing.set[1]}, withZip("2"), append(before, "zip")},
		"another's value":      {sent{open: &missing.set[1]}, withZip("1"), before},
		"its default":          {sent{open: &missing.set[1]}, withZip(nil), append(before, "zip")},
		"not shown afterwards": {sent{open: &missing.set[1]}, nil, before},
	} {
		if got := wanted.managedAfter(missing, test.sent, test.shown); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func withZip(value any) *refold.Config {
	return &refold.Config{Fields: []refold.ConfigField{{ID: "zip", Value: value, Default: "2"}}}
}

// What is chosen by others, and what a plan shows nothing of.
func TestSwitchedBack(t *testing.T) {
	t.Parallel()
	config := shown() // w1 is on
	for name, test := range map[string]struct {
		plan, state types.Map
		want        []string
	}{
		"as it is":                   {workflows("w1"), workflows("w1"), nil},
		"the plan shows it":          {workflows("!w1"), workflows("w1"), nil},
		"switched since":             {workflows("!w1"), workflows("!w1"), []string{"w1"}},
		"comes under management on":  {workflows("w1", "w2"), workflows(), nil},
		"comes under management off": {workflows("!w1"), workflows(), []string{"w1"}},
		"is not there":               {workflows("w9"), workflows("!w9"), nil},
	} {
		if got := switchedBack(model{Workflows: test.plan}, model{Workflows: test.state}, config); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestChangedSince(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		state values
		want  []string
	}{
		"as it is":        {values{"region": "eu"}, nil},
		"another value":   {values{"region": "us", "limit": json.Number("9")}, []string{"region"}},
		"back to default": {values{"size": json.Number("2"), "zip": "1"}, nil},
		"is not there":    {values{"nope": "1"}, nil},
	} {
		if got := changedSince(model{Fields: given(t, test.state)}, shown()); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestForeign(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fields    values
		workflows map[string]bool
		want      []string
	}{
		"nothing is configured":  {nil, nil, []string{"region", "..", "w1: depth"}},
		"as it is":               {values{"region": "eu", "..": "x"}, map[string]bool{"w1": true}, []string{"w1: depth"}},
		"another value":          {values{"region": "us", "..": "x"}, nil, []string{"region", "w1: depth"}},
		"a workflow against it":  {values{"region": "eu", "..": "x"}, map[string]bool{"w1": false, "w2": false}, []string{"w1 (switched on)", "w1: depth"}},
		"what only has defaults": {values{"region": "eu", "..": "x", "size": json.Number("1"), "zip": "1"}, nil, []string{"w1: depth"}},
	} {
		if got := foreign(shown(), test.fields, test.workflows); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestUnknownOnes(t *testing.T) {
	t.Parallel()
	fields, flows := unknownIDs(shown(), []string{"Region", "region", "x"}, workflows("w1", "!w3", "?w4"))
	if !slices.Equal(fields, []string{"Region", "x"}) || !slices.Equal(flows, []string{"w3"}) {
		t.Errorf("fields %q, workflows %q", fields, flows)
	}
}

func TestSwitches(t *testing.T) {
	t.Parallel()
	late := types.MapValueMust(types.BoolType, map[string]attr.Value{"w1": types.BoolUnknown(), "w2": types.BoolValue(false)})
	for _, test := range []struct {
		workflows types.Map
		want      map[string]bool
	}{
		{workflows(), map[string]bool{}}, {types.MapUnknown(types.BoolType), map[string]bool{}},
		{workflows("w1", "!w2", "?w3"), map[string]bool{"w1": true, "w2": false}}, {late, map[string]bool{"w2": false}},
	} {
		if got := switches(test.workflows); !maps.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.workflows, got, test.want)
		}
	}
}

// A refresh shows what counts for the fields that are named, and keeps what means the same.
func TestRefresh(t *testing.T) {
	t.Parallel()
	at := refold.Scope{OrganizationID: "o", Environment: "test"}
	for name, test := range map[string]struct {
		before    values
		named     []string
		want      values
		workflows types.Map
		switched  types.Map
	}{
		"nothing":               {nil, nil, nil, workflows(), workflows()},
		"nothing of nothing":    {nil, []string{"zip", "gone"}, nil, workflows(), workflows()},
		"the default":           {values{"limit": json.Number("1")}, []string{"limit"}, values{"limit": json.Number("10")}, workflows(), workflows()},
		"what lost its value":   {values{"zip": "1", "region": "eu"}, []string{"region", "zip"}, values{"region": "eu"}, workflows(), workflows()},
		"managed, not in state": {nil, []string{"region"}, values{"region": "eu"}, workflows(), workflows()},
		"workflows":             {nil, nil, nil, workflows("!w1", "w2", "w3", "?w4"), workflows("w1", "!w2")},
		"one that is not given": {nil, nil, nil, workflows("?w1"), workflows("?w1")},
	} {
		m := model{Fields: given(t, test.before), Workflows: test.workflows}
		if err := m.refresh(t.Context(), shown(), test.named, at); err != nil {
			t.Fatal(err)
		}
		if !m.Fields.Means(given(t, test.want)) || m.Fields.IsNothing() != (test.want == nil) || !m.Workflows.Equal(test.switched) {
			t.Errorf("%s: fields %s, workflows %s", name, m.Fields, m.Workflows)
		}
		if m.Scope() != at || len(m.FieldErrors.Elements()) != 1 || m.ForceDestroy.IsNull() || m.AdoptExisting.IsNull() {
			t.Errorf("%s: %+v", name, m)
		}
	}
	same := model{Fields: given(t, values{"size": json.Number("25")})}
	written := same.Fields
	if err := same.refresh(t.Context(), shown(), []string{"size"}, at); err != nil || !same.Fields.Equal(written) {
		t.Errorf("25 became %s (%v)", same.Fields, err)
	}
	failing := shown()
	failing.Fields[0].Value = json.Number("1e600000000")
	if err := same.refresh(t.Context(), failing, []string{"region"}, at); err == nil {
		t.Errorf("a number that Terraform cannot hold became %s", same.Fields)
	}
}

// An import shows what is set and what is on, as far as a configuration can name it.
func TestImportAll(t *testing.T) {
	t.Parallel()
	config := shown()
	config.Workflows = append(config.Workflows, refold.ConfigWorkflow{ID: "a\u0308", Enabled: true})
	config.Fields = append(config.Fields, refold.ConfigField{ID: "u\u0308", Value: "x"})
	var m model
	if err := m.importAll(t.Context(), config, refold.Scope{}); err != nil {
		t.Fatal(err)
	}
	if !m.Fields.Means(given(t, values{"region": "eu"})) || !m.Workflows.Equal(workflows("w1")) {
		t.Errorf("fields %s, workflows %s", m.Fields, m.Workflows)
	}
	var none model
	if err := none.importAll(t.Context(), &refold.Config{}, refold.Scope{}); err != nil || !none.Fields.IsNothing() || !none.Workflows.IsNull() {
		t.Errorf("of nothing: fields %s, workflows %s (%v)", none.Fields, none.Workflows, err)
	}
}

// What a plan takes off management stays where it was never applied, and is a workflow.
func TestStaying(t *testing.T) {
	t.Parallel()
	state := model{Fields: given(t, values{"region": "eu", "limit": json.Number("10"), "zip": "1"}), Workflows: workflows("w1", "w2", "gone")}
	for name, test := range map[string]struct {
		plan model
		kept []string
		want []string
	}{
		"all imported":       {model{Workflows: workflows()}, nil, []string{"region", "w1", "w2"}},
		"applied before":     {model{Workflows: workflows("w1")}, []string{"region"}, []string{"w2"}},
		"still configured":   {state, nil, nil},
		"not known yet":      {model{Fields: Value{types.DynamicUnknown()}, Workflows: workflows()}, nil, nil},
		"workflows unknown":  {model{Workflows: types.MapUnknown(types.BoolType)}, nil, nil},
		"one is not applied": {model{Fields: given(t, values{"zip": "1"}), Workflows: workflows("w1", "!w2")}, []string{"zip"}, []string{"region"}},
	} {
		if got := stayingOf(test.plan, state, test.kept, shown()); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestWrites(t *testing.T) {
	t.Parallel()
	state := model{Fields: given(t, values{"a": "1"}), Workflows: workflows("w1")}
	for name, test := range map[string]struct {
		plan    model
		managed []string
		want    bool
	}{
		"nothing":                     {state, []string{"a"}, false},
		"imported":                    {state, nil, false},
		"another value":               {model{Fields: given(t, values{"a": "2"}), Workflows: workflows("w1")}, nil, true},
		"another workflow":            {model{Fields: state.Fields, Workflows: workflows("!w1")}, nil, true},
		"managed, without any value":  {state, []string{"a", "b"}, true},
		"not known yet":               {model{Fields: Value{types.DynamicUnknown()}, Workflows: state.Workflows}, nil, true},
		"a null that is as left out":  {model{Fields: state.Fields, Workflows: state.Workflows, Attributes: dependant.Attributes{AdoptExisting: types.BoolValue(true)}}, []string{"a"}, false},
		"workflows are taken out now": {model{Fields: state.Fields, Workflows: workflows()}, []string{"a"}, true},
	} {
		if got := test.plan.writes(state, test.managed); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	if got := union([]string{"b", "a"}, []string{"c", "b"}); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("union: %q", got)
	}
	ids := []string{"a", "b", "c"}
	if got := without(ids, []string{"b"}); !slices.Equal(got, []string{"a", "c"}) || !slices.Equal(ids, []string{"a", "b", "c"}) {
		t.Errorf("without: %q of %q", got, ids)
	}
}

// The state after a failure has the switches of the plan, and nothing else of it.
func TestAfterFailure(t *testing.T) {
	t.Parallel()
	state := model{Fields: given(t, values{"a": "1"}), FieldErrors: fieldErrorsOf(nil), ForceDestroy: types.BoolValue(false)}
	left := state.AfterFailure(model{Fields: given(t, values{"a": "2"}), ForceDestroy: types.BoolValue(true), Attributes: dependant.Attributes{AdoptExisting: types.BoolValue(true)}})
	if !left.Fields.Equal(state.Fields) || !left.ForceDestroy.ValueBool() || !left.AdoptExisting.ValueBool() {
		t.Errorf("left is %+v", left)
	}
	kept := model{FieldErrors: types.ListUnknown(types.StringType)}
	kept.keep(model{FieldErrors: fieldErrorsOf([]string{"x"}), Attributes: dependant.Attributes{OrganizationID: types.StringValue("o"), Environment: types.StringValue("test")}})
	if !reflect.DeepEqual(kept.FieldErrors, fieldErrorsOf([]string{"x"})) || kept.Scope() != (refold.Scope{OrganizationID: "o", Environment: "test"}) {
		t.Errorf("kept is %+v", kept)
	}
}
