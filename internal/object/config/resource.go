// SPDX-License-Identifier: MPL-2.0

package config

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const typeName = "config"

var (
	_ resource.ResourceWithConfigure   = (*configResource)(nil)
	_ resource.ResourceWithIdentity    = (*configResource)(nil)
	_ resource.ResourceWithImportState = (*configResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*configResource)(nil)
	_ providerdata.Identified          = (*configResource)(nil)
)

type configResource struct{ providerdata.Resource }

// NewResource makes the resource refold_config.
func NewResource() resource.Resource { return &configResource{providerdata.Resource{Name: typeName}} }

// managed are the fields that an apply has put under management: one that leaves the configuration
// goes back to its default only where it is among them.
type managed struct {
	Fields []string `json:"fields,omitempty"`
}

func managedState() providerdata.PrivateState[managed] {
	return providerdata.PrivateState[managed]{Key: "managed", About: "the fields that it manages"}
}

func readManaged(ctx context.Context, private providerdata.PrivateReader, diagnostics *diag.Diagnostics) []string {
	kept, problems := managedState().Read(ctx, private)
	diagnostics.Append(problems...)
	if kept == nil {
		return nil
	}
	return kept.Fields
}

func keepManaged(ctx context.Context, private providerdata.PrivateWriter, fields []string) diag.Diagnostics {
	return managedState().Keep(ctx, private, &managed{fields})
}

// union is the ids of both, in order.
func union(a, b []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b))))
}

// without is a copy without the ids of another list.
func without(ids, others []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return slices.Contains(others, id) })
}

// ImportState implements resource.ResourceWithImportState: by id, and by identity.
func (r *configResource) ImportState(ctx context.Context, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	providerdata.ImportParts(ctx, []providerdata.ImportPart{
		{Attribute: "linked_account_id", Valid: allOf{attribute.LinkedAccountID(), attribute.InHeader()}},
		{Attribute: "slug", Valid: allOf{attribute.Slug(), attribute.InHeader()}},
		{Attribute: "config_id", Valid: configID(), IsOptional: true},
	}, "acme/hubspot or acme/hubspot/emea%2F2", request, response)
	if response.Diagnostics.HasError() {
		return
	}
	var accountID, id types.String
	response.Diagnostics.Append(response.State.GetAttribute(ctx, path.Root("linked_account_id"), &accountID)...)
	response.Diagnostics.Append(response.State.GetAttribute(ctx, path.Root("config_id"), &id)...)
	if !id.IsNull() {
		return
	}
	response.Diagnostics.Append(response.State.SetAttribute(ctx, path.Root("config_id"), accountID)...)
	if response.Identity != nil {
		response.Diagnostics.Append(response.Identity.SetAttribute(ctx, path.Root("config_id"), accountID)...)
	}
}

// Create implements resource.Resource. It never returns a state together with an error: Terraform
// would mark the config as tainted, and delete it in the next run. That takes over what this one
// has made.
func (r *configResource) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	var plan model
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	owner := providerdata.KeepOwner(ctx, response.Private, "", &response.Diagnostics)
	o, ok := r.begin(ctx, "create", plan, owner, &response.Diagnostics)
	if !ok {
		return
	}
	defer o.End()
	if !o.create(ctx, &plan) {
		return
	}
	plan.Settle(r.DeletionPolicy())
	response.Diagnostics.Append(keepManaged(ctx, response.Private, plan.Fields.Keys())...)
	response.Diagnostics.Append(providerdata.SetIdentity(ctx, response.Identity, request.Plan)...)
	response.Diagnostics.Append(response.State.Set(ctx, &plan)...)
}

// Read implements resource.Resource.
func (r *configResource) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	kept := readManaged(ctx, request.Private, &response.Diagnostics)
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
	found, err := client.Config(ctx, state.key(), false)
	switch {
	case isGone(err):
		r.readMissing(ctx, client, state, err, selected, response)
		return
	case err != nil:
		response.Diagnostics.Append(diagnose.Failure("read", state.subject(), err))
		return
	}
	if state.isImporting() {
		providerdata.Remember(r.Data, state.object().ImportID(), takenIn{})
		err = state.importAll(ctx, found, selected)
	} else {
		err = state.refresh(ctx, found, union(kept, state.Fields.Keys()), selected)
	}
	if err != nil {
		response.Diagnostics.Append(unreadableFieldsError(state, err))
		return
	}
	state.Settle(r.DeletionPolicy())
	remember(r.Data, seen{found, state, kept})
	response.Diagnostics.Append(response.State.Set(ctx, &state)...)
}

// seen is what the refresh of this run has found of a config, if anything, and its state, with the
// fields that are managed: a tainted one is shown to no plan.
type seen struct {
	config *refold.Config
	state  model
	kept   []string
}

// takenIn says that an import of this run takes a config in.
type takenIn struct{}

func remember(data *providerdata.Data, found seen) {
	providerdata.Remember(data, found.state.object().ImportID(), found)
}

// recall has no config where the refresh has found none.
func recall(data *providerdata.Data, object dependant.Object) seen {
	found, _ := providerdata.Recall[seen](data, object.ImportID())
	return found
}

// forget lets nothing count that was seen before a write.
func forget(data *providerdata.Data, object dependant.Object) {
	providerdata.Remember(data, object.ImportID(), seen{})
}

// isGone reports whether an answer says that there is no such config, be it because there is no
// such account, or app.
func isGone(err error) bool {
	switch refold.KindOf(err) {
	case refold.NotFound, refold.AccountNotFound, refold.ApplicationNotFound:
		return true
	}
	return false
}

func (r *configResource) readMissing(ctx context.Context, client *refold.Client, state model, missing error, selected refold.Scope, response *resource.ReadResponse) {
	forget(r.Data, state.object())
	if state.isImporting() {
		response.Diagnostics.Append(importMissing(state, missing))
		return
	}
	isAccountGone, err := refold.KindOf(missing) == refold.AccountNotFound, error(nil)
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
		response.Diagnostics.Append(state.object().MissingWarning(selected, ", with the fields and workflows of the configuration and without what the customer had set"))
	}
	response.State.RemoveResource(ctx)
}

// Update implements resource.Resource.
func (r *configResource) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	var plan, state model
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	response.Diagnostics.Append(providerdata.SetIdentity(ctx, response.Identity, request.Plan)...)
	owner := providerdata.KeepOwner(ctx, response.Private, providerdata.Owner(ctx, request.Private, &response.Diagnostics), &response.Diagnostics)
	kept := readManaged(ctx, request.Private, &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	if plan.writes(state, kept) {
		kept = r.change(ctx, change{state: state, managed: kept, owner: owner}, &plan, &response.Diagnostics)
	} else {
		kept = plan.Fields.Keys()
		plan.keep(state)
	}
	response.Diagnostics.Append(keepManaged(ctx, response.Private, kept)...)
	plan.Settle(r.DeletionPolicy())
	response.Diagnostics.Append(response.State.Set(ctx, &plan)...)
}

// change writes, and returns which fields are managed after it.
func (r *configResource) change(ctx context.Context, change change, plan *model, diagnostics *diag.Diagnostics) []string {
	o, ok := r.begin(ctx, "update", change.state, change.owner, diagnostics)
	if !ok {
		*plan = change.state.afterFailure(*plan)
		return change.managed
	}
	defer o.End()
	return o.update(ctx, change, plan)
}

// Delete implements resource.Resource.
func (r *configResource) Delete(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	if response.Diagnostics.HasError() || r.KeepsAtRefold(state.subject().String(), state.PolicyAttributes, &response.Diagnostics) {
		return
	}
	owner := providerdata.Owner(ctx, request.Private, &response.Diagnostics)
	kept := readManaged(ctx, request.Private, &response.Diagnostics)
	o, ok := r.begin(ctx, "delete", state, owner, &response.Diagnostics)
	if !ok {
		return
	}
	defer o.End()
	o.remove(ctx, state, union(kept, state.Fields.Keys()))
}

// writes reports whether an update has something to send, or to take off management.
func (m model) writes(state model, managed []string) bool {
	return !m.Fields.Equal(state.Fields) || !m.Workflows.Equal(state.Workflows) || len(without(managed, m.Fields.Keys())) > 0
}

// keep takes over from the state what a plan left open, where nothing was sent.
func (m *model) keep(state model) {
	m.FieldErrors, m.OrganizationID, m.Environment = state.FieldErrors, state.OrganizationID, state.Environment
}

// afterFailure is what the state holds after an update that did nothing, with the switches of the
// plan, which are not Refold's.
func (m model) afterFailure(plan model) model {
	left := m
	left.AdoptExisting, left.ForceDestroy, left.PolicyAttributes = plan.AdoptExisting, plan.ForceDestroy, plan.PolicyAttributes
	return left
}
