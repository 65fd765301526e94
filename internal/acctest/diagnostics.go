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

// Diagnostics are errors and warnings.
type Diagnostics = []*tfprotov6.Diagnostic

// WantDiagnostic checks that there is exactly one diagnostic, that it has this
// severity and summary, and that its detail holds the texts. It returns the detail.
func WantDiagnostic(t testing.TB, diagnostics Diagnostics, severity tfprotov6.DiagnosticSeverity, summary string, texts ...string) string {
	t.Helper()
	if len(diagnostics) != 1 || diagnostics[0].Severity != severity || diagnostics[0].Summary != summary {
		t.Errorf("want %s: %s, and nothing else; there are %d diagnostics:\n%s", severity, summary, len(diagnostics), List(diagnostics))
		return ""
	}
	detail := diagnostics[0].Detail
	for _, text := range texts {
		if !strings.Contains(detail, text) {
			t.Errorf("the detail of %q does not hold %q:\n%s", summary, text, detail)
		}
	}
	return detail
}

// WantNoDiagnostics checks that there are none.
func WantNoDiagnostics(t testing.TB, diagnostics Diagnostics) {
	t.Helper()
	if len(diagnostics) > 0 {
		t.Errorf("unexpected diagnostics:\n%s", List(diagnostics))
	}
}

// List writes diagnostics down, for the message of a test.
func List(diagnostics Diagnostics) string {
	var text strings.Builder
	for _, diagnostic := range diagnostics {
		text.WriteString(diagnostic.Severity.String() + ": " + diagnostic.Summary + ": " + diagnostic.Detail + "\n")
	}
	return text.String()
}

// HasFailure reports whether there is an error among them.
func HasFailure(diagnostics Diagnostics) bool {
	return slices.ContainsFunc(diagnostics, func(d *tfprotov6.Diagnostic) bool { return d.Severity == Failure })
}
