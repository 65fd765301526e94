// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// DoingUpdate names the operation in diagnostics.
const DoingUpdate = "update"

// Prior is what the state knows of the account.
type Prior struct {
	// ID is Refold's own id, empty while not known.
	ID    string
	Scope refold.Scope
}

// Update does what differs between state and configuration: one upsert for name
// and user-defined fields, where they differ, and one request per credential. It
// returns what is known of the account, or nil without an upsert, and false
// after an error.
func (w *Writer) Update(ctx context.Context, prior Prior, fieldsDiffer bool, change credentials.Change) (*refold.LinkedAccount, bool) {
	w.App = change.Before
	needsUpsert := fieldsDiffer || change.Seed
	if !needsUpsert && change.IsEmpty() {
		return nil, true
	}
	if !w.checkKey(ctx, prior.Scope) {
		return nil, false
	}
	if !needsUpsert {
		return nil, w.changeCredentials(ctx, change)
	}
	var before []refold.Integration
	if change.Seed {
		var ok bool
		if before, ok = w.lookBeforeSetUp(ctx); !ok {
			return nil, false
		}
	}
	finishing, done := refold.Finishing(ctx)
	defer done()
	answer, ok := w.upsert(ctx, DoingUpdate, change.Seed)
	if answer == nil {
		return nil, false
	}
	if change.Seed {
		w.recordOwnApp(finishing, before)
	}
	if isNew := answer.NewAccount != nil && *answer.NewAccount; isNew || WasReplaced(prior.ID, answer.Account) {
		w.Diagnostics.Append(vanishedWarning(w.Want.AccountID))
	}
	return answer.Account, ok && w.changeCredentials(ctx, change)
}

// changeCredentials writes before it removes, so that a renamed key leaves no
// moment without any credential.
func (w *Writer) changeCredentials(ctx context.Context, change credentials.Change) bool {
	return w.putCredentials(ctx, change.Put) && w.removeCredentials(ctx, change.Remove)
}

// checkKey makes sure, with at most one request per run, that the API key still
// selects what the state was made in: an upsert with another key would create a
// second account elsewhere.
func (w *Writer) checkKey(ctx context.Context, prior refold.Scope) bool {
	scope, err := w.Client.Scope(ctx, w.Want.AccountID)
	if err != nil {
		w.Diagnostics.Append(diagnose.Failure(DoingUpdate, diagnose.LinkedAccount(w.Want.AccountID), err))
		return false
	}
	if !prior.IsKnown() {
		return true
	}
	if problem := diagnose.CheckGone(diagnose.LinkedAccount(w.Want.AccountID), prior, scope, w.Advice.Forget); problem != nil {
		w.Diagnostics.Append(problem)
		return false
	}
	return true
}

// WasReplaced reports whether the account is another one than the state knows:
// Refold never gives an id (_id) to a second account.
func WasReplaced(priorID string, account *refold.LinkedAccount) bool {
	return priorID != "" && account.ID != "" && priorID != account.ID
}
