// SPDX-License-Identifier: MPL-2.0

package jsonvalue_test

import (
	"encoding/json"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
)

func TestSame(t *testing.T) {
	one, two, text := number("1"), number("2"), cty.StringVal("x")
	tuple := func(items ...cty.Value) cty.Value { return cty.TupleVal(items) }
	for name, test := range map[string]struct {
		a, b cty.Value
		want bool
	}{
		"text":                   {text, text, true},
		"number":                 {number("25"), number("25.0"), true},
		"exponent":               {number("1e3"), number("1000"), true},
		"fraction":               {number("0.1"), number("0.10"), true},
		"nulls of two types":     {cty.NullVal(cty.String), cty.NullVal(cty.List(cty.Bool)), true},
		"tuple and list":         {tuple(one, two), cty.ListVal([]cty.Value{one, two}), true},
		"tuple and set":          {tuple(one, two), cty.SetVal([]cty.Value{two, one}), true},
		"no items":               {cty.EmptyTupleVal, cty.SetValEmpty(cty.String), true},
		"object and map":         {object(map[string]cty.Value{"a": one}), cty.MapVal(map[string]cty.Value{"a": one}), true},
		"no keys":                {cty.EmptyObjectVal, cty.MapValEmpty(cty.Bool), true},
		"deep":                   {object(map[string]cty.Value{"a": tuple(object(map[string]cty.Value{"b": one}))}), cty.MapVal(map[string]cty.Value{"a": cty.ListVal([]cty.Value{cty.MapVal(map[string]cty.Value{"b": number("1.0")})})}), true},
		"deep null of types":     {object(map[string]cty.Value{"a": cty.NullVal(cty.String)}), cty.MapVal(map[string]cty.Value{"a": cty.NullVal(cty.Number)}), true},
		"text and number":        {cty.StringVal("25"), number("25"), false},
		"text and bool":          {cty.StringVal("true"), cty.True, false},
		"bool and number":        {cty.True, one, false},
		"another bool":           {cty.True, cty.False, false},
		"another text":           {text, cty.StringVal("X"), false},
		"2^53 and one more":      {number("9007199254740992"), number("9007199254740993"), false},
		"null and empty text":    {cty.NullVal(cty.String), cty.StringVal(""), false},
		"null and no items":      {cty.NullVal(cty.List(cty.String)), cty.EmptyTupleVal, false},
		"deep null and absent":   {object(map[string]cty.Value{"a": cty.NullVal(cty.String)}), cty.EmptyObjectVal, false},
		"deep null, another":     {object(map[string]cty.Value{"a": cty.NullVal(cty.String)}), object(map[string]cty.Value{"b": cty.NullVal(cty.String)}), false},
		"no items and no keys":   {cty.EmptyTupleVal, cty.EmptyObjectVal, false},
		"items in another order": {tuple(one, two), tuple(two, one), false},
		"one item more":          {tuple(one), tuple(one, one), false},
		"one key more":           {object(map[string]cty.Value{"a": one}), object(map[string]cty.Value{"a": one, "b": one}), false},
		"another type within":    {tuple(one), tuple(cty.StringVal("1")), false},
		"unknown":                {cty.UnknownVal(cty.String), cty.UnknownVal(cty.String), false},
		"unknown and null":       {cty.DynamicVal, cty.NullVal(cty.DynamicPseudoType), false},
		"unknown within":         {tuple(cty.DynamicVal), tuple(cty.DynamicVal), false},
		"number and null of it":  {one, cty.NullVal(cty.Number), false},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := field(t, test.a), field(t, test.b)
			if jsonvalue.Same(a, b) != test.want || jsonvalue.Same(b, a) != test.want {
				t.Errorf("Same is %t, the other way %t", jsonvalue.Same(a, b), jsonvalue.Same(b, a))
			}
		})
	}
}

func TestSameJSON(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{`25`, `25.0`, true}, {`25`, `"25"`, false}, {`0.1`, `1e-1`, true}, {`1152921504606846976`, `1152921504606846977`, false}, {`1152921504606846976`, `1152921504606847000`, true}, {`1152921504606847000`, `1152921504606847001`, false}, {`1e400`, `10e399`, true},
		{`null`, `null`, true}, {`null`, `""`, false}, {`null`, `0`, false}, {`null`, `[]`, false}, {`[]`, `{}`, false},
		{`{"a":[1,null]}`, `{"a":[1.0,null]}`, true}, {`{"a":null}`, `{}`, false}, {`[1,2]`, `[2,1]`, false}, {`{"a":1,"b":2}`, `{"b":2,"a":1}`, true},
		{`{"cafe\u0301":1}`, `{"caf\u00e9":1}`, true}, {`"cafe\u0301"`, `"caf\u00e9"`, false},
		{`1e999999999`, `1e999999999`, false}, {`{"cafe\u0301":1,"caf\u00e9":1}`, `{"cafe\u0301":1,"caf\u00e9":1}`, false},
	} {
		a, b := decode(t, test.a), decode(t, test.b)
		if jsonvalue.SameJSON(t.Context(), a, b) != test.want || jsonvalue.SameJSON(t.Context(), b, a) != test.want {
			t.Errorf("%s and %s: not %t both ways", test.a, test.b, test.want)
		}
	}
	if jsonvalue.SameJSON(t.Context(), json.Number("1"), json.Number("odd")) {
		t.Error("a number is what is none")
	}
}

func TestIsKnown(t *testing.T) {
	for name, test := range map[string]struct {
		value cty.Value
		want  bool
	}{
		"text":           {cty.StringVal("x"), true},
		"null":           {cty.NullVal(cty.DynamicPseudoType), true},
		"deep":           {object(map[string]cty.Value{"a": cty.TupleVal([]cty.Value{cty.NullVal(cty.String), number("1")})}), true},
		"unknown":        {cty.DynamicVal, false},
		"unknown text":   {cty.UnknownVal(cty.String), false},
		"unknown list":   {cty.UnknownVal(cty.List(cty.String)), false},
		"item":           {cty.ListVal([]cty.Value{cty.StringVal("x"), cty.UnknownVal(cty.String)}), false},
		"map's value":    {cty.MapVal(map[string]cty.Value{"a": cty.UnknownVal(cty.Bool)}), false},
		"deep in it":     {object(map[string]cty.Value{"a": cty.TupleVal([]cty.Value{object(map[string]cty.Value{"b": cty.DynamicVal})})}), false},
		"a number's own": {cty.UnknownVal(cty.Number).RefineNotNull(), false},
	} {
		if got := jsonvalue.IsKnown(field(t, test.value)); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestNumbers(t *testing.T) {
	value := object(map[string]cty.Value{
		"b": cty.TupleVal([]cty.Value{number("3"), cty.UnknownVal(cty.Number), cty.NullVal(cty.Number), object(map[string]cty.Value{`a "b"`: number("4")})}),
		"a": cty.MapVal(map[string]cty.Value{"x": number("2")}), "c": cty.StringVal("5"),
	})
	var got []string
	for place, found := range jsonvalue.Numbers(field(t, value)) {
		got = append(got, found.String()+place)
	}
	want := []string{`2 at ["a"]["x"]`, `3 at ["b"][0]`, `4 at ["b"][3]["a \"b\""]`}
	if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("got %q, want %q", got, want)
	}
	for place, found := range jsonvalue.Numbers(field(t, number("25"))) {
		if place != "" || found.String() != "25" {
			t.Errorf("a number itself is %s%s", found, place)
		}
	}
	for place := range jsonvalue.Numbers(field(t, value)) {
		if place != ` at ["a"]["x"]` {
			t.Errorf("went on to %s", place)
		}
		break
	}
}

func TestNumbersAndDoubles(t *testing.T) {
	for text, want := range map[string]struct{ isBeyond, isChanged bool }{
		"0": {}, "0.1": {}, "1152921504606846976": {}, "1e308": {}, "-1.7976931348623157e308": {},
		"9007199254740993": {isChanged: true}, "1e-400": {isChanged: true}, "0.1000000000000000000000001": {isChanged: true},
		"1e400": {true, true}, "-1e309": {true, true},
	} {
		value := number(text).AsBigFloat()
		if isBeyond, isChanged := jsonvalue.IsBeyondDouble(value), jsonvalue.IsChangedByDouble(value); isBeyond != want.isBeyond || isChanged != want.isChanged {
			t.Errorf("%s: beyond %t, changed %t", text, isBeyond, isChanged)
		}
	}
}
