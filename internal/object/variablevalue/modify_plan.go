// SPDX-License-Identifier: MPL-2.0

package variablevalue

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

// planAge is how old a look of a plan may be: a list of values serves all of its scope.
const planAge = time.Minute

type planning = dependant.Planning[model, unsettled]

// ModifyPlan implements resource.ResourceWithModifyPlan. What goes with a deletion is what
// Terraform shows, but for a value that is not shown, and that somebody else has set.
func (r *valueResource) ModifyPlan(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	r.PlanAll(ctx, request, response, dependant.Plans[model, unsettled]{
		Deletion: func(_ context.Context, p planning) { r.warnOfRemoval(p.State, p.Kept, &p.Response.Diagnostics) },
		Creation: r.planCreation,
		Change:   r.planChange,
	})
}

func (r *valueResource) warnOfRemoval(state model, kept unsettled, diagnostics *diag.Diagnostics) {
	if kept.Elsewhere != "" && r.IsDeleted(state) {
		diagnostics.Append(anothersGoesWarning(state))
	}
}

// planCreation looks for what the apply would refuse.
func (r *valueResource) planCreation(ctx context.Context, p planning) {
	diagnostics := &p.Response.Diagnostics
	switch {
	case p.Plan.lacksValue(p.Config):
		diagnostics.Append(noValueError(p.Plan))
		return
	case p.IsReplacement && r.DeletesImported(p.Plan):
		diagnostics.Append(importDeletesError(p.Plan, p.Plan))
		return
	case p.IsReplacement:
		r.refuseReplacement(ctx, p)
		return
	}
	tainted, isTainted := providerdata.Recall[seen](r.Data, p.Plan.Object().ImportID())
	if isTainted {
		r.warnOfRemoval(tainted.state, tainted.kept, diagnostics)
	}
	r.foresee(ctx, p, isTainted)
}

// refuseReplacement refuses to replace a value of another's by itself (-replace): no CLI shows the
// warnings of this call, and the one before cannot know.
func (r *valueResource) refuseReplacement(ctx context.Context, p planning) {
	kept, problems := r.Private.Read(ctx, p.Response.Private)
	p.Response.Diagnostics.Append(problems...)
	if kept != nil && kept.Elsewhere == p.Plan.Object().ImportID() && !p.Plan.Adopts() {
		p.Response.Diagnostics.Append(replacesAnothersError(p.Plan))
	}
}

// foresee says what the apply would refuse, of a value that is made. Without an answer the plan
// goes on.
func (r *valueResource) foresee(ctx context.Context, p planning, isTainted bool) {
	plan, wanted, diagnostics := p.Plan, p.Plan.wanted(p.Config), &p.Response.Diagnostics
	client, definition := r.define(ctx, &plan, wanted, diagnostics)
	if definition == nil || isTainted || !plan.isNamed() || r.IsNew(plan.LinkedAccountID.ValueString()) || r.Movements().IsContested(plan.Object().Key()) {
		return
	}
	shown, err := dependant.Ask(ctx, r.Data, func() (*refold.VariableValue, error) {
		return client.VariableValue(ctx, plan.key(definition), refold.ReadOptions{MaxAge: planAge, TrustAbsence: true})
	})
	switch {
	case isGone(err):
	case err != nil:
		diagnostics.Append(notLookedUpWarning(plan, err))
	default:
		diagnostics.Append(sayWhatExists(plan, shown, wanted))
	}
}

// define finds the definition of a value that is to be sent, and holds against it what is known of
// the plan. It returns nil where it has found something wrong, or nothing, and has said so.
func (r *valueResource) define(ctx context.Context, plan *model, wanted types.String, diagnostics *diag.Diagnostics) (*refold.Client, *refold.VariableDefinition) {
	var pending diag.Diagnostics
	client := r.Client(&pending)
	if plan.VariableDefinitionID.IsUnknown() || pending.HasError() {
		return nil, nil
	}
	definition, err := dependant.Ask(ctx, r.Data, func() (*refold.VariableDefinition, error) {
		return client.VariableDefinition(ctx, plan.VariableDefinitionID.ValueString(), planAge)
	})
	switch {
	case refold.KindOf(err) == refold.NotFound:
		diagnostics.Append(unknownDefinitionError(ctx, client, *plan, diagnose.PlanBeforeDestroy))
		return client, nil
	case err != nil:
		diagnostics.Append(notLookedUpWarning(*plan, err))
		return client, nil
	}
	fill(&plan.Name, definition.Name)
	if problems := plan.check(wanted, definition); problems.HasError() {
		diagnostics.Append(problems...)
		return client, nil
	}
	return client, definition
}

// sayWhatExists says what becomes of a value that is there already.
func sayWhatExists(plan model, shown *refold.VariableValue, wanted types.String) diag.Diagnostic {
	switch {
	case isSame(shown, wanted):
		return takeOverWarning(plan)
	case plan.Adopts():
		return adoptionWarning(plan)
	case plan.AdoptExisting.IsUnknown(), shown.IsShown && wanted.IsUnknown():
		return existsPerhapsWarning(plan)
	}
	return existsError(plan, shown, diagnose.PlanBeforeDestroy)
}

// planChange keeps what Refold shows where nothing is sent, and looks at the definition where
// something is.
func (r *valueResource) planChange(ctx context.Context, p planning) {
	diagnostics := &p.Response.Diagnostics
	switch {
	case !p.Plan.isNamed():
		diagnostics.Append(unknownNameError(p.State))
	case p.Plan.isOther(p.State) && r.DeletesImported(p.State):
		diagnostics.Append(importDeletesError(p.State, p.Plan))
	case p.Plan.isOther(p.State):
		r.planOther(ctx, p)
	case p.Plan.isSent(p.State, p.Kept):
		r.planSetting(ctx, p)
	default:
		if p.Plan.isTakenOut(p.State) {
			diagnostics.Append(staysWarning(p.State))
		}
		diagnostics.Append(p.Response.Plan.SetAttribute(ctx, path.Root("updated_at"), p.State.UpdatedAt)...)
	}
}

// planOther is about another value in place of that of the state, which is given up.
func (r *valueResource) planOther(ctx context.Context, p planning) {
	diagnostics := &p.Response.Diagnostics
	r.WarnOfAbandoned(p.State, diagnostics)
	r.warnOfRemoval(p.State, p.Kept, diagnostics)
	// What the state says of its variable is not true of another one.
	p.Plan.Name = types.StringUnknown()
	if p.Plan.lacksValue(p.Config) {
		diagnostics.Append(noValueError(p.Plan))
		return
	}
	r.foresee(ctx, p, false)
}

// planSetting is about a value that is sent anew.
func (r *valueResource) planSetting(ctx context.Context, p planning) {
	diagnostics := &p.Response.Diagnostics
	if p.Kept.Value {
		diagnostics.Append(unsettledWarning(p.Plan))
	}
	if p.Kept.Elsewhere != "" {
		diagnostics.Append(anothersReplacedWarning(p.State))
	}
	diagnostics.Append(p.Response.Plan.SetAttribute(ctx, path.Root("updated_at"), types.StringUnknown())...)
	if p.Plan.lacksValue(p.Config) {
		diagnostics.Append(noValueError(p.Plan))
		return
	}
	r.define(ctx, &p.Plan, p.Plan.wanted(p.Config), diagnostics)
}
