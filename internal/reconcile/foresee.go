// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"maps"
	"slices"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Creation is an account that a plan creates.
type Creation struct {
	Desired Desired
	// Adopt is as in Task.
	Adopt bool
	// IsOpen is true where the plan does not know all that decides about an account that exists.
	IsOpen bool
}

// Prospect is what a plan can say of an account that it creates and that exists, or may exist.
type Prospect struct {
	// Existing is the account; nil where nobody can tell whether it exists.
	Existing *refold.LinkedAccount
	// Verdict is what the apply will do with it, unless IsOpen.
	Verdict Verdict
	// IsOpen is true where that depends on values that are known during the apply.
	IsOpen bool
	// Unknown says why nobody can tell, as a sentence; empty with an account.
	Unknown string
}

// Foresee looks, by the rule of the bulk reader, whether accounts exist that a plan creates in an
// environment of this scope, if it is known. Accounts that do not exist are not in the result, nor
// those that another address of the same plan gives up or keeps: the error says so that was met
// there meanwhile.
func (r Reconciler) Foresee(ctx context.Context, state refold.Scope, creations map[string]Creation) map[string]Prospect {
	prospects := map[string]Prospect{}
	for id, lookup := range r.look(ctx, slices.Collect(maps.Keys(creations))) {
		switch {
		case refold.KindOf(lookup.Err) == refold.AccountNotFound:
			r.Data.MissInPlan(id)
			// A list is at hand for the apply as well, and may have lost its trust by then.
			if isOwnAnswer(lookup.Err) {
				r.Data.Miss(id)
			}
		case lookup.Err != nil:
			prospects[id] = Prospect{Unknown: diagnose.Answer(lookup.Err)}
		case r.Data.Movements().IsContested(ownership.Key{Kind: diagnose.LinkedAccount(id).Noun, ID: id}):
		default:
			prospects[id] = r.prospect(ctx, state, creations[id], lookup.Account)
		}
	}
	return prospects
}

func (r Reconciler) prospect(ctx context.Context, state refold.Scope, creation Creation, found *refold.LinkedAccount) Prospect {
	if swapped := diagnose.CheckScope(diagnose.LinkedAccount(found.AccountID), state, found.Scope()); swapped != nil {
		return Prospect{Unknown: swapped.What}
	}
	if creation.IsOpen {
		return Prospect{Existing: found, IsOpen: true}
	}
	return Prospect{Existing: found, Verdict: r.Judge(ctx, creation.Desired, creation.Adopt, found)}
}
