// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Create makes the account, or does with one that exists what Judge says. One that is adopted and
// as desired already is not written again, and credentials that an earlier creation may have stored
// are removed. The outcome of a creation that is not complete has no account, because it must not
// leave a state.
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
		o.turn.ClaimNew(credentials.Names(o.Desired.Credentials))
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
	if existing == nil {
		return o.makeNew(ctx)
	}
	switch verdict := o.Judge(ctx, o.Desired, o.Adopt, existing); verdict.Fate {
	case TakenOver:
		return o.takeOver(ctx)
	case Adopted:
		return o.adopt(ctx, existing)
	default:
		o.report(o.Advice.Exists(existing, verdict.Reason))
		return false
	}
}

// lookUp finds out whether the account exists. That a complete list does not show it is enough:
// should it exist all the same, Refold's answer to the write says that it is not new.
func (o *operation) lookUp(ctx context.Context) (*refold.LinkedAccount, bool) {
	if o.KnownAbsent || o.Data.IsMissed(o.Desired.AccountID) {
		return nil, true
	}
	account, err := o.Client.ReadLinkedAccount(ctx, o.Desired.AccountID, refold.ReadOptions{TrustAbsence: true})
	if refold.KindOf(err) == refold.AccountNotFound {
		return nil, true
	}
	if err != nil {
		o.report(diagnose.Failure(doingCreate, o.subject(), err))
		return nil, false
	}
	if o.Desired.hasCredentials() && !o.knowsOwnApp() {
		// Its apps, as they are now, tell the id of the organization's own app.
		return o.look(ctx)
	}
	return account, true
}

// makeNew creates an account that does not exist, as far as anybody could see. One that existed all
// the same was overwritten, and is not touched again.
func (o *operation) makeNew(ctx context.Context) bool {
	if !o.accepts(CheckNewIDs([]string{o.Desired.AccountID})) {
		return false
	}
	o.expectsNew, o.id = true, ""
	return o.upsertWhole(ctx, nil)
}

// adopt brings an account in line with the configuration, whatever it is like.
func (o *operation) adopt(ctx context.Context, existing *refold.LinkedAccount) bool {
	if o.Desired.hasCredentials() || !o.Desired.isMetBy(ctx, existing) {
		o.Prior.UDF = existing.UDF
		return o.upsertWhole(ctx, existing.Integrations)
	}
	o.recordOwnApp(existing.Integrations)
	return true
}

// upsertWhole writes everything that is configured to an account that had these apps before.
func (o *operation) upsertWhole(ctx context.Context, before []refold.Integration) bool {
	request, ok := o.request(ctx)
	if !ok {
		return false
	}
	request.YourApp = o.Desired.yourApp()
	_, ok = o.upsert(ctx, request)
	if ok {
		o.recordOwnApp(before)
	}
	return ok
}

// takeOver manages what an interrupted create has left, and writes what it may not have written.
func (o *operation) takeOver(ctx context.Context) bool {
	if !o.putCredentials(ctx, credentials.Names(o.Desired.Credentials)) {
		return false
	}
	o.report(takenOverWarning(o.Desired.AccountID))
	// One that was connected before may be the customer's: an own app is not listed everywhere.
	o.recordOwnApp(o.Account.Integrations)
	return true
}

// explainLeftover says what a create that failed half-way has left at Refold: without a state,
// because Terraform would delete the account to repair it. One that was overwritten is nobody's
// leftover.
func (o *operation) explainLeftover() {
	if !o.Upserted || o.Account == nil {
		return
	}
	next := "Apply again after mending it: within 24 hours of its creation, an account that equals its configuration is taken over."
	if !o.Desired.isDistinctive() {
		next = "Without a name or user-defined fields nothing tells it from others. " + o.Advice.TakeOver
	}
	o.report(leftoverWarning(o.Desired.AccountID, strings.TrimSpace(next+" "+o.Advice.Leftover)))
}
