// SPDX-License-Identifier: MPL-2.0

package config

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

type planning = dependant.Planning[model, managed]

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *configResource) ModifyPlan(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	r.PlanAll(ctx, request, response, dependant.Plans[model, managed]{
		Deletion: func(ctx context.Context, p planning) {
			r.warnOfLoss(ctx, p.State, p.Kept.Fields, &response.Diagnostics)
		},
		Creation: r.planCreation,
		Change:   r.planChange,
	})
}

// warnOfLoss says what the customer loses, and what the apply will refuse.
func (r *configResource) warnOfLoss(ctx context.Context, state model, kept []string, diagnostics *diag.Diagnostics) {
	if !r.IsDeleted(state) {
		return
	}
	config, err := r.look(ctx, state)
	switch {
	case isGone(err):
		return
	case err != nil:
		diagnostics.Append(lossUnknownWarning(state, err))
		return
	}
	running := without(runningIn(config), slices.Collect(maps.Keys(switches(state.Workflows))))
	if unmanaged := without(dependant.SetFields(config), union(kept, state.Fields.Keys())); len(unmanaged) > 0 {
		diagnostics.Append(lossWarning(state, config, unmanaged, running))
	} else if len(running) > 0 {
		diagnostics.Append(workflowsLossWarning(state, running))
	}
	if imported := without(state.Fields.Keys(), kept); len(imported) > 0 {
		diagnostics.Append(importedLossWarning(state, imported))
	}
}

// look is what the refresh of this run has found, or else a look at Refold. Without a client, the
// error is what keeps it from being one.
func (r *configResource) look(ctx context.Context, m model) (*refold.Config, error) {
	if found := recall(r.Data, m.Object()).config; found != nil {
		return found, nil
	}
	var pending diag.Diagnostics
	client := r.Client(&pending)
	if pending.HasError() {
		return nil, notConfiguredError(pending[0].Detail())
	}
	return dependant.Ask(ctx, r.Data, func() (*refold.Config, error) { return client.Config(ctx, m.key(), false) })
}

// notConfiguredError is why nothing can be asked yet.
type notConfiguredError string

// Error implements error.
func (e notConfiguredError) Error() string { return string(e) }

// planCreation looks for what the apply would refuse.
func (r *configResource) planCreation(ctx context.Context, p planning) {
	if !p.Plan.isNamed() {
		return
	}
	if p.IsReplacement {
		if r.DeletesImported(p.Plan) {
			p.Response.Diagnostics.Append(importReplacesError(p.Plan, p.Plan))
		}
		return
	}
	tainted := recall(r.Data, p.Plan.Object())
	if tainted.config != nil {
		r.warnOfLoss(ctx, tainted.state, tainted.kept, &p.Response.Diagnostics)
	}
	r.foresee(ctx, p.Plan, tainted.config != nil, &p.Response.Diagnostics)
}

// foresee says what the apply would refuse, of a config that is made. Without an answer the plan
// goes on. An account that does not exist yet has none.
func (r *configResource) foresee(ctx context.Context, plan model, isTainted bool, diagnostics *diag.Diagnostics) {
	if r.IsNew(plan.LinkedAccountID.ValueString()) {
		return
	}
	asked := time.Now()
	config, err := r.look(ctx, plan)
	switch {
	case refold.KindOf(err) == refold.ApplicationNotFound:
		diagnostics.Append(noSuchAppError("create", plan, err))
		return
	case refold.KindOf(err) == refold.NotFound:
		remember(r.Data, seen{state: plan, absent: asked})
		return
	case isGone(err):
		return
	case err != nil:
		diagnostics.Append(notLookedUpWarning(plan, err))
		return
	}
	if problems := checkIDs(plan, config); problems.HasError() {
		diagnostics.Append(problems...)
		return
	}
	if !isTainted && !r.Movements().IsContested(plan.Object().Key()) {
		diagnostics.Append(sayWhatExists(plan, config))
	}
}

func checkIDs(plan model, config *refold.Config) diag.Diagnostics {
	unknownFields, unknownWorkflows := unknownIDs(config, plan.Fields.Keys(), plan.Workflows)
	return unknownIDsErrors(plan, config, unknownFields, unknownWorkflows)
}

// sayWhatExists says what becomes of a config that is there already.
func sayWhatExists(plan model, config *refold.Config) diag.Diagnostic {
	known, err := plan.knownFields()
	if err != nil {
		return unusableFieldsError(plan, err)
	}
	others := foreign(config, known, switches(plan.Workflows))
	isOpen := plan.AdoptExisting.IsUnknown() || plan.Fields.IsUnknown() ||
		slices.ContainsFunc(plan.Fields.Keys(), func(id string) bool { return !plan.Fields.IsFieldKnown(id) })
	switch {
	case len(others) == 0:
		return takeOverWarning(plan)
	case plan.AdoptExisting.ValueBool():
		return adoptionWarning(plan, config, others)
	case isOpen:
		return existsPerhapsWarning(plan, config, others)
	}
	return existsError(plan, config, others)
}

// planChange keeps what Refold shows where nothing is sent, and looks at the config where something
// is.
func (r *configResource) planChange(ctx context.Context, p planning) {
	diagnostics := &p.Response.Diagnostics
	switch {
	case !p.Plan.isNamed():
		diagnostics.Append(unknownNameError(p.State))
	case p.Plan.isOther(p.State) && r.DeletesImported(p.State):
		diagnostics.Append(importReplacesError(p.State, p.Plan))
	case p.Plan.isOther(p.State):
		r.WarnOfAbandoned(p.State, diagnostics)
		r.warnOfLoss(ctx, p.State, p.Kept.Fields, diagnostics)
		r.foresee(ctx, p.Plan, false, diagnostics)
	case p.Plan.writes(p.State, p.Kept.Fields):
		r.planWrite(ctx, p)
	default:
		if wrong := p.State.fieldErrors(); len(wrong) > 0 {
			diagnostics.Append(fieldErrorsWarning(p.State, wrong))
		}
		diagnostics.Append(p.Response.Plan.SetAttribute(ctx, path.Root("field_errors"), p.State.FieldErrors)...)
	}
}

// planWrite is about fields and workflows that are sent, or are not managed any more.
func (r *configResource) planWrite(ctx context.Context, p planning) {
	diagnostics := &p.Response.Diagnostics
	diagnostics.Append(p.Response.Plan.SetAttribute(ctx, path.Root("field_errors"), types.ListUnknown(types.StringType))...)
	config, err := r.look(ctx, p.Plan)
	switch {
	case isGone(err):
		return
	case err != nil:
		diagnostics.Append(notLookedUpWarning(p.Plan, err))
		return
	}
	diagnostics.Append(checkIDs(p.Plan, config)...)
	if staying := stayingOf(p.Plan, p.State, p.Kept.Fields, config); len(staying) > 0 {
		diagnostics.Append(staysWarning(p.Plan, staying))
	}
	if replaced := replacedBy(p.Plan, p.State, p.Kept.Fields, config); len(replaced) > 0 {
		diagnostics.Append(replacedWarning(p.Plan, replaced))
	}
}

// stayingOf is what a plan takes off management, and what stays at Refold all the same: fields that
// were only imported, and all workflows.
func stayingOf(plan, state model, kept []string, config *refold.Config) []string {
	if plan.Fields.IsUnknown() || plan.Workflows.IsUnknown() {
		return nil
	}
	var staying []string
	for _, id := range without(without(state.Fields.Keys(), plan.Fields.Keys()), kept) {
		if field := config.Field(id); field != nil && field.IsSet() {
			staying = append(staying, id)
		}
	}
	given := plan.Workflows.Elements()
	for _, id := range slices.Sorted(maps.Keys(state.Workflows.Elements())) {
		if _, isGiven := given[id]; !isGiven && config.Workflow(id) != nil {
			staying = append(staying, id)
		}
	}
	return staying
}
