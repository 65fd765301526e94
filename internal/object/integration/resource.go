// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
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

type integrationResource struct{ providerdata.Resource }

// NewResource makes the resource refold_integration.
func NewResource() resource.Resource {
	return &integrationResource{providerdata.Resource{Name: typeName}}
}

// ImportState implements resource.ResourceWithImportState: by id, and by identity.
func (r *integrationResource) ImportState(ctx context.Context, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	providerdata.ImportParts(ctx, []providerdata.ImportPart{
		{Attribute: "linked_account_id", Valid: attribute.LinkedAccountID()},
		{Attribute: "slug", Valid: attribute.Slug()},
	}, "acme/hubspot", request, response)
}

// Create implements resource.Resource. It never returns a state together with an error: Terraform
// would mark the connection as tainted, and replace it, which means remove it, in the next run.
func (r *integrationResource) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	var config, plan model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	o, ok := r.begin(ctx, "create", plan, providerdata.KeepOwner(ctx, response.Private, "", &response.Diagnostics), &response.Diagnostics)
	if !ok {
		return
	}
	defer o.End()
	if !o.create(ctx, &plan, plan.keys(config)) {
		return
	}
	plan.Settle(r.DeletionPolicy())
	response.Diagnostics.Append(providerdata.SetIdentity(ctx, response.Identity, request.Plan)...)
	response.Diagnostics.Append(response.State.Set(ctx, &plan)...)
}

// Read implements resource.Resource.
func (r *integrationResource) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	left := readUnsettled(ctx, request.Private, &response.Diagnostics)
	client := r.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	// Removing a resource without an identity fails on CLIs that stored none.
	response.Diagnostics.Append(providerdata.SetIdentity(ctx, response.Identity, request.State)...)
	selected, problem := state.object().Scope(ctx, client, "read", state.scope())
	if problem != nil {
		response.Diagnostics.Append(problem)
		return
	}
	found, err := look(ctx, client, state, refold.SnapshotLife)
	if err != nil {
		response.Diagnostics.Append(diagnose.Failure("read", state.subject(), err))
		return
	}
	if state.isImporting() {
		found = found.byKeys()
	}
	if !found.isThere() {
		r.readMissing(ctx, client, found, state, selected, response)
		return
	}
	if found.isHidden() {
		response.Diagnostics.Append(hiddenWarning(state))
	}
	if state.isImporting() {
		providerdata.Remember(r.Data, state.object().ImportID(), imported{})
	}
	before := state
	found.show(&state, selected)
	if isAnother(state.ConnectedAt.ValueString(), before.ConnectedAt.ValueString()) && !left.Keys {
		response.Diagnostics.Append(reconnectedWarning(state))
	}
	state.Settle(r.DeletionPolicy())
	providerdata.Remember(r.Data, state.object().ImportID(), seen{state})
	response.Diagnostics.Append(response.State.Set(ctx, &state)...)
}

// seen is what the refresh of this run has found of an object of a state: a tainted one is shown to
// no plan.
type seen struct{ state model }

// imported is what an import of this run takes in.
type imported struct{}

// removesImported reports whether giving up the connection of a state would remove what an import
// of this run takes in.
func (r *integrationResource) removesImported(state model) bool {
	_, isImported := providerdata.Recall[imported](r.Data, state.object().ImportID())
	return isImported && state.OnRemoval(r.DeletionPolicy()) == ownership.Delete
}

func (r *integrationResource) readMissing(ctx context.Context, client *refold.Client, found connected, state model, selected refold.Scope, response *resource.ReadResponse) {
	if state.isImporting() {
		response.Diagnostics.Append(importMissing(state, found))
		return
	}
	isAccountGone, err := found.isAccountGone, error(nil)
	if !isAccountGone {
		isAccountGone, err = state.object().IsAccountGone(ctx, client, state.scope())
	}
	switch {
	case err != nil:
		response.Diagnostics.Append(diagnose.Failure("read", diagnose.LinkedAccount(state.LinkedAccountID.ValueString()), err))
		return
	case isAccountGone:
		dependant.SayAccountGone(r.Data, state.LinkedAccountID.ValueString(), selected, &response.Diagnostics)
	default:
		response.Diagnostics.Append(state.object().MissingWarning(selected, ", with the keys of the configuration"))
	}
	response.State.RemoveResource(ctx)
}

// Update implements resource.Resource.
func (r *integrationResource) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	var config, plan, state model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	response.Diagnostics.Append(providerdata.SetIdentity(ctx, response.Identity, request.Plan)...)
	owner := providerdata.KeepOwner(ctx, response.Private, providerdata.Owner(ctx, request.Private, &response.Diagnostics), &response.Diagnostics)
	left := readUnsettled(ctx, request.Private, &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	if plan.isSent(state, left) || left.isUnsettled() {
		left = r.change(ctx, change{config: config, state: state, left: left, owner: owner}, &plan, &response.Diagnostics)
	} else {
		plan.keep(state)
	}
	response.Diagnostics.Append(unsettledState().Keep(ctx, response.Private, left.orNone())...)
	plan.Settle(r.DeletionPolicy())
	response.Diagnostics.Append(response.State.Set(ctx, &plan)...)
}

// change writes, and returns what it has left to be done.
func (r *integrationResource) change(ctx context.Context, change change, plan *model, diagnostics *diag.Diagnostics) unsettled {
	o, ok := r.begin(ctx, "update", change.state, change.owner, diagnostics)
	if !ok {
		*plan = change.state.afterFailure(*plan)
		return change.left
	}
	defer o.End()
	return o.update(ctx, change, plan)
}

// Delete implements resource.Resource.
func (r *integrationResource) Delete(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	if response.Diagnostics.HasError() || r.KeepsAtRefold(state.subject().String(), state.PolicyAttributes, &response.Diagnostics) {
		return
	}
	owner := providerdata.Owner(ctx, request.Private, &response.Diagnostics)
	left := readUnsettled(ctx, request.Private, &response.Diagnostics)
	o, ok := r.begin(ctx, "delete", state, owner, &response.Diagnostics)
	if !ok {
		return
	}
	defer o.End()
	o.remove(ctx, state, left)
}

// keep takes over from the state what a plan left open, where nothing was sent.
func (m *model) keep(state model) {
	m.AuthType, m.Connected, m.ReauthRequired, m.ConnectedAt = state.AuthType, state.Connected, state.ReauthRequired, state.ConnectedAt
	m.Name, m.Icon, m.OrganizationID, m.Environment = state.Name, state.Icon, state.OrganizationID, state.Environment
}

// afterFailure is what the state holds after an update that failed: what it did, with the switches
// of the plan, which are not Refold's.
func (m model) afterFailure(plan model) model {
	left := m
	left.AdoptExisting, left.ForceDestroy, left.PolicyAttributes = plan.AdoptExisting, plan.ForceDestroy, plan.PolicyAttributes
	return left
}

// unsettled is what an update that failed half-way has left to be done, kept in the private state.
type unsettled struct {
	// Keys is true where Refold may hold other keys than the state says.
	Keys bool `json:"keys,omitempty"`
	// AuthTypes are connections of other types that this resource made, or may have made, and that
	// are still to be removed.
	AuthTypes []string `json:"auth_types,omitempty"`
	// ConnectedAt is when these were made, by type, as far as Refold has said.
	ConnectedAt map[string]string `json:"connected_at,omitempty"`
}

// with is what is left where a connection of one more type is to be removed.
// with adds a connection, and when it was made, as far as that is known.
func (u unsettled) with(authType, connectedAt string) unsettled {
	if authType == "" || slices.Contains(u.AuthTypes, authType) {
		return u
	}
	u.AuthTypes = append(slices.Clone(u.AuthTypes), authType)
	if connectedAt != "" {
		u.ConnectedAt = maps.Clone(u.ConnectedAt)
		if u.ConnectedAt == nil {
			u.ConnectedAt = map[string]string{}
		}
		u.ConnectedAt[authType] = connectedAt
	}
	return u
}

// connectionOf is a model of the connection of one of the types.
func (u unsettled) connectionOf(m model, authType string) model {
	m.AuthType, m.ConnectedAt = types.StringValue(authType), attribute.TextOrNull(u.ConnectedAt[authType])
	return m
}

// without is what is left where the connection of a type stays.
func (u unsettled) without(authType string) unsettled {
	u.AuthTypes = slices.DeleteFunc(slices.Clone(u.AuthTypes), func(known string) bool { return known == authType })
	return u
}

func (u unsettled) isUnsettled() bool { return u.Keys || len(u.AuthTypes) > 0 }

func (u unsettled) orNone() *unsettled {
	if !u.isUnsettled() {
		return nil
	}
	return &u
}

func unsettledState() providerdata.PrivateState[unsettled] {
	return providerdata.PrivateState[unsettled]{Key: "unsettled", About: "an update that failed half-way"}
}

func readUnsettled(ctx context.Context, private providerdata.PrivateReader, diagnostics *diag.Diagnostics) unsettled {
	kept, problems := unsettledState().Read(ctx, private)
	diagnostics.Append(problems...)
	if kept == nil {
		return unsettled{}
	}
	return *kept
}
