// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// guardSight is how old the look before a deletion may be. It is short, because an app that was
// connected since is lost, and not zero, because a deletion of thousands must not look at each
// account with a request.
const guardSight = time.Minute

// Delete deletes the account of a state, after every look that makes it safe. That it is gone
// already is success, where the answer is about the right environment. One that another resource of
// this run made or took over stays, which is success with a warning.
func (r Reconciler) Delete(ctx context.Context, task Task) Outcome {
	return r.run(ctx, doingDelete, task, (*operation).remove)
}

func (o *operation) remove(ctx context.Context) bool {
	if o.turn.IsClaimed() {
		o.report(claimedWarning(o.Desired.AccountID))
		o.App = nil
		return true
	}
	if !o.isSafe(ctx) {
		return false
	}
	err := o.Client.DeleteLinkedAccount(ctx, o.Desired.AccountID)
	if err != nil && refold.KindOf(err) != refold.AccountNotFound {
		o.report(diagnose.Failure(doingDelete, o.subject(), err))
		return false
	}
	o.App = nil
	return true
}

// isSafe looks at the account: is it the one of this state, and has the customer anything to lose?
func (o *operation) isSafe(ctx context.Context) bool {
	if o.Force && o.Prior.Scope.IsKnown() {
		return o.checkKey(ctx)
	}
	account, err := o.Client.ReadLinkedAccount(ctx, o.Desired.AccountID, refold.ReadOptions{MaxAge: guardSight})
	if refold.KindOf(err) == refold.AccountNotFound {
		return o.accepts(diagnose.CheckGone(o.subject(), o.Prior.Scope, diagnose.SearchedScope(err), o.Advice.Forget))
	}
	if err != nil {
		o.report(diagnose.Failure(doingDelete, o.subject(), err))
		return false
	}
	if !o.accepts(diagnose.CheckScope(o.subject(), o.Prior.Scope, account.Scope())) {
		return false
	}
	foreign := o.foreign(account.Integrations)
	if len(foreign) == 0 || o.Force {
		return true
	}
	o.report(connectedError(o.Desired.AccountID, foreign, o.Advice.Keep))
	return false
}
