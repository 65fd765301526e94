// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/movement"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// planAge is how old a look of a plan may be: one answer serves all integrations of an account.
const planAge = time.Minute

// ModifyPlan implements resource.ResourceWithModifyPlan. A plan creates, deletes or changes a
// connection; a replacement is planned as a change and, in another call, as a creation.
func (r *integrationResource) ModifyPlan(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	r.planDeletionPolicy(ctx, request, response)
	if response.Diagnostics.HasError() {
		return
	}
	switch {
	case request.Plan.Raw.IsNull():
		r.planDeletion(ctx, request, response)
	case request.State.Raw.IsNull():
		r.planCreation(ctx, request, response)
	default:
		r.planChange(ctx, request, response)
	}
}

// planDeletionPolicy holds a plan against deletion_policy.
func (r *integrationResource) planDeletionPolicy(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	r.PlanDeletionPolicy(ctx, providerdata.GivenUp{
		State: func() string {
			var state model
			response.Diagnostics.Append(request.State.Get(ctx, &state)...)
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
	}, request, response)
}

// planDeletion says what the customer loses, and what the apply will refuse.
func (r *integrationResource) planDeletion(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	left := readUnsettled(ctx, request.Private, &response.Diagnostics)
	if !response.Diagnostics.HasError() {
		r.warnOfLoss(ctx, state, left, &response.Diagnostics)
	}
}

func (r *integrationResource) warnOfLoss(ctx context.Context, state model, left unsettled, diagnostics *diag.Diagnostics) {
	var pending diag.Diagnostics
	client := r.Client(&pending)
	if state.OnRemoval(r.DeletionPolicy()) != ownership.Delete || pending.HasError() {
		return
	}
	found, err := r.asking(ctx, func() (connected, error) { return look(ctx, client, state, planAge) })
	if err != nil {
		diagnostics.Append(lossUnknownWarning(state, err))
		return
	}
	losses, err := lossOf(ctx, client, state, found, left)
	switch {
	case err != nil:
		diagnostics.Append(lossUnknownWarning(state, err))
	case len(losses) > 0:
		diagnostics.Append(lossWarning(state, losses))
	}
}

// planCreation looks for what the apply would refuse, unless it is part of a replacement: that
// removes the connection first, and another one was looked up in the call before.
func (r *integrationResource) planCreation(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var config, plan model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	isReplacement, diagnostics := movement.IsReplacement(ctx, response.Private)
	response.Diagnostics.Append(diagnostics...)
	if response.Diagnostics.HasError() {
		return
	}
	if keys := plan.keys(config); !plan.hasForm() || !plan.CredentialsWOVersion.IsUnknown() && lacksValues(keys) {
		response.Diagnostics.Append(nullKeysError(plan))
		return
	}
	switch {
	case isReplacement && r.removesImported(plan):
		response.Diagnostics.Append(importRemovesError(plan, plan))
		return
	case plan.Slug.IsUnknown() || isReplacement:
		return
	}
	tainted, isTainted := providerdata.Recall[seen](r.Data, plan.object().ImportID())
	if isTainted {
		r.warnOfLoss(ctx, tainted.state, unsettled{}, &response.Diagnostics)
	}
	if authType := r.foresee(ctx, config, plan, isTainted, &response.Diagnostics); authType != "" {
		response.Diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("auth_type"), authType)...)
	}
}

// foresee says what the apply would refuse, of a connection that is made, and returns its type as
// far as it is known. Without an answer the plan goes on. An account that does not exist yet is no
// reason not to look at the app.
func (r *integrationResource) foresee(ctx context.Context, config, plan model, isTainted bool, diagnostics *diag.Diagnostics) (authType string) {
	plan.AuthType = config.AuthType
	found, ok := r.lookInPlan(ctx, plan, diagnostics)
	if !ok {
		return ""
	}
	if problems := checkCatalogue(plan, plan.keys(config), found); problems.HasError() {
		diagnostics.Append(problems...)
		return ""
	}
	if plan.AuthType.IsUnknown() {
		return ""
	}
	isContested := r.Movements().IsContested(plan.object().Key())
	switch {
	case !found.isThere() || isTainted || isContested:
	case plan.AdoptExisting.IsUnknown():
		diagnostics.Append(existsPerhapsWarning(plan, found))
	case plan.AdoptExisting.ValueBool():
		diagnostics.Append(adoptionWarning(plan, found))
	default:
		diagnostics.Append(existsInPlanError(plan, found))
	}
	return found.authType
}

// lookInPlan looks at the app in the account, and where that does not exist or is not known yet, in
// the catalogue.
func (r *integrationResource) lookInPlan(ctx context.Context, plan model, diagnostics *diag.Diagnostics) (connected, bool) {
	var pending diag.Diagnostics
	client := r.Client(&pending)
	if pending.HasError() {
		return connected{}, false
	}
	found, err := r.asking(ctx, func() (connected, error) {
		if !plan.LinkedAccountID.IsUnknown() && !r.IsMissed(plan.LinkedAccountID.ValueString()) {
			if found, err := look(ctx, client, plan, planAge); err != nil || !found.isAccountGone {
				return found, err
			}
		}
		catalogue, err := client.Applications(ctx, "", refold.SnapshotLife)
		return connectedOf(catalogue, plan), err
	})
	if err != nil {
		diagnostics.Append(notLookedUpWarning(plan, err))
		return connected{}, false
	}
	return found, true
}

// asking asks Refold for a plan, which goes on where it gets no answer: once that failed for a
// reason that others would meet as well, each with all attempts, nothing is asked any more.
func (r *integrationResource) asking(ctx context.Context, ask func() (connected, error)) (connected, error) {
	if why := r.WhyNotLook(); why != nil {
		return connected{}, why
	}
	found, err := ask()
	if err != nil && ctx.Err() == nil && reconcile.IsGeneral(err) {
		r.StopLooking(err)
	}
	return found, err
}

// planChange keeps what Refold shows where nothing is sent, and looks at the app where something
// is.
func (r *integrationResource) planChange(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var config, plan, state model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	left := readUnsettled(ctx, request.Private, &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	if !plan.isNamed() {
		response.Diagnostics.Append(unknownNameError(state))
		return
	}
	isOther := !plan.LinkedAccountID.Equal(state.LinkedAccountID) || !plan.Slug.Equal(state.Slug)
	switch {
	case (isOther || plan.isOfOtherType(state)) && r.removesImported(state):
		response.Diagnostics.Append(importRemovesError(state, plan))
	case isOther:
		r.planOther(ctx, config, plan, state, left, &response.Diagnostics)
	case plan.sendsKeys(state) || left.isUnsettled() || plan.AuthType.IsUnknown():
		r.planKeys(ctx, planned{config, plan, state, left}, response)
	default:
		if state.ReauthRequired.ValueBool() {
			response.Diagnostics.Append(reauthWarning(state))
		}
		response.Diagnostics.Append(keepShown(ctx, state, response)...)
	}
}

// planOther is about another integration in place of that of the state, which is given up.
func (r *integrationResource) planOther(ctx context.Context, config, plan, state model, left unsettled, diagnostics *diag.Diagnostics) {
	if state.OnRemoval(r.DeletionPolicy()) == ownership.Abandon {
		diagnostics.Append(diagnose.Abandoned(state.subject().String()))
	}
	r.warnOfLoss(ctx, state, left, diagnostics)
	if !plan.hasForm() || !plan.CredentialsWOVersion.IsUnknown() && lacksValues(plan.keys(config)) {
		diagnostics.Append(nullKeysError(plan))
		return
	}
	r.foresee(ctx, config, plan, false, diagnostics)
}

// planned is an update that is planned.
type planned struct {
	config, plan, state model
	left                unsettled
}

// planKeys is about keys that are sent, or may be, and about what is left of an update before.
func (r *integrationResource) planKeys(ctx context.Context, p planned, response *resource.ModifyPlanResponse) {
	if left := p.left.without(p.plan.AuthType.ValueString()); left.isUnsettled() {
		response.Diagnostics.Append(unsettledWarning(p.plan, left))
	}
	response.Diagnostics.Append(openShown(ctx, response)...)
	isSent := p.plan.isSent(p.state, p.left)
	if !isSent && !p.plan.AuthType.IsUnknown() {
		return
	}
	keys := p.plan.keys(p.config)
	if isSent && (!p.plan.hasForm() || !p.plan.CredentialsWOVersion.IsUnknown() && lacksValues(keys)) {
		response.Diagnostics.Append(nullKeysError(p.plan))
		return
	}
	if !p.plan.hasForm() {
		return
	}
	found, ok := r.lookInPlan(ctx, p.plan, &response.Diagnostics)
	if !ok {
		return
	}
	response.Diagnostics.Append(checkCatalogue(p.plan, keys, found)...)
	if p.plan.AuthType.IsUnknown() || response.Diagnostics.HasError() {
		return
	}
	r.foreseeExisting(p, found, &response.Diagnostics)
}

// foreseeExisting is about a connection of the type that is planned, where the state has another
// one: saving keys replaces it.
func (r *integrationResource) foreseeExisting(p planned, found connected, diagnostics *diag.Diagnostics) {
	switch {
	case !found.isOfCustomer(p.state, p.left):
	case p.plan.AdoptExisting.IsUnknown():
		diagnostics.Append(existsPerhapsWarning(p.plan, found))
	case p.plan.AdoptExisting.ValueBool():
		diagnostics.Append(adoptionWarning(p.plan, found))
	default:
		diagnostics.Append(typeExistsError(p.plan, found, diagnose.PlanBeforeDestroy))
	}
}

// openShown leaves open what an update may show anew.
func openShown(ctx context.Context, response *resource.ModifyPlanResponse) diag.Diagnostics {
	var diagnostics diag.Diagnostics
	for _, name := range []string{"connected_at", "name", "icon"} {
		diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root(name), types.StringUnknown())...)
	}
	diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("reauth_required"), types.BoolUnknown())...)
	return diagnostics
}

// keepShown plans what Refold showed: nothing is sent.
func keepShown(ctx context.Context, state model, response *resource.ModifyPlanResponse) diag.Diagnostics {
	var diagnostics diag.Diagnostics
	diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("connected_at"), state.ConnectedAt)...)
	diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("connected"), state.Connected)...)
	diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("reauth_required"), state.ReauthRequired)...)
	return diagnostics
}
