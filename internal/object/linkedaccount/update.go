// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const doingUpdate = "update linked account"

// update does what differs between state and configuration: one upsert for
// name and user-defined fields, one request per credential. It returns what the
// upsert answered, or nil without an upsert, and false after an error.
func (w *writer) update(ctx context.Context, state model, change credentialChange) (*refold.UpsertAnswer, bool) {
	w.app = change.before
	needsUpsert := w.want.differs(state) || change.seed
	if !needsUpsert && change.isEmpty() {
		return nil, true
	}
	if !w.confirmScope(ctx, state) {
		return nil, false
	}
	var answer *refold.UpsertAnswer
	if needsUpsert {
		var seed *refold.YourApp
		if change.seed {
			seed = w.want.seed()
		}
		var ok bool
		if answer, ok = w.upsert(ctx, doingUpdate, seed); !ok {
			return answer, false
		}
		if wasRecreated(state, answer) {
			w.diagnostics.Append(vanishedWarning(w.want.accountID))
		}
	}
	return answer, w.changeCredentials(ctx, change)
}

// changeCredentials writes before it removes, so that a renamed key leaves no
// moment without any credential.
func (w *writer) changeCredentials(ctx context.Context, change credentialChange) bool {
	for _, name := range change.put {
		if !w.put(ctx, name) {
			return false
		}
	}
	for _, name := range change.remove {
		if !w.removeCredential(ctx, name) {
			return false
		}
	}
	return true
}

// confirmScope makes sure, with at most one request per run, that the API key
// still selects what the state was made in: an upsert with another key would
// create a second account elsewhere.
func (w *writer) confirmScope(ctx context.Context, state model) bool {
	scope, err := w.client.Scope(ctx, w.want.accountID)
	if err != nil {
		w.diagnostics.Append(diagnose.Failure(doingUpdate, w.want.accountID, err))
		return false
	}
	if swapped := checkScope(w.want.accountID, state.scope(), scope); swapped != nil {
		w.diagnostics.Append(swapped)
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

func wasRecreated(state model, answer *refold.UpsertAnswer) bool {
	return answer.Account != nil && wasReplaced(state, answer.Account)
}

func accountOf(answer *refold.UpsertAnswer) *refold.LinkedAccount {
	if answer == nil {
		return nil
	}
	return answer.Account
}

// wasReplaced reports whether the account is another one than the state knows:
// Refold never gives an id (_id) to a second account.
func wasReplaced(state model, account *refold.LinkedAccount) bool {
	return state.ID.ValueString() != "" && account.ID != "" && state.ID.ValueString() != account.ID
}
