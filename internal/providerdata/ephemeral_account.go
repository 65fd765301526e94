// SPDX-License-Identifier: MPL-2.0

package providerdata

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// CheckAccount makes sure that an account is the one with Refold's own id that is configured,
// before anything is handed out for it. Without an id, nothing is asked. With one, the account may
// have been made a moment ago, and is looked for again for a while. Doing is as of
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
	look := func(ctx context.Context) (*refold.LinkedAccount, error) { return client.LinkedAccount(ctx, accountID) }
	account, err := refold.AfterWrite(ctx, look, func(account *refold.LinkedAccount, err error) bool {
		return isUnknown(err) || err == nil && account.ID != id.ValueString()
	})
	switch {
	case err != nil:
		diagnostics.Append(AccountFailure(doing, diagnose.LinkedAccount(accountID), id, err))
	case account.ID != id.ValueString():
		diagnostics.Append(anotherAccountError(doing, accountID, id.ValueString(), account.ID))
	}
	return diagnostics
}

// OfAccount asks for what an ephemeral resource hands out, of an account that CheckAccount has let
// pass. Where it has an id, the account exists, and is asked for again where it is not found.
func OfAccount[T any](ctx context.Context, id types.String, ask func(context.Context) (T, error)) (T, error) {
	if id.IsNull() {
		return ask(ctx)
	}
	return refold.AfterWrite(ctx, ask, func(_ T, err error) bool { return isUnknown(err) })
}

func isUnknown(err error) bool { return refold.KindOf(err) == refold.AccountNotFound }

// AccountFailure is diagnose.AccountFailure for an ephemeral resource, which waits for the account
// where it has an id.
func AccountFailure(doing string, account diagnose.Subject, id types.String, err error) diag.Diagnostic {
	waits := diagnose.EphemeralResourceWaits
	if !id.IsNull() {
		waits = diagnose.EphemeralResourceWaited
	}
	return diagnose.AccountFailure(doing, account, waits, err)
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
