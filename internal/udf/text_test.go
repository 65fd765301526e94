// SPDX-License-Identifier: MPL-2.0

package udf_test

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

func TestTexts(t *testing.T) {
	fields := map[string]any{
		"text": "5", "number": json.Number("12345678901234567890"), "flag": true, "gone": nil,
		"list": []any{"a", json.Number("1")}, "empty": "",
	}
	want := map[string]string{"text": "5", "number": "12345678901234567890", "flag": "true", "list": `["a",1]`, "empty": ""}
	if got, err := udf.Texts(fields); err != nil || !maps.Equal(got, want) {
		t.Errorf("texts: %q, %v", got, err)
	}
	fields["cafe\u0301"], fields["caf\u00e9"] = "a", "b"
	if got, err := udf.Texts(fields); err == nil {
		t.Errorf("texts of keys that are one to Terraform: %q", got)
	}
	fields["cafe\u0301"] = nil
	if got, err := udf.Texts(fields); err != nil || got["caf\u00e9"] != "b" {
		t.Errorf("texts of keys of which one is null: %q, %v", got, err)
	}
	delete(fields, "caf\u00e9")
	delete(fields, "cafe\u0301")
	if got, want := udf.JSON(fields), `{"empty":"","flag":true,"list":["a",1],"number":12345678901234567890,"text":"5"}`; got != want {
		t.Errorf("JSON: %s", got)
	}
	if _, still := fields["gone"]; !still {
		t.Error("the fields were changed")
	}
	if got := udf.JSON(nil); got != "{}" {
		t.Errorf("JSON of nothing: %s", got)
	}
}

// What FromJSON refuses because of its depth is no text either: Terraform would lay it out.
func TestTextsAreNotDeep(t *testing.T) {
	t.Parallel()
	for _, wrap := range []func(any) any{
		func(inner any) any { return []any{inner} },
		func(inner any) any { return map[string]any{"a": inner} },
	} {
		var field any = "x"
		for range 99 {
			field = wrap(field)
		}
		for _, isDeeper := range []bool{false, true} {
			_, textsErr := udf.Texts(map[string]any{"k": field})
			_, valueErr := udf.FromJSON(t.Context(), map[string]any{"k": field})
			if (textsErr != nil) != isDeeper || (valueErr != nil) != isDeeper {
				t.Errorf("deeper %t: %v, %v", isDeeper, textsErr, valueErr)
			}
			field = wrap(field)
		}
	}
}
