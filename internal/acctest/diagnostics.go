// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Severities of diagnostics.
const (
	Failure = tfprotov6.DiagnosticSeverityError
	Warning = tfprotov6.DiagnosticSeverityWarning
)

// Said checks that exactly one diagnostic of the severity has this summary, and
// returns its detail.
func Said(t testing.TB, diagnostics []*tfprotov6.Diagnostic, severity tfprotov6.DiagnosticSeverity, summary string) string {
	t.Helper()
	var details []string
	for _, diagnostic := range diagnostics {
		if diagnostic.Severity == severity && diagnostic.Summary == summary {
			details = append(details, diagnostic.Detail)
		}
	}
	if len(details) != 1 {
		t.Errorf("%d diagnostics %q, want 1, among:\n%s", len(details), summary, List(diagnostics))
		return ""
	}
	return details[0]
}

// Silent checks that there are no diagnostics.
func Silent(t testing.TB, diagnostics []*tfprotov6.Diagnostic) {
	t.Helper()
	if len(diagnostics) > 0 {
		t.Errorf("unexpected diagnostics:\n%s", List(diagnostics))
	}
}

// List writes diagnostics down, for the message of a test.
func List(diagnostics []*tfprotov6.Diagnostic) string {
	var text strings.Builder
	for _, diagnostic := range diagnostics {
		text.WriteString(diagnostic.Severity.String() + ": " + diagnostic.Summary + ": " + diagnostic.Detail + "\n")
	}
	return text.String()
}

// HasFailure reports whether there is an error among them.
func HasFailure(diagnostics []*tfprotov6.Diagnostic) bool {
	return slices.ContainsFunc(diagnostics, func(d *tfprotov6.Diagnostic) bool { return d.Severity == Failure })
}

// Summaries lists what diagnostics say in short: "error: ..." or "warning: ...".
func Summaries(diagnostics []*tfprotov6.Diagnostic) []string {
	summaries := []string{}
	for _, diagnostic := range diagnostics {
		summaries = append(summaries, strings.ToLower(diagnostic.Severity.String())+": "+diagnostic.Summary)
	}
	return summaries
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
