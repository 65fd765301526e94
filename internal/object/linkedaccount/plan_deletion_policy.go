// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// planDeletionPolicy holds a plan against deletion_policy.
func (r *accountResource) planDeletionPolicy(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	objects := providerdata.GivenUp{
		State: func() string {
			var state model
			response.Diagnostics.Append(request.State.Get(ctx, &state)...)
			if request.Plan.Raw.IsNull() && state.OnRemoval(r.DeletionPolicy()) == ownership.Prevent {
				r.lookWhetherGone(ctx, state)
			}
			if r.isGone(state.LinkedAccountID.ValueString()) {
				return ""
			}
			return state.subject().String()
		},
		Plan: func() string {
			var plan model
			response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
			if plan.AdoptExisting.ValueBool() {
				return ""
			}
			return plan.subject().String()
		},
		Included: []string{"connections"},
	}
	r.PlanDeletionPolicy(ctx, objects, request, response)
}

// warnOfAbandoned says what a new id lets go; the call for the creation cannot, because not every
// CLI shows its warnings.
func (r *accountResource) warnOfAbandoned(plan, state model, diagnostics *diag.Diagnostics) {
	if !plan.LinkedAccountID.Equal(state.LinkedAccountID) && state.OnRemoval(r.DeletionPolicy()) == ownership.Abandon {
		diagnostics.Append(diagnose.Abandoned(state.subject().String(), "connections"))
	}
}
