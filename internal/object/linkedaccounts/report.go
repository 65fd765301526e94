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
		done = fmt.Sprintf("%d %s carried out.", carriedOut, diagnose.Agree(carriedOut, "was", "were"))
	} else {
		outcome = ""
	}
	diagnostics.AddError(diagnose.Share(len(failures), len(results), noun)+" failed", failureDetail(failures, done, outcome))
	return diagnostics
}

func readFailure(failures []result, all int) diag.Diagnostic {
	count := fmt.Sprint(len(failures))
	if len(failures) > mostReadFailures {
		count = fmt.Sprintf("More than %d", mostReadFailures)
	}
	return diag.NewErrorDiagnostic(
		fmt.Sprintf("%s of %d %ss could not be read", count, all, noun),
		failureDetail(failures, "The state was left as it is.", ""))
}

// failureDetail begins with what was done, and ends with what that leaves: what to do now comes
// right after the causes.
func failureDetail(failures []result, done, outcome string) string {
	var text strings.Builder
	text.WriteString(done + "\n")
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
	causes := causesOf(failed)
	for _, cause := range causes[:min(len(causes), diagnose.MostNamed)] {
		fmt.Fprintf(&text, "\n  - %s: %s", diagnose.Naming(cause.accountIDs), cause.text)
	}
	if more := len(causes) - diagnose.MostNamed; more > 0 {
		fmt.Fprintf(&text, "\n  - and %d more", more)
	}
	if notTried > 0 {
		fmt.Fprintf(&text, "\n  - %d %s not tried any more, because the run was stopped or nothing worked", notTried, diagnose.Agree(notTried, "was", "were"))
	}
	if heldBack > 0 {
		fmt.Fprintf(&text, "\n  - %d that %s the map %s held back, because not everything was written before", heldBack, diagnose.Agree(heldBack, "leaves", "leave"), diagnose.Agree(heldBack, "was", "were"))
	}
	var advice []string
	for _, cause := range causes[:min(len(causes), diagnose.MostNamed)] {
		if !slices.Contains(advice, cause.next) {
			advice = append(advice, cause.next)
		}
	}
	for _, next := range append(advice, outcome) {
		if next != "" {
			text.WriteString("\n\n" + next)
		}
	}
	return text.String()
}

// cause is why accounts failed, and what to do about it.
type cause struct {
	accountIDs []string
	text, next string
}

// causesOf puts together the accounts that failed for the same reason, in the same words.
func causesOf(failed []result) []*cause {
	var causes []*cause
	for _, failure := range failed {
		for _, problem := range failure.Problems.Of(diag.SeverityError) {
			// In one line, also where it has a list in it.
			text := problem.Summary() + ". " + strings.Join(strings.Fields(problem.What), " ")
			known := slices.IndexFunc(causes, func(c *cause) bool { return c.text == text && c.next == problem.Next })
			if known < 0 {
				known = len(causes)
				causes = append(causes, &cause{text: text, next: problem.Next})
			}
			causes[known].accountIDs = append(causes[known].accountIDs, failure.accountID)
		}
	}
	return causes
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
