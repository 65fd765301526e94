// SPDX-License-Identifier: MPL-2.0

package jsonvalue_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
	"github.com/zclconf/go-cty/cty/msgpack"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
)

// decode reads JSON with its numbers to the letter, as the client does.
func decode(t testing.TB, text string) any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var decoded any
	if err := decoder.Decode(&decoded); err != nil {
		t.Fatal(err)
	}
	return decoded
}

func decodeFields(t testing.TB, text string) map[string]any {
	t.Helper()
	fields, isObject := decode(t, text).(map[string]any)
	if !isObject {
		t.Fatalf("%s is no object", text)
	}
	return fields
}

// configured is a value as the provider gets it from Terraform.
func configured(t testing.TB, value cty.Value) jsonvalue.Fields {
	t.Helper()
	sent, err := msgpack.Marshal(value, cty.DynamicPseudoType)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := (&tfprotov6.DynamicValue{MsgPack: sent}).Unmarshal(tftypes.DynamicPseudoType)
	if err != nil {
		t.Fatal(err)
	}
	dynamic, err := jsonvalue.DynamicFromTerraform(t.Context(), raw)
	if err != nil {
		t.Fatal(err)
	}
	return jsonvalue.Fields{DynamicValue: dynamic}
}

// field is the value of a configuration's field.
func field(t testing.TB, value cty.Value) attr.Value {
	t.Helper()
	elements, isObject := configured(t, cty.ObjectVal(map[string]cty.Value{"x": value})).Elements()
	if !isObject {
		t.Fatal("an object has no elements")
	}
	return elements["x"]
}

// throughState is a value that the provider gave to Terraform, after Terraform has kept it in a
// state file and read it again.
func throughState(t testing.TB, value jsonvalue.Fields) jsonvalue.Fields {
	t.Helper()
	raw, err := value.ToTerraformValue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sent, err := tfprotov6.NewDynamicValue(tftypes.DynamicPseudoType, raw)
	if err != nil {
		t.Fatal(err)
	}
	held, err := msgpack.Unmarshal(sent.MsgPack, cty.DynamicPseudoType)
	if err != nil {
		t.Fatal(err)
	}
	file, err := ctyjson.Marshal(held, cty.DynamicPseudoType)
	if err != nil {
		t.Fatal(err)
	}
	read, err := ctyjson.Unmarshal(file, cty.DynamicPseudoType)
	if err != nil {
		t.Fatal(err)
	}
	return configured(t, read)
}

func number(text string) cty.Value { return cty.MustParseNumberVal(text) }

func object(fields map[string]cty.Value) cty.Value { return cty.ObjectVal(fields) }

// nestedTuples is x in a list in a list, and so on: a field of that many levels and one.
func nestedTuples(depth int) cty.Value {
	value := cty.StringVal("x")
	for range depth {
		value = cty.TupleVal([]cty.Value{value})
	}
	return value
}
