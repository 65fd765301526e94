// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Summaries lists what diagnostics say in short: "error: ..." or "warning: ...".
func Summaries(diagnostics []*tfprotov6.Diagnostic) []string {
	summaries := []string{}
	for _, diagnostic := range diagnostics {
		summaries = append(summaries, strings.ToLower(diagnostic.Severity.String())+": "+diagnostic.Summary)
	}
	return summaries
}

// Silent fails the test when there is any diagnostic.
func Silent(t testing.TB, diagnostics []*tfprotov6.Diagnostic) {
	t.Helper()
	for _, diagnostic := range diagnostics {
		t.Fatalf("%s: %s: %s", diagnostic.Severity, diagnostic.Summary, diagnostic.Detail)
	}
}

// Says fails the test unless there is exactly one diagnostic, with this summary
// as of Summaries, and its detail holds the texts.
func Says(t testing.TB, diagnostics []*tfprotov6.Diagnostic, summary string, details ...string) {
	t.Helper()
	if summaries := Summaries(diagnostics); len(summaries) != 1 || summaries[0] != summary {
		t.Fatalf("said %q, want %q", summaries, summary)
	}
	for _, detail := range details {
		if !strings.Contains(diagnostics[0].Detail, detail) {
			t.Errorf("the detail does not say %q:\n%s", detail, diagnostics[0].Detail)
		}
	}
}

// Text is a text for a configuration.
func Text(text string) tftypes.Value { return tftypes.NewValue(tftypes.String, text) }

// Yes is true for a configuration.
func Yes() tftypes.Value { return tftypes.NewValue(tftypes.Bool, true) }
