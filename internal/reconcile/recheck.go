// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// errOthersChanged ends an upsert that is sent again, or late, when others have changed their
// fields since it was made.
var errOthersChanged = errors.New("others changed their user-defined fields while this was tried")

// recheck looks, before an upsert is sent again or late, whether it still goes to the account that
// it was made for: meanwhile somebody may have made that account, or deleted it, or changed the
// fields of others that the upsert has as they were. What speaks against it is reported.
func (o *operation) recheck(sent refold.Upsert) refold.Recheck {
	return func(ctx context.Context, arrived bool) error {
		account, err := o.lookAgain(ctx, arrived)
		if err != nil {
			return err
		}
		if !o.accepts(o.objectionToRepeating(ctx, account)) {
			return errReported
		}
		if account == nil {
			return nil
		}
		o.expectNoLonger(account)
		return o.checkOthersUnchanged(ctx, sent, account)
	}
}

// recheckSame looks, before a single credential is sent again or late, whether it still goes to the
// account that the state knows. Of one that is gone, Refold's answer says so.
func (o *operation) recheckSame(ctx context.Context, arrived bool) error {
	account, err := o.lookAgain(ctx, arrived)
	if err != nil {
		return err
	}
	if account != nil && !o.accepts(o.checkSame(account)) {
		return errReported
	}
	return nil
}

// lookAgain reads an account between two attempts, nil where there is none. Arrived is as of
// refold.Recheck.
func (o *operation) lookAgain(ctx context.Context, arrived bool) (*refold.LinkedAccount, error) {
	account, err := o.Client.LinkedAccount(ctx, o.Desired.AccountID)
	if err != nil && refold.KindOf(err) != refold.AccountNotFound {
		return nil, fmt.Errorf("look at the account before the write is sent again: %w", err)
	}
	o.sight, o.mayHaveArrived = account, o.mayHaveArrived || arrived
	return account, nil
}

// expectNoLonger takes an account that was to be new for what an earlier attempt has made.
func (o *operation) expectNoLonger(account *refold.LinkedAccount) {
	o.isAssumed = o.isAssumed || o.expectsNew
	o.id, o.expectsNew = cmp.Or(account.ID, o.id), false
}

// objectionToRepeating says why an upsert must not be sent to what is there now; account is nil
// where nothing is.
func (o *operation) objectionToRepeating(ctx context.Context, account *refold.LinkedAccount) *diagnose.Problem {
	isNew := account != nil && (o.expectsNew || WasReplaced(o.id, account))
	switch {
	case isNew && o.mayHaveArrived && o.isMadeHere(ctx, account):
		return nil
	case isNew && o.expectsNew && o.mayHaveArrived:
		return openMakerError(account, o.Advice.TakeOver)
	case isNew && o.expectsNew:
		return o.Advice.Exists(account, "somebody has made it meanwhile")
	}
	return o.checkSame(account)
}

// checkSame refuses to write to another account than the state knows, or to make one in its place,
// which the plan has not shown. It is nil where Refold's own id is not known, or no answer shows
// it.
func (o *operation) checkSame(account *refold.LinkedAccount) *diagnose.Problem {
	switch {
	case o.id == "":
		return nil
	case account == nil:
		return goneError(o.Desired.AccountID, o.id, o.mayHaveArrived)
	case WasReplaced(o.id, account):
		return anotherError(o.Desired.AccountID, o.id, account.ID, o.mayHaveArrived)
	}
	return nil
}

// isMadeUnseen looks at an account that a repeated write has met, or made, and that reads did not
// show before. It is what an attempt without an answer has made unless it is older, or has apps
// connected. Where it cannot be looked at, what the answer shows has to do.
func (o *operation) isMadeUnseen(answered *refold.LinkedAccount) bool {
	account, err := o.Client.LinkedAccount(o.finishing, o.Desired.AccountID)
	if err != nil {
		account = answered
	}
	o.expectNoLonger(account)
	return o.isOfNow(account)
}

// isMadeHere reports whether an account that was not there before may be what an earlier attempt of
// this operation has made: it is as configured, no older than that, and nothing is connected to it
// that this operation does not set up.
func (o *operation) isMadeHere(ctx context.Context, account *refold.LinkedAccount) bool {
	return o.Desired.mayHaveMade(ctx, account) && o.isOfNow(account)
}

// isOfNow reports whether an account may have been made by this operation, whatever it is like.
// Where Refold does not say how old it is, the configuration has to tell it from others.
func (o *operation) isOfNow(account *refold.LinkedAccount) bool {
	age, isKnown := account.Age()
	return o.setsUp(o.Desired, account.Integrations) &&
		(isKnown && age <= time.Since(o.begun)+refold.ClockTolerance || !isKnown && o.Desired.isDistinctive())
}

// mayHaveMade reports whether an account may be what a server has made of this configuration: some
// keep numbers and booleans as texts (FACTS 4.14).
func (d Desired) mayHaveMade(ctx context.Context, account *refold.LinkedAccount) bool {
	difference := d.compare(ctx, account)
	return d.hasName(account) && account.UDFError == nil && len(difference.Missing)+len(difference.Surplus) == 0 &&
		!slices.ContainsFunc(difference.Changed, func(key string) bool { return fmt.Sprint(d.fields()[key]) != fmt.Sprint(account.UDF[key]) })
}

// checkOthersUnchanged is nil where the fields of others are as an upsert has them.
func (o *operation) checkOthersUnchanged(ctx context.Context, sent refold.Upsert, account *refold.LinkedAccount) error {
	if !o.Desired.SharesUDF || sent.UDF == nil {
		return nil
	}
	managed := udf.KeysOf(o.Desired.fields())
	if account.UDFError != nil || !udf.Compare(ctx, managed.Beside(*sent.UDF), managed.Beside(account.UDF)).IsEmpty() {
		return errOthersChanged
	}
	return nil
}
