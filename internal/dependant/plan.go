// SPDX-License-Identifier: MPL-2.0

package dependant

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/movement"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Planning is a plan under way. What it does not have, as the plan of a deletion, is empty.
type Planning[M, K any] struct {
	Config, Plan, State M
	Kept                K
	// IsReplacement is true of a creation that is the second call about an object that is replaced:
	// that is given up first, and what is made was looked up in the call before.
	IsReplacement bool
	// Response is the answer, with its Diagnostics.
	Response *resource.ModifyPlanResponse
}

// Plans are what an object has to say of each kind of plan. A replacement is planned as a change
// and, in another call, as a creation.
type Plans[M, K any] struct {
	Deletion, Creation, Change func(context.Context, Planning[M, K])
}

// PlanAll is ModifyPlan: it holds the plan against deletion_policy, and hands it on.
func (r *Resource[M, P, K]) PlanAll(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse, plans Plans[M, K]) {
	r.planDeletionPolicy(ctx, request, response)
	p := Planning[M, K]{Response: response}
	isDeletion, isCreation := request.Plan.Raw.IsNull(), request.State.Raw.IsNull()
	if !isDeletion {
		response.Diagnostics.Append(request.Config.Get(ctx, &p.Config)...)
		response.Diagnostics.Append(request.Plan.Get(ctx, &p.Plan)...)
	}
	if !isCreation {
		response.Diagnostics.Append(request.State.Get(ctx, &p.State)...)
		p.Kept = r.kept(ctx, request.Private, &response.Diagnostics)
	}
	if isCreation && !isDeletion {
		var problems diag.Diagnostics
		p.IsReplacement, problems = movement.IsReplacement(ctx, response.Private)
		response.Diagnostics.Append(problems...)
	}
	switch {
	case response.Diagnostics.HasError():
	case isDeletion:
		plans.Deletion(ctx, p)
	case isCreation:
		plans.Creation(ctx, p)
	default:
		plans.Change(ctx, p)
	}
}

func (r *Resource[M, P, K]) planDeletionPolicy(ctx context.Context, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	r.PlanDeletionPolicy(ctx, providerdata.GivenUp{
		State: func() string {
			var state M
			response.Diagnostics.Append(request.State.Get(ctx, &state)...)
			return P(&state).Object().Subject().String()
		},
		Plan: func() string {
			var plan M
			response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
			if P(&plan).Adopts() {
				return ""
			}
			return P(&plan).Object().ImportID()
		},
		Key: func() string {
			var state M
			response.Diagnostics.Append(request.State.Get(ctx, &state)...)
			return P(&state).Object().ImportID()
		},
	}, request, response)
}

// IsDeleted reports whether the object of a state is deleted where it is given up.
func (r *Resource[M, P, K]) IsDeleted(state M) bool {
	return P(&state).Policies().OnRemoval(r.DeletionPolicy()) == ownership.Delete
}

// WarnOfAbandoned says that the object of a state stays at Refold where another takes its place.
func (r *Resource[M, P, K]) WarnOfAbandoned(state M, diagnostics *diag.Diagnostics) {
	if P(&state).Policies().OnRemoval(r.DeletionPolicy()) == ownership.Abandon {
		diagnostics.Append(diagnose.Abandoned(P(&state).Object().Subject().String()))
	}
}

// takenIn says that an import of this run takes an object in.
type takenIn struct{}

// memoryID is by what the memory of a run knows the object.
func (o Object) memoryID() string { return o.Noun + " " + o.ImportID() }

func (r *Resource[M, P, K]) takeIn(object Object) {
	providerdata.Remember(r.Data, object.memoryID(), takenIn{})
}

// DeletesImported reports whether giving up the object of a state would delete what an import of
// this run takes in.
func (r *Resource[M, P, K]) DeletesImported(state M) bool {
	_, isImported := providerdata.Recall[takenIn](r.Data, P(&state).Object().memoryID())
	return isImported && r.IsDeleted(state)
}

// Ask asks Refold for a plan, which goes on where it gets no answer: once that failed for a reason
// that others would meet as well, each with all attempts, nothing is asked any more.
func Ask[T any](ctx context.Context, data *providerdata.Data, ask func() (T, error)) (T, error) {
	if why := data.WhyNotLook(); why != nil {
		return *new(T), why
	}
	found, err := ask()
	if err != nil && ctx.Err() == nil && refold.IsGeneral(err) {
		data.StopLooking(err)
	}
	return found, err
}
