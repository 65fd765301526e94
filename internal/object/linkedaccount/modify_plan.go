// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"cmp"
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/movement"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// ModifyPlan implements resource.ResourceWithModifyPlan. A plan creates, deletes or changes an
// account; a replacement is planned as a change and, in another call, as a creation.
func (r *accountResource) ModifyPlan(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	r.planDeletionPolicy(ctx, request, response)
	r.planSharedFields(ctx, request, response)
	if response.Diagnostics.HasError() {
		return
	}
	switch {
	case request.Plan.Raw.IsNull():
		r.planDeletion(ctx, request, response)
	case request.State.Raw.IsNull():
		r.handOver(ctx, request, response)
		r.planCreation(ctx, request, response)
	default:
		r.planChange(ctx, request, response)
	}
}

func (r *accountResource) planDeletion(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	kept, diagnostics := defaultApp().Read(ctx, request.Private)
	response.Diagnostics.Append(diagnostics...)
	id := state.LinkedAccountID.ValueString()
	if r.isGone(id) {
		response.Diagnostics.Append(vanished().Keep(ctx, response.Private, new(true))...)
	}
	prior := state.givenUp(ctx, kept, &response.Diagnostics)
	prior.ID = cmp.Or(r.PlanFormerIDs(ctx, []string{id}, request.Private, response.Private, &response.Diagnostics)[id], prior.ID)
	if !response.Diagnostics.HasError() {
		r.warnOfCost(ctx, state, model{}, prior, &response.Diagnostics)
	}
}

// planCreation looks for an account that exists already, unless it is part of a replacement: that
// deletes it first, and another id was looked up in the call before.
func (r *accountResource) planCreation(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var config, plan model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	isReplacement, diagnostics := movement.IsReplacement(ctx, response.Private)
	response.Diagnostics.Append(diagnostics...)
	if response.Diagnostics.HasError() || plan.LinkedAccountID.IsUnknown() {
		return
	}
	id := plan.LinkedAccountID.ValueString()
	checkSentValues(ctx, id, noYourApp(), plan.YourApp, config.YourApp, true, &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	// A tainted account is not shown to any call but the read before.
	seen, isTainted := r.Seen(id)
	switch {
	case isReplacement && r.IsImported(id):
		response.Diagnostics.Append(importReplacesError(id, id))
	case isReplacement:
		// No CLI shows warnings here.
	case isTainted:
		warnOfCostSeen(seen, plan, &response.Diagnostics)
	default:
		r.lookForExisting(ctx, config, plan, refold.Scope{}, &response.Diagnostics)
	}
}

// planChange refuses to plan what nobody could review.
func (r *accountResource) planChange(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var config, plan, state model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	if response.Diagnostics.HasError() {
		return
	}
	if plan.LinkedAccountID.IsUnknown() {
		response.Diagnostics.Append(unknownIDError(state.LinkedAccountID.ValueString()))
		return
	}
	isNew := !plan.LinkedAccountID.Equal(state.LinkedAccountID)
	checkSentValues(ctx, plan.LinkedAccountID.ValueString(), state.YourApp, plan.YourApp, config.YourApp, isNew, &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	r.warnOfAbandoned(plan, state, &response.Diagnostics)
	kept, diagnostics := defaultApp().Read(ctx, request.Private)
	response.Diagnostics.Append(diagnostics...)
	if isNew {
		if r.deletesImported(state) {
			response.Diagnostics.Append(importReplacesError(state.LinkedAccountID.ValueString(), plan.LinkedAccountID.ValueString()))
			return
		}
		prior, id := state.givenUp(ctx, kept, &response.Diagnostics), state.LinkedAccountID.ValueString()
		prior.ID = cmp.Or(r.RecallFormerIDs([]string{id})[id], prior.ID)
		r.warnOfCost(ctx, state, plan, prior, &response.Diagnostics)
		r.lookForExisting(ctx, config, plan, state.scope(), &response.Diagnostics)
		return
	}
	if plan.YourApp.Equal(state.YourApp) {
		planUnchangedApp(ctx, config, plan, state, kept, response)
	}
}

// planUnchangedApp keeps updated_at where nothing is sent to Refold, plans an update of credentials
// that an earlier one left uncertain, and points at those that will not be sent.
func planUnchangedApp(ctx context.Context, config, plan, state model, kept *credentials.DefaultApp, response *resource.ModifyPlanResponse) {
	if left := unsettled(ctx, plan.YourApp, config.YourApp, kept, &response.Diagnostics); len(left) > 0 {
		response.Diagnostics.Append(uncertainWarning(plan.LinkedAccountID.ValueString(), left))
		response.Diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("updated_at"), types.StringUnknown())...)
		return
	}
	warnOfUnsentNames(ctx, config, kept, &response.Diagnostics)
	if plan.Name.Equal(state.Name) && plan.UDF.Equal(state.UDF) && !plan.UDFExclusive.IsUnknown() && !plan.takesOverFields(config, state) {
		response.Diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("updated_at"), state.UpdatedAt)...)
	}
}

// warnOfUnsentNames compares names, which the private state holds; values of write-only credentials
// are not kept anywhere.
func warnOfUnsentNames(ctx context.Context, config model, kept *credentials.DefaultApp, diagnostics *diag.Diagnostics) {
	app := readYourApp(ctx, config.YourApp, diagnostics)
	if app == nil || app.AuthCredentialsWO.IsNull() || app.AuthCredentialsWO.IsUnknown() {
		return
	}
	if !kept.HasNamesOf(app.AuthCredentialsWO) {
		diagnostics.Append(namesChangedWarning(config.LinkedAccountID.ValueString()))
	}
}
