// SPDX-License-Identifier: MPL-2.0

package dependant

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Resource is embedded in every resource of a dependant. Its methods are all that such resources do
// alike around a call; what is the object's own is passed in. M is the model, P its pointer, K what
// is kept in the private state.
type Resource[M any, P Model[M], K Kept] struct {
	providerdata.Resource
	// Private is where K is kept.
	Private providerdata.PrivateState[K]
	// Whole names, within a sentence, what takes the object along when it is deleted: there always
	// is something.
	Whole string
}

// MakeNew is Create. Its argument returns what is to be kept, and whether it has made the object:
// never both a state and an error, since Terraform would mark the object as tainted, and replace
// it, which means delete it, in the next run.
func (r *Resource[M, P, K]) MakeNew(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse, create func(ctx context.Context, o *Operation, config M, plan *M) (K, bool)) {
	var config, plan M
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	owner := providerdata.KeepOwner(ctx, response.Private, "", &response.Diagnostics)
	o, ok := r.begin(ctx, "create", &plan, owner, &response.Diagnostics)
	if !ok {
		return
	}
	defer o.End()
	if o.Turn.Claim.IsClaimed() {
		o.Diagnostics.Append(o.Object.ClaimedTwiceError())
		return
	}
	kept, isMade := create(ctx, o, config, &plan)
	if !isMade {
		return
	}
	r.keep(ctx, response.Private, kept, &response.Diagnostics)
	P(&plan).Settle(r.DeletionPolicy())
	response.Diagnostics.Append(providerdata.SetIdentity(ctx, response.Identity, request.Plan)...)
	response.Diagnostics.Append(response.State.Set(ctx, &plan)...)
}

// Reading is a read under way.
type Reading[M, K any] struct {
	Client *refold.Client
	State  *M
	Kept   K
	// Selected is what the API key selects: where the object is.
	Selected    refold.Scope
	Diagnostics *diag.Diagnostics
	// Keep replaces what is kept.
	Keep func(K)
}

// Missing is an object that a read did not find.
type Missing struct {
	// IsAccountGone is true where the answer said that it is the account that does not exist.
	IsAccountGone bool
	// Import is what to say where the object was to be imported.
	Import diag.Diagnostic
	// Without is as of MissingWarning.
	Without string
}

// ReadAnew is Read. Find makes the state what Refold shows, or says what it did not find.
func (r *Resource[M, P, K]) ReadAnew(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse, find func(context.Context, Reading[M, K]) *Missing) {
	var state M
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	kept := r.kept(ctx, request.Private, &response.Diagnostics)
	client := r.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	// Removing a resource without an identity fails on CLIs that stored none.
	response.Diagnostics.Append(providerdata.SetIdentity(ctx, response.Identity, request.State)...)
	selected, problem := P(&state).Object().Scope(ctx, client, "read", P(&state).Scope())
	if problem != nil {
		response.Diagnostics.Append(problem)
		return
	}
	isImport := P(&state).IsImporting()
	missing := find(ctx, Reading[M, K]{
		Client: client, State: &state, Kept: kept, Selected: selected, Diagnostics: &response.Diagnostics,
		Keep: func(kept K) { r.keep(ctx, response.Private, kept, &response.Diagnostics) },
	})
	switch {
	case response.Diagnostics.HasError():
		return
	case missing != nil && isImport:
		response.Diagnostics.Append(missing.Import)
		return
	case missing != nil:
		r.forget(ctx, client, &state, *missing, selected, response)
		return
	}
	if isImport {
		r.takeIn(P(&state).Object())
	}
	P(&state).Settle(r.DeletionPolicy())
	response.Diagnostics.Append(response.State.Set(ctx, &state)...)
}

// forget takes an object out of the state, after finding out whether its account is gone as well.
func (r *Resource[M, P, K]) forget(ctx context.Context, client *refold.Client, state P, missing Missing, selected refold.Scope, response *resource.ReadResponse) {
	object, isAccountGone := state.Object(), missing.IsAccountGone
	if !isAccountGone {
		var err error
		if isAccountGone, err = object.IsAccountGone(ctx, client, state.Scope()); err != nil {
			response.Diagnostics.Append(diagnose.Failure("read", diagnose.LinkedAccount(object.AccountID), err))
			return
		}
	}
	if isAccountGone {
		SayAccountGone(r.Data, object.AccountID, selected, &response.Diagnostics)
	} else {
		response.Diagnostics.Append(object.MissingWarning(selected, missing.Without))
	}
	response.State.RemoveResource(ctx)
}

// Change is an update under way.
type Change[M, K any] struct {
	Config, State M
	Kept          K
}

// Update is what is an object's own in an update. All return what is to be kept, and make the plan
// the state that it leads to.
type Update[M, K any] struct {
	// IsSent reports whether there is anything to send, or to take off management.
	IsSent func(plan M, change Change[M, K]) bool
	// Keep fills in what a plan left open where nothing is sent.
	Keep func(plan *M, change Change[M, K]) K
	// Send writes.
	Send func(ctx context.Context, o *Operation, change Change[M, K], plan *M) K
}

// ChangeTo is Update.
func (r *Resource[M, P, K]) ChangeTo(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse, update Update[M, K]) {
	var plan M
	var change Change[M, K]
	response.Diagnostics.Append(request.Config.Get(ctx, &change.Config)...)
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	response.Diagnostics.Append(request.State.Get(ctx, &change.State)...)
	response.Diagnostics.Append(providerdata.SetIdentity(ctx, response.Identity, request.Plan)...)
	owner := providerdata.KeepOwner(ctx, response.Private, providerdata.Owner(ctx, request.Private, &response.Diagnostics), &response.Diagnostics)
	change.Kept = r.kept(ctx, request.Private, &response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	kept := r.change(ctx, update, change, &plan, owner, &response.Diagnostics)
	r.keep(ctx, response.Private, kept, &response.Diagnostics)
	P(&plan).Settle(r.DeletionPolicy())
	response.Diagnostics.Append(response.State.Set(ctx, &plan)...)
}

func (r *Resource[M, P, K]) change(ctx context.Context, update Update[M, K], change Change[M, K], plan *M, owner string, diagnostics *diag.Diagnostics) K {
	if !update.IsSent(*plan, change) {
		return update.Keep(plan, change)
	}
	o, ok := r.begin(ctx, "update", &change.State, owner, diagnostics)
	if !ok {
		*plan = P(&change.State).AfterFailure(*plan)
		return change.Kept
	}
	defer o.End()
	return update.Send(ctx, o, change, plan)
}

// GiveUp is Delete. What a policy or another address keeps stays at Refold.
func (r *Resource[M, P, K]) GiveUp(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse, remove func(ctx context.Context, o *Operation, state M, kept K)) {
	var state M
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	if response.Diagnostics.HasError() || r.KeepsAtRefold(P(&state).Object().Subject().String(), P(&state).Policies(), &response.Diagnostics) {
		return
	}
	owner := providerdata.Owner(ctx, request.Private, &response.Diagnostics)
	kept := r.kept(ctx, request.Private, &response.Diagnostics)
	o, ok := r.begin(ctx, "delete", &state, owner, &response.Diagnostics)
	if !ok {
		return
	}
	defer o.End()
	if o.Turn.Claim.IsClaimed() {
		o.Diagnostics.Append(o.Object.ClaimedWarning())
		return
	}
	remove(ctx, o, state, kept)
}

func (r *Resource[M, P, K]) begin(ctx context.Context, doing string, about P, owner string, diagnostics *diag.Diagnostics) (*Operation, bool) {
	return about.Object().Begin(ctx, &r.Resource, doing, about.Scope(), owner, diagnostics)
}

func (r *Resource[M, P, K]) kept(ctx context.Context, from providerdata.PrivateReader, diagnostics *diag.Diagnostics) K {
	kept, problems := r.Private.Read(ctx, from)
	diagnostics.Append(problems...)
	if kept == nil {
		return *new(K)
	}
	return *kept
}

func (r *Resource[M, P, K]) keep(ctx context.Context, in providerdata.PrivateWriter, kept K, diagnostics *diag.Diagnostics) {
	if kept.IsNothing() {
		diagnostics.Append(r.Private.Keep(ctx, in, nil)...)
		return
	}
	diagnostics.Append(r.Private.Keep(ctx, in, &kept)...)
}
