// SPDX-License-Identifier: MPL-2.0

package jsonvalue

import (
	"fmt"
	"iter"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// Plain unwraps a value whose own type is dynamic.
func Plain(value attr.Value) attr.Value {
	dynamic, ok := value.(basetypes.DynamicValue)
	if !ok || dynamic.IsNull() || dynamic.IsUnknown() {
		return value
	}
	return dynamic.UnderlyingValue()
}

// KindOf says what a value is, for messages that must not show it.
func KindOf(value attr.Value) string {
	switch value.(type) {
	case basetypes.StringValue:
		return "a string"
	case basetypes.NumberValue:
		return "a number"
	case basetypes.BoolValue:
		return "a boolean"
	case basetypes.ObjectValue, basetypes.MapValue:
		return "a nested object"
	case basetypes.SetValue:
		return "a set"
	}
	return "a list"
}

// IsKnown reports whether a value is wholly known, also deep inside.
func IsKnown(value attr.Value) bool {
	for _, inner := range all(value) {
		if inner.IsUnknown() {
			return false
		}
	}
	return true
}

// Numbers are the known numbers of a value, each with where it stands there, to follow a noun:
// ` at ["a"][0]`, and empty for the value itself.
func Numbers(value attr.Value) iter.Seq2[string, *big.Float] {
	return func(yield func(string, *big.Float) bool) {
		for steps, inner := range all(value) {
			number, isNumber := numberOf(inner)
			if isNumber && !yield(placeOf(steps), number) {
				return
			}
		}
	}
}

// CheckField says why a field cannot become JSON, or returns nil. Refused are numbers that take too
// long to be written out, and what is nested too deep; what is unknown may turn out to be either.
func CheckField(value attr.Value) error {
	for steps, inner := range all(value) {
		if len(steps) >= deepest {
			return errTooDeep
		}
		number, isNumber := numberOf(inner)
		if !isNumber {
			continue
		}
		if err := CheckNumber(number); err != nil {
			return fmt.Errorf("the number%s %w", placeOf(steps), err)
		}
	}
	return nil
}

func placeOf(steps []string) string {
	if len(steps) == 0 {
		return ""
	}
	return " at " + strings.Join(steps, "")
}

// all are a value and all that is in it, parents first and objects in order of their keys, with the
// steps that lead there. The steps are only there until the next one.
func all(value attr.Value) iter.Seq2[[]string, attr.Value] {
	return func(yield func([]string, attr.Value) bool) { walk(nil, value, yield) }
}

// walk returns false when nothing more is wanted.
func walk(steps []string, value attr.Value, yield func([]string, attr.Value) bool) bool {
	value = Plain(value)
	if !yield(steps, value) {
		return false
	}
	items, _ := itemsOf(value)
	for i, item := range items {
		if !walk(append(steps, fmt.Sprintf("[%d]", i)), item, yield) {
			return false
		}
	}
	elements, _ := elementsOf(value)
	for _, key := range slices.Sorted(maps.Keys(elements)) {
		if !walk(append(steps, fmt.Sprintf("[%q]", key)), elements[key], yield) {
			return false
		}
	}
	return true
}

// numberOf returns false for what is no known number.
func numberOf(value attr.Value) (*big.Float, bool) {
	number, isNumber := value.(basetypes.NumberValue)
	if !isNumber || number.IsNull() || number.IsUnknown() {
		return nil, false
	}
	return number.ValueBigFloat(), true
}

// itemsOf are those of a tuple, a list or a set; it returns false for other types.
func itemsOf(value attr.Value) ([]attr.Value, bool) {
	switch value := value.(type) {
	case basetypes.TupleValue:
		return value.Elements(), true
	case basetypes.ListValue:
		return value.Elements(), true
	case basetypes.SetValue:
		return value.Elements(), true
	}
	return nil, false
}

// elementsOf are those of an object or a map; it returns false for other types.
func elementsOf(value attr.Value) (map[string]attr.Value, bool) {
	switch value := value.(type) {
	case basetypes.ObjectValue:
		return value.Attributes(), true
	case basetypes.MapValue:
		return value.Elements(), true
	}
	return nil, false
}
