// SPDX-License-Identifier: MPL-2.0

package config

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/movement"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// ModifyPlan implements resource.ResourceWithModifyPlan. A plan creates, deletes or changes a
// config; a replacement is planned as a change and, in another call, as a creation.
func (r *configResource) ModifyPlan(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
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
func (r *configResource) planDeletionPolicy(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
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
func (r *configResource) planDeletion(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	kept := readManaged(ctx, request.Private, &response.Diagnostics)
	if !response.Diagnostics.HasError() {
		r.warnOfLoss(ctx, state, kept, &response.Diagnostics)
	}
}

func (r *configResource) warnOfLoss(ctx context.Context, state model, kept []string, diagnostics *diag.Diagnostics) {
	if state.OnRemoval(r.DeletionPolicy()) != ownership.Delete {
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
	if found := recall(r.Data, m.object()).config; found != nil {
		return found, nil
	}
	var pending diag.Diagnostics
	client := r.Client(&pending)
	if pending.HasError() {
		return nil, notConfiguredError(pending[0].Detail())
	}
	return r.ask(ctx, client, m.key())
}

// ask asks Refold for a plan, which goes on where it gets no answer: once that failed for a reason
// that others would meet as well, each with all attempts, nothing is asked any more.
func (r *configResource) ask(ctx context.Context, client *refold.Client, key refold.ConfigKey) (*refold.Config, error) {
	if why := r.WhyNotLook(); why != nil {
		return nil, why
	}
	found, err := client.Config(ctx, key, false)
	if err != nil && ctx.Err() == nil && !errors.Is(err, refold.ErrNotInHeader) && reconcile.IsGeneral(err) {
		r.StopLooking(err)
	}
	return found, err
}

// isImported reports whether an import of this run takes the config in.
func (r *configResource) isImported(object dependant.Object) bool {
	_, isImported := providerdata.Recall[takenIn](r.Data, object.ImportID())
	return isImported
}

// notConfiguredError is why nothing can be asked yet.
type notConfiguredError string

// Error implements error.
func (e notConfiguredError) Error() string { return string(e) }

// planCreation looks for what the apply would refuse, unless it is part of a replacement: that
// deletes the config first, and another one was looked up in the call before.
func (r *configResource) planCreation(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var plan model
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	isReplacement, diagnostics := movement.IsReplacement(ctx, response.Private)
	response.Diagnostics.Append(diagnostics...)
	if response.Diagnostics.HasError() || !plan.isNamed() {
		return
	}
	if isReplacement {
		if r.isImported(plan.object()) && r.DeletionPolicy() == ownership.Delete {
			response.Diagnostics.Append(importReplacesError(plan, plan))
		}
		return
	}
	tainted := recall(r.Data, plan.object())
	if tainted.config != nil {
		r.warnOfLoss(ctx, tainted.state, tainted.kept, &response.Diagnostics)
	}
	r.foresee(ctx, plan, tainted.config != nil, &response.Diagnostics)
}

// foresee says what the apply would refuse, of a config that is made. Without an answer the plan
// goes on. An account that does not exist yet has none.
func (r *configResource) foresee(ctx context.Context, plan model, isTainted bool, diagnostics *diag.Diagnostics) {
	config, err := r.look(ctx, plan)
	switch {
	case refold.KindOf(err) == refold.ApplicationNotFound:
		diagnostics.Append(noSuchAppError("create", plan, err))
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
	if !isTainted && !r.Movements().IsContested(plan.object().Key()) {
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
func (r *configResource) planChange(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	var plan, state model
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	kept := readManaged(ctx, request.Private, &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	switch {
	case !plan.isNamed():
		response.Diagnostics.Append(unknownNameError(state))
	case plan.isOther(state) && r.isImported(state.object()) && state.OnRemoval(r.DeletionPolicy()) == ownership.Delete:
		response.Diagnostics.Append(importReplacesError(state, plan))
	case plan.isOther(state):
		if state.OnRemoval(r.DeletionPolicy()) == ownership.Abandon {
			response.Diagnostics.Append(diagnose.Abandoned(state.subject().String()))
		}
		r.warnOfLoss(ctx, state, kept, &response.Diagnostics)
		r.foresee(ctx, plan, false, &response.Diagnostics)
	case plan.writes(state, kept):
		r.planWrite(ctx, plan, state, kept, response)
	default:
		if wrong := state.fieldErrors(); len(wrong) > 0 {
			response.Diagnostics.Append(fieldErrorsWarning(state, wrong))
		}
		response.Diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("field_errors"), state.FieldErrors)...)
	}
}

// planWrite is about fields and workflows that are sent, or are not managed any more.
func (r *configResource) planWrite(ctx context.Context, plan, state model, kept []string, response *resource.ModifyPlanResponse) {
	response.Diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("field_errors"), types.ListUnknown(types.StringType))...)
	config, err := r.look(ctx, plan)
	switch {
	case isGone(err):
		return
	case err != nil:
		response.Diagnostics.Append(notLookedUpWarning(plan, err))
		return
	}
	response.Diagnostics.Append(checkIDs(plan, config)...)
	if staying := stayingOf(plan, state, kept, config); len(staying) > 0 {
		response.Diagnostics.Append(staysWarning(plan, staying))
	}
	if replaced := replacedBy(plan, state, kept, config); len(replaced) > 0 {
		response.Diagnostics.Append(replacedWarning(plan, replaced))
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
