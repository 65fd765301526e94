// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// planDeletionPolicy holds a plan against deletion_policy.
func (r *accountResource) planDeletionPolicy(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var plan, state model
	if !request.State.Raw.IsNull() {
		response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	}
	if !request.Plan.Raw.IsNull() {
		response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	}
	objects := providerdata.GivenUp{State: state.subject().String()}
	if !plan.AdoptExisting.ValueBool() {
		objects.Plan = plan.subject().String()
	}
	r.PlanDeletionPolicy(ctx, objects, request, response)
	isReplaced := !request.State.Raw.IsNull() && !request.Plan.Raw.IsNull() && !plan.LinkedAccountID.Equal(state.LinkedAccountID)
	if isReplaced && state.OnRemoval(r.DeletionPolicy()) == ownership.Abandon {
		response.Diagnostics.Append(diagnose.Abandoned(objects.State))
	}
}
