// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// shown is how many accounts a message names; the rest is counted.
const shown = 10

// report turns what many accounts met into few messages: one error for all
// failures, and one warning for each kind.
func report(results []result, outcome string) diag.Diagnostics {
	diagnostics := warnings(results)
	failures := slices.DeleteFunc(slices.Clone(results), func(r result) bool { return !r.failed() })
	if len(failures) == 0 {
		return diagnostics
	}
	done := "None was carried out completely."
	if carriedOut := len(results) - len(failures); carriedOut > 0 {
		done = fmt.Sprintf("%d were carried out. %s", carriedOut, outcome)
	}
	diagnostics.AddError(fmt.Sprintf("%d of %d linked accounts failed", len(failures), len(results)), failureDetail(failures, done))
	return diagnostics
}

// readFailure is for accounts that could not be read.
func readFailure(failures []result, all int) diag.Diagnostic {
	count := fmt.Sprint(len(failures))
	if len(failures) > mostReadFailures {
		count = fmt.Sprintf("More than %d", mostReadFailures)
	}
	return diag.NewErrorDiagnostic(
		fmt.Sprintf("%s of %d linked accounts could not be read", count, all),
		failureDetail(failures, "The state was left as it is."))
}

func failureDetail(failures []result, outcome string) string {
	var text strings.Builder
	text.WriteString(outcome + "\n")
	var advice []string
	var named, notTried, heldBack int
	for _, failure := range failures {
		switch {
		case failure.heldBack:
			heldBack++
			continue
		case failure.notTried:
			notTried++
			continue
		}
		named++
		if named > shown {
			continue
		}
		for _, problem := range failure.Problems.Of(diag.SeverityError) {
			fmt.Fprintf(&text, "\n  - %q: %s. %s", failure.accountID, problem.Summary(), inOneLine(problem.What))
			if !slices.Contains(advice, problem.Next) {
				advice = append(advice, problem.Next)
			}
		}
	}
	if named > shown {
		fmt.Fprintf(&text, "\n  - and %d more", named-shown)
	}
	if notTried > 0 {
		fmt.Fprintf(&text, "\n  - %d were not tried any more, because the run was stopped or nothing worked", notTried)
	}
	if heldBack > 0 {
		fmt.Fprintf(&text, "\n  - %d deletions were held back, because not everything was written before", heldBack)
	}
	for _, next := range advice {
		text.WriteString("\n\n" + next)
	}
	return text.String()
}

// inOneLine folds a text with a list in it.
func inOneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func warnings(results []result) diag.Diagnostics {
	var summaries []string
	met := map[string][]result{}
	for _, result := range results {
		for _, warning := range result.Problems.Of(diag.SeverityWarning) {
			summary := warning.Summary()
			if met[summary] == nil {
				summaries = append(summaries, summary)
			}
			if others := met[summary]; len(others) == 0 || others[len(others)-1].accountID != result.accountID {
				met[summary] = append(met[summary], result)
			}
		}
	}
	var diagnostics diag.Diagnostics
	for _, summary := range summaries {
		diagnostics.AddWarning(summary, warningDetail(summary, met[summary]))
	}
	return diagnostics
}

func warningDetail(summary string, met []result) string {
	var detail string
	for _, warning := range met[0].Problems.Of(diag.SeverityWarning) {
		if warning.Summary() == summary {
			detail = warning.Detail()
		}
	}
	if len(met) == 1 {
		return detail
	}
	var others []string
	for _, other := range met[1:] {
		others = append(others, other.accountID)
	}
	return fmt.Sprintf("%s\n\nThe same goes for %s.", detail, naming(others))
}

// naming lists the first ids and counts the rest.
func naming(ids []string) string {
	var quoted []string
	for _, id := range ids[:min(len(ids), shown)] {
		quoted = append(quoted, strconv.Quote(id))
	}
	list := strings.Join(quoted, ", ")
	if len(ids) > shown {
		list += fmt.Sprintf(" and %d more", len(ids)-shown)
	}
	return list
}
