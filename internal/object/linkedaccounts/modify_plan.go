// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ModifyPlan implements resource.ResourceWithModifyPlan: it refuses to plan
// more deletions than max_deletions, and what nobody could review.
func (r *accountsResource) ModifyPlan(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	if request.State.Raw.IsNull() {
		return
	}
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	if response.Diagnostics.HasError() {
		return
	}
	before := readAccounts(state.Accounts)
	if request.Plan.Raw.IsNull() {
		if limit := state.MaxDeletions.ValueInt64(); int64(len(before)) > limit {
			response.Diagnostics.Append(deletionsError(sortedIDs(before), len(before), limit))
		}
		return
	}
	var config, plan model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	if response.Diagnostics.HasError() {
		return
	}
	limit := plan.MaxDeletions
	if plan.Accounts.IsUnknown() {
		if limit.IsUnknown() || limit.ValueInt64() > 0 {
			response.Diagnostics.Append(unknownAccountsError(len(before)))
		}
		return
	}
	after := readAccounts(plan.Accounts)
	if removed := without(before, after); !limit.IsUnknown() && int64(len(removed)) > limit.ValueInt64() {
		response.Diagnostics.Append(deletionsError(removed, len(before), limit.ValueInt64()))
		return
	}
	r.warnOfUnsentCredentials(ctx, state, config, request, response)
	response.Diagnostics.Append(setIdentity(ctx, response.Identity, after)...)
}

// warnOfUnsentCredentials compares names, which the private state holds; values
// of write-only credentials are not kept anywhere.
func (r *accountsResource) warnOfUnsentCredentials(ctx context.Context, state, config model, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	configured := config.AuthCredentialsWO
	if configured.IsNull() || configured.IsUnknown() || !config.AuthCredentialsWOVersion.Equal(state.AuthCredentialsWOVersion) {
		return
	}
	kept := readTracked(ctx, request.Private, &response.Diagnostics)
	elements := configured.Elements()
	var changed []string
	planned := config.Accounts.Elements()
	for id := range readAccounts(state.Accounts) {
		if _, stays := planned[id]; !stays {
			continue
		}
		element, _ := elements[id].(types.Map)
		if !element.IsUnknown() && !slices.Equal(sortedIDs(element.Elements()), kept[id].App.Names()) {
			changed = append(changed, id)
		}
	}
	if len(changed) > 0 {
		slices.Sort(changed)
		response.Diagnostics.Append(unsentWarning(changed))
	}
}
