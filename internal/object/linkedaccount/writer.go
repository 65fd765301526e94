// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/connection"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// writer brings one account at Refold in line with a configuration.
type writer struct {
	connection  *connection.Connection
	client      *refold.Client
	want        desired
	diagnostics *diag.Diagnostics
	// unmanaged are the fields of an account whose udf is not configured: they
	// are to survive every write.
	unmanaged map[string]any
	// app is what is set up at Refold, kept up to date; nil for nothing.
	app *defaultApp
	// sentCredentials is true once a request that changes credentials was sent.
	sentCredentials bool
	// upserted is true once Refold accepted an upsert.
	upserted bool
}

// upsert sends an upsert, with all credentials in it if seeding, and makes sure
// of the result. It reports an error itself and then returns false.
func (w *writer) upsert(ctx context.Context, doing string, seeding bool) (*refold.UpsertAnswer, bool) {
	request := w.want.upsert()
	if seeding {
		request.YourApp = w.want.seed()
	}
	answer, err := w.send(ctx, request)
	if refold.KindOf(err) == refold.DuplicateCredential {
		return w.upsertThenPut(ctx, doing)
	}
	if err != nil {
		w.diagnostics.Append(diagnose.Failure(doing, w.want.accountID, err))
		return nil, false
	}
	w.settle(ctx, answer)
	return answer, true
}

// upsertThenPut goes key by key where Refold holds credentials already and
// takes no others through the upsert (FACTS 4 no. 4).
func (w *writer) upsertThenPut(ctx context.Context, doing string) (*refold.UpsertAnswer, bool) {
	answer, err := w.send(ctx, w.want.upsert())
	if err != nil {
		w.diagnostics.Append(diagnose.Failure(doing, w.want.accountID, err))
		return nil, false
	}
	w.settle(ctx, answer)
	return answer, w.putCredentials(ctx, credentialNames(w.want.credentials))
}

// send sends one upsert and takes down what it changed.
func (w *writer) send(ctx context.Context, request refold.Upsert) (*refold.UpsertAnswer, error) {
	w.sentCredentials = w.sentCredentials || request.YourApp != nil
	answer, err := w.client.UpsertLinkedAccount(ctx, request)
	if err != nil {
		return nil, err
	}
	w.upserted = true
	if request.YourApp != nil {
		w.recordStored(credentialNames(request.YourApp.AuthCredentials)...)
	}
	return answer, nil
}

// settle looks at what Refold stored, repairs what one more upsert can repair,
// and warns of the rest. Answer then holds the account as it is after that.
func (w *writer) settle(ctx context.Context, answer *refold.UpsertAnswer) {
	if answer.ReadBackError != nil {
		w.diagnostics.Append(notReadBackWarning(w.want.accountID, answer.ReadBackError))
		return
	}
	if name := w.want.name; name != nil && *name != answer.Account.Name {
		w.diagnostics.Append(nameNotStoredWarning(w.want.accountID, *name, answer.Account.Name))
	}
	if w.want.udf == nil {
		w.restoreUnmanaged(ctx, answer)
		return
	}
	difference := udf.Compare(ctx, *w.want.udf, answer.Account.UDF)
	if len(difference.Surplus) > 0 {
		w.removeSurplus(ctx, answer, difference.Surplus)
		difference = udf.Compare(ctx, *w.want.udf, answer.Account.UDF)
	}
	if !difference.IsEmpty() {
		w.diagnostics.Append(notStoredWarning(w.want.accountID, *w.want.udf, answer.Account.UDF, difference))
	}
}

// removeSurplus sends keys that survived once more, as null: some servers may
// merge udf instead of replacing it (FACTS 4 no. 1 and 3).
func (w *writer) removeSurplus(ctx context.Context, answer *refold.UpsertAnswer, surplus []string) {
	fields := refold.UDF{}
	for key, value := range *w.want.udf {
		fields[key] = value
	}
	for _, key := range surplus {
		fields[key] = nil
	}
	w.resendUDF(ctx, answer, fields)
}

// restoreUnmanaged writes back fields that are all gone although the upsert
// left udf out (FACTS 4 no. 2). Single fields that differ were changed by
// somebody else, and stay.
func (w *writer) restoreUnmanaged(ctx context.Context, answer *refold.UpsertAnswer) {
	if len(w.unmanaged) == 0 || len(answer.Account.UDF) > 0 {
		return
	}
	if w.resendUDF(ctx, answer, w.unmanaged) {
		w.diagnostics.Append(restoredWarning(w.want.accountID))
	}
}

func (w *writer) resendUDF(ctx context.Context, answer *refold.UpsertAnswer, fields refold.UDF) bool {
	request := w.want.upsert()
	request.UDF = &fields
	again, err := w.send(ctx, request)
	if err != nil {
		failure := diagnose.Failure("write user-defined fields of linked account", w.want.accountID, err)
		// The first upsert counts; what is left of udf shows in the next plan.
		w.diagnostics.AddWarning(failure.Summary(), failure.Detail())
		return false
	}
	if again.ReadBackError == nil {
		answer.Account = again.Account
	}
	return true
}

// putCredentials stores single credentials. Where there is no default app to
// put them into, all are seeded through an upsert.
func (w *writer) putCredentials(ctx context.Context, names []string) bool {
	for _, name := range names {
		w.sentCredentials = true
		err := w.client.PutCredential(ctx, w.want.accountID, name, w.want.credentials[name])
		if refold.KindOf(err) == refold.DefaultAppMissing {
			return w.seed(ctx)
		}
		if err != nil {
			w.diagnostics.Append(diagnose.Failure("store credential "+name+" of linked account", w.want.accountID, err))
			return false
		}
		w.recordStored(name)
	}
	return true
}

// seed sends everything and not the credentials alone: a server that knows no
// default app may know no such account any more, and then makes it anew.
func (w *writer) seed(ctx context.Context) bool {
	request := w.want.upsert()
	request.YourApp = w.want.seed()
	answer, err := w.send(ctx, request)
	if err != nil {
		w.diagnostics.Append(diagnose.Failure("store the credentials of linked account", w.want.accountID, err))
		return false
	}
	if answer.NewAccount != nil && *answer.NewAccount {
		w.diagnostics.Append(vanishedWarning(w.want.accountID))
	}
	w.settle(ctx, answer)
	return true
}

// removeCredentials deletes single credentials; one that is not there is fine.
func (w *writer) removeCredentials(ctx context.Context, names []string) bool {
	for _, name := range names {
		w.sentCredentials = true
		err := w.client.DeleteCredential(ctx, w.want.accountID, name)
		if kind := refold.KindOf(err); err != nil && kind != refold.CredentialMissing && kind != refold.DefaultAppMissing {
			w.diagnostics.Append(diagnose.Failure("remove credential "+name+" of linked account", w.want.accountID, err))
			return false
		}
		w.app = w.app.without(name)
	}
	return true
}

func (w *writer) recordStored(names ...string) {
	w.app = w.app.with(names)
	if w.want.appID != "" {
		w.app.AppID = w.want.appID
	}
}
