// SPDX-License-Identifier: MPL-2.0

package udf_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

func validate(t *testing.T, v udf.Value) diag.Diagnostics {
	t.Helper()
	var response validator.DynamicResponse
	udf.Validator().ValidateDynamic(t.Context(), validator.DynamicRequest{Path: path.Root("udf"), ConfigValue: v.DynamicValue}, &response)
	return response.Diagnostics
}

func TestValid(t *testing.T) {
	tests := map[string]udf.Value{
		"null":             udf.Null(),
		"unknown":          unknown(),
		"typed null":       value(types.MapNull(types.StringType)),
		"unknown map":      value(types.MapUnknown(types.StringType)),
		"nothing":          object(fields{}),
		"every type":       object(fields{"a": text("x"), "b": number(t, "1"), "c": types.BoolValue(true)}),
		"nulls":            object(fields{"a": types.StringNull(), "b": types.DynamicNull(), "c": types.ListNull(types.StringType)}),
		"unknown elements": object(fields{"a": types.StringUnknown(), "b": types.DynamicUnknown()}),
		"map of text":      mapOf(types.StringType, fields{"a": text("x")}),
		"map of dynamic":   mapOf(types.DynamicType, fields{"a": types.DynamicValue(text("x")), "b": types.DynamicNull()}),
	}
	for name, v := range tests {
		if diagnostics := validate(t, v); len(diagnostics) != 0 {
			t.Errorf("%s: %v", name, diagnostics)
		}
	}
}

func TestInvalid(t *testing.T) {
	root := path.Root("udf")
	tests := map[string]struct {
		value udf.Value
		path  path.Path
		says  []string
	}{
		"text":   {value(text("plan=pro")), root, []string{"`udf` is a string", "seats = 20"}},
		"number": {value(number(t, "5")), root, []string{"`udf` is a number"}},
		"bool":   {value(types.BoolValue(true)), root, []string{"`udf` is a boolean"}},
		"list":   {value(types.ListValueMust(types.StringType, []attr.Value{text("x")})), root, []string{"`udf` is a list"}},
		"tuple":  {value(tuple(text("x"))), root, []string{"`udf` is a list"}},
		"set":    {value(types.SetValueMust(types.StringType, []attr.Value{text("x")})), root, []string{"`udf` is a set"}},
		"nested object": {
			object(fields{"good": text("x"), "address": nested(fields{"city": text("Oslo")})}), root.AtName("address"),
			[]string{`"address" is a nested object`, "jsonencode"},
		},
		"nested map": {
			object(fields{"address": types.MapValueMust(types.StringType, fields{})}), root.AtName("address"), []string{`"address" is a nested object`},
		},
		"nested tuple": {object(fields{"tags": tuple(text("a"))}), root.AtName("tags"), []string{`"tags" is a list`, "jsonencode"}},
		"nested set": {
			object(fields{"tags": types.SetValueMust(types.StringType, []attr.Value{})}), root.AtName("tags"), []string{`"tags" is a set`},
		},
		"a number that takes too long to be written": {object(fields{"big": number(t, "1e5000")}), root.AtName("big"), []string{`"big"`, "out of range", "as text"}},
		"map of lists": {
			mapOf(types.ListType{ElemType: types.StringType}, fields{"tags": types.ListValueMust(types.StringType, nil)}), root.AtMapKey("tags"), []string{`"tags" is a list`},
		},
		"dynamic element": {
			mapOf(types.DynamicType, fields{"tags": types.DynamicValue(tuple(text("a")))}), root.AtMapKey("tags"), []string{`"tags" is a list`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			diagnostics := validate(t, test.value)
			if len(diagnostics) != 1 || diagnostics[0].Severity() != diag.SeverityError {
				t.Fatalf("got %v, want one error", diagnostics)
			}
			found, ok := diagnostics[0].(diag.DiagnosticWithPath)
			if !ok || !found.Path().Equal(test.path) {
				t.Errorf("got %v, want path %s", diagnostics[0], test.path)
			}
			for _, part := range test.says {
				if !strings.Contains(diagnostics[0].Detail(), part) {
					t.Errorf("detail %q does not say %q", diagnostics[0].Detail(), part)
				}
			}
		})
	}
}

func TestEveryInvalidKeyIsNamed(t *testing.T) {
	diagnostics := validate(t, object(fields{"b": tuple(), "a": nested(fields{}), "fine": text("x"), "c": tuple()}))
	if len(diagnostics) != 3 {
		t.Fatalf("got %v, want three errors", diagnostics)
	}
	for i, key := range []string{"a", "b", "c"} {
		if !strings.Contains(diagnostics[i].Detail(), `"`+key+`"`) {
			t.Errorf("diagnostic %d does not name %s: %s", i, key, diagnostics[i].Detail())
		}
	}
}

func TestValidatorDescribesItself(t *testing.T) {
	if v := udf.Validator(); v.Description(t.Context()) == "" || v.MarkdownDescription(t.Context()) == "" {
		t.Error("no description")
	}
}

// A number that a store of JSON may round is sent as it is, with a warning.
func TestNumbersThatADoubleChanges(t *testing.T) {
	for text, isChanged := range map[string]bool{
		"0": false, "-1.5": false, "0.1": false, "0.30000000000000004": false, "1152921504606846976": false, "9007199254740992": false, "1e21": false, "1e300": false,
		"9007199254740993": true, "0.333333333333333333333333333333": true, "1e400": true, "0.1000000000000000000000001": true,
	} {
		diagnostics := validate(t, object(fields{"n": number(t, text)}))
		isWarned := len(diagnostics) == 1 && diagnostics[0].Severity() == diag.SeverityWarning && diagnostics[0].Summary() == "A user-defined field may be stored rounded"
		if isWarned != isChanged || diagnostics.HasError() {
			t.Errorf("%s: %v", text, diagnostics)
		}
	}
}
