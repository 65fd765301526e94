// SPDX-License-Identifier: MPL-2.0

package careless

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

var (
	_ resource.ResourceWithConfigure   = (*hookResource)(nil)
	_ resource.ResourceWithIdentity    = (*hookResource)(nil)
	_ resource.ResourceWithImportState = (*hookResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*hookResource)(nil)
)

type hookResource struct {
	mistakes Mistakes
	client   *client
}

type model struct {
	Name            types.String `tfsdk:"name"`
	Sample          types.String `tfsdk:"sample"`
	SecretWO        types.String `tfsdk:"secret_wo"`
	SecretWOVersion types.String `tfsdk:"secret_wo_version"`
	ID              types.String `tfsdk:"id"`
	Environment     types.String `tfsdk:"environment"`
	ownership.PolicyAttributes
}

func (m *model) set(known hook) {
	m.ID, m.Name, m.Environment = types.StringValue(known.ID), types.StringValue(known.Name), types.StringValue(known.Environment)
	m.SecretWO = types.StringNull()
}

// isSameHook reports whether Refold has nothing to do to get from a state to this plan.
func (m model) isSameHook(state model) bool {
	return m.Name.Equal(state.Name) && m.Sample.Equal(state.Sample) && m.SecretWOVersion.Equal(state.SecretWOVersion)
}

// document is what a write sends: the secret stands in the configuration only.
func (m model) document(config model) document {
	return document{Name: m.Name.ValueString(), Secret: config.SecretWO.ValueString()}
}

// Metadata implements resource.Resource.
func (r *hookResource) Metadata(_ context.Context, _ resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = TypeName
}

// Configure implements resource.ResourceWithConfigure.
func (r *hookResource) Configure(_ context.Context, request resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.client, _ = request.ProviderData.(*client)
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *hookResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, response *resource.IdentitySchemaResponse) {
	response.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{RequiredForImport: true, Description: r.mistakes.describe("The id of the hook.")},
	}}
}

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (r *hookResource) ModifyPlan(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	if _, isPlanned := r.client.planned.LoadOrStore(request.State.Raw.String(), true); isPlanned && r.mistakes.SeesDouble {
		response.Diagnostics.AddError("Two addresses", "The hook was planned before.")
	}
	if r.mistakes.NeedsAnswerToPlan {
		r.fails(&response.Diagnostics, "plan", r.client.checkScope(ctx, ""))
	}
	if r.mistakes.NeedsKeyToPlan && r.client.key == "" {
		response.Diagnostics.AddError("No API key", "The plan needs one.")
	}
	planned := *response
	hook := providerdata.GivenUp{State: func() string { return "the hook" }}
	r.client.PlanDeletionPolicy(ctx, hook, request, &planned)
	response.Plan = planned.Plan
	if !r.mistakes.PlansAnything {
		response.Diagnostics = planned.Diagnostics
	}
	isUnsettled, problems := unsettled().Read(ctx, request.Private)
	response.Diagnostics.Append(problems...)
	if isUnsettled != nil && !r.mistakes.TrustsFailedUpdates && !response.Plan.Raw.IsNull() {
		response.Diagnostics.Append(response.Plan.SetAttribute(ctx, path.Root("environment"), types.StringUnknown())...)
	}
}

// madeHere is kept of hooks that were not imported.
func madeHere() providerdata.PrivateState[bool] {
	return providerdata.PrivateState[bool]{Key: "made_here", About: "who made the hook"}
}

// unsettled is kept where Refold may hold another sample or secret than the state says.
func unsettled() providerdata.PrivateState[bool] {
	return providerdata.PrivateState[bool]{Key: "unsettled", About: "an update that failed"}
}

// Create implements resource.Resource.
func (r *hookResource) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	var plan, config model
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	if r.fails(&response.Diagnostics, "create", r.client.checkScope(ctx, "")) {
		return
	}
	plan.Settle(r.client.DeletionPolicy())
	made, err := r.client.create(ctx, plan.document(config))
	if r.mistakes.KeepsFailedCreate || err == nil {
		plan.set(made)
		response.Diagnostics.Append(response.State.Set(ctx, plan)...)
		response.Diagnostics.Append(response.Identity.SetAttribute(ctx, path.Root("id"), made.ID)...)
	}
	if r.fails(&response.Diagnostics, "create", err) {
		return
	}
	response.Diagnostics.Append(madeHere().Keep(ctx, response.Private, new(true))...)
	if r.mistakes.TellsSecrets {
		response.Diagnostics.Append(response.Private.SetKey(ctx, "secret", fmt.Appendf(nil, "%q", config.SecretWO.ValueString()))...)
	}
}

// Read implements resource.Resource.
func (r *hookResource) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	if !r.mistakes.ForgetsIdentity {
		response.Diagnostics.Append(response.Identity.SetAttribute(ctx, path.Root("id"), state.ID)...)
	}
	if r.mistakes.GuessesWithoutKey && r.client.key == "" {
		return
	}
	scope := r.client.checkScope(ctx, state.Environment.ValueString())
	if r.mistakes.ReadsNothing || !r.mistakes.TrustsWhatIsFound && r.fails(&response.Diagnostics, "read", scope) {
		return
	}
	read, err := r.client.read(ctx, state.ID.ValueString())
	if isNotFound(err) {
		if !r.fails(&response.Diagnostics, "read", scope) {
			response.Diagnostics.Append(r.missing(state)...)
			response.State.RemoveResource(ctx)
		}
		return
	}
	if r.fails(&response.Diagnostics, "read", err) {
		return
	}
	state.set(read)
	state.Settle(r.client.DeletionPolicy())
	response.Diagnostics.Append(response.State.Set(ctx, state)...)
}

// missing is what a read says of an object that is gone.
func (r *hookResource) missing(state model) diag.Diagnostics {
	switch {
	case r.mistakes.LosesSilently:
		return nil
	case r.mistakes.BlamesOthers:
		return diag.Diagnostics{diag.NewWarningDiagnostic("The hook is not found", "It was deleted outside Terraform.")}
	}
	return diag.Diagnostics{diagnose.MissingWarning(diagnose.Subject{Noun: "hook", Name: state.ID.ValueString()}, diagnose.Missing{}, "")}
}

// Update implements resource.Resource.
func (r *hookResource) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	var plan, config, state model
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	if r.mistakes.SendsPolicy || !plan.isSameHook(state) || plan.Environment.IsUnknown() {
		if r.fails(&response.Diagnostics, "update", r.client.checkScope(ctx, state.Environment.ValueString())) {
			return
		}
		updated, err := r.client.update(ctx, state.ID.ValueString(), plan.document(config))
		if r.fails(&response.Diagnostics, "update", err) {
			if r.mistakes.DropsStateOnFailure {
				response.State.RemoveResource(ctx)
			}
			response.Diagnostics.Append(unsettled().Keep(ctx, response.Private, new(true))...)
			return
		}
		response.Diagnostics.Append(unsettled().Keep(ctx, response.Private, nil)...)
		plan.set(updated)
	}
	if !r.mistakes.ForgetsIdentityInUpdate {
		response.Diagnostics.Append(response.Identity.SetAttribute(ctx, path.Root("id"), plan.ID)...)
	}
	plan.Settle(r.client.DeletionPolicy())
	response.Diagnostics.Append(response.State.Set(ctx, plan)...)
}

// Delete implements resource.Resource.
func (r *hookResource) Delete(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	if !r.mistakes.DeletesAnything && r.client.KeepsAtRefold("the hook", state.PolicyAttributes, &response.Diagnostics) {
		return
	}
	isMadeHere, problems := madeHere().Read(ctx, request.Private)
	response.Diagnostics.Append(problems...)
	if response.Diagnostics.HasError() && !r.mistakes.GoesOnUnread {
		return
	}
	if r.mistakes.DeletesWhatItMade && isMadeHere == nil {
		response.Diagnostics.AddError("Could not delete the hook", "Nobody knows who made it.")
		return
	}
	if r.fails(&response.Diagnostics, "delete", r.client.checkScope(ctx, state.Environment.ValueString())) {
		return
	}
	r.fails(&response.Diagnostics, "delete", r.client.delete(ctx, state.ID.ValueString()))
}

// ImportState implements resource.ResourceWithImportState.
func (r *hookResource) ImportState(ctx context.Context, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	id := types.StringValue(request.ID)
	if request.ID == "" && !r.mistakes.IgnoresIdentity {
		response.Diagnostics.Append(request.Identity.GetAttribute(ctx, path.Root("id"), &id)...)
	}
	if r.mistakes.CannotImport {
		response.Diagnostics.AddError("No import", "Nobody wrote it.")
		return
	}
	if _, err := r.client.read(ctx, id.ValueString()); !r.mistakes.ImportsAnything && r.fails(&response.Diagnostics, "import", err) {
		return
	}
	response.Diagnostics.Append(response.State.SetAttribute(ctx, path.Root("id"), id)...)
	response.Diagnostics.Append(response.Identity.SetAttribute(ctx, path.Root("id"), id)...)
}

// fails adds an error as a diagnostic, if there is one.
func (r *hookResource) fails(diagnostics *diag.Diagnostics, doing string, err error) bool {
	if err == nil {
		return false
	}
	detail := err.Error()
	if doing == "create" && !r.mistakes.HidesImport {
		detail += ". It may have been made: look for its name, and use terraform import."
	}
	diagnostics.AddError("Could not "+doing+" the hook", detail)
	return true
}
