// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Update implements resource.Resource. Where some accounts fail, the state
// holds what was done for the others.
func (r *accountsResource) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	var config, plan, state model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	kept := readTracked(ctx, request.Private, &response.Diagnostics)
	client := r.connection.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	work := operations{
		connection: r.connection, client: client,
		wanted: config.wanted(), adopt: plan.AdoptExisting.ValueBool(),
		changes: planChanges(state, config, kept),
		before:  readAccounts(state.Accounts), after: readAccounts(config.Accounts),
		kept: kept, scope: state.scope(), force: state.ForceDestroy.ValueBool(),
	}
	if !work.isAllowed(ctx, plan.MaxDeletions.ValueInt64(), &response.Diagnostics) {
		return
	}
	results := work.run(ctx)
	response.Diagnostics.Append(report(results, leftByUpdate)...)
	left := work.stateAfter(plan, state, results)
	track(kept, results)
	left.learnScope(scopeOf(results))
	response.Diagnostics.Append(keepTracked(ctx, response.Private, kept)...)
	response.Diagnostics.Append(setIdentity(ctx, response.Identity, readAccounts(left.Accounts))...)
	response.Diagnostics.Append(response.State.Set(ctx, &left)...)
}

// isAllowed repeats what the plan checked, for a map that was not known then,
// and makes sure that the key still selects what the state was made in.
func (o operations) isAllowed(ctx context.Context, maxDeletions int64, diagnostics *diag.Diagnostics) bool {
	removed := o.changes.remove
	if int64(len(removed)) > maxDeletions {
		diagnostics.Append(deletionsError(removed, len(o.before), maxDeletions))
		return false
	}
	if o.changes.isEmpty() || !o.scope.IsKnown() {
		return true
	}
	look := look{client: o.client, scope: o.scope, diagnostics: diagnostics}
	return look.isRightScope(ctx, slices.Concat(o.changes.create, o.changes.update, removed)[0])
}

// run writes before it deletes, so that an account that got another id exists
// under the new one first.
func (o operations) run(ctx context.Context) []result {
	created := runBatch(ctx, o.changes.create, o.create)
	updated := runBatch(ctx, o.changes.update, o.update)
	removed := runBatch(ctx, o.changes.remove, o.remove)
	return slices.Concat(created, updated, removed)
}

// stateAfter is what the state holds after the results: the plan, but for what
// failed.
func (o operations) stateAfter(plan, state model, results []result) model {
	accounts := readAccounts(plan.Accounts)
	plain, priorPlain := plan.AuthCredentials.Elements(), state.AuthCredentials.Elements()
	left := plan
	for _, result := range results {
		if !result.failed() {
			continue
		}
		id := result.accountID
		prior, existed := o.before[id]
		if !existed {
			delete(accounts, id)
		} else if !result.upserted {
			accounts[id] = prior
		}
		delete(plain, id)
		if credentials, had := priorPlain[id]; had && !result.uncertain {
			plain[id] = credentials
		}
		if change := o.changes.credentials[id]; !change.IsEmpty() {
			// Another version, or another app, makes the next plan send them again.
			left.AuthCredentialsWOVersion, left.AppID = state.AuthCredentialsWOVersion, state.AppID
		}
	}
	left.Accounts = accountsValue(accounts)
	if !plan.AuthCredentials.IsNull() || len(plain) > 0 {
		left.AuthCredentials = types.MapValueMust(credentialsType(), plain)
	}
	return left
}
