// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"errors"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// forcedSight is how old the look before a forced deletion may be, which only finds out whether the
// account is there.
const forcedSight = time.Minute

// Delete deletes the account of a state, after every look that makes it safe. That it is gone
// already is success, where the answer is about the right environment; nothing is sent then, as an
// account that appears in between would be somebody else's. One that another resource of this run
// made or took over stays, which is success with a warning.
func (r Reconciler) Delete(ctx context.Context, task Task) Outcome {
	return r.run(ctx, doingDelete, task, (*operation).remove)
}

func (o *operation) remove(ctx context.Context) bool {
	if o.turn.IsClaimed() {
		o.report(claimedWarning(o.Desired.AccountID))
		o.removeReplacedCredentials(ctx)
		o.App = nil
		return true
	}
	isThere, isSafe := o.lookBeforeDeletion(ctx)
	if !isSafe || isThere && !o.sendDeletion(ctx) {
		return false
	}
	o.turn.Free()
	o.App = nil
	return true
}

// removeReplacedCredentials removes what the state set up and the resource that has claimed the
// account did not, as an update would. Under create_before_destroy, that knew nothing of this
// state.
func (o *operation) removeReplacedCredentials(ctx context.Context) {
	claimed, isNew := o.turn.Credentials()
	if !isNew {
		return
	}
	kept := map[string]string{}
	for _, name := range claimed {
		kept[name] = ""
	}
	names, before := o.App.Beyond(kept), len(o.Problems)
	if !o.removeCredentials(ctx, names) {
		// The account stays, and so has to succeed what is done with this state.
		o.Problems = append(o.Problems[:before], leftCredentialsWarning(o.Desired.AccountID, names, o.Problems[before]))
	}
}

func (o *operation) sendDeletion(ctx context.Context) bool {
	err := o.Client.DeleteLinkedAccount(ctx, o.Desired.AccountID, o.lookBetweenAttempts)
	switch {
	case err == nil, errors.Is(err, errGone), refold.KindOf(err) == refold.AccountNotFound:
		return true
	case !errors.Is(err, errObjected):
		o.DeletionBegun = o.DeletionBegun || refold.MayHaveArrived(err)
		o.report(diagnose.Failure(doingDelete, o.subjectOfDeletion(), err))
	}
	return false
}

var (
	errGone     = errors.New("the account is gone")
	errObjected = errors.New("the account may not be deleted any more")
)

// lookBetweenAttempts looks once more before a deletion is sent again, or late. What an earlier
// attempt has done already is not done to an account that was made anew since, by force either.
func (o *operation) lookBetweenAttempts(ctx context.Context, _ bool) error {
	account, err := o.Client.LinkedAccount(ctx, o.Desired.AccountID)
	if refold.KindOf(err) == refold.AccountNotFound {
		if o.accepts(diagnose.CheckGone(o.subject(), o.Prior.Scope, diagnose.SearchedScope(err), o.Advice.Forget)) {
			return errGone
		}
		return errObjected
	}
	if err != nil {
		o.DeletionBegun = true
		return err
	}
	objection := o.objectionToDeleting(account)
	if objection == nil && WasReplaced(o.Prior.ID, account) {
		objection = madeAnewError(o.Desired.AccountID, o.Prior.ID, account.ID, o.Advice.Keep)
	}
	if !o.accepts(objection) {
		return errObjected
	}
	return nil
}

// subjectOfDeletion is the account with what to mind before it is deleted once more by force, which
// compares no ids.
func (o *operation) subjectOfDeletion() diagnose.Subject {
	subject := o.subject()
	if o.Force {
		subject.Again = "Make a new plan before you apply again: an account that somebody makes anew under this id meanwhile would be deleted as well."
	}
	return subject
}

// lookBeforeDeletion finds out whether the account is there, and whether it may be deleted. With
// force, a key that selects the right environment is enough.
func (o *operation) lookBeforeDeletion(ctx context.Context) (isThere, isSafe bool) {
	if o.Force && o.Prior.Scope.IsKnown() {
		return true, o.checkKey(ctx)
	}
	account, err := o.readBeforeDeletion(ctx)
	if refold.KindOf(err) == refold.AccountNotFound {
		return false, o.accepts(diagnose.CheckGone(o.subject(), o.Prior.Scope, diagnose.SearchedScope(err), o.Advice.Forget))
	}
	if err != nil {
		o.report(diagnose.Failure(doingDelete, o.subject(), err))
		return false, false
	}
	return true, o.accepts(o.objectionToDeleting(account))
}

// readBeforeDeletion asks for the account itself. A list may be older than a connection that the
// customer has just made, or leave it out, and is good enough only where that is not looked at.
func (o *operation) readBeforeDeletion(ctx context.Context) (*refold.LinkedAccount, error) {
	if o.Force {
		return o.Client.ReadLinkedAccount(ctx, o.Desired.AccountID, refold.ReadOptions{MaxAge: forcedSight})
	}
	return o.Client.LinkedAccount(ctx, o.Desired.AccountID)
}

// objectionToDeleting says why the account must stay: is it the one of this state, and has the
// customer anything to lose?
func (o *operation) objectionToDeleting(account *refold.LinkedAccount) *diagnose.Problem {
	if swapped := diagnose.CheckScope(o.subject(), o.Prior.Scope, account.Scope()); swapped != nil || o.Force {
		return swapped
	}
	if o.Prior.ID != "" && account.ID == "" {
		return unidentifiedError(o.Desired.AccountID, o.Prior.ID, o.instead())
	}
	if WasReplaced(o.Prior.ID, account) {
		return madeAnewError(o.Desired.AccountID, o.Prior.ID, account.ID, o.Advice.Keep)
	}
	if !account.ShowsIntegrations {
		return connectionsUnknownError(o.Desired.AccountID, o.instead())
	}
	if foreign := o.foreign(account.Integrations); len(foreign) > 0 {
		return connectedError(o.Desired.AccountID, foreign, o.Advice.OwnApp, o.instead())
	}
	return nil
}

// instead is what else there is than to force the deletion of everything.
func (o *operation) instead() string { return o.Advice.Force + " " + o.Advice.Keep }
