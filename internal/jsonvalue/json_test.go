// SPDX-License-Identifier: MPL-2.0

package jsonvalue_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
)

// What a server stores comes back from a state as it was.
func TestRoundTrip(t *testing.T) {
	for name, test := range map[string]struct{ stored, want string }{
		"nothing":       {`{}`, `{}`},
		"every type":    {`{"s":"25","n":25,"b":true,"l":[1,"a",false],"o":{"a":{"b":"c"}}}`, `{"s":"25","n":25,"b":true,"l":[1,"a",false],"o":{"a":{"b":"c"}}}`},
		"null":          {`{"gone":null,"list":[null,1,null],"object":{"a":null}}`, `{"list":[null,1,null],"object":{"a":null}}`},
		"only null":     {`{"list":[null],"object":{"a":[{"b":null}]}}`, `{"list":[null],"object":{"a":[{"b":null}]}}`},
		"empty":         {`{"s":"","l":[],"o":{},"ll":[[],{}]}`, `{"s":"","l":[],"o":{},"ll":[[],{}]}`},
		"numbers":       {`{"n":[0,-1,1.0,25.0,0.1,1152921504606846976,-2.5E-3,1e21]}`, `{"n":[0,-1,1,25,0.1,1152921504606846976,-0.0025,1000000000000000000000]}`},
		"many digits":   {`{"n":[123456789012345678901234567890.5,9007199254740993,1e400]}`, `{"n":[1.234567890123456789012345678905e+29,9007199254740993,1e+400]}`},
		"odd keys":      {`{"":1,"a/b":2,"a b":3,"a.b":4,"50%":5,"größe":6,"o":{"":1,"a/b":{" ":2}}}`, `{"":1,"a/b":2,"a b":3,"a.b":4,"50%":5,"größe":6,"o":{"":1,"a/b":{" ":2}}}`},
		"odd texts":     {`{"s":["\u0000\"\\","null","true","{}","日本"]}`, `{"s":["\u0000\"\\","null","true","{}","日本"]}`},
		"normal form":   {`{"cafe\u0301":{"n\u0303":1}}`, "{\"caf\u00e9\":{\"\u00f1\":1}}"},
		"mixed objects": {`{"l":[{"a":1},{"b":"x"},{}]}`, `{"l":[{"a":1},{"b":"x"},{}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			value, err := jsonvalue.FieldsFromJSON(t.Context(), decodeFields(t, test.stored))
			if err != nil {
				t.Fatal(err)
			}
			state := throughState(t, value)
			if !state.Means(value) || !value.Means(state) {
				t.Errorf("%s is %s in the state", value, state)
			}
			for _, held := range []jsonvalue.Fields{value, state} {
				if got, err := held.ToJSON(); err != nil || !sameText(got, decode(t, test.want)) {
					t.Errorf("got %s, %v, want %s", jsonvalue.Text(got), err, test.want)
				}
			}
		})
	}
}

// sameText compares numbers by their digits.
func sameText(a, b any) bool { return jsonvalue.Text(a) == jsonvalue.Text(b) }

// What a configuration may hold is sent as the JSON that it means.
func TestToJSON(t *testing.T) {
	one, text := number("1"), cty.StringVal("x")
	third := one.Divide(number("3"))
	for name, test := range map[string]struct {
		configured cty.Value
		want       string
	}{
		"text":             {cty.StringVal("25"), `"25"`},
		"number":           {number("25.0"), `25`},
		"fraction":         {number("0.1"), `0.1`},
		"2^60":             {number("1152921504606846976"), `1152921504606846976`},
		"a third":          {third, third.AsBigFloat().Text('f', -1)},
		"bool":             {cty.True, `true`},
		"null":             {cty.NullVal(cty.DynamicPseudoType), `null`},
		"null with a type": {cty.NullVal(cty.List(cty.String)), `null`},
		"tuple":            {cty.TupleVal([]cty.Value{one, text, cty.NullVal(cty.DynamicPseudoType)}), `[1,"x",null]`},
		"list":             {cty.ListVal([]cty.Value{text, cty.NullVal(cty.String)}), `["x",null]`},
		"list of nulls":    {cty.ListVal([]cty.Value{cty.NullVal(cty.DynamicPseudoType)}), `[null]`},
		"set":              {cty.SetVal([]cty.Value{number("3"), one, number("2")}), `[1,2,3]`},
		"object":           {object(map[string]cty.Value{"a": one, "b": cty.NullVal(cty.String)}), `{"a":1,"b":null}`},
		"map":              {cty.MapVal(map[string]cty.Value{"a": one, "b": cty.NullVal(cty.Number)}), `{"a":1,"b":null}`},
		"empty":            {cty.TupleVal([]cty.Value{cty.EmptyTupleVal, cty.EmptyObjectVal, cty.ListValEmpty(cty.DynamicPseudoType), cty.SetValEmpty(cty.String), cty.MapValEmpty(cty.Number)}), `[[],{},[],[],{}]`},
		"deep":             {cty.MapVal(map[string]cty.Value{"a": cty.ListVal([]cty.Value{object(map[string]cty.Value{"b": cty.SetVal([]cty.Value{cty.True})})})}), `{"a":[{"b":[true]}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := jsonvalue.ToJSON(field(t, test.configured))
			if err != nil || !reflect.DeepEqual(got, decode(t, test.want)) {
				t.Errorf("got %s, %v, want %s", jsonvalue.Text(got), err, test.want)
			}
		})
	}
}

func TestToJSONFails(t *testing.T) {
	for name, test := range map[string]struct {
		configured cty.Value
		says       string
	}{
		"unknown":         {cty.UnknownVal(cty.String), "its value is not known"},
		"unknown within":  {object(map[string]cty.Value{"a": cty.TupleVal([]cty.Value{cty.DynamicVal})}), `key "a": its value is not known`},
		"too many digits": {cty.TupleVal([]cty.Value{number("1e5000")}), "the number at [0] is out of range"},
		"too deep":        {nestedTuples(100), "more than 100 levels"},
	} {
		if got, err := jsonvalue.ToJSON(field(t, test.configured)); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %s, %v, want an error that says %q", name, jsonvalue.Text(got), err, test.says)
		}
	}
}

func TestFromJSONFails(t *testing.T) {
	for name, test := range map[string]struct {
		stored any
		says   string
	}{
		"no number":        {json.Number("many"), "many"},
		"too large":        {[]any{json.Number("1e999999999")}, "out of range"},
		"too long":         {json.Number(strings.Repeat("7", 3000)), "has 3000 characters"},
		"too many digits":  {map[string]any{"a": json.Number(strings.Repeat("7", 200))}, `key "a": number 777777777777777777777777777777... has more digits`},
		"no JSON":          {1.5, "float64"},
		"twins":            {map[string]any{"caf\u00e9": 1, "cafe\u0301": 2}, `keys "cafe\u0301" and "caf\u00e9" are one`},
		"nested too deep":  {decode(t, strings.Repeat("[", 101)+strings.Repeat("]", 101)), "more than 100 levels"},
		"objects too deep": {decode(t, strings.Repeat(`{"a":`, 101)+"1"+strings.Repeat("}", 101)), "more than 100 levels"},
	} {
		if got, err := jsonvalue.FromJSON(t.Context(), test.stored); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, %v, want an error that says %q", name, got, err, test.says)
		}
	}
}

// Both ways, and the check of JSON alone, agree on what is too deep.
func TestDepth(t *testing.T) {
	for levels, isTooDeep := range map[int]bool{99: false, 100: true} {
		for name, brackets := range map[string][2]string{"lists": {"[", "]"}, "objects": {`{"a":`, "}"}} {
			stored := decode(t, strings.Repeat(brackets[0], levels)+`"x"`+strings.Repeat(brackets[1], levels))
			_, fromErr := jsonvalue.FromJSON(t.Context(), stored)
			_, fieldsErr := jsonvalue.FieldsFromJSON(t.Context(), map[string]any{"x": stored})
			for way, err := range map[string]error{"from JSON": fromErr, "fields from JSON": fieldsErr, "CheckDepth": jsonvalue.CheckDepth(stored)} {
				if (err != nil) != isTooDeep {
					t.Errorf("%d %s, %s: %v", levels, name, way, err)
				}
			}
		}
		configured := field(t, nestedTuples(levels))
		_, toErr := jsonvalue.ToJSON(configured)
		for way, err := range map[string]error{"to JSON": toErr, "CheckField": jsonvalue.CheckField(configured)} {
			if (err != nil) != isTooDeep {
				t.Errorf("%d lists, %s: %v", levels, way, err)
			}
		}
	}
}

func TestInNormalForm(t *testing.T) {
	got, err := jsonvalue.InNormalForm(map[string]any{"cafe\u0301": nil, "a": "cafe\u0301"})
	if want := map[string]any{"caf\u00e9": nil, "a": "cafe\u0301"}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestText(t *testing.T) {
	if got, want := jsonvalue.Text(decode(t, `{"b":[1.50,null],"a":"x"}`)), `{"a":"x","b":[1.50,null]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
