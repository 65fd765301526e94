// SPDX-License-Identifier: MPL-2.0

package udf

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"golang.org/x/text/unicode/norm"
)

// deepest bounds how far values may be nested. Nobody writes that deep, and it keeps a hostile
// answer from costing the CLI more than it can bear.
const deepest = 100

var errTooDeep = fmt.Errorf("it is nested more than %d levels deep", deepest)

// FromJSON makes a value of JSON fields: string, json.Number, bool, nil, and
// for what a server may hold beyond that []any and map[string]any. A field that
// is null is left out. The result is never null. It fails for what Terraform cannot hold: numbers
// that it cannot write out or tell from others, keys that it takes for the same one, and what is
// nested too deep.
func FromJSON(ctx context.Context, fields map[string]any) (Value, error) {
	object, err := objectFromJSON(ctx, withoutNulls(fields), 0)
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
	attributeTypes := make(map[string]attr.Type, len(fields))
	attributes := make(map[string]attr.Value, len(fields))
	for key, field := range fields {
		name := norm.NFC.String(key)
		if _, isTaken := attributes[name]; isTaken {
			return nil, twinsError(fields, name)
		}
		value, err := fromJSON(ctx, field, depth+1)
		if err != nil {
			return nil, fmt.Errorf("key %q: %w", key, err)
		}
		attributes[name], attributeTypes[name] = value, value.Type(ctx)
	}
	return types.ObjectValueMust(attributeTypes, attributes), nil
}

// twinsError is about keys that become one where Terraform brings every text into Unicode's normal
// form C.
func twinsError(fields map[string]any, name string) error {
	var twins []string
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if norm.NFC.String(key) == name {
			twins = append(twins, strconv.QuoteToASCII(key))
		}
	}
	return fmt.Errorf("keys %s are one and the same to Terraform, which brings every text into Unicode's normal form C", strings.Join(twins, " and "))
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
		number := value.ValueBigFloat()
		if err := checkRange(number); err != nil {
			return nil, fmt.Errorf("the number %w", err)
		}
		return json.Number(numberText(number)), nil
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

// Texts are JSON fields, as FromJSON takes them, written as Terraform's tostring() does: for where
// values of differing types cannot stand. What only a server can have stored, a list or an object,
// is written as JSON. A field that is null is left out. It fails for keys that Terraform takes for
// the same one.
func Texts(fields map[string]any) (map[string]string, error) {
	texts := make(map[string]string, len(fields))
	for key, field := range fields {
		if field == nil {
			continue
		}
		name := norm.NFC.String(key)
		if _, isTaken := texts[name]; isTaken {
			return nil, fmt.Errorf("udf %w", twinsError(withoutNulls(fields), name))
		}
		if text, isText := field.(string); isText {
			texts[name] = text
			continue
		}
		if isTooDeep(field, 1) {
			return nil, fmt.Errorf("udf key %q: %w", key, errTooDeep)
		}
		texts[name] = encoded(field)
	}
	return texts, nil
}

// isTooDeep reports whether a field at some depth holds what FromJSON takes for nested too deep.
func isTooDeep(field any, depth int) bool {
	if depth > deepest {
		return true
	}
	isInnerTooDeep := func(inner any) bool { return isTooDeep(inner, depth+1) }
	switch field := field.(type) {
	case []any:
		return slices.ContainsFunc(field, isInnerTooDeep)
	case map[string]any:
		return slices.ContainsFunc(slices.Collect(maps.Values(field)), isInnerTooDeep)
	}
	return false
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
