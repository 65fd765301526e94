// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// AccountFailure is Failure for those who need the account of their attribute
// linked_account_id: one that does not exist is a mistake in the configuration.
// It may point at that attribute, and so is shown as it is.
func AccountFailure(doing string, subject Subject, err error) diag.Diagnostic {
	if _, ok := subject.account(); ok && refold.KindOf(err) == refold.AccountNotFound {
		return unknownAccount(doing, subject, err).Diagnostic
	}
	return Failure(doing, subject, err)
}

func unknownAccount(doing string, subject Subject, err error) *Problem {
	return NewError("There is no such linked account", fmt.Sprintf(
		"Tried to %s %s, which does not exist in %s.\n\n%s", doing, subject, searched(err), Answer(err)),
		"Check that the id is written as Refold has it (ids are case-sensitive), and that the API key belongs to the account's environment. "+
			"If the account is created in the same run, refer to the resource's `linked_account_id` instead of repeating the id, so that it is created first.",
	).At(path.Root("linked_account_id"))
}

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
