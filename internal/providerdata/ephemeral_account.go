// SPDX-License-Identifier: MPL-2.0

package providerdata

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
)

// CheckAccount makes sure that an account is the one with Refold's own id that is configured,
// before anything is handed out for it. Without an id, nothing is asked. Doing is as of
// diagnose.Failure.
func (e *EphemeralResource) CheckAccount(ctx context.Context, doing, accountID string, id types.String) diag.Diagnostics {
	var diagnostics diag.Diagnostics
	if id.IsNull() {
		return nil
	}
	client := e.Client(&diagnostics)
	if diagnostics.HasError() {
		return diagnostics
	}
	account, err := client.LinkedAccount(ctx, accountID)
	switch {
	case err != nil:
		diagnostics.Append(diagnose.AccountFailure(doing, diagnose.LinkedAccount(accountID), diagnose.EphemeralResourceWaits, err))
	case account.ID != id.ValueString():
		diagnostics.Append(anotherAccountError(doing, accountID, id.ValueString(), account.ID))
	}
	return diagnostics
}

func anotherAccountError(doing, accountID, want, got string) diag.Diagnostic {
	found := fmt.Sprintf("Refold shows it with the id %q", got)
	if got == "" {
		found = "Refold's answer shows no id of its own"
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("id"), "The linked account is another one", fmt.Sprintf(
		"Tried to %s linked account %q, whose `id` is to be %q. %s, so it may be an account that somebody has made anew. Nothing was asked for it.\n\n"+
			"Find out who made it. Where `id` comes from a resource, a plan that refreshes shows the account that is there now.", doing, accountID, want, found))
}
