// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// Writer brings one account at Refold in line with what is wanted, whatever the
// server's generation (FACTS 4.1, 4.2, 4.3, 4.4). It reports what happened as diagnostics.
type Writer struct {
	Data        *providerdata.Data
	Client      *refold.Client
	Want        Wanted
	Diagnostics *diag.Diagnostics
	// Exists writes the refusal to take over an account that exists already. Only
	// Create needs it.
	Exists func(*refold.LinkedAccount) diag.Diagnostic
	Advice Advice
	// KnownAbsent is true when the account is known not to exist. Create then does
	// not look; Refold's answer tells if it is wrong (see SaysNew).
	KnownAbsent bool
	// Unmanaged are the fields of an account whose udf is not wanted: they are to
	// survive every write.
	Unmanaged map[string]any
	// App is what is set up at Refold, kept up to date; nil for nothing.
	App *credentials.DefaultApp
	// sentCredentials is true once a request that changes credentials was sent.
	sentCredentials bool
	// upserted is true once Refold accepted an upsert.
	upserted bool
	// saysNew is true once an answer said whether the account is new.
	saysNew bool
}

// SaysNew reports whether this server's answers say if an account is new; old
// ones do not (FACTS 2.1.2).
func (w *Writer) SaysNew() bool { return w.saysNew }

// HasUpserted reports whether Refold accepted an upsert.
func (w *Writer) HasUpserted() bool { return w.upserted }

// HasSentCredentials reports whether a request that changes credentials was sent.
func (w *Writer) HasSentCredentials() bool { return w.sentCredentials }

// upsert sends an upsert, with all credentials in it if seeding, and makes sure
// of the result. It reports an error itself and then returns false.
func (w *Writer) upsert(ctx context.Context, doing string, seeding bool) (*refold.UpsertAnswer, bool) {
	request := w.Want.upsert()
	if seeding {
		request.YourApp = w.Want.seed()
	}
	answer, err := w.write(ctx, request)
	if refold.KindOf(err) == refold.DuplicateCredential {
		return w.upsertThenPut(ctx, doing)
	}
	if err != nil {
		w.Diagnostics.Append(diagnose.Failure(doing, diagnose.LinkedAccount(w.Want.AccountID), err))
		return nil, false
	}
	return answer, true
}

// upsertThenPut goes key by key where Refold holds credentials already and
// takes no others through the upsert (FACTS 4.4).
func (w *Writer) upsertThenPut(ctx context.Context, doing string) (*refold.UpsertAnswer, bool) {
	answer, err := w.write(ctx, w.Want.upsert())
	if err != nil {
		w.Diagnostics.Append(diagnose.Failure(doing, diagnose.LinkedAccount(w.Want.AccountID), err))
		return nil, false
	}
	return answer, w.putCredentials(ctx, credentials.Names(w.Want.Credentials))
}

// write sends an upsert and settles what Refold makes of it, also when the run is
// stopped in between: fields that are lost by then are lost.
func (w *Writer) write(ctx context.Context, request refold.Upsert) (*refold.UpsertAnswer, error) {
	finishing, done := refold.Finishing(ctx)
	defer done()
	answer, err := w.send(ctx, request)
	if err != nil {
		return nil, err
	}
	w.settle(finishing, answer)
	return answer, nil
}

// send sends one upsert and takes down what it changed.
func (w *Writer) send(ctx context.Context, request refold.Upsert) (*refold.UpsertAnswer, error) {
	w.sentCredentials = w.sentCredentials || request.YourApp != nil
	answer, err := w.Client.UpsertLinkedAccount(ctx, request)
	if err != nil {
		return nil, err
	}
	w.upserted = true
	w.saysNew = w.saysNew || answer.NewAccount != nil
	if request.YourApp != nil {
		w.recordStored(credentials.Names(request.YourApp.AuthCredentials)...)
	}
	return answer, nil
}

// settle looks at what Refold stored, repairs what one more upsert can repair,
// and warns of the rest. Answer then holds the account as it is after that.
func (w *Writer) settle(ctx context.Context, answer *refold.UpsertAnswer) {
	if answer.ReadBackError != nil {
		w.Diagnostics.Append(notReadBackWarning(w.Want.AccountID, w.Unmanaged, answer.ReadBackError))
		return
	}
	if name := w.Want.Name; name != nil && *name != answer.Account.Name {
		w.Diagnostics.Append(nameNotStoredWarning(w.Want.AccountID, *name, answer.Account.Name))
	}
	if w.Want.UDF == nil {
		w.restoreUnmanaged(ctx, answer)
		return
	}
	difference := udf.Compare(ctx, *w.Want.UDF, answer.Account.UDF)
	if len(difference.Surplus) > 0 {
		w.removeSurplus(ctx, answer, difference.Surplus)
		difference = udf.Compare(ctx, *w.Want.UDF, answer.Account.UDF)
	}
	if !difference.IsEmpty() {
		w.Diagnostics.Append(notStoredWarning(w.Want.AccountID, *w.Want.UDF, answer.Account.UDF, difference))
	}
}

// removeSurplus sends keys that survived once more, as null: some servers may
// merge udf instead of replacing it (FACTS 4.1, 4.3).
func (w *Writer) removeSurplus(ctx context.Context, answer *refold.UpsertAnswer, surplus []string) {
	fields := refold.UDF{}
	for key, value := range *w.Want.UDF {
		fields[key] = value
	}
	for _, key := range surplus {
		fields[key] = nil
	}
	if err := w.resendUDF(ctx, answer, fields); err != nil {
		failure := diagnose.Failure("write user-defined fields of", diagnose.LinkedAccount(w.Want.AccountID), err)
		// The first upsert counts; what is left of udf shows in the next plan.
		w.Diagnostics.AddWarning(failure.Summary(), failure.Detail())
	}
}

// restoreUnmanaged writes back fields that are all gone although the upsert
// left udf out (FACTS 4.2). Single fields that differ were changed by
// somebody else, and stay.
func (w *Writer) restoreUnmanaged(ctx context.Context, answer *refold.UpsertAnswer) {
	if len(w.Unmanaged) == 0 || len(answer.Account.UDF) > 0 {
		return
	}
	if err := w.resendUDF(ctx, answer, w.Unmanaged); err != nil {
		w.Diagnostics.Append(lostError(w.Want.AccountID, w.Unmanaged, err))
		return
	}
	w.Diagnostics.Append(restoredWarning(w.Want.AccountID))
}

func (w *Writer) resendUDF(ctx context.Context, answer *refold.UpsertAnswer, fields refold.UDF) error {
	request := w.Want.upsert()
	request.UDF = &fields
	again, err := w.send(ctx, request)
	if err != nil {
		return err
	}
	if again.ReadBackError == nil {
		answer.Account = again.Account
	}
	return nil
}

// putCredentials stores single credentials. Where there is no default app to
// put them into, all are seeded through an upsert.
func (w *Writer) putCredentials(ctx context.Context, names []string) bool {
	for _, name := range names {
		w.sentCredentials = true
		err := w.Client.PutCredential(ctx, w.Want.AccountID, name, w.Want.Credentials[name])
		if refold.KindOf(err) == refold.DefaultAppMissing {
			return w.seed(ctx)
		}
		if err != nil {
			w.Diagnostics.Append(diagnose.Failure(fmt.Sprintf("store credential %q of", name), diagnose.LinkedAccount(w.Want.AccountID), err))
			return false
		}
		w.recordStored(name)
	}
	return true
}

// seed sends everything and not the credentials alone: a server that knows no
// default app may know no such account any more, and then makes it anew.
func (w *Writer) seed(ctx context.Context) bool {
	request := w.Want.upsert()
	request.YourApp = w.Want.seed()
	answer, err := w.write(ctx, request)
	if err != nil {
		w.Diagnostics.Append(diagnose.Failure("store the credentials of", diagnose.LinkedAccount(w.Want.AccountID), err))
		return false
	}
	if answer.NewAccount != nil && *answer.NewAccount {
		w.Diagnostics.Append(vanishedWarning(w.Want.AccountID))
	}
	return true
}

// removeCredentials deletes single credentials; one that is not there is fine.
func (w *Writer) removeCredentials(ctx context.Context, names []string) bool {
	for _, name := range names {
		w.sentCredentials = true
		err := w.Client.DeleteCredential(ctx, w.Want.AccountID, name)
		if kind := refold.KindOf(err); err != nil && kind != refold.NotFound && kind != refold.DefaultAppMissing {
			w.Diagnostics.Append(diagnose.Failure(fmt.Sprintf("remove credential %q of", name), diagnose.LinkedAccount(w.Want.AccountID), err))
			return false
		}
		w.App = w.App.Without(name)
	}
	return true
}

func (w *Writer) recordStored(names ...string) {
	w.App = w.App.With(names)
	if w.Want.AppID != "" {
		w.App.AppID = w.Want.AppID
	}
}
