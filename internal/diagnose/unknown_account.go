// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// AccountFailure is Failure for those who need the account of their attribute
// linked_account_id: one that does not exist is a mistake in the configuration.
func AccountFailure(doing, accountID string, err error) diag.Diagnostic {
	if refold.KindOf(err) == refold.AccountNotFound {
		return unknownAccount(doing, accountID, err)
	}
	return Failure(doing, accountID, err)
}

func unknownAccount(doing, accountID string, err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("linked_account_id"), "There is no such linked account", fmt.Sprintf(
		"Tried to %s %q, which does not exist in %s.\n\n%s\n\n"+
			"Check that the id is written as Refold has it (ids are case-sensitive), and that the API key belongs to the account's environment. "+
			"If the account is created in the same run, refer to the resource's `linked_account_id` instead of repeating the id, so that it is created first.",
		doing, accountID, searched(err), Answer(err)))
}

// searched is where a not-found answer says that it looked.
func searched(err error) string {
	refusal, ok := errors.AsType[*refold.Error](err)
	switch {
	case ok && refusal.Scope.IsKnown():
		return fmt.Sprintf("organization %s, environment %q", refusal.Scope.OrganizationID, refusal.Scope.Environment)
	case ok && refusal.Scope.Environment != "":
		return fmt.Sprintf("environment %q", refusal.Scope.Environment)
	}
	return "the environment that the API key selects"
}
