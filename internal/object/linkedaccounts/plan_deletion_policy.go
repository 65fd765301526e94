// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// planDeletionPolicy holds a plan against deletion_policy, but for what it takes out of the map.
func (r *accountsResource) planDeletionPolicy(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	objects := providerdata.GivenUp{
		State: func() string {
			var state model
			response.Diagnostics.Append(request.State.Get(ctx, &state)...)
			return protected(state.Accounts)
		},
		Plan: func() string {
			var plan model
			response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
			if plan.AdoptExisting.ValueBool() {
				return ""
			}
			return protected(plan.Accounts)
		},
		Included: []string{"connections"},
	}
	r.PlanDeletionPolicy(ctx, objects, request, response)
}

// protected names accounts. It is empty for a map without accounts, in which there is nothing to
// protect.
func protected(accounts types.Map) string {
	if len(accounts.Elements()) == 0 {
		return ""
	}
	return counting(sortedIDs(accounts.Elements()))
}
