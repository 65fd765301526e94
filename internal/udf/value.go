// SPDX-License-Identifier: MPL-2.0

package udf

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
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
func (v Value) IsSet() bool { return jsonvalue.Fields(v).IsSet() }

// IsNothing is true for null of any type, as in `udf = var.fields`.
func (v Value) IsNothing() bool { return jsonvalue.Fields(v).IsNothing() }

// DynamicSemanticEquals implements semantic equality for the framework.
func (v Value) DynamicSemanticEquals(_ context.Context, other basetypes.DynamicValuable) (bool, diag.Diagnostics) {
	value, ok := other.(Value)
	return ok && v.Means(value), nil
}

// Means reports whether both values hold the same fields: an object is equal to
// a map, a null element to an absent one, numbers compare by value, and 5 is
// not "5". Anything unknown is different from everything.
func (v Value) Means(other Value) bool { return jsonvalue.Fields(v).Means(jsonvalue.Fields(other)) }

// Keys are those of the fields, also where their values are not known.
func (v Value) Keys() Keys {
	keys := Keys{}
	elements, _ := jsonvalue.Fields(v).Elements()
	for key, value := range elements {
		if !jsonvalue.Plain(value).IsNull() {
			keys[key] = true
		}
	}
	return keys
}
