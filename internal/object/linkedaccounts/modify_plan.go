// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/movement"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// ModifyPlan implements resource.ResourceWithModifyPlan. A plan creates, deletes or changes the
// map; a replacement is planned as a change and, in another call, as a creation.
func (r *accountsResource) ModifyPlan(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	r.planDeletionPolicy(ctx, request, response)
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

// planDeletion refuses more deletions than max_deletions. With create_before_destroy, Terraform
// asks for this plan during the apply, after what replaces the accounts has been made: those stay.
func (r *accountsResource) planDeletion(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	if response.Diagnostics.HasError() {
		return
	}
	all := sortedIDs(readAccounts(state.Accounts))
	ids := r.unclaimed(ctx, all, providerdata.Owner(ctx, request.Private, &response.Diagnostics), &response.Diagnostics)
	policy := state.OnRemoval(r.DeletionPolicy())
	response.Diagnostics.Append(removalErrors(policy, ids, len(all), state.MaxDeletions.ValueInt64())...)
	if response.Diagnostics.HasError() || policy != ownership.Delete {
		return
	}
	response.Diagnostics.Append(destroyedState().Keep(ctx, response.Private, new(true))...)
	r.warnOfCost(ctx, r.givenUp(ctx, state, ids, request, response), model{}, ids, &response.Diagnostics)
}

// givenUp is what is known of accounts that a plan gives up.
func (r *accountsResource) givenUp(ctx context.Context, state model, ids []string, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) operations {
	return operations{
		state:      state,
		kept:       readTracked(ctx, request.Private, &response.Diagnostics),
		accountIDs: readAccountIDs(ctx, request.Private, &response.Diagnostics),
		formerIDs:  r.PlanFormerIDs(ctx, ids, request.Private, response.Private, &response.Diagnostics),
	}
}

// planCreation looks for accounts that exist already, unless it is part of a replacement: that
// deletes them first, and new ids were looked up in the call before.
func (r *accountsResource) planCreation(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var config, plan model
	// Nothing else is in the configuration and not in the plan of a creation, and a map of
	// thousands takes its time to be read.
	response.Diagnostics.Append(request.Config.GetAttribute(ctx, path.Root("auth_credentials_wo"), &config.AuthCredentialsWO)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	isReplacement, diagnostics := movement.IsReplacement(ctx, response.Private)
	response.Diagnostics.Append(diagnostics...)
	if response.Diagnostics.HasError() {
		return
	}
	ids := sortedIDs(readAccounts(plan.Accounts))
	plan.withWriteOnly(config).checkSentValues(model{}, ids, &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	if isReplacement {
		// No CLI shows warnings here.
		if imported := r.imported(ids); len(imported) > 0 {
			response.Diagnostics.Append(importDeletesError(imported, len(imported)))
		}
		return
	}
	// Accounts of a tainted resource are not shown to any call but the read before.
	seen, unseen := r.seen(ids)
	warnOfCostSeen(seen, plan, &response.Diagnostics)
	r.lookForExisting(ctx, config, plan, model{}, unseen, &response.Diagnostics)
}

// planGivingUp refuses to take accounts out of the map where that is not allowed, and says what it
// costs.
func (r *accountsResource) planGivingUp(ctx context.Context, work operations, plan model, removed []string, diagnostics *diag.Diagnostics) {
	state := work.state
	policy, all := state.OnRemovalBy(plan.PolicyAttributes, r.DeletionPolicy()), len(state.Accounts.Elements())
	if imported := r.imported(removed); policy == ownership.Delete && len(imported) > 0 {
		diagnostics.Append(importDeletesError(imported, all))
		return
	}
	diagnostics.Append(planRemovals(policy, removed, all, plan)...)
	if policy == ownership.Delete && !diagnostics.HasError() {
		r.warnOfCost(ctx, work, plan, removed, diagnostics)
	}
}

// planChange refuses more deletions than max_deletions, and what nobody could review.
func (r *accountsResource) planChange(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var config, plan, state model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	if response.Diagnostics.HasError() {
		return
	}
	before := readAccounts(state.Accounts)
	policy := state.OnRemovalBy(plan.PolicyAttributes, r.DeletionPolicy())
	if plan.Accounts.IsUnknown() {
		if len(before) > 0 && mayLeave(policy, plan) {
			response.Diagnostics.Append(unknownAccountsError(len(before)))
		}
		return
	}
	after := readAccounts(plan.Accounts)
	plan.withWriteOnly(config).checkSentValues(state, without(after, before), &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	removed := without(before, after)
	work := r.givenUp(ctx, state, removed, request, response)
	kept := work.kept
	r.planGivingUp(ctx, work, plan, removed, &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	warnOfRespelled(removed, without(after, before), &response.Diagnostics)
	r.lookForExisting(ctx, config, plan, state, without(after, before), &response.Diagnostics)
	r.warnOfSharing(ctx, plan, state, before, after, &response.Diagnostics)
	warnOfUnmanaged(before, after, sharing{planned: plan.sharesUDF(), state: state.sharesUDF()}, &response.Diagnostics)
	warnOfUnsentCredentials(before, state, config, kept, &response.Diagnostics)
	planSettlement(ctx, before, after, state, plan.withWriteOnly(config), kept, response)
	if len(after) == 0 {
		// Without accounts, no answer shows a scope.
		response.Diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("organization_id"), state.OrganizationID)...)
		response.Diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("environment"), state.Environment)...)
	}
	response.Diagnostics.Append(setIdentity(ctx, response.Identity, after)...)
}

// warnOfRespelled points at accounts that leave and come back in another spelling.
func warnOfRespelled(removed, added []string, diagnostics *diag.Diagnostics) {
	spelled := map[string]string{}
	for _, id := range removed {
		spelled[ownership.Fold(id)] = id
	}
	var respelled mistakes
	for _, id := range added {
		if before, ok := spelled[ownership.Fold(id)]; ok {
			respelled.add(before, fmt.Sprintf("%q becomes %q", before, id))
		}
	}
	if len(respelled.ids) > 0 {
		diagnostics.Append(respelledWarning(respelled))
	}
}

// warnOfUnmanaged says where a plan shows as removed what stays at Refold.
func warnOfUnmanaged(before, after map[string]account, s sharing, diagnostics *diag.Diagnostics) {
	var unmanaged []string
	for id, planned := range after {
		if known, isKept := before[id]; isKept && planned.managesLessThan(known) {
			unmanaged = append(unmanaged, id)
		}
	}
	if len(unmanaged) > 0 {
		slices.Sort(unmanaged)
		diagnostics.Append(unmanagedWarning(unmanaged, len(after), s))
	}
}

// warnOfUnsentCredentials compares names, which the private state holds; values of write-only
// credentials are not kept anywhere.
func warnOfUnsentCredentials(before map[string]account, state, config model, kept map[string]tracked, diagnostics *diag.Diagnostics) {
	configured := config.AuthCredentialsWO
	if configured.IsNull() || configured.IsUnknown() || !config.AuthCredentialsWOVersion.Equal(state.AuthCredentialsWOVersion) {
		return
	}
	elements, planned := configured.Elements(), config.Accounts.Elements()
	var changed []string
	for id := range before {
		if _, stays := planned[id]; !stays {
			continue
		}
		element, _ := elements[id].(types.Map)
		if !element.IsUnknown() && !element.IsNull() && !kept[id].App.HasNamesOf(element) {
			changed = append(changed, id)
		}
	}
	if len(changed) > 0 {
		slices.Sort(changed)
		diagnostics.Append(unsentWarning(changed))
	}
}
