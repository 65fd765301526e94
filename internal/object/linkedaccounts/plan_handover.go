// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/movement"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// handedOver marks the private state that a creation was planned with, which the deletion of a
// tainted object gets as its own: it has the ids of those accounts that a refresh of the same run
// has read, and of no others. What a deletion that failed leaves in the state ends with the next
// refresh.
func handedOver() providerdata.PrivateState[bool] {
	return providerdata.PrivateState[bool]{Key: "handed_over", About: "a creation"}
}

// handOver plans a creation with what the deletion of a tainted object needs to know of the same
// accounts: where the creation replaces it, that gets no other private state. An object that is
// replaced for another reason has its own here already.
func (r *accountsResource) handOver(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	isReplacement, diagnostics := movement.IsReplacement(ctx, response.Private)
	response.Diagnostics.Append(diagnostics...)
	if isReplacement || response.Diagnostics.HasError() {
		return
	}
	response.Diagnostics.Append(handedOver().Keep(ctx, response.Private, new(true))...)
	if r.Data.RemembersNothing() {
		return
	}
	kept, known := map[string]tracked{}, accountIDs{}
	var plan model
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	accounts := readAccounts(plan.Accounts)
	for id := range accounts {
		if ofAccount, ok := providerdata.Recall[tracked](r.Data, id); ok {
			kept[id] = ofAccount
		}
		if ofAccount, ok := providerdata.Recall[refoldID](r.Data, id); ok {
			known[id] = string(ofAccount)
		}
	}
	response.Diagnostics.Append(keepTracked(ctx, response.Private, kept)...)
	response.Diagnostics.Append(known.keep(ctx, response.Private, accounts)...)
	response.Diagnostics.Append(r.HandOverFormerIDs(ctx, response.Private, sortedIDs(accounts))...)
}
