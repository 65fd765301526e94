// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"cmp"
	"context"
	"sync/atomic"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// operations are what may be done to an account of this resource.
type operations struct {
	reconcile.Reconciler
	// owner is as of reconcile.Task.
	owner string
	// desired is the configuration by account, adopt its adopt_existing.
	desired map[string]reconcile.Desired
	adopt   bool
	// absent are accounts that did not exist when the batch began.
	absent  absence
	changes changes
	// policy is what becomes of accounts that are taken out of the map.
	policy ownership.Policy
	// before are the accounts of the state, after those of the configuration, kept, accountIDs and
	// formerIDs the private state.
	state         model
	before, after map[string]account
	kept          map[string]tracked
	accountIDs    accountIDs
	formerIDs     providerdata.FormerIDs
	// inDoubt are keys of fields by account, as of reconcile.Outcome.
	inDoubt map[string][]string
}

// absence is what one look at the list said for all accounts to be created. It is good for
// SnapshotLife, and longer at a server whose answers say whether an account is new: a list that is
// read while accounts are created does not fit together, and would cost a look-up for each.
type absence struct {
	ids   map[string]bool
	since time.Time
	// isNewTold is true once an answer said whether an account is new.
	isNewTold *atomic.Bool
}

func (a absence) has(id string) bool {
	return a.ids[id] && (a.isNewTold.Load() || time.Since(a.since) < refold.SnapshotLife)
}

func (o operations) create(ctx context.Context, id string) result {
	created := o.Create(ctx, reconcile.Task{
		Owner:   o.owner,
		Desired: o.desired[id], Prior: reconcile.Prior{Scope: o.state.scope(), App: o.kept[id].App}, Adopt: o.adopt,
		KnownAbsent: o.Client.TrustsLists() && o.absent.has(id),
	})
	if created.IsNew != nil {
		o.absent.isNewTold.Store(true)
	}
	return result{accountID: id, Outcome: created, sentAll: true}
}

func (o operations) update(ctx context.Context, id string) result {
	change, differs := o.changes.credentials[id], o.changes.differing[id]
	updated := o.Update(ctx, reconcile.Task{
		Owner:        o.owner,
		Desired:      o.desired[id],
		Prior:        reconcile.Prior{ID: cmp.Or(o.kept[id].ID, o.accountIDs[id]), Scope: o.state.scope(), FieldKeys: o.before[id].keys().With(o.inDoubt[id]...), LacksUDF: true, App: change.Before},
		FieldsDiffer: differs, Credentials: change,
	})
	return result{accountID: id, Outcome: updated, asConfigured: updated.Upserted || !differs, sentAll: change.Seed}
}

// remove deletes an account that is no longer in the map, or lets it go.
func (o operations) remove(ctx context.Context, id string) result {
	if o.policy == ownership.Abandon {
		return result{accountID: id, Outcome: reconcile.Outcome{Complete: true}}
	}
	return result{accountID: id, Outcome: o.Delete(ctx, reconcile.Task{
		Owner:   o.owner,
		Desired: reconcile.Desired{AccountID: id},
		Prior:   o.prior(id),
		Force:   o.state.ForceDestroy.ValueBool(),
	})}
}
