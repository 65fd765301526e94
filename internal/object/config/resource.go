// SPDX-License-Identifier: MPL-2.0

package config

import (
	"context"
	"slices"
	"time"

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

type configResource struct {
	dependant.Resource[model, *model, managed]
}

// NewResource makes the resource refold_config.
func NewResource() resource.Resource {
	return &configResource{dependant.Resource[model, *model, managed]{
		Resource: providerdata.Resource{Name: typeName},
		Private:  providerdata.PrivateState[managed]{Key: "managed", About: "the fields that it manages"},
		Whole:    "its linked account, or the last connection of its app",
	}}
}

// managed are the fields that an apply has put under management: one that leaves the configuration
// goes back to its default only where it is among them.
type managed struct {
	Fields []string `json:"fields,omitempty"`
}

// IsNothing implements dependant.Kept.
func (m managed) IsNothing() bool { return len(m.Fields) == 0 }

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

// Create implements resource.Resource. The next apply takes over what one that fails has made.
func (r *configResource) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	r.MakeNew(ctx, request, response, func(ctx context.Context, o *dependant.Operation, _ model, plan *model) (managed, bool) {
		isMade := operation{o}.create(ctx, plan)
		return managed{plan.Fields.Keys()}, isMade
	})
}

// Read implements resource.Resource.
func (r *configResource) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	r.ReadAnew(ctx, request, response, r.find)
}

func (r *configResource) find(ctx context.Context, reading dependant.Reading[model, managed]) *dependant.Missing {
	state, kept := reading.State, reading.Kept.Fields
	found, err := reading.Client.Config(ctx, state.key(), false)
	switch {
	case isGone(err):
		forget(r.Data, state.Object())
		return &dependant.Missing{
			IsAccountGone: refold.KindOf(err) == refold.AccountNotFound,
			Import:        importMissing(*state, err),
			Without:       ", with the fields and workflows of the configuration and without what the customer had set",
		}
	case err != nil:
		reading.Diagnostics.Append(diagnose.Failure("read", state.subject(), err))
		return nil
	}
	if state.IsImporting() {
		err = state.importAll(ctx, found, reading.Selected)
	} else {
		err = state.refresh(ctx, found, union(kept, state.Fields.Keys()), reading.Selected)
	}
	if err != nil {
		reading.Diagnostics.Append(unreadableFieldsError(*state, err))
		return nil
	}
	remember(r.Data, seen{config: found, state: *state, kept: kept})
	return nil
}

// seen is what the refresh of this run has found of a config, if anything, and its state, with the
// fields that are managed: a tainted one is shown to no plan.
type seen struct {
	config *refold.Config
	state  model
	kept   []string
	// absent is when a plan has looked for a config, and there was none; zero for never.
	absent time.Time
}

// lookAge is how old a look before a creation may be. An apply plans each object once more right
// before it makes it, which looks as well.
const lookAge = 10 * time.Second

// isMissed reports whether the plan of this creation has just looked, and found no config.
func (s seen) isMissed() bool { return time.Since(s.absent) < lookAge }

func remember(data *providerdata.Data, found seen) {
	providerdata.Remember(data, found.state.Object().ImportID(), found)
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

// Update implements resource.Resource.
func (r *configResource) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	r.ChangeTo(ctx, request, response, dependant.Update[model, managed]{
		IsSent: func(plan model, change change) bool { return plan.writes(change.State, change.Kept.Fields) },
		Keep: func(plan *model, change change) managed {
			plan.keep(change.State)
			return managed{plan.Fields.Keys()}
		},
		Send: func(ctx context.Context, o *dependant.Operation, change change, plan *model) managed {
			return managed{operation{o}.update(ctx, change, plan)}
		},
	})
}

// Delete implements resource.Resource.
func (r *configResource) Delete(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse) {
	r.GiveUp(ctx, request, response, func(ctx context.Context, o *dependant.Operation, state model, kept managed) {
		operation{o}.remove(ctx, state, union(kept.Fields, state.Fields.Keys()))
	})
}

// writes reports whether an update has something to send, or to take off management.
func (m model) writes(state model, managed []string) bool {
	return !m.Fields.Equal(state.Fields) || !m.Workflows.Equal(state.Workflows) || len(without(managed, m.Fields.Keys())) > 0
}

// keep takes over from the state what a plan left open, where nothing was sent.
func (m *model) keep(state model) {
	m.FieldErrors, m.OrganizationID, m.Environment = state.FieldErrors, state.OrganizationID, state.Environment
}

// AfterFailure implements dependant.Model.
func (m model) AfterFailure(plan model) model {
	left := m
	left.TakeSwitches(plan.Attributes)
	left.ForceDestroy = plan.ForceDestroy
	return left
}
