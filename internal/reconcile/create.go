// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Create makes the account, or takes over one that exists where that is allowed: with Task.Adopt
// any, else one that is what an interrupted create leaves behind. One that is as desired already is
// not written again, and credentials that an earlier creation may have stored are removed. The
// outcome of a creation that is not complete has no account, because it must not leave a state.
func (r Reconciler) Create(ctx context.Context, task Task) Outcome {
	return r.run(ctx, doingCreate, task, (*operation).create)
}

func (o *operation) create(ctx context.Context) bool {
	if o.turn.IsClaimed() {
		o.report(claimedTwiceError(o.Desired.AccountID))
		return false
	}
	created := o.makeOrTakeOver(ctx) && o.removeCredentials(ctx, o.App.Beyond(o.Desired.Credentials))
	if created || o.Upserted {
		o.turn.Claim()
	}
	if !created {
		o.explainLeftover()
		o.Account = nil
		return false
	}
	o.accepts(diagnose.CheckWritten(o.subject(), o.Prior.Scope, o.Account.Scope()))
	return true
}

func (o *operation) makeOrTakeOver(ctx context.Context) bool {
	existing, ok := o.lookUp(ctx)
	if !ok {
		return false
	}
	o.Account = existing
	if existing != nil && !o.Adopt {
		return o.takeOver(ctx)
	}
	if existing != nil {
		if !o.Desired.hasCredentials() && o.Desired.Equals(ctx, existing) {
			return true
		}
		o.Prior.UDF = existing.UDF
	}
	answer, ok := o.upsert(ctx, o.Desired.seeding())
	if !ok {
		return false
	}
	if existing == nil && isKnownToBeOld(answer) {
		o.report(appearedWarning(o.Desired.AccountID))
		// Nobody looked which apps were connected to it.
		o.App = o.App.WithOwnAppID(o.Data)
		return true
	}
	o.recordOwnApp(integrationsOf(existing))
	return true
}

// lookUp finds out whether the account exists. That a complete list does not show it is enough:
// should the account appear until it is written, Refold's answer to the write says that it is not
// new.
func (o *operation) lookUp(ctx context.Context) (*refold.LinkedAccount, bool) {
	if o.KnownAbsent {
		return nil, true
	}
	account, err := o.Client.ReadLinkedAccount(ctx, o.Desired.AccountID, refold.ReadOptions{TrustAbsence: true})
	if refold.KindOf(err) == refold.AccountNotFound {
		return nil, true
	}
	if err == nil && o.Desired.hasCredentials() {
		account, err = o.lookAgain(ctx, account)
	}
	if err != nil {
		o.report(diagnose.Failure(doingCreate, o.subject(), err))
		return nil, false
	}
	return account, true
}

// lookAgain looks at an account whose apps, as they are now, tell the id of the organization's own
// app. It costs a request until that is known.
func (o *operation) lookAgain(ctx context.Context, account *refold.LinkedAccount) (*refold.LinkedAccount, error) {
	if o.knowsOwnApp() {
		return account, nil
	}
	account, err := o.Client.LinkedAccount(ctx, o.Desired.AccountID)
	if refold.KindOf(err) == refold.AccountNotFound {
		return nil, nil
	}
	return account, err
}

// takeOver accepts an account that is what an interrupted create leaves behind, and refuses any
// other.
func (o *operation) takeOver(ctx context.Context) bool {
	if !o.Desired.Equals(ctx, o.Account) {
		o.report(o.Advice.Exists(o.Account))
		return false
	}
	if !o.putCredentials(ctx, credentials.Names(o.Desired.Credentials)) {
		return false
	}
	o.report(takenOverWarning(o.Desired.AccountID))
	// One that was connected before may be the customer's: an own app is not listed everywhere.
	o.recordOwnApp(o.Account.Integrations)
	return true
}

// explainLeftover says what a create that failed half-way has left at Refold: without a state,
// because Terraform would delete the account to repair it.
func (o *operation) explainLeftover() {
	if !o.Upserted {
		return
	}
	next := "Apply again after mending it: an account that equals its configuration is taken over."
	if !o.Desired.isDistinctive() {
		next = "Without a name or user-defined fields nothing tells it from others. " + o.Advice.TakeOver
	}
	o.report(leftoverWarning(o.Desired.AccountID, strings.TrimSpace(next+" "+o.Advice.Leftover)))
}

// isKnownToBeOld reports whether Refold says that the account existed before an upsert of which no
// earlier attempt can have created it.
func isKnownToBeOld(answer *refold.UpsertAnswer) bool {
	return answer.NewAccount != nil && !*answer.NewAccount && !answer.MayHaveArrived
}
