// SPDX-License-Identifier: MPL-2.0

// Package jsonvalue is any JSON value as a Terraform value, and back. Numbers are exact, and
// values compare by what they mean in JSON, whatever their types are in Terraform.
//
// In JSON, values are string, json.Number, bool, nil, []any and map[string]any. In Terraform, they
// are those of a dynamic attribute: an object or a map is an object, a tuple, a list or a set is a
// list, which has the order that Terraform gives a set, and null of any type is null.
package jsonvalue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// FromJSON makes a Terraform value of a field: tuples of lists and objects of objects, with keys in
// Unicode's normal form C. Null is null without a type, also deep inside. It fails for what
// Terraform cannot hold: numbers that it cannot write out or tell from others, keys that it takes
// for the same one, and what is nested too deep.
func FromJSON(ctx context.Context, field any) (attr.Value, error) { return fromJSON(ctx, field, 1) }

func fromJSON(ctx context.Context, field any, depth int) (attr.Value, error) {
	if depth > deepest {
		return nil, errTooDeep
	}
	switch field := field.(type) {
	case string:
		return types.StringValue(field), nil
	case bool:
		return types.BoolValue(field), nil
	case json.Number:
		number, err := parseNumber(field.String())
		if err != nil {
			return nil, err
		}
		return types.NumberValue(number), nil
	case nil:
		return types.DynamicNull(), nil
	case []any:
		return tupleFromJSON(ctx, field, depth)
	case map[string]any:
		return objectFromJSON(ctx, field, depth)
	}
	return nil, fmt.Errorf("unexpected value of type %T", field)
}

func tupleFromJSON(ctx context.Context, items []any, depth int) (attr.Value, error) {
	elementTypes := make([]attr.Type, len(items))
	elements := make([]attr.Value, len(items))
	for i, item := range items {
		value, err := fromJSON(ctx, item, depth+1)
		if err != nil {
			return nil, err
		}
		elements[i], elementTypes[i] = value, value.Type(ctx)
	}
	return types.TupleValueMust(elementTypes, elements), nil
}

func objectFromJSON(ctx context.Context, fields map[string]any, depth int) (attr.Value, error) {
	named, err := InNormalForm(fields)
	if err != nil {
		return nil, err
	}
	attributeTypes := make(map[string]attr.Type, len(named))
	attributes := make(map[string]attr.Value, len(named))
	for key, field := range named {
		value, err := fromJSON(ctx, field, depth+1)
		if err != nil {
			return nil, fmt.Errorf("key %q: %w", key, err)
		}
		attributes[key], attributeTypes[key] = value, value.Type(ctx)
	}
	return types.ObjectValueMust(attributeTypes, attributes), nil
}

// ToJSON gives a field as FromJSON takes it. It fails for a value that is not wholly known, and for
// one that CheckField refuses.
func ToJSON(value attr.Value) (any, error) {
	if err := CheckField(value); err != nil {
		return nil, err
	}
	return toJSON(value)
}

// toJSON takes what CheckField does not refuse.
func toJSON(value attr.Value) (any, error) {
	value = Plain(value)
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
	}
	if items, isList := itemsOf(value); isList {
		return listToJSON(items)
	}
	if elements, isObject := elementsOf(value); isObject {
		return objectToJSON(elements)
	}
	return nil, fmt.Errorf("unexpected value of type %T", value)
}

func objectToJSON(elements map[string]attr.Value) (map[string]any, error) {
	fields := make(map[string]any, len(elements))
	for key, element := range elements {
		field, err := toJSON(element)
		if err != nil {
			return nil, fmt.Errorf("key %q: %w", key, err)
		}
		fields[key] = field
	}
	return fields, nil
}

func listToJSON(elements []attr.Value) ([]any, error) {
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

// Text is a value that was read from JSON, written as JSON: objects in order of their keys, numbers
// to the letter.
func Text(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}
