// SPDX-License-Identifier: MPL-2.0

package jsonvalue

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Fields are what a dynamic attribute holds that is an object or a map of JSON values by key. A
// field that is null counts as absent; what is null deeper down is not.
type Fields struct{ basetypes.DynamicValue }

// FieldsFromJSON makes fields of JSON values. The result is an object, and never null. It fails as
// FromJSON does.
func FieldsFromJSON(ctx context.Context, fields map[string]any) (Fields, error) {
	object, err := objectFromJSON(ctx, WithoutNulls(fields), 0)
	if err != nil {
		return Fields{types.DynamicNull()}, err
	}
	return Fields{types.DynamicValue(object)}, nil
}

// DynamicFromTerraform is attr.Type's ValueFromTerraform for types that embed a dynamic one.
func DynamicFromTerraform(ctx context.Context, raw tftypes.Value) (basetypes.DynamicValue, error) {
	value, err := basetypes.DynamicType{}.ValueFromTerraform(ctx, raw)
	if err != nil {
		return basetypes.DynamicValue{}, err
	}
	dynamic, ok := value.(basetypes.DynamicValue)
	if !ok {
		return basetypes.DynamicValue{}, fmt.Errorf("expected a dynamic value, got %T", value)
	}
	return dynamic, nil
}

// IsSet reports whether the value is known as a whole and not null. Fields may still be unknown.
func (f Fields) IsSet() bool {
	return !f.IsNull() && !f.IsUnknown() && !f.IsUnderlyingValueNull() && !f.IsUnderlyingValueUnknown()
}

// IsNothing is true for null of any type, as a variable may be.
func (f Fields) IsNothing() bool { return f.IsNull() || f.IsUnderlyingValueNull() }

// Means reports whether both values hold the same fields, each of them as Same has it. Anything
// unknown is different from everything.
func (f Fields) Means(other Fields) bool {
	if !f.IsSet() || !other.IsSet() {
		return f.IsNothing() && other.IsNothing()
	}
	mine, hasFields := f.Elements()
	others, othersHaveFields := other.Elements()
	if !hasFields || !othersHaveFields {
		return f.DynamicValue.Equal(other.DynamicValue)
	}
	return contains(mine, others) && contains(others, mine)
}

// contains reports whether every field of b stands in a with the same meaning.
func contains(a, b map[string]attr.Value) bool {
	for key, value := range b {
		if Plain(value).IsNull() {
			continue
		}
		mine, ok := a[key]
		if !ok || !Same(mine, value) {
			return false
		}
	}
	return true
}

// Elements are the fields by key, also those that are null. It returns false for what is neither an
// object nor a map.
func (f Fields) Elements() (map[string]attr.Value, bool) { return elementsOf(f.UnderlyingValue()) }

// PathOf is where a field is, in an attribute at base.
func (f Fields) PathOf(base path.Path, key string) path.Path {
	if _, isMap := f.UnderlyingValue().(basetypes.MapValue); isMap {
		return base.AtMapKey(key)
	}
	return base.AtName(key)
}

// ToJSON gives the fields as FieldsFromJSON takes them; those that are null are left out. It fails
// as ToJSON of a field does, and for what is no known object or map.
func (f Fields) ToJSON() (map[string]any, error) {
	elements, ok := f.Elements()
	if !ok || !f.IsSet() {
		return nil, errors.New("is not a known map or object")
	}
	fields := make(map[string]any, len(elements))
	for key, element := range elements {
		field, err := ToJSON(element)
		if err != nil {
			return nil, fmt.Errorf("key %q: %w", key, err)
		}
		fields[key] = field
	}
	return WithoutNulls(fields), nil
}
