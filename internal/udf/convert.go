// SPDX-License-Identifier: MPL-2.0

package udf

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
)

// FromJSON makes a value of JSON fields: string, json.Number, bool, nil, and
// for what a server may hold beyond that []any and map[string]any. A field that
// is null is left out. The result is never null. It fails for what Terraform cannot hold: numbers
// that it cannot write out or tell from others, keys that it takes for the same one, and what is
// nested too deep.
func FromJSON(ctx context.Context, fields map[string]any) (Value, error) {
	value, err := jsonvalue.FieldsFromJSON(ctx, fields)
	if err != nil {
		return Null(), fmt.Errorf("udf %w", err)
	}
	return Value(value), nil
}

// ToJSON gives the fields as FromJSON takes them; null elements are left out. It
// fails for a value that is not wholly known.
func (v Value) ToJSON() (map[string]any, error) {
	elements, _ := jsonvalue.Fields(v).Elements()
	for key, element := range elements {
		if err := checkKind(jsonvalue.Plain(element)); err != nil {
			return nil, fmt.Errorf("udf key %q: %w", key, err)
		}
	}
	fields, err := jsonvalue.Fields(v).ToJSON()
	if err != nil {
		return nil, fmt.Errorf("udf %w", err)
	}
	return fields, nil
}

// checkKind refuses what only a configuration can hold, where it was not known when it was
// validated. Objects and tuples only a server can have stored, and they are given back.
func checkKind(value attr.Value) error {
	switch value.(type) {
	case basetypes.ListValue, basetypes.SetValue, basetypes.MapValue:
		if !value.IsNull() && !value.IsUnknown() {
			return fmt.Errorf("it is %s, not a string, number or boolean", jsonvalue.KindOf(value))
		}
	}
	return nil
}

// Texts are JSON fields, as FromJSON takes them, written as Terraform's tostring() does: for where
// values of differing types cannot stand. What only a server can have stored, a list or an object,
// is written as JSON. A field that is null is left out. It fails for keys that Terraform takes for
// the same one, and for what is nested too deep.
func Texts(fields map[string]any) (map[string]string, error) {
	named, err := jsonvalue.InNormalForm(jsonvalue.WithoutNulls(fields))
	if err != nil {
		return nil, fmt.Errorf("udf %w", err)
	}
	texts := make(map[string]string, len(named))
	for key, field := range named {
		if err := jsonvalue.CheckDepth(field); err != nil {
			return nil, fmt.Errorf("udf key %q: %w", key, err)
		}
		texts[key] = textOf(field)
	}
	return texts, nil
}

func textOf(field any) string {
	if text, isText := field.(string); isText {
		return text
	}
	return jsonvalue.Text(field)
}

// JSON is an object of all fields that are not null, in order of their keys.
// Numbers keep their digits.
func JSON(fields map[string]any) string { return jsonvalue.Text(jsonvalue.WithoutNulls(fields)) }
