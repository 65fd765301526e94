// SPDX-License-Identifier: MPL-2.0

package config_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/msgpack"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
	"github.com/gocobalt/terraform-provider-refold/internal/object/config"
)

// fields are a configuration's, by id.
type fields = map[string]cty.Value

func object(values fields) cty.Value { return cty.ObjectVal(values) }

func number(text string) cty.Value { return cty.MustParseNumberVal(text) }

func tuple(items ...cty.Value) cty.Value { return cty.TupleVal(items) }

// configured is a value as the provider gets it from Terraform.
func configured(t testing.TB, value cty.Value) config.Value {
	t.Helper()
	sent, err := msgpack.Marshal(value, cty.DynamicPseudoType)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := (&tfprotov6.DynamicValue{MsgPack: sent}).Unmarshal(tftypes.DynamicPseudoType)
	if err != nil {
		t.Fatal(err)
	}
	return received(t, raw)
}

func received(t testing.TB, raw tftypes.Value) config.Value {
	t.Helper()
	value, err := config.Type{}.ValueFromTerraform(t.Context(), raw)
	if err != nil {
		t.Fatal(err)
	}
	return value.(config.Value)
}

// decode reads JSON with its numbers to the letter, as the client does.
func decode(t testing.TB, text string) any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var decoded any
	if err := decoder.Decode(&decoded); err != nil {
		t.Fatal(err)
	}
	return decoded
}

// everything has every type that a field may have, and its JSON is everythingJSON.
func everything() cty.Value {
	null := cty.NullVal(cty.DynamicPseudoType)
	return object(fields{
		"number": number("25"), "text": cty.StringVal("25"), "big": number("1152921504606846976"), "fraction": number("0.1"), "bool": cty.True,
		"gone": null, "gone too": cty.NullVal(cty.String), "null within": object(fields{"a": null, "b": tuple(null)}),
		"list": tuple(), "object": cty.EmptyObjectVal, "nested": tuple(object(fields{"a": tuple(number("1"), cty.StringVal("x"))}), tuple()),
		"a/b": number("1"), "a b": number("2"), "a.b": number("3"), "50%": number("4"), "größe": number("5"),
	})
}

const everythingJSON = `{"number":25,"text":"25","big":1152921504606846976,"fraction":0.1,"bool":true,"null within":{"a":null,"b":[null]},` +
	`"list":[],"object":{},"nested":[{"a":[1,"x"]},[]],"a/b":1,"a b":2,"a.b":3,"50%":4,"größe":5}`

func TestToJSON(t *testing.T) {
	value := configured(t, everything())
	got, err := value.ToJSON()
	if err != nil || !reflect.DeepEqual(got, decode(t, everythingJSON)) {
		t.Errorf("got %s, %v", jsonvalue.Text(got), err)
	}
	if known, err := value.KnownToJSON(); err != nil || !reflect.DeepEqual(known, got) {
		t.Errorf("known are %s, %v", jsonvalue.Text(known), err)
	}
}

// What Refold holds is the same in a state, and no change beside the configuration that wrote it.
func TestFromJSON(t *testing.T) {
	value, err := config.FromJSON(t.Context(), decode(t, everythingJSON).(map[string]any))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := value.ToTerraformValue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if back := received(t, raw); !back.Equal(value) || !back.IsSet() {
		t.Errorf("%s came back as %s", value, back)
	}
	if written := configured(t, everything()); !value.Means(written) || !written.Means(value) {
		t.Errorf("%s is not what was written, %s", value, written)
	}
}

func TestFromJSONOfNothing(t *testing.T) {
	for _, nothing := range []map[string]any{nil, {}, {"gone": nil}} {
		if value, err := config.FromJSON(t.Context(), nothing); err != nil || !value.IsSet() || len(value.Keys()) != 0 {
			t.Errorf("%v became %s, %v", nothing, value, err)
		}
	}
}

func TestFromJSONFails(t *testing.T) {
	for name, test := range map[string]struct {
		stored map[string]any
		says   string
	}{
		"twins":        {map[string]any{"caf\u00e9": 1, "cafe\u0301": 2}, "`fields` keys \"cafe\\u0301\" and \"caf\\u00e9\" are one"},
		"twins within": {map[string]any{"a": map[string]any{"caf\u00e9": nil, "cafe\u0301": nil}}, "`fields` key \"a\": keys"},
		"a number":     {map[string]any{"a": json.Number("1e999999999")}, "out of range"},
		"depth":        {map[string]any{"a": decode(t, strings.Repeat("[", 100)+strings.Repeat("]", 100)), "b": decode(t, strings.Repeat("[", 101)+strings.Repeat("]", 101))}, "`fields` key \"b\": "},
	} {
		value, err := config.FromJSON(t.Context(), test.stored)
		if err == nil || !strings.HasPrefix(err.Error(), "`fields` ") || !strings.Contains(err.Error(), test.says) || !value.IsNothing() {
			t.Errorf("%s: %s, %v", name, value, err)
		}
	}
}

// What was unknown when the configuration was validated is checked before it is sent.
func TestToJSONFails(t *testing.T) {
	for name, test := range map[string]struct {
		value cty.Value
		says  string
	}{
		"null":           {cty.NullVal(cty.DynamicPseudoType), "not a known map or object"},
		"null of a type": {cty.NullVal(cty.Map(cty.String)), "not a known map or object"},
		"unknown":        {cty.DynamicVal, "not a known map or object"},
		"unknown map":    {cty.UnknownVal(cty.Map(cty.String)), "not a known map or object"},
		"text":           {cty.StringVal("x"), "not a known map or object"},
		"unknown field":  {object(fields{"a": cty.DynamicVal}), `key "a": its value is not known`},
		"unknown within": {object(fields{"a": tuple(cty.DynamicVal)}), `key "a": its value is not known`},
		"no id":          {object(fields{"": cty.True}), `key "": it is empty`},
		"no path":        {object(fields{"..": cty.True}), `key "..": `},
		"1e400":          {object(fields{"a": number("1e400")}), `key "a": the number is larger than`},
		"1e5000 within":  {object(fields{"a": tuple(number("1e5000"))}), `key "a": the number at [0] is out of range`},
	} {
		if got, err := configured(t, test.value).ToJSON(); err == nil || !strings.HasPrefix(err.Error(), "`fields` ") || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// Unknown values, wherever they stand, only hide their own field.
func TestUnknown(t *testing.T) {
	value := configured(t, object(fields{
		"a": number("1"), "gone": cty.NullVal(cty.String), "unknown": cty.DynamicVal, "typed": cty.UnknownVal(cty.Map(cty.String)),
		"deep": object(fields{"x": tuple(cty.StringVal("y"), cty.UnknownVal(cty.String))}), "list": cty.ListVal([]cty.Value{cty.UnknownVal(cty.Bool)}),
	}))
	if got := value.Keys(); !slices.Equal(got, []string{"a", "deep", "list", "typed", "unknown"}) {
		t.Errorf("keys %q", got)
	}
	for id, want := range map[string]bool{"a": true, "gone": true, "absent": true, "unknown": false, "typed": false, "deep": false, "list": false} {
		if got := value.IsFieldKnown(id); got != want {
			t.Errorf("%s is known: %t", id, got)
		}
	}
	if known, err := value.KnownToJSON(); err != nil || jsonvalue.Text(known) != `{"a":1}` {
		t.Errorf("known are %v, %v", known, err)
	}
	if value.Means(value) {
		t.Error("what is unknown means something")
	}
	if diagnostics := validate(t, value); len(diagnostics) != 0 {
		t.Errorf("%v", diagnostics)
	}
}

func TestWithoutFields(t *testing.T) {
	for name, test := range map[string]struct {
		value     cty.Value
		isNothing bool
		isKnown   bool
	}{
		"null":           {cty.NullVal(cty.DynamicPseudoType), true, true},
		"null of a type": {cty.NullVal(cty.Map(cty.String)), true, true},
		"unknown":        {cty.DynamicVal, false, false},
		"unknown map":    {cty.UnknownVal(cty.Map(cty.Number)), false, false},
		"text":           {cty.StringVal("x"), false, true},
		"empty":          {cty.EmptyObjectVal, false, true},
	} {
		value := configured(t, test.value)
		known, err := value.KnownToJSON()
		if len(value.Keys()) != 0 || len(known) != 0 || err != nil || value.IsNothing() != test.isNothing || value.IsFieldKnown("a") != test.isKnown {
			t.Errorf("%s: keys %q, known %v, %v, nothing %t, known %t", name, value.Keys(), known, err, value.IsNothing(), value.IsFieldKnown("a"))
		}
	}
	if !config.Null().IsNothing() || config.Null().IsSet() {
		t.Error("null is something")
	}
}

func TestSemanticEquality(t *testing.T) {
	written := object(fields{"a": number("25"), "b": tuple(cty.StringVal("x")), "c": object(fields{"d": cty.NullVal(cty.String)})})
	for name, test := range map[string]struct {
		other cty.Value
		want  bool
	}{
		"itself":            {written, true},
		"other types":       {object(fields{"a": number("25.0"), "b": cty.SetVal([]cty.Value{cty.StringVal("x")}), "c": cty.MapVal(fields{"d": cty.NullVal(cty.Number)})}), true},
		"one is not given":  {object(fields{"a": number("25"), "b": tuple(cty.StringVal("x")), "c": object(fields{"d": cty.NullVal(cty.String)}), "e": cty.NullVal(cty.String)}), true},
		"text":              {object(fields{"a": cty.StringVal("25"), "b": tuple(cty.StringVal("x")), "c": object(fields{"d": cty.NullVal(cty.String)})}), false},
		"null is left out":  {object(fields{"a": number("25"), "b": tuple(cty.StringVal("x")), "c": cty.EmptyObjectVal}), false},
		"one item more":     {object(fields{"a": number("25"), "b": tuple(cty.StringVal("x"), cty.True), "c": object(fields{"d": cty.NullVal(cty.String)})}), false},
		"one is taken out":  {object(fields{"a": number("25"), "b": tuple(cty.StringVal("x"))}), false},
		"one is not known":  {object(fields{"a": number("25"), "b": tuple(cty.DynamicVal), "c": object(fields{"d": cty.NullVal(cty.String)})}), false},
		"nothing":           {cty.EmptyObjectVal, false},
		"null":              {cty.NullVal(cty.DynamicPseudoType), false},
		"another structure": {cty.StringVal("x"), false},
	} {
		mine, other := configured(t, written), configured(t, test.other)
		if got, diagnostics := mine.DynamicSemanticEquals(t.Context(), other); got != test.want || diagnostics.HasError() {
			t.Errorf("%s: %t, %v", name, got, diagnostics)
		}
		if got, _ := other.DynamicSemanticEquals(t.Context(), mine); got != test.want {
			t.Errorf("%s, the other way: %t", name, got)
		}
		response := planmodifier.DynamicResponse{PlanValue: other.DynamicValue}
		config.KeepEqualState().PlanModifyDynamic(t.Context(), planmodifier.DynamicRequest{StateValue: mine.DynamicValue, PlanValue: other.DynamicValue}, &response)
		if isKept := response.PlanValue.Equal(mine.DynamicValue); isKept != test.want {
			t.Errorf("%s: the state is kept: %t", name, isKept)
		}
	}
	if equal, _ := configured(t, written).DynamicSemanticEquals(t.Context(), configured(t, written).DynamicValue); equal {
		t.Error("a value equals one of another type")
	}
}

func TestSame(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{`25`, `25.0`, true}, {`25`, `"25"`, false}, {`true`, `"true"`, false}, {`null`, `null`, true}, {`null`, `""`, false},
		{`{"a":[1,{"b":null}]}`, `{"a":[1.0,{"b":null}]}`, true}, {`{"a":null}`, `{}`, false}, {`[]`, `{}`, false}, {`[1,2]`, `[2,1]`, false},
	} {
		a, b := decode(t, test.a), decode(t, test.b)
		if config.Same(a, b) != test.want || config.Same(b, a) != test.want {
			t.Errorf("%s and %s: not %t both ways", test.a, test.b, test.want)
		}
	}
}

func TestType(t *testing.T) {
	if (config.Type{}).Equal(types.DynamicType) || types.DynamicType.Equal(config.Type{}) || !(config.Type{}).Equal(config.Type{}) {
		t.Error("the type is not equal to itself alone")
	}
	if !config.Null().Type(t.Context()).Equal(config.Type{}) || !(config.Type{}).ValueType(t.Context()).Type(t.Context()).Equal(config.Type{}) {
		t.Error("value and type do not belong together")
	}
	if got := (config.Type{}).String(); got != "config.Type" {
		t.Errorf("String = %s", got)
	}
	value := configured(t, everything())
	if got, diagnostics := (config.Type{}).ValueFromDynamic(t.Context(), value.DynamicValue); diagnostics.HasError() || !got.Equal(value) {
		t.Errorf("ValueFromDynamic = %v, %v", got, diagnostics)
	}
	if value.Equal(value.DynamicValue) || value.Equal(config.Null()) {
		t.Error("a value equals what is no such value")
	}
	if got, err := (config.Type{}).ValueFromTerraform(t.Context(), tftypes.NewValue(tftypes.DynamicPseudoType, "x")); err == nil {
		t.Errorf("a value without a type became %v", got)
	}
}
