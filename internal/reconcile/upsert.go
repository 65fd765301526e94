// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// upsert sends an upsert and makes sure of the result. Where Refold holds credentials already and
// takes no others through the upsert (FACTS 4.4), it leaves them out and goes key by key. The
// answer is nil where Refold accepted none.
func (o *operation) upsert(ctx context.Context, request refold.Upsert) (*refold.UpsertAnswer, bool) {
	answer, err := o.write(ctx, request)
	isRefused := refold.KindOf(err) == refold.DuplicateCredential
	if isRefused {
		request.YourApp = nil
		answer, err = o.write(ctx, request)
	}
	switch {
	case errors.Is(err, errReported):
		return nil, false
	case errors.Is(err, errOverwritten):
		o.report(overwrittenError(o.Desired.AccountID, request, o.Advice.TakeOver))
		return nil, false
	case err != nil:
		o.report(diagnose.Failure(o.doing, o.subject(), err))
		o.warnOfLoss(err)
		return nil, false
	}
	o.Account = answer.Account
	return answer, !isRefused || o.putCredentials(ctx, credentials.Names(o.Desired.Credentials))
}

var (
	// errOverwritten is what write returns where an account that was to be new existed before.
	errOverwritten = errors.New("the account existed before the write that was to create it")
	// errReported is what write returns where a problem that was reported says more.
	errReported = errors.New("a problem was reported")
)

// write sends an upsert and settles what Refold makes of it, also when the run is stopped in
// between: fields that are lost by then are lost. To an account of somebody else, nothing more is
// written.
func (o *operation) write(ctx context.Context, request refold.Upsert) (*refold.UpsertAnswer, error) {
	answer, err := o.send(ctx, request)
	for restarts := 0; errors.Is(err, errOthersChanged) && restarts < mostRestarts; restarts++ {
		o.doubt(slices.Collect(maps.Keys(o.Desired.fields())))
		var ok bool
		if request, ok = o.restarted(ctx, request); !ok {
			return nil, errReported
		}
		answer, err = o.send(ctx, request)
	}
	if err != nil {
		if refold.MayHaveArrived(err) {
			o.doubt(slices.Collect(maps.Keys(o.Desired.fields())))
		}
		return nil, err
	}
	if o.expectsNew && answer.Existed && !o.mayHaveArrived {
		return nil, errOverwritten
	}
	if o.expectsNew && o.mayHaveArrived && (answer.NewAccount == nil || !*answer.NewAccount) && !o.isMadeUnseen(answer.Account) {
		return nil, errOverwritten
	}
	if o.isAssumed {
		o.report(assumedWarning(o.Desired.AccountID, o.Advice.Keep))
		o.isAssumed = false
	}
	if len(o.overwritten) > 0 {
		o.report(othersOverwrittenWarning(o.Desired.AccountID, o.overwritten))
		o.overwritten = nil
	}
	o.settle(request.UDF, answer)
	return answer, nil
}

// send sends one upsert and takes down what it changed.
func (o *operation) send(ctx context.Context, request refold.Upsert) (*refold.UpsertAnswer, error) {
	if request.YourApp != nil {
		o.App = o.App.Doubting(credentials.Names(request.YourApp.AuthCredentials)...)
	}
	request.Recheck = o.recheck(request)
	answer, err := o.Client.UpsertLinkedAccount(ctx, request)
	if err != nil {
		return nil, err
	}
	o.Upserted, o.id = true, cmp.Or(answer.Account.ID, o.id)
	o.sight = answer.Account
	if answer.ReadBackError != nil {
		o.sight = nil
	}
	o.IsNew = cmp.Or(o.IsNew, answer.NewAccount)
	if request.YourApp != nil {
		o.recordApp()
	}
	return answer, nil
}

// settle looks at what Refold stored of the fields that were sent, repairs what one more upsert can
// repair, and warns of the rest. Answer then holds the account as it is after that.
func (o *operation) settle(sent *refold.UDF, answer *refold.UpsertAnswer) {
	if answer.ReadBackError != nil {
		o.doubt(o.Desired.removed())
		o.report(notReadBackWarning(o.subject(), o.unmanaged(), answer.ReadBackError))
		return
	}
	if name := o.Desired.Name; name != nil && *name != answer.Account.Name {
		o.report(nameNotStoredWarning(o.Desired.AccountID, *name, answer.Account.Name))
	}
	if sent == nil {
		o.restoreUnmanaged(answer)
		return
	}
	difference := o.Desired.compare(o.finishing, answer.Account)
	if len(difference.Surplus) > 0 {
		o.removeSurplus(answer, difference.Surplus)
		difference = o.Desired.compare(o.finishing, answer.Account)
	}
	if !difference.IsEmpty() {
		o.report(notStoredWarning(o.Desired.AccountID, *o.Desired.UDF, answer.Account.UDF, difference))
	}
	o.doubt(difference.Surplus)
	o.checkOthers(*sent, answer.Account)
}

// unmanaged are the fields that an upsert leaves out and that have to survive it.
func (o *operation) unmanaged() refold.UDF {
	if o.Desired.UDF != nil {
		return nil
	}
	return o.Prior.UDF
}

// warnOfLoss is about fields that an update left out and may have cleared (FACTS 4.2), of which
// nothing shows what it did, or whether it arrived.
func (o *operation) warnOfLoss(err error) {
	if refold.MayHaveArrived(err) && len(o.unmanaged()) > 0 {
		o.report(perhapsLostWarning(o.Desired.AccountID, o.unmanaged()))
	}
}

// removeSurplus sends keys that survived once more, as null: some servers may merge udf instead of
// replacing it (FACTS 4.1, 4.3).
func (o *operation) removeSurplus(answer *refold.UpsertAnswer, surplus []string) {
	fields := o.Desired.fieldsBeside(answer.Account)
	for _, key := range surplus {
		fields[key] = nil
	}
	if err := o.resendUDF(answer, fields); err != nil {
		// The first upsert counts; what is left of udf shows in the next plan.
		o.report(diagnose.Failure("write user-defined fields of", o.subject(), err).AsWarning())
	}
}

// restoreUnmanaged writes back fields that are all gone although the upsert left udf out (FACTS
// 4.2). Single fields that differ were changed by somebody else, and stay.
func (o *operation) restoreUnmanaged(answer *refold.UpsertAnswer) {
	if len(o.unmanaged()) == 0 || len(answer.Account.UDF) > 0 || answer.Account.UDFError != nil {
		return
	}
	if err := o.resendUDF(answer, o.unmanaged()); err != nil {
		o.report(lostError(o.Desired.AccountID, o.unmanaged(), !o.Prior.LacksUDF, err))
		return
	}
	o.report(restoredWarning(o.Desired.AccountID))
}

func (o *operation) resendUDF(answer *refold.UpsertAnswer, fields refold.UDF) error {
	again, err := o.send(o.finishing, refold.Upsert{AccountID: o.Desired.AccountID, Name: o.Desired.Name, UDF: &fields})
	if err != nil {
		return err
	}
	if again.ReadBackError == nil {
		answer.Account = again.Account
	}
	return nil
}
