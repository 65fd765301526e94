// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const doingDelete = "delete linked account"

// remover deletes one account, after every look that makes it safe.
type remover struct {
	client      *refold.Client
	diagnostics *diag.Diagnostics
	// app is what this resource set up of the organization's own app.
	app *defaultApp
}

// remove deletes the account of a state. That it is gone already is success,
// where the answer is about the right environment.
func (r remover) remove(ctx context.Context, state model) {
	id := state.LinkedAccountID.ValueString()
	if !r.isSafe(ctx, id, state) {
		return
	}
	err := r.client.DeleteLinkedAccount(ctx, id)
	if refold.KindOf(err) == refold.AccountNotFound {
		return
	}
	if err != nil {
		r.diagnostics.Append(diagnose.Failure(doingDelete, id, err))
	}
}

// isSafe looks at the account: is it the one of this state, and has the
// customer anything to lose?
func (r remover) isSafe(ctx context.Context, id string, state model) bool {
	if state.ForceDestroy.ValueBool() && state.scope().IsKnown() {
		return r.isRightScope(ctx, id, state)
	}
	account, err := r.client.LinkedAccount(ctx, id)
	if refold.KindOf(err) == refold.AccountNotFound {
		return r.report(checkGone(id, state.scope(), searchedScope(err)))
	}
	if err != nil {
		r.diagnostics.Append(diagnose.Failure(doingDelete, id, err))
		return false
	}
	if !r.report(checkScope(id, state.scope(), account.Scope())) {
		return false
	}
	foreign := r.app.foreign(account.Integrations)
	if len(foreign) == 0 || state.ForceDestroy.ValueBool() {
		return true
	}
	return r.report(connectedError(id, foreign))
}

// isRightScope costs at most one request per run.
func (r remover) isRightScope(ctx context.Context, id string, state model) bool {
	scope, err := r.client.Scope(ctx, id)
	if err != nil {
		r.diagnostics.Append(diagnose.Failure(doingDelete, id, err))
		return false
	}
	return r.report(checkGone(id, state.scope(), scope))
}

// report returns whether there is no problem.
func (r remover) report(problem diag.Diagnostic) bool {
	if problem == nil {
		return true
	}
	r.diagnostics.Append(problem)
	return false
}
