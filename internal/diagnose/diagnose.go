// SPDX-License-Identifier: MPL-2.0

// Package diagnose writes up for the person on call what went wrong with an object at Refold: what
// was tried on which one, what Refold said, what to do now.
package diagnose

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Failure describes an error of the client. Doing is what was tried on the subject, as a verb
// phrase without it ("create", "store a credential of").
func Failure(doing string, subject Subject, err error) *Problem {
	return &Problem{
		Diagnostic: diag.NewErrorDiagnostic(fmt.Sprintf("Could not %s %s", doing, subject.Noun), Detail(doing, subject, err)),
		What:       Answer(err), Next: advice(subject, err), Cause: err,
	}
}

// AccountFailure is Failure for those who need the account of their attribute linked_account_id:
// one that does not exist is a mistake in the configuration.
func AccountFailure(doing string, subject Subject, waits Waits, err error) diag.Diagnostic {
	if _, ok := subject.account(); !ok || refold.KindOf(err) != refold.AccountNotFound {
		return Failure(doing, subject, err)
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("linked_account_id"), "There is no such linked account", fmt.Sprintf(
		"Tried to %s %s, which does not exist in %s.\n\n%s\n\n"+
			"%s\n\nOtherwise, check that the id is written as Refold has it (ids are case-sensitive), and that the API key belongs to the account's environment.",
		doing, subject, searched(err), Answer(err), waits))
}

// Waits says, in sentences, how an object is made to wait for an account of the same run.
type Waits string

const (
	// DataSourceWaits is for a data source, which waits for what its values come from.
	DataSourceWaits Waits = "If the account is created in the same run, refer to the resource's `linked_account_id` instead of repeating the id, so that it is created first."
	// EphemeralResourceWaits is for an ephemeral resource, which is opened as soon as its values
	// are known, in a plan as well: the id of an account is, before there is an account.
	EphemeralResourceWaits Waits = "If the account is created in the same run, or was deleted elsewhere and is to be created again, give this ephemeral resource Refold's own id as well, which is known when the account exists, so that Terraform waits for it: `id = refold_linked_account.NAME.id`. (A refold_linked_accounts has none: take it from a data source refold_linked_account with `depends_on`.)"
	// EphemeralResourceWaited is for an ephemeral resource that has that id.
	EphemeralResourceWaited Waits = "Its `id` is given, so the account was there before, and it was looked for during 3 seconds. If it was created in this run, the server shows it late: run the same command again (a saved plan has to be made anew). If it was deleted elsewhere, plan without -refresh=false: where `id` comes from a resource, that plan creates the account again, and asks for nothing before it exists."
	// ActionWaits is for an action, which runs where it is triggered.
	ActionWaits Waits = "If the account is created in the same run, let something trigger the action that comes after it: `action_trigger` with `after_create`, in the lifecycle of the account or of what depends on it."
)

// searched is where a not-found answer says that it looked.
func searched(err error) string {
	scope := SearchedScope(err)
	switch {
	case scope.IsKnown():
		return fmt.Sprintf("organization %s, environment %q", scope.OrganizationID, scope.Environment)
	case scope.Environment != "":
		return fmt.Sprintf("environment %q", scope.Environment)
	}
	return "the environment that the API key selects"
}

// Detail is the body of Failure, for use within a longer message.
func Detail(doing string, subject Subject, err error) string {
	return paragraphs(fmt.Sprintf("Tried to %s %s.", doing, subject), Answer(err), advice(subject, err))
}

// Answer quotes what came back.
func Answer(err error) string {
	if refusal, ok := errors.AsType[*refold.Error](err); ok {
		if refusal.NotRefold {
			return "The server answered: " + refusal.Error()
		}
		return "Refold answered: " + refusal.Error()
	}
	if mismatch, ok := errors.AsType[*refold.EnvironmentError](err); ok {
		switch {
		case mismatch.Written:
			return "The write was carried out, and its answer shows that " + mismatch.Error() + "."
		case mismatch.TokenIssued:
			return "Refold returned a session token, which shows that " + mismatch.Error() + ". Nobody gets it, and it stays valid until it expires. Nothing else was written."
		}
		return "Stopped before anything was written: " + mismatch.Error() + "."
	}
	switch {
	case errors.Is(err, context.Canceled):
		return "The run was interrupted before Refold answered."
	case errors.Is(err, refold.ErrAnswerTooLarge):
		return "What the server answered cannot be used: " + err.Error()
	}
	return "No answer from Refold: " + err.Error()
}

// quotedLength is in characters.
const quotedLength = 80

// Quote makes text from a file or a command line safe to show, and bounds it.
func Quote(text string) string {
	runes := []rune(text)
	if len(runes) <= quotedLength {
		return strconv.Quote(text)
	}
	return strconv.Quote(string(runes[:quotedLength])) + " (and so on)"
}
