// SPDX-License-Identifier: MPL-2.0

// Package variablevalue is the resource refold_variable_value, and its list resource: values of
// variables, for an account, for a workflow, or for all of the workspace or the organization.
package variablevalue

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const typeName = "variable_value"

var (
	_ resource.ResourceWithConfigure      = (*valueResource)(nil)
	_ resource.ResourceWithIdentity       = (*valueResource)(nil)
	_ resource.ResourceWithImportState    = (*valueResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*valueResource)(nil)
	_ resource.ResourceWithValidateConfig = (*valueResource)(nil)
	_ providerdata.Identified             = (*valueResource)(nil)
)

type valueResource struct {
	dependant.Resource[model, *model, unsettled]
}

// NewResource makes the resource refold_variable_value.
func NewResource() resource.Resource {
	return &valueResource{dependant.Resource[model, *model, unsettled]{
		Resource: providerdata.Resource{Name: typeName},
		Private:  providerdata.PrivateState[unsettled]{Key: "unsettled", About: "an update that failed"},
	}}
}

// Create implements resource.Resource.
func (r *valueResource) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	r.MakeNew(ctx, request, response, func(ctx context.Context, o *dependant.Operation, config model, plan *model) (unsettled, bool) {
		return operation{o}.create(ctx, plan, plan.wanted(config))
	})
}

// Read implements resource.Resource.
func (r *valueResource) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	r.ReadAnew(ctx, request, response, r.find)
}

func (r *valueResource) find(ctx context.Context, reading dependant.Reading[model, unsettled]) *dependant.Missing {
	state := reading.State
	definition, err := definitionOf(ctx, reading.Client, *state)
	if err == nil {
		var shown *refold.VariableValue
		if shown, err = reading.Client.VariableValue(ctx, state.key(definition), refold.ReadOptions{}); err == nil {
			r.show(reading, definition, shown)
			return nil
		}
	}
	if isGone(err) {
		return &dependant.Missing{
			IsAccountGone: refold.KindOf(err) == refold.AccountNotFound,
			Import:        importMissing(*state, err),
			Without:       ", with the value of the configuration",
		}
	}
	reading.Diagnostics.Append(diagnose.Failure("read", state.subject(), err))
	return nil
}

// show makes the state what Refold shows, and says what no plan shows.
func (r *valueResource) show(reading dependant.Reading[model, unsettled], definition *refold.VariableDefinition, shown *refold.VariableValue) {
	before, state := *reading.State, reading.State
	if before.Adopts() {
		// One that was made anew is taken over by an update as well, which keeps its promised id.
		before.ID = types.StringNull()
	}
	state.refresh(definition, shown, reading.Selected)
	switch {
	case before.IsImporting():
	case !before.Value.IsNull() && state.Value.IsNull():
		reading.Diagnostics.Append(leavesStateWarning(*state, definition))
	case before.isWriteOnly() && before.isSetSince(shown, reading.Kept):
		reading.Diagnostics.Append(setElsewhereWarning(*state))
	}
	kept := reading.Kept.since(before, shown)
	reading.Keep(kept)
	providerdata.Remember(r.Data, state.Object().ImportID(), seen{*state, kept})
}

// seen is what the refresh of this run has found of a value of a state, and keeps of it: a tainted
// one is shown to no plan.
type seen struct {
	state model
	kept  unsettled
}

// definitionOf is nil where the organization does not have the definition any more: its values are
// looked for all the same.
func definitionOf(ctx context.Context, client *refold.Client, m model) (*refold.VariableDefinition, error) {
	definition, err := client.VariableDefinition(ctx, m.VariableDefinitionID.ValueString(), refold.SnapshotLife)
	if refold.KindOf(err) == refold.NotFound {
		return nil, nil
	}
	return definition, err
}

// isGone reports whether an answer says that there is no such value, be it because there is no such
// account, or definition.
func isGone(err error) bool {
	switch refold.KindOf(err) {
	case refold.NotFound, refold.AccountNotFound, refold.DefinitionNotFound:
		return true
	}
	return false
}

// Update implements resource.Resource.
func (r *valueResource) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	r.ChangeTo(ctx, request, response, dependant.Update[model, unsettled]{
		IsSent: func(plan model, change change) bool { return plan.isSent(change.State, change.Kept) },
		Keep: func(plan *model, change change) unsettled {
			plan.keep(change.State)
			return change.Kept
		},
		Send: func(ctx context.Context, o *dependant.Operation, change change, plan *model) unsettled {
			return operation{o}.update(ctx, change, plan)
		},
	})
}

// Delete implements resource.Resource.
func (r *valueResource) Delete(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse) {
	r.GiveUp(ctx, request, response, func(ctx context.Context, o *dependant.Operation, state model, left unsettled) {
		operation{o}.remove(ctx, state, left)
	})
}
