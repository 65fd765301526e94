// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"errors"
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// putCredentials stores single credentials. Where there is no default app to put them into, all are
// seeded through an upsert.
func (o *operation) putCredentials(ctx context.Context, names []string) bool {
	for _, name := range names {
		o.App = o.App.Doubting(name)
		err := o.Client.PutCredential(ctx, o.Desired.AccountID, name, o.Desired.Credentials[name], o.recheckSame)
		if refold.KindOf(err) == refold.DefaultAppMissing {
			return o.seed(ctx)
		}
		if errors.Is(err, errReported) {
			return false
		}
		if err != nil {
			o.report(diagnose.Failure(fmt.Sprintf("store credential %q of", name), o.subject(), err))
			return false
		}
		o.recordApp()
	}
	return true
}

// seed sends everything and not the credentials alone: a server that knows no default app may know
// no such account any more, which is refused where the state knows its id, and made anew else.
func (o *operation) seed(ctx context.Context) bool {
	if o.id != "" {
		account, ok := o.look(ctx)
		if !ok || !o.accepts(o.checkSame(account)) {
			return false
		}
	}
	request, ok := o.request(ctx)
	if !ok {
		return false
	}
	request.YourApp = o.Desired.yourApp()
	answer, err := o.write(ctx, request)
	if errors.Is(err, errReported) {
		return false
	}
	if err != nil {
		o.report(diagnose.Failure("store the credentials of", o.subject(), err))
		return false
	}
	if answer.NewAccount != nil && *answer.NewAccount {
		o.report(vanishedWarning(o.Desired.AccountID))
	}
	return true
}

// removeCredentials deletes single credentials; one that is not there is fine.
func (o *operation) removeCredentials(ctx context.Context, names []string) bool {
	for _, name := range names {
		o.App = o.App.Doubting(name)
		err := o.Client.DeleteCredential(ctx, o.Desired.AccountID, name, o.recheckSame)
		if errors.Is(err, errReported) {
			return false
		}
		if kind := refold.KindOf(err); err != nil && kind != refold.NotFound && kind != refold.DefaultAppMissing {
			o.report(diagnose.Failure(fmt.Sprintf("remove credential %q of", name), o.subject(), err))
			return false
		}
		o.removed = append(o.removed, name)
	}
	return true
}

// recordApp takes down for which app Refold accepted credentials.
func (o *operation) recordApp() {
	if o.Desired.AppID == "" {
		return
	}
	named := *o.App
	named.AppID = o.Desired.AppID
	o.App = &named
}
