// SPDX-License-Identifier: MPL-2.0

package application

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// failure is about a list of apps: that of an account, or without one the catalogue.
func failure(accountID string, err error) diag.Diagnostic {
	if refusal, ok := errors.AsType[*refold.Error](err); ok && accountID == "" && refusal.Code == "MISSING_REQUIRED_FIELD" {
		return accountRequiredError(err)
	}
	if accountID == "" {
		return diagnose.ListFailure("app", err)
	}
	return diagnose.AccountFailure("list the apps of", diagnose.LinkedAccount(accountID), diagnose.DataSourceWaits, err)
}

// accountRequiredError is for servers that show no catalogue without an account (FACTS 4.33).
func accountRequiredError(err error) diag.Diagnostic {
	return diagnose.NewError("This server shows apps for an account only", fmt.Sprintf("Tried to list apps.\n\n%s", diagnose.Answer(err)),
		"Set `linked_account_id` to any account of the environment: the apps are the same for all of them.",
	).At(path.Root("linked_account_id"))
}

// unknownError names the apps that there are, with what names them.
func unknownError(slug string, known []string) diag.Diagnostic {
	shown := "It shows no app at all."
	if len(known) > 0 {
		shown = fmt.Sprintf("It shows: %s.", diagnose.Offering(known))
	}
	return diagnose.NewError("There is no such app", fmt.Sprintf("Refold shows no app %q. %s", slug, shown),
		"Write the slug as Refold has it (upper and lower case count), and for an app that your organization built its application id. The data source `refold_applications` shows them all. "+
			"Your organization's own default app is not among them. If it should be there, check that the API key belongs to the right organization.",
	).At(path.Root("slug"))
}

// check finds what selects nothing, or not what was meant.
func (f filter) check() diag.Diagnostics {
	var problems diag.Diagnostics
	if f.LinkedAccountID.IsNull() && !f.Connected.IsNull() && !f.Connected.IsUnknown() {
		problems.AddAttributeError(path.Root("connected"), "Connected to no account",
			"`connected` selects by what an account has connected, and `linked_account_id` does not say which account. Set both, or leave both out.")
	}
	for _, tag := range f.Tags.Elements() {
		if !tag.IsUnknown() && textOf(tag) == "" {
			problems.AddAttributeError(path.Root("tags"), "An empty tag",
				"`tags` holds a text that is empty, or null, perhaps because a variable is. No app has such a tag: give it a value, or leave it out.")
		}
	}
	return problems
}
