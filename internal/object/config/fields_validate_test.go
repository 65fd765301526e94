// SPDX-License-Identifier: MPL-2.0

package config_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/zclconf/go-cty/cty"

	"github.com/gocobalt/terraform-provider-refold/internal/object/config"
)

func validate(t *testing.T, value config.Value) diag.Diagnostics {
	t.Helper()
	var response validator.DynamicResponse
	config.Validator().ValidateDynamic(t.Context(), validator.DynamicRequest{Path: path.Root("fields"), ConfigValue: value.DynamicValue}, &response)
	return response.Diagnostics
}

func TestValid(t *testing.T) {
	for name, value := range map[string]cty.Value{
		"every type":        everything(),
		"map":               cty.MapVal(fields{"a": cty.ListVal([]cty.Value{cty.StringVal("x")})}),
		"nothing":           cty.EmptyObjectVal,
		"null":              cty.NullVal(cty.DynamicPseudoType),
		"null of a type":    cty.NullVal(cty.List(cty.String)),
		"unknown":           cty.DynamicVal,
		"unknown text":      cty.UnknownVal(cty.String),
		"null without id":   object(fields{"": cty.NullVal(cty.String)}),
		"deep":              object(fields{"a": nested(99, cty.True)}),
		"odd keys in it":    object(fields{"a": object(fields{"": cty.True, "..": cty.True})}),
		"the largest":       object(fields{"a": number("1e308")}),
		"a binary fraction": object(fields{"a": number("0.30000000000000004")}),
	} {
		if diagnostics := validate(t, configured(t, value)); len(diagnostics) != 0 {
			t.Errorf("%s: %v", name, diagnostics)
		}
	}
}

// nested is a value in a tuple in a tuple, and so on.
func nested(depth int, value cty.Value) cty.Value {
	for range depth {
		value = tuple(value)
	}
	return value
}

func TestInvalid(t *testing.T) {
	root := path.Root("fields")
	for name, test := range map[string]struct {
		value   cty.Value
		path    path.Path
		summary string
		says    []string
	}{
		"text":          {cty.StringVal("{}"), root, "Fields must be an object or a map", []string{"`fields` is a string", "sync_interval = 30"}},
		"tuple":         {tuple(cty.True), root, "Fields must be an object or a map", []string{"`fields` is a list"}},
		"set":           {cty.SetVal([]cty.Value{cty.True}), root, "Fields must be an object or a map", []string{"`fields` is a set"}},
		"no id":         {object(fields{"": cty.True}), root, "A field id cannot be used", []string{`key ""`, "it is empty", "refold_config"}},
		"no id, map":    {cty.MapVal(fields{"": cty.True}), root, "A field id cannot be used", []string{`key ""`}},
		"one dot":       {object(fields{".": cty.True}), root, "A field id cannot be used", []string{`key "."`, "URLs"}},
		"two dots":      {object(fields{"..": cty.DynamicVal}), root, "A field id cannot be used", []string{`key ".."`, "URLs"}},
		"a line break":  {object(fields{"a\nb": cty.True}), root, "A field id cannot be used", []string{`key "a\nb"`, "control character"}},
		"1e400":         {object(fields{"a": number("1e400")}), root.AtName("a"), "A field cannot be sent as JSON", []string{`key "a"`, "the number is larger", "jsonencode"}},
		"1e400, map":    {cty.MapVal(fields{"a": number("-1e400")}), root.AtMapKey("a"), "A field cannot be sent as JSON", []string{`key "a"`}},
		"1e400 within":  {object(fields{"a": tuple(cty.DynamicVal, object(fields{"b": number("1e400")}))}), root.AtName("a"), "A field cannot be sent as JSON", []string{`the number at [1]["b"] is larger`}},
		"1e5000":        {object(fields{"a": number("1e5000")}), root.AtName("a"), "A field cannot be sent as JSON", []string{"the number is out of range"}},
		"too deep":      {object(fields{"a": nested(100, cty.True)}), root.AtName("a"), "A field cannot be sent as JSON", []string{`key "a"`, "more than 100 levels"}},
		"deep, unknown": {object(fields{"a": nested(100, cty.DynamicVal)}), root.AtName("a"), "A field cannot be sent as JSON", []string{"more than 100 levels"}},
	} {
		t.Run(name, func(t *testing.T) {
			diagnostics := validate(t, configured(t, test.value))
			if len(diagnostics) != 1 || diagnostics[0].Severity() != diag.SeverityError || diagnostics[0].Summary() != test.summary {
				t.Fatalf("got %v, want one error", diagnostics)
			}
			if found, hasPath := diagnostics[0].(diag.DiagnosticWithPath); !hasPath || !found.Path().Equal(test.path) {
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

func TestEveryInvalidFieldIsNamed(t *testing.T) {
	diagnostics := validate(t, configured(t, object(fields{"b": number("1e400"), "a": number("9007199254740993"), "fine": cty.True, "..": cty.True})))
	if len(diagnostics) != 3 {
		t.Fatalf("got %v", diagnostics)
	}
	for i, id := range []string{"..", "a", "b"} {
		if !strings.Contains(diagnostics[i].Detail(), `"`+id+`"`) {
			t.Errorf("diagnostic %d does not name %s: %s", i, id, diagnostics[i].Detail())
		}
	}
}

// A number that a store of JSON may round is sent as it is, with a warning.
func TestNumbersThatADoubleChanges(t *testing.T) {
	for text, isChanged := range map[string]bool{
		"0": false, "25.0": false, "0.1": false, "1152921504606846976": false, "9007199254740992": false, "1e300": false,
		"9007199254740993": true, "0.333333333333333333333333333333": true, "1e-400": true,
	} {
		for place, value := range map[string]cty.Value{"the number has": number(text), `the number at ["x"][0] has`: object(fields{"x": tuple(number(text))})} {
			diagnostics := validate(t, configured(t, object(fields{"n": value})))
			isWarned := len(diagnostics) == 1 && diagnostics[0].Severity() == diag.SeverityWarning && diagnostics[0].Summary() == "A field may be stored rounded" &&
				strings.Contains(diagnostics[0].Detail(), "In `fields` key \"n\", "+place)
			if isWarned != isChanged || diagnostics.HasError() {
				t.Errorf("%s: %v", text, diagnostics)
			}
		}
	}
}

func TestValidatorDescribesItself(t *testing.T) {
	if v := config.Validator(); v.Description(t.Context()) == "" || v.MarkdownDescription(t.Context()) == "" {
		t.Error("no description")
	}
}
