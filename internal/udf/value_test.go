// SPDX-License-Identifier: MPL-2.0

package udf_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// checkMeans looks both ways, and at the framework's way to ask.
func checkMeans(t *testing.T, a, b udf.Value, want bool) {
	t.Helper()
	if a.Means(b) != want || b.Means(a) != want {
		t.Errorf("%s.Means(%s) = %v, the other way %v, want %v", a, b, a.Means(b), b.Means(a), want)
	}
	if equal, diagnostics := a.DynamicSemanticEquals(t.Context(), b); equal != want || diagnostics.HasError() {
		t.Errorf("DynamicSemanticEquals = %v, %v, want %v", equal, diagnostics, want)
	}
}

func TestMeansTheSame(t *testing.T) {
	tests := map[string][2]udf.Value{
		"nothing":                      {object(fields{}), object(fields{})},
		"object and map, empty":        {object(fields{}), mapOf(types.StringType, fields{})},
		"object and map":               {object(fields{"a": text("x")}), mapOf(types.StringType, fields{"a": text("x")})},
		"map of dynamic":               {object(fields{"a": text("x")}), mapOf(types.DynamicType, fields{"a": types.DynamicValue(text("x"))})},
		"null and absent":              {object(fields{"a": text("x"), "b": types.StringNull()}), object(fields{"a": text("x")})},
		"null and absent, map":         {mapOf(types.StringType, fields{"b": types.StringNull()}), object(fields{})},
		"dynamic null and absent":      {object(fields{"b": types.DynamicNull()}), object(fields{})},
		"nulls of two types":           {object(fields{"b": types.StringNull()}), object(fields{"b": types.NumberNull()})},
		"different keys, all null":     {object(fields{"a": types.StringNull()}), object(fields{"b": types.BoolNull()})},
		"1.0 and 1":                    {object(fields{"a": number(t, "1.0")}), object(fields{"a": number(t, "1")})},
		"1e3 and 1000":                 {object(fields{"a": number(t, "1e3")}), object(fields{"a": number(t, "1000")})},
		"0 and -0":                     {object(fields{"a": number(t, "0")}), object(fields{"a": number(t, "-0")})},
		"0.1 in two precisions":        {object(fields{"a": number(t, "0.1")}), object(fields{"a": numberOf(t, "0.1", 53)})},
		"an integer in two precisions": {object(fields{"a": number(t, "20")}), object(fields{"a": numberOf(t, "20", 53)})},
		"1e400":                        {object(fields{"a": number(t, "1e400")}), object(fields{"a": number(t, "10e399")})},
		"nested":                       {object(fields{"a": nested(fields{"b": tuple(number(t, "1"))})}), object(fields{"a": nested(fields{"b": tuple(number(t, "1.0"))})})},
		"null":                         {udf.Null(), udf.Null()},
		"null of two types":            {udf.Null(), value(types.MapNull(types.StringType))},
		"neither a map nor an object":  {value(text("x")), value(text("x"))},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { checkMeans(t, test[0], test[1], true) })
	}
}

func TestMeansAnother(t *testing.T) {
	tests := map[string][2]udf.Value{
		"number and text":        {object(fields{"a": number(t, "5")}), object(fields{"a": text("5")})},
		"bool and text":          {object(fields{"a": types.BoolValue(true)}), object(fields{"a": text("true")})},
		"bool and number":        {object(fields{"a": types.BoolValue(true)}), object(fields{"a": number(t, "1")})},
		"another text":           {object(fields{"a": text("x")}), object(fields{"a": text("y")})},
		"another case":           {object(fields{"a": text("x")}), object(fields{"a": text("X")})},
		"another key":            {object(fields{"a": text("x")}), object(fields{"A": text("x")})},
		"one more":               {object(fields{"a": text("x")}), object(fields{"a": text("x"), "b": text("")})},
		"empty text and null":    {object(fields{"a": text("")}), object(fields{"a": types.StringNull()})},
		"zero and null":          {object(fields{"a": number(t, "0")}), object(fields{"a": types.NumberNull()})},
		"false and absent":       {object(fields{"a": types.BoolValue(false)}), object(fields{})},
		"2^64 and 2^64+1":        {object(fields{"a": number(t, "18446744073709551616")}), object(fields{"a": number(t, "18446744073709551617")})},
		"0.1 and a bit more":     {object(fields{"a": number(t, "0.1")}), object(fields{"a": number(t, "0.1000000000000000055511151231257827")})},
		"beyond what is written": {object(fields{"a": number(t, "1e-600000000")}), object(fields{"a": number(t, "2e-600000000")})},
		"1e400 and 1e401":        {object(fields{"a": number(t, "1e400")}), object(fields{"a": number(t, "1e401")})},
		"0.5 and 0":              {object(fields{"a": number(t, "0.5")}), object(fields{"a": number(t, "0")})},
		"1 and -1":               {object(fields{"a": number(t, "1")}), object(fields{"a": number(t, "-1")})},
		"empty and null":         {object(fields{}), udf.Null()},
		"empty and a typed null": {object(fields{}), value(types.MapNull(types.StringType))},
		"map and text":           {object(fields{}), value(text(""))},
		"text and another":       {value(text("x")), value(text("y"))},
		"nested":                 {object(fields{"a": tuple(number(t, "1"))}), object(fields{"a": tuple(number(t, "2"))})},
		"unknown element":        {object(fields{"a": types.StringUnknown()}), object(fields{"a": text("x")})},
		"two unknown elements":   {object(fields{"a": types.StringUnknown()}), object(fields{"a": types.StringUnknown()})},
		"dynamically unknown":    {object(fields{"a": types.DynamicUnknown()}), object(fields{"a": types.DynamicUnknown()})},
		"unknown and absent":     {object(fields{"a": types.StringUnknown()}), object(fields{})},
		"unknown and null":       {unknown(), udf.Null()},
		"unknown and empty":      {unknown(), object(fields{})},
		"unknown, twice":         {unknown(), unknown()},
		"unknown maps":           {value(types.MapUnknown(types.StringType)), value(types.MapUnknown(types.StringType))},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { checkMeans(t, test[0], test[1], false) })
	}
}

func TestSemanticEqualityWithAnotherType(t *testing.T) {
	v := object(fields{"a": text("x")})
	if equal, _ := v.DynamicSemanticEquals(t.Context(), v.DynamicValue); equal {
		t.Error("a value equals one that is not of this package")
	}
}

func TestEqualIsToTheLetter(t *testing.T) {
	v := object(fields{"a": text("x")})
	if !v.Equal(object(fields{"a": text("x")})) || !udf.Null().Equal(udf.Null()) || !unknown().Equal(unknown()) {
		t.Error("equal values are not equal")
	}
	for _, other := range []attr.Value{mapOf(types.StringType, fields{"a": text("x")}), udf.Null(), unknown(), v.DynamicValue, text("x")} {
		if v.Equal(other) {
			t.Errorf("%s equals %s", v, other)
		}
	}
}

func TestIsSet(t *testing.T) {
	for _, v := range []udf.Value{object(fields{}), object(fields{"a": types.StringUnknown()}), mapOf(types.StringType, fields{}), value(text("x"))} {
		if !v.IsSet() {
			t.Errorf("%s is not set", v)
		}
	}
	for _, v := range []udf.Value{udf.Null(), unknown(), {}, value(types.MapNull(types.StringType)), value(types.ObjectUnknown(nil))} {
		if v.IsSet() {
			t.Errorf("%s is set", v)
		}
	}
}
