// SPDX-License-Identifier: MPL-2.0

package udf_test

import (
	"context"
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

type fields = map[string]attr.Value

func value(underlying attr.Value) udf.Value {
	return udf.Value{DynamicValue: types.DynamicValue(underlying)}
}

func unknown() udf.Value { return udf.Value{DynamicValue: types.DynamicUnknown()} }

// object is what `{ plan = "pro" }` is in a configuration.
func object(attributes fields) udf.Value { return value(nested(attributes)) }

func nested(attributes fields) attr.Value {
	kinds := map[string]attr.Type{}
	for key, attribute := range attributes {
		kinds[key] = attribute.Type(context.Background())
	}
	return types.ObjectValueMust(kinds, attributes)
}

func tuple(elements ...attr.Value) attr.Value {
	var kinds []attr.Type
	for _, element := range elements {
		kinds = append(kinds, element.Type(context.Background()))
	}
	return types.TupleValueMust(kinds, elements)
}

// mapOf is what a variable of type map(...) gives.
func mapOf(element attr.Type, elements fields) udf.Value {
	return value(types.MapValueMust(element, elements))
}

func text(s string) attr.Value { return types.StringValue(s) }

// number parses as Terraform does, with 512 bits.
func number(t testing.TB, s string) attr.Value { return numberOf(t, s, 512) }

func numberOf(t testing.TB, s string, precision uint) attr.Value {
	t.Helper()
	parsed, _, err := big.ParseFloat(s, 10, precision, big.ToNearestEven)
	if err != nil {
		t.Fatal(err)
	}
	return types.NumberValue(parsed)
}

// decode reads JSON with its numbers to the letter, as the client does.
func decode(t testing.TB, text string) map[string]any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var decoded map[string]any
	if err := decoder.Decode(&decoded); err != nil {
		t.Fatal(err)
	}
	return decoded
}
