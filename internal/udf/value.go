// SPDX-License-Identifier: MPL-2.0

package udf

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

var _ basetypes.DynamicValuableWithSemanticEquals = Value{}

// Value is a null, unknown or known set of user-defined fields.
type Value struct{ basetypes.DynamicValue }

// Null is the value of an attribute that is not configured.
func Null() Value { return Value{types.DynamicNull()} }

// Unknown is the value of an attribute that is known after the apply.
func Unknown() Value { return Value{types.DynamicUnknown()} }

// Empty is a set without fields.
func Empty() Value {
	return Value{types.DynamicValue(types.ObjectValueMust(map[string]attr.Type{}, map[string]attr.Value{}))}
}

// Type implements attr.Value.
func (v Value) Type(context.Context) attr.Type { return Type{} }

// Equal implements attr.Value: the same value of the same type, to the letter.
func (v Value) Equal(other attr.Value) bool {
	value, ok := other.(Value)
	return ok && v.DynamicValue.Equal(value.DynamicValue)
}

// IsSet reports whether the value is known as a whole and not null. Elements may still be unknown.
func (v Value) IsSet() bool {
	return !v.IsNull() && !v.IsUnknown() && !v.IsUnderlyingValueNull() && !v.IsUnderlyingValueUnknown()
}

// IsNothing is true for null of any type, as in `udf = var.fields`.
func (v Value) IsNothing() bool { return v.IsNull() || v.IsUnderlyingValueNull() }

// DynamicSemanticEquals implements semantic equality for the framework.
func (v Value) DynamicSemanticEquals(_ context.Context, other basetypes.DynamicValuable) (bool, diag.Diagnostics) {
	value, ok := other.(Value)
	return ok && v.Means(value), nil
}

// Means reports whether both values hold the same fields: an object is equal to
// a map, a null element to an absent one, numbers compare by value, and 5 is
// not "5". Anything unknown is different from everything.
func (v Value) Means(other Value) bool {
	if !v.IsSet() || !other.IsSet() {
		return v.IsNothing() && other.IsNothing()
	}
	mine, hasFields := v.elements()
	others, othersHaveFields := other.elements()
	if !hasFields || !othersHaveFields {
		return v.Equal(other)
	}
	return contains(mine, others) && contains(others, mine)
}

// Keys are those of the fields, also where their values are not known.
func (v Value) Keys() Keys {
	keys := Keys{}
	elements, _ := v.elements()
	for key, value := range elements {
		if !plain(value).IsNull() {
			keys[key] = true
		}
	}
	return keys
}

// elements gives the elements of a map or an object, or false for other types.
func (v Value) elements() (map[string]attr.Value, bool) {
	switch underlying := v.UnderlyingValue().(type) {
	case basetypes.MapValue:
		return underlying.Elements(), true
	case basetypes.ObjectValue:
		return underlying.Attributes(), true
	}
	return nil, false
}

// contains reports whether every field of b stands in a with the same meaning.
func contains(a, b map[string]attr.Value) bool {
	for key, value := range b {
		value := plain(value)
		if value.IsNull() {
			continue
		}
		mine, ok := a[key]
		if !ok || !sameValue(plain(mine), value) {
			return false
		}
	}
	return true
}

func sameValue(a, b attr.Value) bool {
	if a.IsUnknown() || b.IsUnknown() {
		return false
	}
	first, ok := a.(basetypes.NumberValue)
	if !ok {
		return a.Equal(b)
	}
	second, ok := b.(basetypes.NumberValue)
	if !ok || first.IsNull() || second.IsNull() {
		return false
	}
	return sameNumber(first.ValueBigFloat(), second.ValueBigFloat())
}

// plain unwraps an element whose own type is dynamic.
func plain(value attr.Value) attr.Value {
	dynamic, ok := value.(basetypes.DynamicValue)
	if !ok || dynamic.IsNull() || dynamic.IsUnknown() {
		return value
	}
	return dynamic.UnderlyingValue()
}
