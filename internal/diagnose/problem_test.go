// SPDX-License-Identifier: MPL-2.0

package diagnose_test

import (
	"errors"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
)

func TestProblem(t *testing.T) {
	problem := diagnose.NewError("It broke", "It broke in two.", "Glue it.")
	if problem.Severity() != diag.SeverityError || problem.Summary() != "It broke" || problem.Detail() != "It broke in two.\n\nGlue it." {
		t.Errorf("%s: %s: %s", problem.Severity(), problem.Summary(), problem.Detail())
	}
	if problem.What != "It broke in two." || problem.Next != "Glue it." || problem.Cause != nil {
		t.Errorf("parts: %+v", problem)
	}
	warning := diagnose.NewWarning("It bends", "It bent.", "")
	if warning.Severity() != diag.SeverityWarning || warning.Detail() != "It bent." {
		t.Errorf("%s: %q", warning.Severity(), warning.Detail())
	}
	if same := diagnose.NewError("It broke", "It broke in two.", "Glue it."); !problem.Equal(same) || problem.Equal(warning) || problem.Equal(problem.Diagnostic) {
		t.Error("problems are not compared by what they show")
	}
}

// TestProblems: the resource shows problems with the attributes that they point at.
func TestProblems(t *testing.T) {
	cause := errors.New("no answer")
	failure := diagnose.Failure("read", diagnose.LinkedAccount("user"), cause)
	problems := diagnose.Problems{failure.AsWarning()}
	if softened := problems[0]; softened.Severity() != diag.SeverityWarning || softened.Summary() != failure.Summary() || softened.Detail() != failure.Detail() ||
		softened.What != failure.What || softened.Next != failure.Next || softened.Cause != cause {
		t.Errorf("as a warning: %+v", softened)
	}
	if problems.HasError() || len(problems.Of(diag.SeverityError)) != 0 {
		t.Error("a warning counts as an error")
	}
	problems = append(problems, diagnose.NewError("Wrong", "It is.", "").About(path.Root("name")))
	if !problems.HasError() || len(problems.Of(diag.SeverityError)) != 1 || len(problems.Of(diag.SeverityWarning)) != 1 {
		t.Error("an error does not count as one")
	}
	shown := problems.Diagnostics()
	if pointing, ok := shown[1].(diag.DiagnosticWithPath); len(shown) != 2 || !ok || !pointing.Path().Equal(path.Root("name")) {
		t.Errorf("shown: %+v", shown)
	}
}
