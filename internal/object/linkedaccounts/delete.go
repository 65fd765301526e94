// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
)

// Delete implements resource.Resource. Accounts that cannot be deleted stay in the state.
func (r *accountsResource) Delete(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	accounts := readAccounts(state.Accounts)
	ids := sortedIDs(accounts)
	if response.Diagnostics.HasError() || len(ids) == 0 || r.KeepsAtRefold(counting(ids), state.PolicyAttributes, &response.Diagnostics) {
		return
	}
	kept := readTracked(ctx, request.Private, &response.Diagnostics)
	known := readAccountIDs(ctx, request.Private, &response.Diagnostics)
	deleting := readDeleting(ctx, request.Private, &response.Diagnostics)
	work := operations{
		Reconciler: r.reconciler(&response.Diagnostics), owner: providerdata.Owner(ctx, request.Private, &response.Diagnostics), state: state, kept: kept, accountIDs: known,
		formerIDs: providerdata.ReadFormerIDs(ctx, request.Private, &response.Diagnostics),
	}
	isTainted, diagnostics := handedOver().Read(ctx, request.Private)
	response.Diagnostics.Append(diagnostics...)
	if response.Diagnostics.HasError() {
		return
	}
	if unseen := known.without(ids); isTainted != nil && len(unseen) > 0 && !state.ForceDestroy.ValueBool() {
		response.Diagnostics.Append(unseenError(unseen, len(ids)))
		return
	}
	if !r.mayDelete(ctx, ids, work.owner, state.MaxDeletions.ValueInt64(), &response.Diagnostics) {
		return
	}
	if !work.isRightScope(ctx, ids[0], &response.Diagnostics) || !work.mayReplace(ctx, r.unclaimed(ctx, ids, work.owner, &response.Diagnostics), request.Private, response) {
		return
	}
	results := runBatch(ctx, ids, work.remove)
	response.Diagnostics.Append(report(results, leftByDelete)...)
	if !response.Diagnostics.HasError() {
		return
	}
	var deleted []string
	for _, result := range results {
		if !result.failed() {
			delete(accounts, result.accountID)
			delete(kept, result.accountID)
			deleted = append(deleted, result.accountID)
		}
	}
	state.dropCredentials(deleted)
	state.Accounts = accountsValue(accounts)
	response.Diagnostics.Append(keepTracked(ctx, response.Private, kept)...)
	response.Diagnostics.Append(known.keep(ctx, response.Private, accounts)...)
	response.Diagnostics.Append(keepDeleting(ctx, response.Private, afterDeletions(deleting, results))...)
	response.Diagnostics.Append(setIdentity(ctx, response.Identity, accounts)...)
	response.Diagnostics.Append(response.State.Set(ctx, &state)...)
}

// mayReplace refuses to delete the accounts of a map that is replaced where some of them are
// certain to be refused: Terraform would not create the others again.
func (o operations) mayReplace(ctx context.Context, ids []string, private providerdata.PrivateReader, response *resource.DeleteResponse) bool {
	isDestroyed, diagnostics := destroyedState().Read(ctx, private)
	response.Diagnostics.Append(diagnostics...)
	response.Diagnostics.Append(destroyedState().Keep(ctx, response.Private, nil)...)
	if response.Diagnostics.HasError() {
		return false
	}
	if isDestroyed != nil || o.state.ForceDestroy.ValueBool() {
		return true
	}
	priors := make(map[string]reconcile.Prior, len(ids))
	for _, id := range ids {
		priors[id] = o.prior(id)
	}
	cost := o.Cost(ctx, priors)
	if len(cost.Connected)+len(cost.Unknown) == 0 {
		return true
	}
	response.Diagnostics.Append(replacementError(cost, len(ids)))
	return false
}

// mayDelete repeats what the plan checked: a replacement gets here without a plan of the deletion.
func (r *accountsResource) mayDelete(ctx context.Context, ids []string, owner string, limit int64, diagnostics *diag.Diagnostics) bool {
	if int64(len(ids)) <= limit {
		return true
	}
	if removed := r.unclaimed(ctx, ids, owner, diagnostics); int64(len(removed)) > limit {
		diagnostics.Append(deletionsError(removed, len(ids), limit))
	}
	return !diagnostics.HasError()
}

// unclaimed are those of the accounts that nothing else in this run has created, taken over or
// changed. With create_before_destroy they are managed already by what replaces them, and stay.
func (r *accountsResource) unclaimed(ctx context.Context, ids []string, owner string, diagnostics *diag.Diagnostics) []string {
	if r.Data == nil {
		return ids
	}
	left, err := r.Claims.Unclaimed(ctx, ids, owner)
	if err != nil {
		diagnostics.Append(diagnose.Failure("delete", diagnose.LinkedAccount(everyAccount), err))
	}
	return left
}
