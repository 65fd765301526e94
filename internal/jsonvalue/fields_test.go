// SPDX-License-Identifier: MPL-2.0

package jsonvalue_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
)

func TestMeans(t *testing.T) {
	asObject := object(map[string]cty.Value{"a": number("25"), "gone": cty.NullVal(cty.String)})
	for name, test := range map[string]struct {
		other cty.Value
		want  bool
	}{
		"itself":            {asObject, true},
		"map":               {cty.MapVal(map[string]cty.Value{"a": number("25.0")}), true},
		"null of a type":    {object(map[string]cty.Value{"a": number("25"), "other": cty.NullVal(cty.Bool)}), true},
		"text":              {object(map[string]cty.Value{"a": cty.StringVal("25")}), false},
		"one more":          {object(map[string]cty.Value{"a": number("25"), "b": cty.False}), false},
		"none":              {cty.EmptyObjectVal, false},
		"one unknown":       {object(map[string]cty.Value{"a": cty.UnknownVal(cty.Number)}), false},
		"one more, unknown": {object(map[string]cty.Value{"a": number("25"), "gone": cty.UnknownVal(cty.String)}), false},
		"null":              {cty.NullVal(cty.DynamicPseudoType), false},
		"unknown":           {cty.DynamicVal, false},
		"tuple":             {cty.TupleVal([]cty.Value{number("25")}), false},
	} {
		mine, other := configured(t, asObject), configured(t, test.other)
		if mine.Means(other) != test.want || other.Means(mine) != test.want {
			t.Errorf("%s: %t, the other way %t", name, mine.Means(other), other.Means(mine))
		}
	}
}

func TestIsSetAndIsNothing(t *testing.T) {
	for name, test := range map[string]struct {
		value            cty.Value
		isSet, isNothing bool
	}{
		"object":         {cty.EmptyObjectVal, true, false},
		"unknown field":  {object(map[string]cty.Value{"a": cty.DynamicVal}), true, false},
		"null":           {cty.NullVal(cty.DynamicPseudoType), false, true},
		"null of a type": {cty.NullVal(cty.Map(cty.String)), false, true},
		"unknown":        {cty.DynamicVal, false, false},
		"unknown map":    {cty.UnknownVal(cty.Map(cty.String)), false, false},
	} {
		if value := configured(t, test.value); value.IsSet() != test.isSet || value.IsNothing() != test.isNothing {
			t.Errorf("%s: set %t, nothing %t", name, value.IsSet(), value.IsNothing())
		}
	}
}

func TestFieldsToJSON(t *testing.T) {
	fields := configured(t, object(map[string]cty.Value{"a": cty.TupleVal([]cty.Value{cty.NullVal(cty.String)}), "gone": cty.NullVal(cty.String)}))
	if got, err := fields.ToJSON(); err != nil || jsonvalue.Text(got) != `{"a":[null]}` {
		t.Errorf("got %v, %v", got, err)
	}
	for name, value := range map[string]cty.Value{
		"null": cty.NullVal(cty.Map(cty.String)), "unknown": cty.DynamicVal, "unknown map": cty.UnknownVal(cty.Map(cty.String)),
		"text": cty.StringVal("x"), "unknown field": object(map[string]cty.Value{"a": cty.DynamicVal}),
	} {
		if got, err := configured(t, value).ToJSON(); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestPathOf(t *testing.T) {
	base, text := path.Root("fields"), map[string]cty.Value{"a": cty.StringVal("x")}
	if got := configured(t, cty.ObjectVal(text)).PathOf(base, "a"); !got.Equal(base.AtName("a")) {
		t.Errorf("in an object: %s", got)
	}
	if got := configured(t, cty.MapVal(text)).PathOf(base, "a"); !got.Equal(base.AtMapKey("a")) {
		t.Errorf("in a map: %s", got)
	}
}

func TestKeepEqualState(t *testing.T) {
	list := cty.ListVal([]cty.Value{number("1")})
	state := object(map[string]cty.Value{"a": cty.TupleVal([]cty.Value{number("1.0")})})
	for name, test := range map[string]struct {
		planned cty.Value
		isKept  bool
	}{
		"rewritten":  {cty.MapVal(map[string]cty.Value{"a": list}), true},
		"null added": {object(map[string]cty.Value{"a": list, "b": cty.NullVal(cty.String)}), true},
		"changed":    {object(map[string]cty.Value{"a": cty.EmptyTupleVal}), false},
		"unknown":    {object(map[string]cty.Value{"a": cty.DynamicVal}), false},
		"null":       {cty.NullVal(cty.DynamicPseudoType), false},
	} {
		stored, planned := configured(t, state).DynamicValue, configured(t, test.planned).DynamicValue
		response := planmodifier.DynamicResponse{PlanValue: planned}
		jsonvalue.KeepEqualState().PlanModifyDynamic(t.Context(), planmodifier.DynamicRequest{StateValue: stored, PlanValue: planned}, &response)
		want := planned
		if test.isKept {
			want = stored
		}
		if !response.PlanValue.Equal(want) || response.Diagnostics.HasError() {
			t.Errorf("%s: planned %s", name, response.PlanValue)
		}
	}
}

func TestKeepEqualStateDescribesItself(t *testing.T) {
	if modifier := jsonvalue.KeepEqualState(); modifier.Description(t.Context()) == "" || modifier.MarkdownDescription(t.Context()) == "" {
		t.Error("no description")
	}
}

func TestDynamicFromTerraformFails(t *testing.T) {
	if got, err := jsonvalue.DynamicFromTerraform(t.Context(), tftypes.NewValue(tftypes.DynamicPseudoType, "x")); err == nil {
		t.Errorf("a value without a type became %v", got)
	}
}

func TestKindOf(t *testing.T) {
	for want, value := range map[string]cty.Value{
		"a string": cty.StringVal(""), "a number": number("1"), "a boolean": cty.True, "a nested object": cty.EmptyObjectVal,
		"a set": cty.SetValEmpty(cty.String), "a list": cty.EmptyTupleVal,
	} {
		if got := jsonvalue.KindOf(jsonvalue.Plain(field(t, value))); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := jsonvalue.KindOf(jsonvalue.Plain(types.DynamicValue(types.StringValue("")))); got != "a string" {
		t.Errorf("a dynamic text is %s", got)
	}
}
