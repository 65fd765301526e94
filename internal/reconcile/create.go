// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// DoingCreate names the operation in diagnostics.
const DoingCreate = "create"

// Create makes the account, or takes over one that exists where that is
// allowed: with adopt any, else one that is what an interrupted create leaves
// behind. One that is as wanted already is not written again. It returns what is
// known of the account, and false after an error.
func (w *Writer) Create(ctx context.Context, adopt bool) (*refold.LinkedAccount, bool) {
	finishing, done := refold.Finishing(ctx)
	defer done()
	existing, ok := w.lookUp(ctx)
	if !ok {
		return nil, false
	}
	if existing != nil && !adopt {
		if !w.takeOver(ctx, existing) {
			return nil, false
		}
		// One that was connected before may be the customer's: an own app is not
		// listed everywhere.
		w.recordOwnApp(finishing, existing.Integrations)
		return existing, true
	}
	if existing != nil {
		if w.Want.seed() == nil && w.Want.Equals(ctx, existing) {
			return existing, true
		}
		w.Unmanaged = existing.UDF
	}
	answer, ok := w.upsert(ctx, DoingCreate, w.Want.seed() != nil)
	if !ok {
		w.explainLeftover()
		return nil, false
	}
	if existing == nil && isKnownToBeOld(answer) {
		w.Diagnostics.Append(appearedWarning(w.Want.AccountID))
		// Nobody looked which apps were connected to it.
		w.App = w.App.WithOwnAppID(w.Data)
		return answer.Account, true
	}
	w.recordOwnApp(finishing, integrationsOf(existing))
	return answer.Account, true
}

// lookUp finds out whether the account exists. That a complete list does not
// show it is enough: should the account appear until it is written, Refold's
// answer to the write says that it is not new.
func (w *Writer) lookUp(ctx context.Context) (*refold.LinkedAccount, bool) {
	if w.KnownAbsent {
		return nil, true
	}
	account, err := w.Client.ReadLinkedAccount(ctx, w.Want.AccountID, refold.ReadOptions{TrustAbsence: true})
	if refold.KindOf(err) == refold.AccountNotFound {
		return nil, true
	}
	if err == nil && w.Want.seed() != nil {
		account, err = w.lookAgain(ctx, account)
	}
	if err != nil {
		w.Diagnostics.Append(diagnose.Failure(DoingCreate, diagnose.LinkedAccount(w.Want.AccountID), err))
		return nil, false
	}
	return account, true
}

// lookAgain looks at an account whose apps, as they are now, tell the id of the
// organization's own app. It costs a request until that is known.
func (w *Writer) lookAgain(ctx context.Context, account *refold.LinkedAccount) (*refold.LinkedAccount, error) {
	if _, known := w.Data.OwnAppID(); known || w.Want.AppID != "" {
		return account, nil
	}
	account, err := w.Client.LinkedAccount(ctx, w.Want.AccountID)
	if refold.KindOf(err) == refold.AccountNotFound {
		return nil, nil
	}
	return account, err
}

// takeOver accepts an account that is what an interrupted create leaves behind,
// and refuses any other.
func (w *Writer) takeOver(ctx context.Context, existing *refold.LinkedAccount) bool {
	if !w.Want.Equals(ctx, existing) {
		w.Diagnostics.Append(w.Exists(existing))
		return false
	}
	if !w.putCredentials(ctx, credentials.Names(w.Want.Credentials)) {
		return false
	}
	w.Diagnostics.Append(takenOverWarning(w.Want.AccountID))
	return true
}

// explainLeftover says what a create that failed half-way has left at Refold:
// without a state, because Terraform would delete the account to repair it.
func (w *Writer) explainLeftover() {
	if !w.upserted {
		return
	}
	next := "Apply again after mending it: an account that equals its configuration is taken over."
	if !w.Want.isTelling() {
		next = "Without a name or user-defined fields nothing tells it from others. " + w.Advice.TakeOver
	}
	w.Diagnostics.AddWarning("The linked account exists now, without all of its credentials",
		fmt.Sprintf("Linked account %q itself was written before the error. %s", w.Want.AccountID, next))
}

// isKnownToBeOld reports whether Refold says that the account existed before an
// upsert of which no earlier attempt can have created it.
func isKnownToBeOld(answer *refold.UpsertAnswer) bool {
	return answer.NewAccount != nil && !*answer.NewAccount && !answer.MayHaveArrived
}
