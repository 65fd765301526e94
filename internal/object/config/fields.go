// SPDX-License-Identifier: MPL-2.0

package config

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var (
	_ basetypes.DynamicTypable                    = Type{}
	_ basetypes.DynamicValuableWithSemanticEquals = Value{}
)

// Type is the attribute type of fields; use it as CustomType of a dynamic attribute. It holds an
// object or a map of field ids to any JSON values, and compares by meaning.
type Type struct{ basetypes.DynamicType }

// Equal implements attr.Type.
func (t Type) Equal(other attr.Type) bool {
	_, same := other.(Type)
	return same
}

// String implements attr.Type.
func (t Type) String() string { return "config.Type" }

// ValueType implements attr.Type.
func (t Type) ValueType(context.Context) attr.Value { return Value{} }

// ValueFromDynamic implements basetypes.DynamicTypable.
func (t Type) ValueFromDynamic(_ context.Context, dynamic basetypes.DynamicValue) (basetypes.DynamicValuable, diag.Diagnostics) {
	return Value{dynamic}, nil
}

// ValueFromTerraform implements attr.Type.
func (t Type) ValueFromTerraform(ctx context.Context, raw tftypes.Value) (attr.Value, error) {
	dynamic, err := jsonvalue.DynamicFromTerraform(ctx, raw)
	if err != nil {
		return nil, err
	}
	return Value{dynamic}, nil
}

// KeepEqualState is a plan modifier that plans the stored value when the configured one means the
// same, so that rewriting an object as a map is no change.
func KeepEqualState() planmodifier.Dynamic { return jsonvalue.KeepEqualState() }

// Value is fields by their ids, or null, or unknown. A field that is null is not given; null deeper
// down is JSON null.
type Value struct{ basetypes.DynamicValue }

// Null is the value of an attribute that is not configured.
func Null() Value { return Value{types.DynamicNull()} }

// FromJSON makes a value of fields by id, as ToJSON gives them. A field that is null is left out,
// and the result is never null. Ids come into Unicode's normal form C, as Terraform would bring
// them: a field whose id is in another one cannot be addressed from a configuration
// (refold.CheckExact). It fails for what Terraform cannot hold, as jsonvalue.FromJSON does.
func FromJSON(ctx context.Context, fields map[string]any) (Value, error) {
	value, err := jsonvalue.FieldsFromJSON(ctx, fields)
	if err != nil {
		return Null(), fmt.Errorf("`fields` %w", err)
	}
	return Value(value), nil
}

// Type implements attr.Value.
func (v Value) Type(context.Context) attr.Type { return Type{} }

// Equal implements attr.Value: the same value of the same type, to the letter.
func (v Value) Equal(other attr.Value) bool {
	value, ok := other.(Value)
	return ok && v.DynamicValue.Equal(value.DynamicValue)
}

// IsSet reports whether the value is known as a whole and not null. Fields may still be unknown.
func (v Value) IsSet() bool { return jsonvalue.Fields(v).IsSet() }

// IsNothing is true for null of any type, as in `fields = var.fields`.
func (v Value) IsNothing() bool { return jsonvalue.Fields(v).IsNothing() }

// DynamicSemanticEquals implements semantic equality for the framework.
func (v Value) DynamicSemanticEquals(_ context.Context, other basetypes.DynamicValuable) (bool, diag.Diagnostics) {
	value, ok := other.(Value)
	return ok && v.Means(value), nil
}

// Means reports whether both values give the same fields, each of them as Same has it. Anything
// unknown is different from everything.
func (v Value) Means(other Value) bool { return jsonvalue.Fields(v).Means(jsonvalue.Fields(other)) }

// Same reports whether two values of a field, as ToJSON gives them, mean the same: numbers compare
// by value, texts to the byte, lists in their order, and null only equals null. What Terraform
// cannot hold is different from everything.
func Same(a, b any) bool {
	return jsonvalue.SameJSON(context.Background(), a, b) // types take a context, and wait for nothing
}

// Keys are the ids of the fields that are given, in order, also of those that are unknown, which
// may turn out to be null.
func (v Value) Keys() []string {
	elements, _ := jsonvalue.Fields(v).Elements()
	maps.DeleteFunc(elements, func(_ string, element attr.Value) bool { return jsonvalue.Plain(element).IsNull() })
	return slices.Sorted(maps.Keys(elements))
}

// IsFieldKnown reports whether it is wholly known what is configured for a field, also deep inside,
// and be it nothing.
func (v Value) IsFieldKnown(id string) bool {
	if v.IsUnknown() || v.IsUnderlyingValueUnknown() {
		return false
	}
	elements, _ := jsonvalue.Fields(v).Elements()
	element, isThere := elements[id]
	return !isThere || jsonvalue.IsKnown(element)
}

// ToJSON gives the fields by id: string, json.Number, bool, []any, map[string]any, and nil deep
// inside. It fails for what is no object or map, not wholly known, or refused by Validator.
func (v Value) ToJSON() (map[string]any, error) {
	if _, isObject := jsonvalue.Fields(v).Elements(); !isObject || !v.IsSet() {
		return nil, errors.New("`fields` is not a known map or object")
	}
	return v.fieldsToJSON(v.Keys())
}

// KnownToJSON is ToJSON of those fields that are wholly known, for a plan. Of what is null or
// unknown as a whole, or no object or map, there are none.
func (v Value) KnownToJSON() (map[string]any, error) {
	return v.fieldsToJSON(slices.DeleteFunc(v.Keys(), func(id string) bool { return !v.IsFieldKnown(id) }))
}

func (v Value) fieldsToJSON(ids []string) (map[string]any, error) {
	elements, _ := jsonvalue.Fields(v).Elements()
	fields := make(map[string]any, len(ids))
	for _, id := range ids {
		field, err := fieldToJSON(id, elements[id])
		if err != nil {
			return nil, fmt.Errorf("`fields` key %q: %w", id, err)
		}
		fields[id] = field
	}
	return fields, nil
}

// fieldToJSON checks again what was unknown when the configuration was validated.
func fieldToJSON(id string, element attr.Value) (any, error) {
	if err := refold.CheckFieldID(id); err != nil {
		return nil, err
	}
	if err := checkValue(element); err != nil {
		return nil, err
	}
	return jsonvalue.ToJSON(element)
}
