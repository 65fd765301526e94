// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// handOver plans a creation with what the deletion of a tainted object needs to know of the same
// accounts: where the creation replaces it, that gets no other private state. An object that is
// replaced for another reason has its own here already.
func (r *accountsResource) handOver(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	if r.Data.RemembersNothing() {
		return
	}
	kept := readTracked(ctx, request.Private, &response.Diagnostics)
	known := readAccountIDs(ctx, request.Private, &response.Diagnostics)
	if len(kept) > 0 || len(known) > 0 {
		return
	}
	var plan model
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	accounts, former := readAccounts(plan.Accounts), accountIDs{}
	for id := range accounts {
		if ofAccount, ok := providerdata.Recall[tracked](r.Data, id); ok {
			kept[id] = ofAccount
		}
		if ofAccount, ok := providerdata.Recall[refoldID](r.Data, id); ok && ofAccount != "" {
			known[id] = string(ofAccount)
		}
		if ofAccount, ok := providerdata.Recall[formerID](r.Data, id); ok {
			former[id] = string(ofAccount)
		}
	}
	response.Diagnostics.Append(keepTracked(ctx, response.Private, kept)...)
	response.Diagnostics.Append(known.keep(ctx, response.Private, accounts)...)
	response.Diagnostics.Append(keepFormerIDs(ctx, response.Private, former)...)
}
