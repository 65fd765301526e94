// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// warnOfCost says what customers lose with the accounts that leave a state, and what the apply does
// about it. In plan, force_destroy is null where the resource itself is destroyed.
func (r *accountsResource) warnOfCost(ctx context.Context, work operations, plan model, removed []string, diagnostics *diag.Diagnostics) {
	state := work.state
	if len(removed) == 0 {
		return
	}
	var pending diag.Diagnostics
	reconciler := r.reconciler(&pending)
	if pending.HasError() {
		diagnostics.Append(costUnknownWarning(removed, pending[0].Detail(), state.ForceDestroy.ValueBool()))
		return
	}
	priors := make(map[string]reconcile.Prior, len(removed))
	for _, id := range removed {
		priors[id] = work.prior(id)
	}
	cost := reconciler.Cost(ctx, priors)
	if len(cost.Namesakes) > 0 {
		diagnostics.Append(reconcile.NamesakesWarning(slices.Sorted(slices.Values(cost.Namesakes)), state.ForceDestroy.ValueBool()))
	}
	if len(cost.Connected) > 0 {
		diagnostics.Append(costWarning(cost.Connected, state.ForceDestroy, plan.ForceDestroy))
	}
	if unknown := sortedIDs(cost.Unknown); len(unknown) > 0 {
		diagnostics.Append(costUnknownWarning(unknown, cost.Unknown[unknown[0]], state.ForceDestroy.ValueBool()))
	}
}

// warnOfCostSeen is warnOfCost for accounts of a tainted resource, whose state no plan shows: what
// the refresh of this run saw is all that is known.
func warnOfCostSeen(seen []providerdata.Sighting, plan model, diagnostics *diag.Diagnostics) {
	connected := map[string][]refold.Integration{}
	isForced := false
	for _, one := range seen {
		if len(one.Connected) > 0 {
			connected[one.Account.AccountID], isForced = one.Connected, one.ForceDestroy
		}
	}
	if len(connected) > 0 {
		diagnostics.Append(costWarning(connected, types.BoolValue(isForced), plan.ForceDestroy))
	}
}

// seen tells apart which accounts the refresh of this run has seen in a state.
func (r *accountsResource) seen(ids []string) (seen []providerdata.Sighting, unseen []string) {
	for _, id := range ids {
		if one, ok := r.Seen(id); ok {
			seen = append(seen, one)
		} else {
			unseen = append(unseen, id)
		}
	}
	return seen, unseen
}

// imported are those accounts that an import of this run takes in.
func (r *accountsResource) imported(ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !r.IsImported(id) })
}

// remember takes down what the refresh of this run has seen, for its plan.
func (o operations) remember(found map[string]*refold.LinkedAccount) {
	isDeleted := o.state.OnRemoval(o.Data.DeletionPolicy()) == ownership.Delete
	for id, account := range found {
		seen := providerdata.Sighting{Account: account, ForceDestroy: o.state.ForceDestroy.ValueBool()}
		if isDeleted {
			seen.Connected = o.prior(id).Connected(account.Integrations)
		}
		o.Data.See(seen)
	}
}

// prior is what the state knows of an account that it gives up.
func (o operations) prior(id string) reconcile.Prior {
	return reconcile.Prior{
		ID: cmp.Or(o.formerIDs[id], o.accountIDs[id]), Scope: o.state.scope(), App: o.kept[id].App, OwnAppID: o.state.AppID.ValueString(),
	}
}
