// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// planDeletionPolicy holds a plan against deletion_policy, but for what it takes out of the map.
func (r *accountsResource) planDeletionPolicy(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var plan, state model
	if !request.State.Raw.IsNull() {
		response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	}
	if !request.Plan.Raw.IsNull() {
		response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	}
	objects := providerdata.GivenUp{State: counting(sortedIDs(state.Accounts.Elements()))}
	if !plan.AdoptExisting.ValueBool() {
		objects.Plan = counting(sortedIDs(plan.Accounts.Elements()))
	}
	r.PlanDeletionPolicy(ctx, objects, request, response)
}
