// SPDX-License-Identifier: MPL-2.0

package udf_test

import (
	"encoding/json"
	"math"
	"math/big"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

func TestFromJSON(t *testing.T) {
	tests := map[string]struct {
		stored string
		want   udf.Value
	}{
		"nothing":     {`{}`, object(fields{})},
		"null object": {`null`, object(fields{})},
		"every type":  {`{"plan":"pro","seats":20,"beta":true}`, object(fields{"plan": text("pro"), "seats": number(t, "20"), "beta": types.BoolValue(true)})},
		"null is left out": {
			`{"plan":"pro","gone":null}`, object(fields{"plan": text("pro")}),
		},
		"text is text": {
			`{"a":"","b":"5","c":"true","d":"null","e":"ä\n\u0000"}`,
			object(fields{"a": text(""), "b": text("5"), "c": text("true"), "d": text("null"), "e": text("ä\n\x00")}),
		},
		"numbers": {
			`{"a":0,"b":-1,"c":0.1,"d":18446744073709551617,"e":1e400,"f":1.0,"g":-2.5E-3}`,
			object(fields{
				"a": number(t, "0"), "b": number(t, "-1"), "c": number(t, "0.1"), "d": number(t, "18446744073709551617"),
				"e": number(t, "1e400"), "f": number(t, "1"), "g": number(t, "-0.0025"),
			}),
		},
		"keys of all kinds": {
			`{"":"a","a.b":"c","ä ö":"d","with space":"e"}`,
			object(fields{"": text("a"), "a.b": text("c"), "ä ö": text("d"), "with space": text("e")}),
		},
		"nested": {
			`{"o":{"a":[1,"x",null,{}],"b":{"c":false}},"l":[]}`,
			object(fields{
				"o": nested(fields{"a": tuple(number(t, "1"), text("x"), types.DynamicNull(), nested(fields{})), "b": nested(fields{"c": types.BoolValue(false)})}),
				"l": tuple(),
			}),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := udf.FromJSON(t.Context(), decode(t, test.stored))
			if err != nil {
				t.Fatal(err)
			}
			if !got.Equal(test.want) || !got.IsSet() {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestFromJSONFails(t *testing.T) {
	tests := map[string]struct {
		stored map[string]any
		says   []string
	}{
		"no number":            {map[string]any{"x": json.Number("many")}, []string{`"x"`, "many"}},
		"too large a number":   {map[string]any{"x": json.Number("1e999999999")}, []string{`"x"`, "1e999999999", "out of range"}},
		"exponent too large":   {map[string]any{"x": json.Number("1e99999999999999999999")}, []string{`"x"`}},
		"within a list":        {map[string]any{"x": []any{json.Number("-")}}, []string{`"x"`}},
		"within an object":     {map[string]any{"x": map[string]any{"y": json.Number("")}}, []string{`"x"`}},
		"type without meaning": {map[string]any{"x": 1.5}, []string{`"x"`, "float64"}},
		"hangs when written":   {map[string]any{"x": json.Number("1e600000000")}, []string{`"x"`, "1e600000000 is out of range", "more than 1000 digits"}},
		"hangs, next to zero":  {map[string]any{"x": json.Number("-1e-600000000")}, []string{`"x"`, "out of range"}},
		"hangs when read":      {map[string]any{"x": json.Number(strings.Repeat("9", 5_000_000))}, []string{`"x"`, "has 5000000 characters"}},
		"too many digits":      {map[string]any{"x": json.Number(strings.Repeat("7", 200))}, []string{`"x"`, "more digits than Terraform can tell apart"}},
		"too long a fraction":  {map[string]any{"x": json.Number("0." + strings.Repeat("7", 200))}, []string{`"x"`, "more digits"}},
		"twins":                {map[string]any{"caf\u00e9": "a", "cafe\u0301": "b"}, []string{`"cafe\u0301" and "caf\u00e9"`, "normal form C"}},
		"twins within":         {map[string]any{"x": map[string]any{"caf\u00e9": "a", "cafe\u0301": "b"}}, []string{`"x"`, "normal form C"}},
		"nested too deep":      {map[string]any{"x": nestedLists(200)}, []string{`"x"`, "more than 100 levels"}},
	}
	for name, test := range tests {
		got, err := udf.FromJSON(t.Context(), test.stored)
		if err == nil {
			t.Errorf("%s: got %s, want an error", name, got)
			continue
		}
		for _, part := range test.says {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: err = %q, want it to say %q", name, err, part)
			}
		}
	}
}

// nestedLists is a list in a list, and so on.
func nestedLists(depth int) any {
	var value any = "x"
	for range depth {
		value = []any{value}
	}
	return value
}

// Terraform brings keys into this form, and takes a value for broken whose keys are in another one.
func TestFromJSONBringsKeysIntoNormalForm(t *testing.T) {
	got, err := udf.FromJSON(t.Context(), map[string]any{"cafe\u0301": "x", "deep": map[string]any{"n\u0303": "y"}})
	if want := object(fields{"caf\u00e9": text("x"), "deep": nested(fields{"\u00f1": text("y")})}); err != nil || !got.Equal(want) {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
}

// Whatever a server sends, an answer takes no time.
func TestNumbersAtTheEdge(t *testing.T) {
	for _, written := range []string{
		"1e1000", "-1e-1000", "0e600000000", "0." + strings.Repeat("0", 900) + "e600000000", "0." + strings.Repeat("0", 900) + "1e900",
		"1" + strings.Repeat("0", 900), new(big.Int).Lsh(big.NewInt(1), 1000).String(),
	} {
		value, err := udf.FromJSON(t.Context(), map[string]any{"x": json.Number(written)})
		if err != nil {
			t.Errorf("%.40s: %v", written, err)
			continue
		}
		back, err := value.ToJSON()
		if err != nil {
			t.Errorf("%.40s: %v", written, err)
		}
		if again, err := udf.FromJSON(t.Context(), back); err != nil || !again.Means(value) {
			t.Errorf("%.40s came back as %v (%v)", written, back, err)
		}
	}
}

func TestToJSON(t *testing.T) {
	tests := map[string]struct {
		value udf.Value
		want  map[string]any
	}{
		"nothing":      {object(fields{}), map[string]any{}},
		"nothing, map": {mapOf(types.StringType, fields{}), map[string]any{}},
		"every type": {
			object(fields{"plan": text("pro"), "seats": number(t, "20"), "beta": types.BoolValue(false)}),
			map[string]any{"plan": "pro", "seats": json.Number("20"), "beta": false},
		},
		"nulls of all kinds": {
			object(fields{"a": types.StringNull(), "b": types.NumberNull(), "c": types.BoolNull(), "d": types.DynamicNull(), "e": types.DynamicValue(types.StringNull()), "f": text("x")}),
			map[string]any{"f": "x"},
		},
		"map of text":    {mapOf(types.StringType, fields{"a": text("1"), "b": types.StringNull()}), map[string]any{"a": "1"}},
		"map of numbers": {mapOf(types.NumberType, fields{"a": number(t, "1")}), map[string]any{"a": json.Number("1")}},
		"map of bools":   {mapOf(types.BoolType, fields{"a": types.BoolValue(true)}), map[string]any{"a": true}},
		"dynamic elements": {
			mapOf(types.DynamicType, fields{"a": types.DynamicValue(text("x")), "b": types.DynamicValue(number(t, "2")), "c": types.DynamicNull()}),
			map[string]any{"a": "x", "b": json.Number("2")},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := test.value.ToJSON()
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %#v, want %#v", got, test.want)
			}
		})
	}
}

// TestNumberText: what is sent is JSON, reads back as the same number, and is
// written as people write it.
func TestNumberText(t *testing.T) {
	tests := map[string]string{
		"0": "0", "20": "20", "-7": "-7", "1.0": "1", "1e3": "1000", "0.1": "0.1", "-0.25": "-0.25", "1.10": "1.1",
		"3.14159265358979323846264338327950288": "3.14159265358979323846264338327950288",
		"9007199254740993":                      "9007199254740993",
		"18446744073709551616":                  "18446744073709551616",
		"-123456789012345678901234567890":       "-123456789012345678901234567890",
		"1e21":                                  "1000000000000000000000",
		"1e400":                                 "1e+400",
		"1e-7":                                  "1e-07",
		"1234567.5":                             "1.2345675e+06",
	}
	for written, want := range tests {
		got, err := object(fields{"x": number(t, written)}).ToJSON()
		if err != nil {
			t.Fatal(err)
		}
		if got["x"] != json.Number(want) {
			t.Errorf("%s became %v, want %s", written, got["x"], want)
		}
		if encoded, err := json.Marshal(got); err != nil || string(encoded) != `{"x":`+want+`}` {
			t.Errorf("%s: encoded %s, %v", written, encoded, err)
		}
	}
}

// TestNumberOfLowPrecision: providers of Go programs may make numbers of
// float64; these must not show their binary tail.
func TestNumberOfLowPrecision(t *testing.T) {
	got, err := object(fields{"x": types.NumberValue(big.NewFloat(0.1)), "y": types.NumberValue(big.NewFloat(math.MaxInt64))}).ToJSON()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"x": json.Number("0.1"), "y": json.Number("9223372036854775808")}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// What only a server can have stored is given back as it was.
func TestToJSONOfNestedValues(t *testing.T) {
	stored := map[string]any{"x": map[string]any{"a": "b", "list": []any{json.Number("1"), true, nil}}}
	read, err := udf.FromJSON(t.Context(), stored)
	if err != nil {
		t.Fatal(err)
	}
	got, err := read.ToJSON()
	if err != nil || !reflect.DeepEqual(got, stored) {
		t.Errorf("got %v, %v, want %v", got, err, stored)
	}
}

func TestToJSONFails(t *testing.T) {
	tests := map[string]struct {
		value udf.Value
		says  []string
	}{
		"null":                {udf.Null(), []string{"not a known map or object"}},
		"unknown":             {unknown(), []string{"not a known map or object"}},
		"a text":              {value(text("x")), []string{"not a known map or object"}},
		"a list":              {value(tuple(text("x"))), []string{"not a known map or object"}},
		"unknown element":     {object(fields{"x": types.StringUnknown()}), []string{`"x"`, "not known"}},
		"dynamically unknown": {object(fields{"x": types.DynamicUnknown()}), []string{`"x"`, "not known"}},
		"a set":               {object(fields{"x": types.SetValueMust(types.StringType, nil)}), []string{`"x"`, "a set"}},
		"a number that hangs": {object(fields{"x": types.NumberValue(new(big.Float).SetMantExp(big.NewFloat(1), 2_000_000_000))}), []string{`"x"`, "out of range"}},
	}
	for name, test := range tests {
		got, err := test.value.ToJSON()
		if err == nil {
			t.Errorf("%s: got %v, want an error", name, got)
			continue
		}
		for _, part := range test.says {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: err = %q, want it to say %q", name, err, part)
			}
		}
	}
}

// TestUnknownMapHasNoFields: unknown as a whole, but of a known type.
func TestUnknownMapHasNoFields(t *testing.T) {
	for name, v := range map[string]udf.Value{
		"map":    value(types.MapUnknown(types.StringType)),
		"object": value(types.ObjectUnknown(nil)),
		"null":   value(types.MapNull(types.StringType)),
	} {
		if v.IsSet() {
			t.Errorf("%s: IsSet", name)
		}
		if got, err := v.ToJSON(); err == nil {
			t.Errorf("%s: ToJSON = %v, want an error", name, got)
		}
	}
}
