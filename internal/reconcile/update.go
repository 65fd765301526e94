// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// unmanagedSight is how old the look at fields that are not managed may be: where a server clears
// them, they are written back as they were then.
const unmanagedSight = time.Minute

// Update does what differs between state and configuration: one upsert for name and user-defined
// fields, where they differ, and one request per credential. The outcome has an account only where
// there was an upsert.
func (r Reconciler) Update(ctx context.Context, task Task) Outcome {
	return r.run(ctx, doingUpdate, task, (*operation).update)
}

func (o *operation) update(ctx context.Context) bool {
	o.turn.Claim()
	needsUpsert := o.FieldsDiffer || o.Credentials.Seed
	if !needsUpsert && o.Credentials.IsEmpty() {
		return true
	}
	if o.needsLook() && !o.lookBeforeUpdate(ctx) || !o.checkKey(ctx) {
		return false
	}
	if !needsUpsert {
		return o.changeCredentials(ctx)
	}
	return o.updateFields(ctx) && o.changeCredentials(ctx)
}

func (o *operation) updateFields(ctx context.Context) bool {
	request, ok := o.request(ctx)
	if !ok {
		return false
	}
	var before []refold.Integration
	if o.Credentials.Seed {
		if before, ok = o.lookBeforeSetUp(ctx); !ok {
			return false
		}
		request.YourApp = o.Desired.yourApp()
	}
	answer, ok := o.upsert(ctx, request)
	if answer == nil {
		return false
	}
	if o.Credentials.Seed {
		o.recordOwnApp(before)
	}
	o.checkSameAfter(request, answer)
	return ok
}

// checkSameAfter warns of an update that has not met the account that the state knows.
func (o *operation) checkSameAfter(sent refold.Upsert, answer *refold.UpsertAnswer) {
	isNew := answer.NewAccount != nil && *answer.NewAccount
	isOther := WasReplaced(o.Prior.ID, answer.Account)
	switch {
	case isNew, isOther && o.mayHaveArrived:
		o.report(vanishedWarning(o.Desired.AccountID))
	case isOther:
		o.report(anotherWrittenWarning(o.Desired.AccountID, o.Prior.ID, answer.Account.ID, sent, o.Advice.Keep))
	}
}

// changeCredentials writes before it removes, so that a renamed key leaves no moment without any
// credential.
func (o *operation) changeCredentials(ctx context.Context) bool {
	return o.putCredentials(ctx, o.Credentials.Put) && o.removeCredentials(ctx, o.Credentials.Remove)
}

// needsLook is true of an update for which there is something to compare or to keep, unless it
// looks at the account right before its only write.
func (o *operation) needsLook() bool {
	if o.Desired.SharesUDF && o.Desired.UDF != nil && o.FieldsDiffer {
		return false
	}
	return o.id != "" || o.Prior.LacksUDF && o.Desired.UDF == nil
}

// lookBeforeUpdate finds out whether the account is still the one that the plan has changed, which
// a saved plan may have done long ago, and reads fields that are not managed, and so not in the
// state: some servers clear what an upsert leaves out (FACTS 4.2). Lists serve it where there are
// many.
func (o *operation) lookBeforeUpdate(ctx context.Context) bool {
	keepsUnmanaged, options := o.Prior.LacksUDF && o.Desired.UDF == nil, refold.ReadOptions{}
	if keepsUnmanaged {
		options.MaxAge = unmanagedSight
	}
	found, err := o.Client.ReadLinkedAccount(ctx, o.Desired.AccountID, options)
	if isNotShownYet(err, o.id) {
		found, err = o.lookUntilShown(ctx)
	}
	if refold.KindOf(err) == refold.AccountNotFound {
		return o.checkKey(ctx) && o.accepts(o.checkSame(nil))
	}
	if err != nil {
		o.report(diagnose.Failure(doingUpdate, o.subject(), err))
		return false
	}
	if !o.checkKey(ctx) || !o.accepts(o.checkSame(found)) {
		return false
	}
	if !keepsUnmanaged {
		return true
	}
	if found.UDFError != nil {
		o.report(unreadableFieldsError(o.Desired.AccountID, found.UDFError))
		return false
	}
	o.Prior.UDF = found.UDF
	return true
}

// lookUntilShown looks again for a while at an account that was made a moment ago.
func (o *operation) lookUntilShown(ctx context.Context) (*refold.LinkedAccount, error) {
	look := func(ctx context.Context) (*refold.LinkedAccount, error) {
		return o.Client.LinkedAccount(ctx, o.Desired.AccountID)
	}
	return refold.AfterWrite(ctx, look, func(_ *refold.LinkedAccount, err error) bool { return isNotShownYet(err, o.id) })
}

// isNotShownYet reports whether an account that is not found is so new that reads may not show it
// yet (FACTS 4.21).
func isNotShownYet(err error, id string) bool {
	age := refold.AgeAt(err, id)
	return refold.KindOf(err) == refold.AccountNotFound && age > 0 && age < refold.ClockTolerance
}

// WasReplaced reports whether the account is another one than the state knows: Refold never gives
// an id (_id) to a second account.
func WasReplaced(priorID string, account *refold.LinkedAccount) bool {
	return priorID != "" && account.ID != "" && priorID != account.ID
}
