// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Create implements resource.Resource. It never returns a state together with
// an error: Terraform would mark the resource as tainted, and replace it, which
// means delete the accounts, in the next run. What was created until then is
// taken over by the next apply, because it equals the configuration.
func (r *accountsResource) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	var config, plan model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	client := r.connection.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	work := operations{connection: r.connection, client: client, wanted: config.wanted(), adopt: plan.AdoptExisting.ValueBool()}
	ids := sortedIDs(work.wanted)
	if !work.checkExisting(ctx, ids, &response.Diagnostics) {
		return
	}
	results := runBatch(ctx, ids, work.create)
	response.Diagnostics.Append(report(results, leftByCreate)...)
	if response.Diagnostics.HasError() {
		return
	}
	kept := map[string]tracked{}
	track(kept, results)
	plan.learnScope(scopeOf(results))
	response.Diagnostics.Append(keepTracked(ctx, response.Private, kept)...)
	response.Diagnostics.Append(setIdentity(ctx, response.Identity, readAccounts(plan.Accounts))...)
	response.Diagnostics.Append(response.State.Set(ctx, &plan)...)
}

// checkExisting refuses before the first write what would be refused for single
// accounts later: a create that fails half-way leaves no state.
func (o operations) checkExisting(ctx context.Context, ids []string, diagnostics *diag.Diagnostics) bool {
	if o.adopt || len(ids) == 0 {
		return true
	}
	var existing []string
	for id, lookup := range o.client.ReadLinkedAccounts(ctx, ids, refold.ReadOptions{TrustAbsence: true}) {
		switch {
		case refold.KindOf(lookup.Err) == refold.AccountNotFound:
		case lookup.Err != nil:
			diagnostics.Append(diagnose.Failure(reconcile.DoingCreate, id, lookup.Err))
			return false
		case !o.wanted[id].Equals(ctx, lookup.Account):
			existing = append(existing, id)
		}
	}
	if len(existing) == 0 {
		return true
	}
	slices.Sort(existing)
	diagnostics.Append(existingError(existing, len(ids)))
	return false
}

// track takes down what results say of credentials.
func track(kept map[string]tracked, results []result) {
	for _, result := range results {
		if result.notTried {
			continue
		}
		if result.app == nil {
			delete(kept, result.accountID)
			continue
		}
		now := tracked{ID: kept[result.accountID].ID, App: result.app}
		if result.account != nil && result.account.ID != "" {
			now.ID = result.account.ID
		}
		kept[result.accountID] = now
	}
}

// scopeOf is the first scope that an answer shows.
func scopeOf(results []result) refold.Scope {
	for _, result := range results {
		if result.account != nil && result.account.Scope().IsKnown() {
			return result.account.Scope()
		}
	}
	return refold.Scope{}
}
