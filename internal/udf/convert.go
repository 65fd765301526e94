// SPDX-License-Identifier: MPL-2.0

package udf

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// numberPrecision is Terraform's own precision of numbers in bits, so that
// values that pass through here equal those of the configuration.
const numberPrecision = 512

// longestInteger bounds the digits that are written out; larger numbers take their exponent form.
const longestInteger = 400

// FromJSON makes a value of JSON fields: string, json.Number, bool, nil, and
// for what a server may hold beyond that []any and map[string]any. A field that
// is null is left out. The result is never null.
func FromJSON(ctx context.Context, fields map[string]any) (Value, error) {
	object, err := objectFromJSON(ctx, withoutNulls(fields))
	if err != nil {
		return Null(), fmt.Errorf("udf %w", err)
	}
	return Value{types.DynamicValue(object)}, nil
}

func withoutNulls(fields map[string]any) map[string]any {
	kept := make(map[string]any, len(fields))
	maps.Copy(kept, fields)
	maps.DeleteFunc(kept, func(_ string, field any) bool { return field == nil })
	return kept
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
		// ParseFloat does not count this as an error.
		if number.IsInf() {
			return nil, fmt.Errorf("number %s is out of range", field)
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
			return nil, fmt.Errorf("key %q: %w", key, err)
		}
		attributes[key], attributeTypes[key] = value, value.Type(ctx)
	}
	return types.ObjectValueMust(attributeTypes, attributes), nil
}

// ToJSON gives the fields as FromJSON takes them; null elements are left out. It
// fails for a value that is not wholly known.
func (v Value) ToJSON() (map[string]any, error) {
	elements, ok := v.elements()
	if !ok || !v.IsSet() {
		return nil, errors.New("udf is not a known map or object")
	}
	fields, err := objectToJSON(elements)
	if err != nil {
		return nil, fmt.Errorf("udf %w", err)
	}
	return withoutNulls(fields), nil
}

// toJSON gives nil for null. What is nested only a server can have stored, and it is given back.
func toJSON(value attr.Value) (any, error) {
	value = plain(value)
	switch {
	case value.IsNull():
		return nil, nil
	case value.IsUnknown():
		return nil, errors.New("its value is not known")
	}
	switch value := value.(type) {
	case basetypes.StringValue:
		return value.ValueString(), nil
	case basetypes.BoolValue:
		return value.ValueBool(), nil
	case basetypes.NumberValue:
		return json.Number(numberText(value.ValueBigFloat())), nil
	case basetypes.ObjectValue:
		return objectToJSON(value.Attributes())
	case basetypes.TupleValue:
		return tupleToJSON(value.Elements())
	}
	return nil, fmt.Errorf("it is %s, not a string, number or boolean", kindOf(value))
}

func objectToJSON(attributes map[string]attr.Value) (map[string]any, error) {
	fields := make(map[string]any, len(attributes))
	for key, attribute := range attributes {
		field, err := toJSON(attribute)
		if err != nil {
			return nil, fmt.Errorf("key %q: %w", key, err)
		}
		fields[key] = field
	}
	return fields, nil
}

func tupleToJSON(elements []attr.Value) ([]any, error) {
	items := make([]any, len(elements))
	for i, element := range elements {
		item, err := toJSON(element)
		if err != nil {
			return nil, err
		}
		items[i] = item
	}
	return items, nil
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

// Texts are JSON fields, as FromJSON takes them, written as Terraform's tostring() does: for where
// values of differing types cannot stand. What only a server can have stored, a list or an object,
// is written as JSON. A field that is null is left out.
func Texts(fields map[string]any) map[string]string {
	texts := make(map[string]string, len(fields))
	for key, field := range fields {
		switch field := field.(type) {
		case nil:
		case string:
			texts[key] = field
		default:
			texts[key] = encoded(field)
		}
	}
	return texts
}

// JSON is an object of all fields that are not null, in order of their keys.
// Numbers keep their digits.
func JSON(fields map[string]any) string {
	return encoded(withoutNulls(fields))
}

// encoded takes what was read from JSON, so it can be written as JSON.
func encoded(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}
