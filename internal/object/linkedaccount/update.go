// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const doingUpdate = "update linked account"

// update does what differs between state and configuration: one upsert for
// name and user-defined fields, one request per credential. It returns what is
// known of the account, or nil without an upsert, and false after an error.
func (w *writer) update(ctx context.Context, state model, change credentialChange) (*refold.LinkedAccount, bool) {
	w.app = change.before
	needsUpsert := w.want.differs(state) || change.seed
	if !needsUpsert && change.isEmpty() {
		return nil, true
	}
	if !w.checkKey(ctx, state) {
		return nil, false
	}
	if !needsUpsert {
		return nil, w.changeCredentials(ctx, change)
	}
	var before []refold.Integration
	if change.seed {
		var ok bool
		if before, ok = w.lookBeforeSetUp(ctx); !ok {
			return nil, false
		}
	}
	answer, ok := w.upsert(ctx, doingUpdate, change.seed)
	if answer == nil {
		return nil, false
	}
	if change.seed {
		w.recordOwnApp(ctx, before)
	}
	if wasReplaced(state, answer.Account) {
		w.diagnostics.Append(vanishedWarning(w.want.accountID))
	}
	return answer.Account, ok && w.changeCredentials(ctx, change)
}

// afterFailure is what the state holds after an update that failed half-way:
// what was written, so that the next plan shows the rest.
func (w *writer) afterFailure(plan, state model) model {
	left := state
	if w.upserted {
		left = plan
	}
	left.YourApp = state.YourApp
	if w.sentCredentials && len(w.want.credentials) > 0 {
		// Which credentials Refold holds is not certain; without your_app in the
		// state, the next plan sends them all. Where your_app was removed, that
		// would equal the configuration, and what is left stay for good.
		left.YourApp = noYourApp()
	}
	return left
}

// changeCredentials writes before it removes, so that a renamed key leaves no
// moment without any credential.
func (w *writer) changeCredentials(ctx context.Context, change credentialChange) bool {
	return w.putCredentials(ctx, change.put) && w.removeCredentials(ctx, change.remove)
}

// checkKey makes sure, with at most one request per run, that the API key still
// selects what the state was made in: an upsert with another key would create a
// second account elsewhere.
func (w *writer) checkKey(ctx context.Context, state model) bool {
	scope, err := w.client.Scope(ctx, w.want.accountID)
	if err != nil {
		w.diagnostics.Append(diagnose.Failure(doingUpdate, w.want.accountID, err))
		return false
	}
	if !state.scope().IsKnown() {
		return true
	}
	if problem := checkGone(w.want.accountID, state.scope(), scope); problem != nil {
		w.diagnostics.Append(problem)
		return false
	}
	return true
}

// differs reports whether a configured part is not what the state holds.
func (d desired) differs(state model) bool {
	if d.name != nil && *d.name != state.Name.ValueString() {
		return true
	}
	return d.udfValue != nil && !d.udfValue.Means(state.UDF)
}

// wasReplaced reports whether the account is another one than the state knows:
// Refold never gives an id (_id) to a second account.
func wasReplaced(state model, account *refold.LinkedAccount) bool {
	return state.ID.ValueString() != "" && account.ID != "" && state.ID.ValueString() != account.ID
}
