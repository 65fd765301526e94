// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// planAge is how old a look of a plan may be: one answer serves all integrations of an account.
const planAge = time.Minute

type planning = dependant.Planning[model, unsettled]

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *integrationResource) ModifyPlan(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	r.PlanAll(ctx, request, response, dependant.Plans[model, unsettled]{
		Deletion: func(ctx context.Context, p planning) { r.warnOfRemoval(ctx, p.State, p.Kept, &response.Diagnostics) },
		Creation: r.planCreation,
		Change:   r.planChange,
	})
}

// warnOfRemoval says what the customer loses, and what the apply will refuse.
func (r *integrationResource) warnOfRemoval(ctx context.Context, state model, left unsettled, diagnostics *diag.Diagnostics) {
	if !r.IsDeleted(state) {
		return
	}
	if left.isMarked() {
		diagnostics.Append(anothersWarning(state, left))
	}
	var pending diag.Diagnostics
	client := r.Client(&pending)
	if pending.HasError() {
		return
	}
	found, err := dependant.Ask(ctx, r.Data, func() (connected, error) { return look(ctx, client, state, planAge) })
	if err != nil {
		diagnostics.Append(lossUnknownWarning(state, err))
		return
	}
	if found.isMadeAnew(state, left) {
		diagnostics.Append(madeAnewWarning(state))
	}
	losses, err := lossOf(ctx, client, state, found, left)
	switch {
	case err != nil:
		diagnostics.Append(lossUnknownWarning(state, err))
	case len(losses) > 0:
		diagnostics.Append(lossWarning(state, losses))
	}
}

// planCreation looks for what the apply would refuse.
func (r *integrationResource) planCreation(ctx context.Context, p planning) {
	diagnostics := &p.Response.Diagnostics
	switch {
	case p.Plan.lacksKeys(p.Config):
		diagnostics.Append(nullKeysError(p.Plan))
		return
	case p.IsReplacement && r.DeletesImported(p.Plan):
		diagnostics.Append(importRemovesError(p.Plan, p.Plan))
		return
	case p.IsReplacement:
		r.refuseReplacement(ctx, p)
		return
	case p.Plan.Slug.IsUnknown():
		return
	}
	tainted, isTainted := providerdata.Recall[seen](r.Data, p.Plan.Object().ImportID())
	if isTainted {
		r.warnOfRemoval(ctx, tainted.state, tainted.kept, diagnostics)
		// The deletion gets no private state but that of this plan.
		diagnostics.Append(r.Private.Keep(ctx, p.Response.Private, &tainted.kept)...)
	}
	if authType := r.foresee(ctx, p.Config, p.Plan, isTainted, diagnostics); authType != "" {
		diagnostics.Append(p.Response.Plan.SetAttribute(ctx, path.Root("auth_type"), authType)...)
	}
}

// refuseReplacement refuses to replace a connection of another's by itself (-replace), which the
// apply would refuse: no CLI shows the warnings of this call, and the one before cannot know.
func (r *integrationResource) refuseReplacement(ctx context.Context, p planning) {
	left, problems := r.Private.Read(ctx, p.Response.Private)
	p.Response.Diagnostics.Append(problems...)
	if left == nil || left.Another.Of != p.Plan.Object().ImportID() || p.Plan.ForceDestroy.ValueBool() {
		return
	}
	p.Response.Diagnostics.Append(anothersError(p.Plan, *left).InPlan())
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
	isContested := r.Movements().IsContested(plan.Object().Key())
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
	found, err := dependant.Ask(ctx, r.Data, func() (connected, error) {
		if !plan.LinkedAccountID.IsUnknown() && !r.IsNew(plan.LinkedAccountID.ValueString()) {
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

// planChange keeps what Refold shows where nothing is sent, and looks at the app where something
// is.
func (r *integrationResource) planChange(ctx context.Context, p planning) {
	diagnostics := &p.Response.Diagnostics
	if !p.Plan.isNamed() {
		diagnostics.Append(unknownNameError(p.State))
		return
	}
	isOther := !p.Plan.LinkedAccountID.Equal(p.State.LinkedAccountID) || !p.Plan.Slug.Equal(p.State.Slug)
	switch {
	case (isOther || p.Plan.isOfOtherType(p.State)) && r.DeletesImported(p.State):
		diagnostics.Append(importRemovesError(p.State, p.Plan))
	case isOther:
		r.planOther(ctx, p)
	case p.Plan.sendsKeys(p.State) || p.Kept.isOpen() || p.Plan.AuthType.IsUnknown():
		r.planKeys(ctx, p)
	default:
		if p.State.ReauthRequired.ValueBool() {
			diagnostics.Append(reauthWarning(p.State))
		}
		diagnostics.Append(keepShown(ctx, p.State, p.Response)...)
	}
}

// planOther is about another integration in place of that of the state, which is given up.
func (r *integrationResource) planOther(ctx context.Context, p planning) {
	diagnostics := &p.Response.Diagnostics
	r.WarnOfAbandoned(p.State, diagnostics)
	r.warnOfRemoval(ctx, p.State, p.Kept, diagnostics)
	if p.Plan.lacksKeys(p.Config) {
		diagnostics.Append(nullKeysError(p.Plan))
		return
	}
	r.foresee(ctx, p.Config, p.Plan, false, diagnostics)
}

// planKeys is about keys that are sent, or may be, and about what is left of an update before.
func (r *integrationResource) planKeys(ctx context.Context, p planning) {
	diagnostics := &p.Response.Diagnostics
	if left := p.Kept.without(p.Plan.AuthType.ValueString()); left.isOpen() {
		diagnostics.Append(unsettledWarning(p.Plan, left))
	}
	diagnostics.Append(openShown(ctx, p.Response)...)
	isSent := p.Plan.isSent(p.State, p.Kept)
	if !isSent && !p.Plan.AuthType.IsUnknown() {
		return
	}
	if isSent && p.Plan.lacksKeys(p.Config) {
		diagnostics.Append(nullKeysError(p.Plan))
		return
	}
	if !p.Plan.hasForm() {
		return
	}
	warnOfReplaced(p)
	found, ok := r.lookInPlan(ctx, p.Plan, diagnostics)
	if !ok {
		return
	}
	diagnostics.Append(checkCatalogue(p.Plan, p.Plan.keys(p.Config), found)...)
	if p.Plan.AuthType.IsUnknown() || diagnostics.HasError() {
		return
	}
	r.foreseeExisting(p, found, diagnostics)
}

// warnOfReplaced says whose connection the keys replace, or leave behind, where it is not one that
// was made from here.
func warnOfReplaced(p planning) {
	diagnostics := &p.Response.Diagnostics
	switch isOther := p.Plan.isOfOtherType(p.State); {
	case p.Plan.AuthType.IsUnknown():
	case isOther && p.Kept.isMarked():
		diagnostics.Append(leftToOthersWarning(p.Plan, p.State.AuthType.ValueString()))
	case isOther:
	case p.Kept.isMarked():
		diagnostics.Append(takenOverWarning(p.State))
	case p.State.hidesKeys():
		diagnostics.Append(keysReplacedWarning(p.State))
	}
}

// foreseeExisting is about a connection of the type that is planned, where the state has another
// one: saving keys replaces it.
func (r *integrationResource) foreseeExisting(p planning, found connected, diagnostics *diag.Diagnostics) {
	switch {
	case !found.isOfCustomer(p.State, p.Kept):
	case p.Plan.AdoptExisting.IsUnknown():
		diagnostics.Append(existsPerhapsWarning(p.Plan, found))
	case p.Plan.AdoptExisting.ValueBool():
		diagnostics.Append(adoptionWarning(p.Plan, found))
	default:
		diagnostics.Append(typeExistsError(p.Plan, found, diagnose.PlanBeforeDestroy))
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
