// SPDX-License-Identifier: MPL-2.0

// Package movement sees, while Terraform plans, which objects leave one address of the
// configuration and are to be managed at another, and refuses the plan: whether the one or the
// other is done first is up to Terraform, and the object would be deleted. Every resource of the
// provider is watched, whatever it does itself.
package movement

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/wholemap"
)

// identified is what every resource of the provider is.
type identified interface {
	resource.ResourceWithConfigure
	resource.ResourceWithIdentity
	resource.ResourceWithImportState
}

var (
	_ identified                            = (*watched)(nil)
	_ resource.ResourceWithConfigValidators = (*watched)(nil)
	_ resource.ResourceWithModifyPlan       = (*watched)(nil)
	_ resource.ResourceWithMoveState        = (*watched)(nil)
	_ resource.ResourceWithUpgradeIdentity  = (*watched)(nil)
	_ resource.ResourceWithUpgradeState     = (*watched)(nil)
	_ resource.ResourceWithValidateConfig   = (*watched)(nil)
)

// watched is a resource whose objects are seen to move.
type watched struct {
	identified
	// provider is the type name of the provider.
	provider string
	// run is nil before Configure.
	run run
}

// run is what a provider's Configure hands to its objects.
type run interface {
	Movements() *ownership.Movements
	DeletionPolicy() ownership.Policy
}

// Watch lets the objects of a resource be seen to move; providerTypeName is what its type begins
// with. A resource that lacks what every one has to have is left as it is, for the rules about
// objects to find.
func Watch(providerTypeName string, construct func() resource.Resource) func() resource.Resource {
	return func() resource.Resource {
		made := construct()
		if complete, ok := made.(identified); ok {
			return &watched{identified: complete, provider: providerTypeName}
		}
		return made
	}
}

// WatchAll watches resources.
func WatchAll(providerTypeName string, constructors []func() resource.Resource) []func() resource.Resource {
	var all []func() resource.Resource
	for _, construct := range constructors {
		all = append(all, Watch(providerTypeName, construct))
	}
	return all
}

// Configure implements resource.ResourceWithConfigure.
func (w *watched) Configure(ctx context.Context, request resource.ConfigureRequest, response *resource.ConfigureResponse) {
	w.identified.Configure(ctx, request, response)
	w.run, _ = request.ProviderData.(run)
}

// ModifyPlan implements resource.ResourceWithModifyPlan.
func (w *watched) ModifyPlan(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	wholemap.Restore(ctx, &request, response)
	if w.run != nil {
		w.watchPlan(ctx, request, response)
	}
	planner, ok := w.identified.(resource.ResourceWithModifyPlan)
	if ok && !response.Diagnostics.HasError() {
		planner.ModifyPlan(ctx, request, response)
	}
}

func (w *watched) watchPlan(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	kept, problems := recordOf().Read(ctx, request.Private)
	response.Diagnostics.Append(problems...)
	before, after := w.held(ctx, request.State.Raw), w.held(ctx, request.Plan.Raw)
	call := ownership.Call{
		Resource: w.resource(ctx, after), Kind: after.Kind, Token: kept.token(),
		Before: before.IDs, After: after.IDs, Traits: before.Traits,
		IsNew: request.State.Raw.IsNull(), IsGone: request.Plan.Raw.IsNull(),
		IsUndecided: after.IsUndecided, Like: after.Like,
		Abandons: w.abandons(request.State.Raw, request.Plan.Raw, after.IsCollection),
	}
	if call.IsNew {
		call.Words = wordsOf(request.Plan.Raw)
	}
	found := w.run.Movements().Plan(call)
	response.Diagnostics.Append(explain(call, found, w.run.Movements().IsFirst)...)
	next := record{Token: found.Token}
	if !found.SawState {
		next.Policy = w.plannedPolicy(request.Plan.Raw)
	}
	if !found.SawState && !after.IsGivenAnID {
		next.Unseen, next.Creates, next.Adopts = true, after.IDs, isTrue(Attributes(request.Plan.Raw)["adopt_existing"])
		response.Diagnostics.Append(w.checkSeen(call, next)...)
	}
	response.Diagnostics.Append(recordOf().Keep(ctx, response.Private, next.orNone())...)
}

// abandons reports whether what leaves an address stays at Refold. What is taken out of a
// collection goes by the policy of the plan as well.
func (w *watched) abandons(state, plan tftypes.Value, isCollection bool) bool {
	before, after := policyOf(state), policyOf(plan)
	if isCollection && plan.Type() != nil && !plan.IsNull() {
		return before.OnRemovalBy(after, w.run.DeletionPolicy()) == ownership.Abandon
	}
	return before.OnRemoval(w.run.DeletionPolicy()) == ownership.Abandon
}

// Read implements resource.Resource. It takes down what is found and would be deleted.
func (w *watched) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	w.identified.Read(ctx, request, response)
	if w.run == nil || response.Diagnostics.HasError() || response.State.Raw.IsNull() || w.onRemoval(response.State.Raw) != ownership.Delete {
		return
	}
	found := w.held(ctx, response.State.Raw)
	w.run.Movements().SeeDeletable(w.resource(ctx, found), found.IDs)
}

// ImportState implements resource.ResourceWithImportState.
func (w *watched) ImportState(ctx context.Context, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	w.identified.ImportState(ctx, request, response)
	if w.run != nil && !response.Diagnostics.HasError() {
		response.Diagnostics.Append(recordOf().Keep(ctx, response.Private, &record{Token: w.run.Movements().Expect()})...)
	}
}

// IdentityOrder implements providerdata.Identified; it is nil where the resource does not.
func (w *watched) IdentityOrder() []string {
	if ordered, ok := w.identified.(providerdata.Identified); ok {
		return ordered.IdentityOrder()
	}
	return nil
}

// Create implements resource.Resource.
func (w *watched) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	w.identified.Create(ctx, request, response)
	w.settle(ctx, request.Plan.Raw, response.State.Raw)
}

// Update implements resource.Resource.
func (w *watched) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	w.identified.Update(ctx, request, response)
	w.settle(ctx, request.State.Raw, response.State.Raw)
	response.Diagnostics.Append(recordOf().Keep(ctx, response.Private, nil)...)
}

// Delete implements resource.Resource. A tainted object is not shown to the plan of what replaces
// it. Where that has other ids by the configuration, nobody has looked what else is done with its
// own.
func (w *watched) Delete(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse) {
	kept, problems := recordOf().Read(ctx, request.Private)
	response.Diagnostics.Append(problems...)
	held := w.held(ctx, request.State.Raw)
	abandons := w.abandons(request.State.Raw, tftypes.Value{}, held.IsCollection)
	if planned := kept.policy(); planned != "" && len(held.IDs) > 0 && w.onRemoval(request.State.Raw) == ownership.Delete {
		response.Diagnostics.Append(planned.notApplied(named(held.Kind, held.IDs)))
	}
	if unseen := kept.unseen(held.IDs); len(unseen) > 0 && !abandons {
		response.Diagnostics.Append(taintedError(held.Kind, unseen))
	}
	if recreated := kept.recreated(held.IDs); len(recreated) > 0 && abandons {
		response.Diagnostics.Append(diagnose.LetGoAndCreated(named(held.Kind, recreated)))
	}
	if response.Diagnostics.HasError() {
		return
	}
	if unseen := kept.unseen(held.IDs); len(unseen) > 0 {
		response.Diagnostics.Append(diagnose.Abandoned(named(held.Kind, unseen)))
	}
	w.identified.Delete(ctx, request, response)
	left := response.State.Raw
	if !response.Diagnostics.HasError() {
		left = tftypes.Value{}
	}
	w.settle(ctx, request.State.Raw, left)
	response.Diagnostics.Append(recordOf().Keep(ctx, response.Private, nil)...)
}

// settle takes down what an operation about some objects has left in the state.
func (w *watched) settle(ctx context.Context, about, state tftypes.Value) {
	if w.run == nil {
		return
	}
	objects, has := w.held(ctx, about), w.held(ctx, state)
	w.run.Movements().Settle(has.Kind, has.IDs, objects.without(has))
}

// ValidateConfig implements resource.ResourceWithValidateConfig.
func (w *watched) ValidateConfig(ctx context.Context, request resource.ValidateConfigRequest, response *resource.ValidateConfigResponse) {
	if validating, ok := w.identified.(resource.ResourceWithValidateConfig); ok {
		validating.ValidateConfig(ctx, request, response)
	}
}

// ConfigValidators implements resource.ResourceWithConfigValidators.
func (w *watched) ConfigValidators(ctx context.Context) []resource.ConfigValidator {
	if validating, ok := w.identified.(resource.ResourceWithConfigValidators); ok {
		return validating.ConfigValidators(ctx)
	}
	return nil
}

// UpgradeState implements resource.ResourceWithUpgradeState.
func (w *watched) UpgradeState(ctx context.Context) map[int64]resource.StateUpgrader {
	if upgrading, ok := w.identified.(resource.ResourceWithUpgradeState); ok {
		return upgrading.UpgradeState(ctx)
	}
	return nil
}

// UpgradeIdentity implements resource.ResourceWithUpgradeIdentity.
func (w *watched) UpgradeIdentity(ctx context.Context) map[int64]resource.IdentityUpgrader {
	if upgrading, ok := w.identified.(resource.ResourceWithUpgradeIdentity); ok {
		return upgrading.UpgradeIdentity(ctx)
	}
	return nil
}

// MoveState implements resource.ResourceWithMoveState. What the resource itself does not take over
// from another type is refused with what works instead.
func (w *watched) MoveState(ctx context.Context) []resource.StateMover {
	var movers []resource.StateMover
	if moving, ok := w.identified.(resource.ResourceWithMoveState); ok {
		movers = moving.MoveState(ctx)
	}
	target := w.resource(ctx, w.held(ctx, tftypes.Value{}))
	return append(movers, resource.StateMover{StateMover: func(_ context.Context, request resource.MoveStateRequest, response *resource.MoveStateResponse) {
		response.Diagnostics.Append(moveStateError(request.SourceTypeName, target))
	}})
}
