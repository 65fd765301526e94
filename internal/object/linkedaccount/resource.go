// SPDX-License-Identifier: MPL-2.0

// Package linkedaccount offers Refold's linked account to Terraform.
package linkedaccount

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const typeName = "linked_account"

var (
	_ resource.ResourceWithConfigure      = (*accountResource)(nil)
	_ resource.ResourceWithIdentity       = (*accountResource)(nil)
	_ resource.ResourceWithImportState    = (*accountResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*accountResource)(nil)
	_ resource.ResourceWithValidateConfig = (*accountResource)(nil)
)

type accountResource struct{ providerdata.Resource }

// NewResource makes the resource refold_linked_account.
func NewResource() resource.Resource { return &accountResource{providerdata.Resource{Name: typeName}} }

// importing marks a state that an import began and no read completed.
func importing() providerdata.PrivateState[bool] {
	return providerdata.PrivateState[bool]{Key: "importing", About: "an import"}
}

// deleting marks a state whose deletion was sent, and may have been carried out.
func deleting() providerdata.PrivateState[bool] {
	return providerdata.PrivateState[bool]{Key: "deleting", About: "a deletion"}
}

// vanished marks the plan to delete an account that does not exist: there is nothing that
// deletion_policy could protect, if it is still so.
func vanished() providerdata.PrivateState[bool] {
	return providerdata.PrivateState[bool]{Key: "vanished", About: "an account that was not found"}
}

// gone is whether the refresh of this run has found that an account does not exist.
type gone bool

func (r *accountResource) isGone(accountID string) bool {
	found, _ := providerdata.Recall[gone](r.Data, accountID)
	return bool(found)
}

// lookWhetherGone finds out what isGone returns: Terraform 1.11 plans what left the configuration
// before it is refreshed.
func (r *accountResource) lookWhetherGone(ctx context.Context, state model) {
	var pending diag.Diagnostics
	client, id := r.Client(&pending), state.LinkedAccountID.ValueString()
	if _, isKnown := providerdata.Recall[gone](r.Data, id); !isKnown && !pending.HasError() {
		_, err := client.LinkedAccount(ctx, id)
		providerdata.Remember(r.Data, id, gone(isMissing(state, err)))
	}
}

// isMissing reports whether an answer is certain to say that the account of a state does not exist.
func isMissing(state model, err error) bool {
	return refold.KindOf(err) == refold.AccountNotFound &&
		diagnose.CheckGone(state.subject(), state.scope(), diagnose.SearchedScope(err), advice().Forget) == nil
}

// ImportState implements resource.ResourceWithImportState: by id, and by identity.
func (r *accountResource) ImportState(ctx context.Context, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	providerdata.ImportState(ctx, "linked_account_id", attribute.LinkedAccountID(), request, response)
	if response.Diagnostics.HasError() {
		return
	}
	response.Diagnostics.Append(importing().Keep(ctx, response.Private, new(true))...)
	var id types.String
	response.Diagnostics.Append(response.State.GetAttribute(ctx, path.Root("linked_account_id"), &id)...)
	r.Import(id.ValueString())
}

// Read implements resource.Resource.
func (r *accountResource) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	client := r.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	// Removing a resource without an identity fails on CLIs that stored none.
	response.Diagnostics.Append(providerdata.SetIdentity(ctx, response.Identity, request.State)...)
	id := state.LinkedAccountID.ValueString()
	account, err := client.ReadLinkedAccount(ctx, id, refold.ReadOptions{})
	if refold.KindOf(err) == refold.AccountNotFound {
		r.readMissing(ctx, state, err, request, response)
		return
	}
	if err != nil {
		response.Diagnostics.Append(diagnose.Failure("read", diagnose.LinkedAccount(id), err))
		return
	}
	if swapped := diagnose.CheckScope(diagnose.LinkedAccount(id), state.scope(), account.Scope()); swapped != nil {
		response.Diagnostics.Append(swapped)
		return
	}
	kept, diagnostics := defaultApp().Read(ctx, request.Private)
	response.Diagnostics.Append(diagnostics...)
	former := providerdata.FormerIDs{}
	if reconcile.WasReplaced(state.ID.ValueString(), account) {
		former[id] = state.ID.ValueString()
		kept = nil
		response.Diagnostics.Append(replacedWarning(id))
		state.YourApp = noYourApp()
		response.Diagnostics.Append(defaultApp().Keep(ctx, response.Private, nil)...)
	}
	if kept != nil {
		providerdata.Remember(r.Data, id, *kept)
	}
	providerdata.Remember(r.Data, id, gone(false))
	r.remember(ctx, state, kept, account, &response.Diagnostics)
	inDoubt := readFieldsInDoubt(ctx, request.Private, &response.Diagnostics)
	inDoubt = state.refreshShared(ctx, account, inDoubt, &response.Diagnostics)
	state.Settle(r.DeletionPolicy())
	response.Diagnostics.Append(keepFieldsInDoubt(ctx, response.Private, inDoubt, nil)...)
	response.Diagnostics.Append(importing().Keep(ctx, response.Private, nil)...)
	response.Diagnostics.Append(deleting().Keep(ctx, response.Private, nil)...)
	response.Diagnostics.Append(r.KeepFormerIDs(ctx, response.Private, slices.Values([]string{id}), former)...)
	response.Diagnostics.Append(response.State.Set(ctx, &state)...)
}

func (r *accountResource) readMissing(ctx context.Context, state model, err error, request resource.ReadRequest, response *resource.ReadResponse) {
	id := state.LinkedAccountID.ValueString()
	marked, diagnostics := importing().Read(ctx, request.Private)
	response.Diagnostics.Append(diagnostics...)
	if marked != nil {
		response.Diagnostics.Append(importMissing(id, err))
		return
	}
	if problem := diagnose.CheckGone(diagnose.LinkedAccount(id), state.scope(), diagnose.SearchedScope(err), advice().Forget); problem != nil {
		response.Diagnostics.Append(problem)
		return
	}
	begun, diagnostics := deleting().Read(ctx, request.Private)
	response.Diagnostics.Append(diagnostics...)
	response.Diagnostics.Append(missingWarning(id, diagnose.Missing{
		Searched: diagnose.SearchedScope(err), Age: refold.AgeAt(err, state.ID.ValueString()), DeletionBegun: begun != nil,
	}))
	providerdata.Remember(r.Data, id, gone(true))
	// What belongs to the account need not say so as well.
	r.IsFirstToMiss(id)
	response.State.RemoveResource(ctx)
}

// Create implements resource.Resource. It never returns a state together with an error: Terraform
// would mark the account as tainted, and replace it, which means delete it, in the next run.
func (r *accountResource) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	var config, plan model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	reconciler := r.reconciler(&response.Diagnostics)
	checkSentValues(ctx, plan.LinkedAccountID.ValueString(), noYourApp(), plan.YourApp, config.YourApp, true, &response.Diagnostics)
	task := reconcile.Task{
		Owner:   providerdata.KeepOwner(ctx, response.Private, "", &response.Diagnostics),
		Desired: plan.configured(ctx, config, &response.Diagnostics).desired(ctx, &response.Diagnostics),
		Adopt:   plan.AdoptExisting.ValueBool(),
	}
	if response.Diagnostics.HasError() {
		return
	}
	created := reconciler.Create(ctx, task)
	response.Diagnostics.Append(created.Problems.Diagnostics()...)
	if !created.Complete {
		return
	}
	plan.complete(ctx, created.Account, model{}, &response.Diagnostics)
	plan.Settle(r.DeletionPolicy())
	response.Diagnostics.Append(defaultApp().Keep(ctx, response.Private, created.App)...)
	response.Diagnostics.Append(providerdata.SetIdentity(ctx, response.Identity, request.Plan)...)
	if response.Diagnostics.HasError() {
		return
	}
	response.Diagnostics.Append(response.State.Set(ctx, &plan)...)
}

// Update implements resource.Resource.
func (r *accountResource) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	var config, plan, state model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	reconciler := r.reconciler(&response.Diagnostics)
	kept, diagnostics := defaultApp().Read(ctx, request.Private)
	response.Diagnostics.Append(diagnostics...)
	checkSentValues(ctx, plan.LinkedAccountID.ValueString(), state.YourApp, plan.YourApp, config.YourApp, false, &response.Diagnostics)
	configured := plan.configured(ctx, config, &response.Diagnostics).withoutIgnored(config, state).withTakenOver(plan, state)
	change := planCredentialChange(ctx, state.YourApp, configured.YourApp, kept, &response.Diagnostics)
	inDoubt := readFieldsInDoubt(ctx, request.Private, &response.Diagnostics)
	desired, differ := configured.change(ctx, config, state, &response.Diagnostics)
	prior := state.prior(change.Before)
	prior.FieldKeys = state.UDF.Keys().With(inDoubt...)
	task := reconcile.Task{
		Owner:        providerdata.KeepOwner(ctx, response.Private, providerdata.Owner(ctx, request.Private, &response.Diagnostics), &response.Diagnostics),
		Desired:      desired,
		Prior:        prior,
		FieldsDiffer: differ,
		Credentials:  change,
	}
	response.Diagnostics.Append(providerdata.SetIdentity(ctx, response.Identity, request.Plan)...)
	if response.Diagnostics.HasError() {
		return
	}
	updated := reconciler.Update(ctx, task)
	response.Diagnostics.Append(updated.Problems.Diagnostics()...)
	response.Diagnostics.Append(defaultApp().Keep(ctx, response.Private, updated.App)...)
	response.Diagnostics.Append(keepFieldsInDoubt(ctx, response.Private, inDoubt, updated.FieldsInDoubt)...)
	if !updated.Complete {
		plan = state.afterFailure(updated, plan)
	}
	response.Diagnostics.Append(r.LeaveFormerIDs(ctx, response.Private, nil)...)
	plan.complete(ctx, updated.Account, state, &response.Diagnostics)
	plan.Settle(r.DeletionPolicy())
	response.Diagnostics.Append(response.State.Set(ctx, &plan)...)
}

// Delete implements resource.Resource.
func (r *accountResource) Delete(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	if response.Diagnostics.HasError() || r.hasVanished(ctx, state, request.Private, &response.Diagnostics) ||
		r.KeepsAtRefold(state.subject().String(), state.PolicyAttributes, &response.Diagnostics) {
		return
	}
	reconciler := r.reconciler(&response.Diagnostics)
	kept, diagnostics := defaultApp().Read(ctx, request.Private)
	response.Diagnostics.Append(diagnostics...)
	former := providerdata.ReadFormerIDs(ctx, request.Private, &response.Diagnostics)
	owner := providerdata.Owner(ctx, request.Private, &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	prior := state.givenUp(ctx, kept, &response.Diagnostics)
	prior.ID = cmp.Or(former[state.LinkedAccountID.ValueString()], prior.ID)
	deleted := reconciler.Delete(ctx, reconcile.Task{
		Owner:   owner,
		Desired: reconcile.Desired{AccountID: state.LinkedAccountID.ValueString()},
		Prior:   prior,
		Force:   state.ForceDestroy.ValueBool(),
	})
	response.Diagnostics.Append(deleted.Problems.Diagnostics()...)
	if deleted.DeletionBegun {
		response.Diagnostics.Append(deleting().Keep(ctx, response.Private, new(true))...)
	}
}

// hasVanished looks once more at an account that its plan did not find.
func (r *accountResource) hasVanished(ctx context.Context, state model, private providerdata.PrivateReader, diagnostics *diag.Diagnostics) bool {
	marked, problems := vanished().Read(ctx, private)
	diagnostics.Append(problems...)
	client := r.Client(diagnostics)
	if marked == nil || diagnostics.HasError() {
		return false
	}
	_, err := client.LinkedAccount(ctx, state.LinkedAccountID.ValueString())
	return isMissing(state, err)
}

func (r *accountResource) reconciler(diagnostics *diag.Diagnostics) reconcile.Reconciler {
	return reconcile.Reconciler{Data: r.Data, Client: r.Client(diagnostics), Advice: advice()}
}
