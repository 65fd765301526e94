// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ModifyPlan implements resource.ResourceWithModifyPlan: it keeps updated_at
// where nothing is sent to Refold, points at credentials that will not be, and
// refuses to plan what nobody could review.
func (r *accountResource) ModifyPlan(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	if request.Plan.Raw.IsNull() || request.State.Raw.IsNull() {
		return
	}
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
	if !plan.YourApp.Equal(state.YourApp) {
		return
	}
	if r.planRemovalOfLeftovers(ctx, plan, request, response) {
		return
	}
	r.warnOfUnsentNames(ctx, config, request, response)
	if plan.Name.Equal(state.Name) && plan.UDF.Equal(state.UDF) {
		response.Diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("updated_at"), state.UpdatedAt)...)
	}
}

// planRemovalOfLeftovers plans an update where credentials may be left at Refold
// although neither state nor configuration has your_app: an update of them
// failed, and then your_app was removed from the configuration.
func (r *accountResource) planRemovalOfLeftovers(ctx context.Context, plan model, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) bool {
	kept, diagnostics := defaultApp().Read(ctx, request.Private)
	response.Diagnostics.Append(diagnostics...)
	if !plan.YourApp.IsNull() || len(kept.Names()) == 0 {
		return false
	}
	response.Diagnostics.Append(leftoversWarning(plan.LinkedAccountID.ValueString(), kept.Names()))
	response.Diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("updated_at"), types.StringUnknown())...)
	return true
}

// warnOfUnsentNames compares names, which the private state holds; values of
// write-only credentials are not kept anywhere.
func (r *accountResource) warnOfUnsentNames(ctx context.Context, config model, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	app := readYourApp(ctx, config.YourApp, &response.Diagnostics)
	if app == nil || app.AuthCredentialsWO.IsNull() || app.AuthCredentialsWO.IsUnknown() {
		return
	}
	kept, diagnostics := defaultApp().Read(ctx, request.Private)
	response.Diagnostics.Append(diagnostics...)
	if !kept.HasNamesOf(app.AuthCredentialsWO) {
		response.Diagnostics.Append(namesChangedWarning(config.LinkedAccountID.ValueString()))
	}
}
