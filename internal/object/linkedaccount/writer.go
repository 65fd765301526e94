// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// writer brings one account at Refold in line with a configuration.
type writer struct {
	client      *refold.Client
	want        desired
	diagnostics *diag.Diagnostics
	// unmanaged are the fields of an account whose udf is not configured: they
	// are to survive every write. Nil when udf is configured.
	unmanaged map[string]any
	// app is what is set up at Refold, kept up to date; nil for nothing.
	app *defaultApp
}

// upsert sends an upsert, with the seed in it if there is one, and makes sure
// of the result. It reports an error itself and then returns false. The account
// is nil when Refold accepted the upsert but could not be asked what it did.
func (w *writer) upsert(ctx context.Context, doing string, seed *refold.YourApp) (*refold.UpsertAnswer, bool) {
	request := w.want.upsert()
	request.YourApp = seed
	answer, err := w.client.UpsertLinkedAccount(ctx, request)
	if seed != nil && refold.KindOf(err) == refold.DuplicateCredential {
		return w.upsertThenPut(ctx, doing)
	}
	if err != nil {
		w.diagnostics.Append(diagnose.Failure(doing, w.want.accountID, err))
		return nil, false
	}
	if seed != nil {
		w.stored(names(seed.AuthCredentials)...)
	}
	w.settle(ctx, answer)
	return answer, true
}

// upsertThenPut goes key by key where Refold holds credentials already and
// takes no others through the upsert (FACTS 4 no. 4).
func (w *writer) upsertThenPut(ctx context.Context, doing string) (*refold.UpsertAnswer, bool) {
	answer, ok := w.upsert(ctx, doing, nil)
	if !ok {
		return nil, false
	}
	for _, name := range names(w.want.credentials) {
		if !w.put(ctx, name) {
			return answer, false
		}
	}
	return answer, true
}

// settle looks at what Refold stored, repairs what can be repaired with one
// more upsert, and warns of the rest.
func (w *writer) settle(ctx context.Context, answer *refold.UpsertAnswer) {
	if answer.Account == nil {
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

// restoreUnmanaged writes back what a server dropped although the upsert left
// it out (FACTS 4 no. 2).
func (w *writer) restoreUnmanaged(ctx context.Context, answer *refold.UpsertAnswer) {
	if len(udf.Compare(ctx, w.unmanaged, answer.Account.UDF).Missing) == 0 {
		return
	}
	if w.resendUDF(ctx, answer, w.unmanaged) {
		w.diagnostics.Append(restoredWarning(w.want.accountID))
	}
}

func (w *writer) resendUDF(ctx context.Context, answer *refold.UpsertAnswer, fields refold.UDF) bool {
	request := w.want.upsert()
	request.UDF = &fields
	again, err := w.client.UpsertLinkedAccount(ctx, request)
	if err != nil {
		failure := diagnose.Failure("write user-defined fields of linked account", w.want.accountID, err)
		// The first upsert counts; what is left of udf shows in the next plan.
		w.diagnostics.AddWarning(failure.Summary(), failure.Detail())
		return false
	}
	if again.Account != nil {
		answer.Account = again.Account
	}
	return true
}

// put stores one credential. Where there is no default app to put it into, all
// are seeded through an upsert.
func (w *writer) put(ctx context.Context, name string) bool {
	err := w.client.PutCredential(ctx, w.want.accountID, name, w.want.credentials[name])
	if refold.KindOf(err) == refold.DefaultAppMissing {
		return w.seed(ctx)
	}
	if err != nil {
		w.diagnostics.Append(diagnose.Failure("store credential "+name+" of linked account", w.want.accountID, err))
		return false
	}
	w.stored(name)
	return true
}

// seed sends everything and not the credentials alone: a server that knows no
// default app may know no such account any more, and then makes it anew.
func (w *writer) seed(ctx context.Context) bool {
	request := w.want.upsert()
	request.YourApp = w.want.seed()
	answer, err := w.client.UpsertLinkedAccount(ctx, request)
	if err != nil {
		w.diagnostics.Append(diagnose.Failure("store the credentials of linked account", w.want.accountID, err))
		return false
	}
	w.stored(names(w.want.credentials)...)
	if answer.NewAccount != nil && *answer.NewAccount {
		w.diagnostics.Append(vanishedWarning(w.want.accountID))
	}
	w.settle(ctx, answer)
	return true
}

// removeCredential deletes one credential; one that is not there is fine.
func (w *writer) removeCredential(ctx context.Context, name string) bool {
	err := w.client.DeleteCredential(ctx, w.want.accountID, name)
	if kind := refold.KindOf(err); err != nil && kind != refold.CredentialMissing && kind != refold.DefaultAppMissing {
		w.diagnostics.Append(diagnose.Failure("remove credential "+name+" of linked account", w.want.accountID, err))
		return false
	}
	w.app = w.app.without(name)
	return true
}

// stored takes down credentials that are at Refold now.
func (w *writer) stored(names ...string) {
	w.app = w.app.with(names)
	w.app.AppID = w.want.appID
}
