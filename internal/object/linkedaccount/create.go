// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

const doingCreate = "create linked account"

// create makes the account, or takes over one that exists where that is
// allowed. It returns what is known of the account, and false after an error.
func (w *writer) create(ctx context.Context, adopt bool) (*refold.LinkedAccount, bool) {
	existing, ok := w.lookUp(ctx)
	if !ok {
		return nil, false
	}
	if existing != nil && !adopt {
		return w.takeOver(ctx, existing)
	}
	if existing != nil {
		w.unmanaged = existing.UDF
	}
	answer, ok := w.upsert(ctx, doingCreate, w.want.seed() != nil)
	if !ok {
		w.explainLeftover()
		return nil, false
	}
	if existing == nil && isKnownToBeOld(answer) {
		w.diagnostics.Append(appearedWarning(w.want.accountID))
	}
	w.recordOwnApp(ctx, integrationsOf(existing))
	return answer.Account, true
}

// lookUp finds out whether the account exists.
func (w *writer) lookUp(ctx context.Context) (*refold.LinkedAccount, bool) {
	account, err := w.client.LinkedAccount(ctx, w.want.accountID)
	if refold.KindOf(err) == refold.AccountNotFound {
		return nil, true
	}
	if err != nil {
		w.diagnostics.Append(diagnose.Failure(doingCreate, w.want.accountID, err))
		return nil, false
	}
	return account, true
}

// takeOver accepts an account that is what an interrupted create leaves behind,
// and refuses any other.
func (w *writer) takeOver(ctx context.Context, existing *refold.LinkedAccount) (*refold.LinkedAccount, bool) {
	if !w.want.equals(ctx, existing) {
		w.diagnostics.Append(existsError(existing))
		return nil, false
	}
	if !w.putCredentials(ctx, credentialNames(w.want.credentials)) {
		return nil, false
	}
	// equals has seen that there is no app but this configuration's own.
	w.recordOwnApp(ctx, nil)
	w.diagnostics.Append(takenOverWarning(w.want.accountID))
	return existing, true
}

// explainLeftover says what a create that failed half-way has left at Refold:
// without a state, because Terraform would delete the account to repair it.
func (w *writer) explainLeftover() {
	if !w.upserted {
		return
	}
	next := "Apply again after mending it: an account that equals its configuration is taken over."
	if !w.want.isTelling() {
		next = "Import it before the next apply, or set `adopt_existing = true`: without a name or user-defined fields nothing tells it from others."
	}
	w.diagnostics.AddWarning("The linked account exists now, without all of its credentials", "The account itself was written before the error. "+next)
}

// equals reports whether an account is exactly what this configuration creates:
// what is not configured has to be empty, and something has to be configured
// that tells the account from any other.
func (d desired) equals(ctx context.Context, account *refold.LinkedAccount) bool {
	var name string
	if d.name != nil {
		name = *d.name
	}
	var fields map[string]any
	if d.udf != nil {
		fields = *d.udf
	}
	return d.isTelling() && account.Name == name && udf.Compare(ctx, fields, account.UDF).IsEmpty() && d.explains(account.Integrations)
}

// isTelling reports whether anything is configured that tells the account from
// others.
func (d desired) isTelling() bool {
	return d.name != nil || (d.udf != nil && len(*d.udf) > 0)
}

// explains reports whether all integrations are the doing of this
// configuration: at most the organization's own app, if it has credentials.
func (d desired) explains(integrations []refold.Integration) bool {
	if len(integrations) == 0 {
		return true
	}
	only := integrations[0]
	return len(integrations) == 1 && len(d.credentials) > 0 && only.Type == refold.TypeCustom && (d.appID == "" || d.appID == only.AppID)
}

// isKnownToBeOld reports whether Refold says that the account existed before an
// upsert of which no earlier attempt can have created it.
func isKnownToBeOld(answer *refold.UpsertAnswer) bool {
	return answer.NewAccount != nil && !*answer.NewAccount && !answer.MayHaveArrived
}
