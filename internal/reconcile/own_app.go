// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// recordOwnApp takes down the id of the organization's own app, which was set
// up in an account that had these integrations before. The guard against
// deletions needs it to tell the app from those of customers, so it is not
// guessed at: only an account without any other custom app shows it.
func (w *Writer) recordOwnApp(ctx context.Context, before []refold.Integration) {
	if w.App == nil || w.App.AppID != "" {
		return
	}
	if _, known := w.Data.OwnAppID(); !known && len(customApps(before)) == 0 {
		w.Data.LearnOwnAppID(ctx, w.findOwnApp)
	}
	w.App = w.App.WithOwnAppID(w.Data)
}

// findOwnApp looks at the account right after the app was set up. Where that
// fails, or shows more than one, the id stays unknown, and the guard strict.
func (w *Writer) findOwnApp(ctx context.Context) (string, bool) {
	account, err := w.Client.LinkedAccount(ctx, w.Want.AccountID)
	if err != nil {
		return "", false
	}
	switch custom := customApps(account.Integrations); len(custom) {
	case 0:
		return "", true
	case 1:
		return custom[0].AppID, true
	}
	return "", false
}

// lookBeforeSetUp finds out which apps are connected before an update sets up
// the organization's own, unless that one's id is known anyway.
func (w *Writer) lookBeforeSetUp(ctx context.Context) ([]refold.Integration, bool) {
	_, known := w.Data.OwnAppID()
	if known || w.Want.AppID != "" || (w.App != nil && w.App.AppID != "") {
		return nil, true
	}
	account, err := w.Client.LinkedAccount(ctx, w.Want.AccountID)
	if err != nil && refold.KindOf(err) != refold.AccountNotFound {
		w.Diagnostics.Append(diagnose.Failure(DoingUpdate, diagnose.LinkedAccount(w.Want.AccountID), err))
		return nil, false
	}
	return integrationsOf(account), true
}

func integrationsOf(account *refold.LinkedAccount) []refold.Integration {
	if account == nil {
		return nil
	}
	return account.Integrations
}
