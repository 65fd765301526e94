// SPDX-License-Identifier: MPL-2.0

package execution

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// failure tells what cannot be read within bounds from all else that goes wrong.
func failure(accountID string, err error) diag.Diagnostic {
	const doing = "list the executions of"
	subject := diagnose.LinkedAccount(accountID)
	refusal, isRefusal := errors.AsType[*refold.Error](err)
	if !isRefusal || refusal.Status != http.StatusOK || refusal.NotRefold || refusal.Kind != refold.Other {
		return diagnose.AccountFailure(doing, subject, diagnose.DataSourceWaits, err)
	}
	return diagnose.NewError("Could not list the executions of linked account", fmt.Sprintf("Tried to %s %s.\n\n%s", doing, subject, diagnose.Answer(err)),
		"Select fewer, for example with a later `start_date`, or count them alone, with `limit = 0`. If many executions begin just now, run the same command again later. If it stays, pass the message above to Refold's support.")
}

// check finds what no execution can match, or Refold could not be told.
func (m model) check() diag.Diagnostics {
	var problems diag.Diagnostics
	for _, slug := range m.Slugs.Elements() {
		if err := checkSlug(textOf(slug)); !slug.IsUnknown() && err != nil {
			problems.AddAttributeError(path.Root("slugs"), "Not usable as the slug of an app", fmt.Sprintf(
				"%q cannot name an app: %s. The data source `refold_applications` shows all apps: write `slug` as it stands there, each as an element of its own.", textOf(slug), err))
		}
	}
	start, noStart := time.Parse(time.RFC3339, m.StartDate.ValueString())
	end, noEnd := time.Parse(time.RFC3339, m.EndDate.ValueString())
	if noStart == nil && noEnd == nil && end.Before(start) {
		problems.AddAttributeError(path.Root("end_date"), "An end before the start", fmt.Sprintf(
			"`end_date`, %s, is before `start_date`, %s, so no execution lies between them. Exchange them, or correct one of them.", m.EndDate.ValueString(), m.StartDate.ValueString()))
	}
	return problems
}

// checkSlug also refuses commas, between which Refold takes several slugs (FACTS 2.17).
func checkSlug(slug string) error {
	if strings.Contains(slug, ",") {
		return errors.New("it holds a comma, which stands between two of them")
	}
	return refold.CheckSlug(slug)
}

var statusWord = regexp.MustCompile(`^[A-Z]+(_[A-Z]+)*$`)

// status refuses what is no word of Refold's for a status, of which there may be new ones.
func status() validator.String {
	const rule = "must be a word in capital letters, with underscores within it"
	return attribute.TextValidator{Rule: rule, Check: func(at path.Path, text string) diag.Diagnostic {
		if statusWord.MatchString(text) {
			return nil
		}
		return diag.NewAttributeErrorDiagnostic(at, "Not a status of executions", fmt.Sprintf(
			"%s is no status: it %s, for example `ERRORED` or `TIMED_OUT`. Leave it out (null) for executions of every status.", diagnose.Quote(text), rule))
	}}
}

// oneOf refuses all texts but some.
func oneOf(known ...string) validator.String {
	rule := "must be `" + strings.Join(known, "` or `") + "`"
	return attribute.TextValidator{Rule: rule, Check: func(at path.Path, text string) diag.Diagnostic {
		if slices.Contains(known, text) {
			return nil
		}
		return diag.NewAttributeErrorDiagnostic(at, "No execution has this value", fmt.Sprintf(
			"`%s` is %s, and %s, in capital letters. Leave it out (null) for all of them.", at, diagnose.Quote(text), rule))
	}}
}

// moment refuses what is no time.
func moment() validator.String {
	const rule = "must be a time in the form of RFC 3339"
	return attribute.TextValidator{Rule: rule, Check: func(at path.Path, text string) diag.Diagnostic {
		if _, err := time.Parse(time.RFC3339, text); err == nil {
			return nil
		}
		return diag.NewAttributeErrorDiagnostic(at, "Not a time", fmt.Sprintf(
			"`%s` is %s, and %s, with date, time and offset: for example 2026-07-24T09:30:00Z. plantimestamp() and timeadd() give such times. Leave it out (null) for no bound.", at, diagnose.Quote(text), rule))
	}}
}
