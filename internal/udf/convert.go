// SPDX-License-Identifier: MPL-2.0

package udf

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// numberPrecision is Terraform's own precision of numbers in bits, so that
// values that pass through here equal those of the configuration.
const numberPrecision = 512

// longestInteger bounds the digits that are written out; larger numbers take
// their exponent form.
const longestInteger = 400

// FromJSON makes a value of JSON fields: string, json.Number, bool, nil, and
// for what a server may hold beyond that []any and map[string]any. A field that
// is null is left out. The result is never null.
func FromJSON(ctx context.Context, fields map[string]any) (Value, error) {
	attributeTypes := make(map[string]attr.Type, len(fields))
	attributes := make(map[string]attr.Value, len(fields))
	for key, field := range fields {
		if field == nil {
			continue
		}
		value, err := fromJSON(ctx, field)
		if err != nil {
			return Null(), fmt.Errorf("udf key %q: %w", key, err)
		}
		attributes[key] = value
		attributeTypes[key] = value.Type(ctx)
	}
	return Value{types.DynamicValue(types.ObjectValueMust(attributeTypes, attributes))}, nil
}

func fromJSON(ctx context.Context, field any) (attr.Value, error) {
	switch field := field.(type) {
	case string:
		return types.StringValue(field), nil
	case bool:
		return types.BoolValue(field), nil
	case json.Number:
		number, _, err := big.ParseFloat(field.String(), 10, numberPrecision, big.ToNearestEven)
		if err != nil {
			return nil, fmt.Errorf("number %s: %w", field, err)
		}
		return types.NumberValue(number), nil
	case nil:
		return types.DynamicNull(), nil
	case []any:
		return tupleFromJSON(ctx, field)
	case map[string]any:
		return objectFromJSON(ctx, field)
	}
	return nil, fmt.Errorf("unexpected value of type %T", field)
}

func tupleFromJSON(ctx context.Context, items []any) (attr.Value, error) {
	elementTypes := make([]attr.Type, len(items))
	elements := make([]attr.Value, len(items))
	for i, item := range items {
		value, err := fromJSON(ctx, item)
		if err != nil {
			return nil, err
		}
		elements[i], elementTypes[i] = value, value.Type(ctx)
	}
	return types.TupleValueMust(elementTypes, elements), nil
}

func objectFromJSON(ctx context.Context, fields map[string]any) (attr.Value, error) {
	attributeTypes := make(map[string]attr.Type, len(fields))
	attributes := make(map[string]attr.Value, len(fields))
	for key, field := range fields {
		value, err := fromJSON(ctx, field)
		if err != nil {
			return nil, err
		}
		attributes[key], attributeTypes[key] = value, value.Type(ctx)
	}
	return types.ObjectValueMust(attributeTypes, attributes), nil
}

// ToJSON gives the fields as string, json.Number and bool; null elements are
// left out. It fails for a value that is not wholly known, or not valid by
// Validator.
func (v Value) ToJSON() (map[string]any, error) {
	elements, ok := v.elements()
	if !ok {
		return nil, fmt.Errorf("udf is not a known map or object")
	}
	fields := make(map[string]any, len(elements))
	for key, element := range elements {
		element := plain(element)
		if element.IsNull() {
			continue
		}
		field, err := toJSON(element)
		if err != nil {
			return nil, fmt.Errorf("udf key %q: %w", key, err)
		}
		fields[key] = field
	}
	return fields, nil
}

func toJSON(value attr.Value) (any, error) {
	if value.IsUnknown() {
		return nil, fmt.Errorf("its value is not known")
	}
	switch value := value.(type) {
	case basetypes.StringValue:
		return value.ValueString(), nil
	case basetypes.BoolValue:
		return value.ValueBool(), nil
	case basetypes.NumberValue:
		return json.Number(numberText(value.ValueBigFloat())), nil
	}
	return nil, fmt.Errorf("it is %s, not a string, number or boolean", kindOf(value))
}

// numberText writes a number exactly if it is an integer, else as the shortest
// decimal that reads back as the same number.
func numberText(number *big.Float) string {
	if number.IsInt() {
		if text := number.Text('f', 0); len(text) <= longestInteger {
			return text
		}
	}
	return number.Text('g', -1)
}
