// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// DoingDelete names the operation in diagnostics.
const DoingDelete = "delete"

// guardSight is how old the look before a deletion may be. It is short, because
// an app that was connected since is lost, and not zero, because a deletion of
// thousands must not look at each account with a request.
const guardSight = time.Minute

// Remover deletes one account, after every look that makes it safe.
type Remover struct {
	Client      *refold.Client
	Diagnostics *diag.Diagnostics
	// App is what this resource set up of the organization's own app.
	App *credentials.DefaultApp
	// OwnAppID is that app's id where the configuration tells it, else empty.
	OwnAppID string
	// Scope is where the state says that the account lives.
	Scope refold.Scope
	// Force deletes an account whatever apps the customer connected.
	Force  bool
	Advice Advice
}

// Remove deletes the account of a state. That it is gone already is success,
// where the answer is about the right environment.
func (r Remover) Remove(ctx context.Context, id string) {
	if !r.isSafe(ctx, id) {
		return
	}
	err := r.Client.DeleteLinkedAccount(ctx, id)
	if refold.KindOf(err) == refold.AccountNotFound {
		return
	}
	if err != nil {
		r.Diagnostics.Append(diagnose.Failure(DoingDelete, diagnose.LinkedAccount(id), err))
	}
}

// isSafe looks at the account: is it the one of this state, and has the
// customer anything to lose?
func (r Remover) isSafe(ctx context.Context, id string) bool {
	if r.Force && r.Scope.IsKnown() {
		return r.isRightScope(ctx, id)
	}
	account, err := r.Client.ReadLinkedAccount(ctx, id, refold.ReadOptions{MaxAge: guardSight})
	if refold.KindOf(err) == refold.AccountNotFound {
		return r.report(diagnose.CheckGone(diagnose.LinkedAccount(id), r.Scope, diagnose.SearchedScope(err), r.Advice.Forget))
	}
	if err != nil {
		r.Diagnostics.Append(diagnose.Failure(DoingDelete, diagnose.LinkedAccount(id), err))
		return false
	}
	if !r.report(diagnose.CheckScope(diagnose.LinkedAccount(id), r.Scope, account.Scope())) {
		return false
	}
	foreign := r.foreign(account.Integrations)
	if len(foreign) == 0 || r.Force {
		return true
	}
	return r.report(connectedError(id, foreign, r.Advice))
}

// isRightScope costs at most one request per run.
func (r Remover) isRightScope(ctx context.Context, id string) bool {
	scope, err := r.Client.Scope(ctx, id)
	if err != nil {
		r.Diagnostics.Append(diagnose.Failure(DoingDelete, diagnose.LinkedAccount(id), err))
		return false
	}
	return r.report(diagnose.CheckGone(diagnose.LinkedAccount(id), r.Scope, scope, r.Advice.Forget))
}

// report returns whether there is no problem.
func (r Remover) report(problem *diagnose.Problem) bool {
	if problem == nil {
		return true
	}
	r.Diagnostics.Append(problem)
	return false
}
