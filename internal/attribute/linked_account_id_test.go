// SPDX-License-Identifier: MPL-2.0

package attribute_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
)

func validate(t *testing.T, id types.String) diag.Diagnostics {
	t.Helper()
	var response validator.StringResponse
	attribute.LinkedAccountID().ValidateString(t.Context(), validator.StringRequest{Path: path.Root("linked_account_id"), ConfigValue: id}, &response)
	return response.Diagnostics
}

func TestLinkedAccountIDAccepts(t *testing.T) {
	for _, id := range []types.String{
		types.StringNull(), types.StringUnknown(), types.StringValue("user_1"), types.StringValue("a@b + c/d % ä"), types.StringValue("..."), types.StringValue("a.b"),
	} {
		if diagnostics := validate(t, id); len(diagnostics) != 0 {
			t.Errorf("%s: %v", id, diagnostics)
		}
	}
}

func TestLinkedAccountIDRefuses(t *testing.T) {
	for id, says := range map[string]string{
		"": "it is empty", " user": "white space", "user ": "white space", "user\n": "white space", ".": "URLs", "..": "URLs", "a\tb": "control character", "a\x1bb": "control character",
	} {
		diagnostics := validate(t, types.StringValue(id))
		if len(diagnostics) != 1 || diagnostics[0].Severity() != diag.SeverityError {
			t.Errorf("%q: %v, want one error", id, diagnostics)
			continue
		}
		if found, ok := diagnostics[0].(diag.DiagnosticWithPath); !ok || !found.Path().Equal(path.Root("linked_account_id")) {
			t.Errorf("%q: %v does not name the attribute", id, diagnostics[0])
		}
		detail := diagnostics[0].Detail()
		for _, part := range []string{says, "your own system", "trimspace()"} {
			if !strings.Contains(detail, part) {
				t.Errorf("%q: detail %q does not say %q", id, detail, part)
			}
		}
		if strings.ContainsAny(detail, "\n\t\x1b") {
			t.Errorf("%q: detail %q holds control characters", id, detail)
		}
	}
}

func TestExplainLinkedAccountID(t *testing.T) {
	got := attribute.ExplainLinkedAccountID("a b", errors.New("it is odd"))
	want := attribute.LinkedAccountID().Description(t.Context())
	if !strings.HasPrefix(got, `"a b" cannot be a linked_account_id: it is odd.`) || !strings.Contains(got, want) {
		t.Errorf("Explain = %q", got)
	}
	if markdown := attribute.LinkedAccountID().MarkdownDescription(t.Context()); markdown == "" || want == "" {
		t.Error("no description")
	}
}
