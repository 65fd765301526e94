// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// warnOfCost says what the customer loses with the account of a state, and what the apply does
// about it, also where it is not the account that the state knows. Plan is what takes the account's
// place, without any value for a deletion.
func (r *accountResource) warnOfCost(ctx context.Context, state, plan model, prior reconcile.Prior, diagnostics *diag.Diagnostics) {
	if state.OnRemoval(r.DeletionPolicy()) != ownership.Delete {
		return
	}
	id := state.LinkedAccountID.ValueString()
	var pending diag.Diagnostics
	reconciler := r.reconciler(&pending)
	if pending.HasError() {
		diagnostics.Append(costUnknownWarning(id, pending[0].Detail(), state.ForceDestroy.ValueBool()))
		return
	}
	cost := reconciler.Cost(ctx, map[string]reconcile.Prior{id: prior})
	if len(cost.Namesakes) > 0 {
		diagnostics.Append(reconcile.NamesakesWarning(cost.Namesakes, state.ForceDestroy.ValueBool()))
	}
	if reason := cost.Unknown[id]; reason != "" {
		diagnostics.Append(costUnknownWarning(id, reason, state.ForceDestroy.ValueBool()))
	}
	if apps := cost.Connected[id]; len(apps) > 0 {
		diagnostics.Append(costWarning(id, apps, state.ForceDestroy, plan.ForceDestroy))
	}
}

// warnOfCostSeen is warnOfCost for a tainted account, whose state no plan shows: what the refresh
// of this run saw is all that is known.
func warnOfCostSeen(seen providerdata.Sighting, plan model, diagnostics *diag.Diagnostics) {
	if len(seen.Connected) > 0 {
		diagnostics.Append(costWarning(seen.Account.AccountID, seen.Connected, types.BoolValue(seen.ForceDestroy), plan.ForceDestroy))
	}
}

// remember takes down what the refresh of this run has seen, for its plan.
func (r *accountResource) remember(ctx context.Context, state model, kept *credentials.DefaultApp, found *refold.LinkedAccount, diagnostics *diag.Diagnostics) {
	seen := providerdata.Sighting{Account: found, ForceDestroy: state.ForceDestroy.ValueBool()}
	if state.OnRemoval(r.DeletionPolicy()) == ownership.Delete {
		seen.Connected = state.givenUp(ctx, kept, diagnostics).Connected(found.Integrations)
	}
	r.See(seen)
}

// deletesImported reports whether giving up the account of a state would delete what an import of
// this run takes in.
func (r *accountResource) deletesImported(state model) bool {
	return r.IsImported(state.LinkedAccountID.ValueString()) && state.OnRemoval(r.DeletionPolicy()) == ownership.Delete
}
