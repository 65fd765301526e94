// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Attributes are values by the names of attributes, written in Go: nil, string,
// bool, int, []any and map[string]any. Those that are left out are null.
type Attributes map[string]any

// without is a copy without some attributes.
func (a Attributes) without(names []string) Attributes {
	left := maps.Clone(a)
	for _, name := range names {
		delete(left, name)
	}
	return left
}

// with is a copy in which some attributes are as in another one.
func (a Attributes) with(other Attributes, names []string) Attributes {
	mixed := maps.Clone(a)
	for _, name := range names {
		mixed[name] = other[name]
	}
	return mixed
}

// values are the attributes as values of an object type.
func (b *bench) values(objectType tftypes.Type, attributes Attributes) map[string]tftypes.Value {
	b.Helper()
	values, err := valuesOf(objectType, attributes)
	if err != nil {
		b.Fatalf("the registration: %v", err)
	}
	return values
}

func valuesOf(objectType tftypes.Type, attributes map[string]any) (map[string]tftypes.Value, error) {
	types := objectType.(tftypes.Object).AttributeTypes
	values := map[string]tftypes.Value{}
	for name, goValue := range attributes {
		attributeType, ok := types[name]
		if !ok {
			return nil, fmt.Errorf("there is no attribute %s", name)
		}
		value, err := valueOf(attributeType, goValue)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		values[name] = value
	}
	return values, nil
}

// valueOf writes a Go value as a type of Terraform has it.
func valueOf(of tftypes.Type, from any) (tftypes.Value, error) {
	if of.Is(tftypes.DynamicPseudoType) {
		of = typeOf(from)
	}
	switch goValue := from.(type) {
	case []any:
		return valueOfList(of, goValue)
	case map[string]any:
		return valueOfMap(of, goValue)
	}
	if err := tftypes.ValidateValue(of, from); err != nil {
		return tftypes.Value{}, fmt.Errorf("%v is no %s: %w", from, of, err)
	}
	return tftypes.NewValue(of, from), nil
}

func valueOfList(of tftypes.Type, from []any) (tftypes.Value, error) {
	elementType := tftypes.Type(nil)
	switch listType := of.(type) {
	case tftypes.Tuple:
		return valueOfTuple(listType, from)
	case tftypes.List:
		elementType = listType.ElementType
	case tftypes.Set:
		elementType = listType.ElementType
	default:
		return tftypes.Value{}, fmt.Errorf("a list is no %s", of)
	}
	var elements []tftypes.Value
	for _, element := range from {
		value, err := valueOf(elementType, element)
		if err != nil {
			return tftypes.Value{}, err
		}
		elements = append(elements, value)
	}
	return tftypes.NewValue(of, elements), nil
}

func valueOfTuple(of tftypes.Tuple, from []any) (tftypes.Value, error) {
	var elements []tftypes.Value
	for i, element := range from {
		value, err := valueOf(of.ElementTypes[i], element)
		if err != nil {
			return tftypes.Value{}, err
		}
		elements = append(elements, value)
	}
	return tftypes.NewValue(of, elements), nil
}

func valueOfMap(of tftypes.Type, from map[string]any) (tftypes.Value, error) {
	switch mapType := of.(type) {
	case tftypes.Object:
		elements, err := valuesOf(of, from)
		if err != nil {
			return tftypes.Value{}, err
		}
		for name, attributeType := range mapType.AttributeTypes {
			if _, isSet := elements[name]; !isSet {
				elements[name] = tftypes.NewValue(attributeType, nil)
			}
		}
		return tftypes.NewValue(of, elements), nil
	case tftypes.Map:
		elements := map[string]tftypes.Value{}
		for key, element := range from {
			value, err := valueOf(mapType.ElementType, element)
			if err != nil {
				return tftypes.Value{}, err
			}
			elements[key] = value
		}
		return tftypes.NewValue(of, elements), nil
	}
	return tftypes.Value{}, fmt.Errorf("a map is no %s", of)
}

// typeOf is the type of a value where the attribute leaves it open.
func typeOf(from any) tftypes.Type {
	switch goValue := from.(type) {
	case string:
		return tftypes.String
	case bool:
		return tftypes.Bool
	case int:
		return tftypes.Number
	case []any:
		types := make([]tftypes.Type, len(goValue))
		for i, element := range goValue {
			types[i] = typeOf(element)
		}
		return tftypes.Tuple{ElementTypes: types}
	case map[string]any:
		types := map[string]tftypes.Type{}
		for name, value := range goValue {
			types[name] = typeOf(value)
		}
		return tftypes.Object{AttributeTypes: types}
	}
	return tftypes.DynamicPseudoType
}
