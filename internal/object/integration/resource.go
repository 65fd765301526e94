// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const typeName = "integration"

var (
	_ resource.ResourceWithConfigure      = (*integrationResource)(nil)
	_ resource.ResourceWithIdentity       = (*integrationResource)(nil)
	_ resource.ResourceWithImportState    = (*integrationResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*integrationResource)(nil)
	_ resource.ResourceWithValidateConfig = (*integrationResource)(nil)
	_ providerdata.Identified             = (*integrationResource)(nil)
)

type integrationResource struct {
	dependant.Resource[model, *model, unsettled]
}

// NewResource makes the resource refold_integration.
func NewResource() resource.Resource {
	return &integrationResource{dependant.Resource[model, *model, unsettled]{
		Resource: providerdata.Resource{Name: typeName},
		Private:  providerdata.PrivateState[unsettled]{Key: "unsettled", About: "a connection that another has made, or an update that failed half-way"},
		Whole:    "its linked account",
	}}
}

// ImportState implements resource.ResourceWithImportState: by id, and by identity.
func (r *integrationResource) ImportState(ctx context.Context, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	providerdata.ImportParts(ctx, []providerdata.ImportPart{
		{Attribute: "linked_account_id", Valid: attribute.LinkedAccountID()},
		{Attribute: "slug", Valid: attribute.Slug()},
	}, "acme/hubspot", request, response)
}

// Create implements resource.Resource.
func (r *integrationResource) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	r.MakeNew(ctx, request, response, func(ctx context.Context, o *dependant.Operation, config model, plan *model) (unsettled, bool) {
		return unsettled{}, operation{o}.create(ctx, plan, plan.keys(config))
	})
}

// Read implements resource.Resource.
func (r *integrationResource) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	r.ReadAnew(ctx, request, response, r.find)
}

func (r *integrationResource) find(ctx context.Context, reading dependant.Reading[model, unsettled]) *dependant.Missing {
	state := reading.State
	found, err := look(ctx, reading.Client, *state, refold.SnapshotLife)
	if err != nil {
		reading.Diagnostics.Append(diagnose.Failure("read", state.subject(), err))
		return nil
	}
	if state.IsImporting() {
		found = found.byKeys()
	}
	if !found.isThere() {
		return &dependant.Missing{IsAccountGone: found.isAccountGone, Import: importMissing(*state, found), Without: ", with the keys of the configuration"}
	}
	if found.isHidden() {
		reading.Diagnostics.Append(hiddenWarning(*state))
	}
	kept := reading.Kept.since(*state, found)
	found.show(state, reading.Selected)
	if kept.Another != reading.Kept.Another && kept.isMarked() {
		reading.Diagnostics.Append(reconnectedWarning(*state))
	}
	reading.Keep(kept)
	providerdata.Remember(r.Data, state.Object().ImportID(), seen{*state, kept})
	return nil
}

// seen is what the refresh of this run has found of an object of a state, and keeps of it: a
// tainted one is shown to no plan.
type seen struct {
	state model
	kept  unsettled
}

// Update implements resource.Resource.
func (r *integrationResource) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	r.ChangeTo(ctx, request, response, dependant.Update[model, unsettled]{
		IsSent: func(plan model, change change) bool {
			return plan.isSent(change.State, change.Kept) || change.Kept.isOpen()
		},
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
func (r *integrationResource) Delete(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse) {
	r.GiveUp(ctx, request, response, func(ctx context.Context, o *dependant.Operation, state model, left unsettled) {
		operation{o}.remove(ctx, state, left)
	})
}

// keep takes over from the state what a plan left open, where nothing was sent.
func (m *model) keep(state model) {
	m.AuthType, m.Connected, m.ReauthRequired, m.ConnectedAt = state.AuthType, state.Connected, state.ReauthRequired, state.ConnectedAt
	m.Name, m.Icon, m.OrganizationID, m.Environment = state.Name, state.Icon, state.OrganizationID, state.Environment
}

// AfterFailure implements dependant.Model.
func (m model) AfterFailure(plan model) model {
	left := m
	left.TakeSwitches(plan.Attributes)
	left.ForceDestroy = plan.ForceDestroy
	return left
}
