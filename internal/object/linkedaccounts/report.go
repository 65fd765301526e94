// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
)

// report turns what many accounts met into few messages: one error for all failures, and one
// warning for each kind.
func report(results []result, outcome string) diag.Diagnostics {
	diagnostics := warnings(results)
	failures := slices.DeleteFunc(slices.Clone(results), func(r result) bool { return !r.failed() })
	if len(failures) == 0 {
		return diagnostics
	}
	done := "None was carried out completely."
	if carriedOut := len(results) - len(failures); carriedOut > 0 {
		done = fmt.Sprintf("%d %s carried out. %s", carriedOut, diagnose.Agree(carriedOut, "was", "were"), outcome)
	}
	diagnostics.AddError(diagnose.Share(len(failures), len(results), noun)+" failed", failureDetail(failures, done))
	return diagnostics
}

func readFailure(failures []result, all int) diag.Diagnostic {
	count := fmt.Sprint(len(failures))
	if len(failures) > mostReadFailures {
		count = fmt.Sprintf("More than %d", mostReadFailures)
	}
	return diag.NewErrorDiagnostic(
		fmt.Sprintf("%s of %d %ss could not be read", count, all, noun),
		failureDetail(failures, "The state was left as it is."))
}

func failureDetail(failures []result, outcome string) string {
	var text strings.Builder
	text.WriteString(outcome + "\n")
	var failed []result
	var notTried, heldBack int
	for _, failure := range failures {
		switch {
		case failure.heldBack:
			heldBack++
		case failure.notTried:
			notTried++
		default:
			failed = append(failed, failure)
		}
	}
	var advice []string
	for _, failure := range failed[:min(len(failed), diagnose.MostNamed)] {
		for _, problem := range failure.Problems.Of(diag.SeverityError) {
			// In one line, also where it has a list in it.
			fmt.Fprintf(&text, "\n  - %q: %s. %s", failure.accountID, problem.Summary(), strings.Join(strings.Fields(problem.What), " "))
			if !slices.Contains(advice, problem.Next) {
				advice = append(advice, problem.Next)
			}
		}
	}
	if more := len(failed) - diagnose.MostNamed; more > 0 {
		fmt.Fprintf(&text, "\n  - and %d more", more)
	}
	if notTried > 0 {
		fmt.Fprintf(&text, "\n  - %d %s not tried any more, because the run was stopped or nothing worked", notTried, diagnose.Agree(notTried, "was", "were"))
	}
	if heldBack > 0 {
		fmt.Fprintf(&text, "\n  - %d that %s the map %s held back, because not everything was written before", heldBack, diagnose.Agree(heldBack, "leaves", "leave"), diagnose.Agree(heldBack, "was", "were"))
	}
	for _, next := range advice {
		text.WriteString("\n\n" + next)
	}
	return text.String()
}

// warnings says each kind once, in the words of the first account that met it.
func warnings(results []result) diag.Diagnostics {
	var first diagnose.Problems
	met := map[string][]string{}
	for _, result := range results {
		for _, warning := range result.Problems.Of(diag.SeverityWarning) {
			summary := warning.Summary()
			if met[summary] == nil {
				first = append(first, warning)
			}
			met[summary] = append(met[summary], result.accountID)
		}
	}
	var diagnostics diag.Diagnostics
	for _, warning := range first {
		detail := warning.Detail()
		if others := slices.Compact(met[warning.Summary()])[1:]; len(others) > 0 {
			detail += fmt.Sprintf("\n\nThe same goes for %s.", diagnose.Naming(others))
		}
		diagnostics.AddWarning(warning.Summary(), detail)
	}
	return diagnostics
}

// counting is how many accounts there are, and which.
func counting(ids []string) string {
	if len(ids) == 1 {
		return "linked account " + diagnose.Naming(ids)
	}
	return fmt.Sprintf("%d linked accounts (%s)", len(ids), diagnose.Naming(ids))
}
