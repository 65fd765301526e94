// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// recordOwnApp takes down the id of the organization's own app, which was set
// up in an account that had these integrations before. The guard against
// deletions needs it to tell the app from those of customers, so it is not
// guessed at: only an account without any other custom app shows it.
func (w *writer) recordOwnApp(ctx context.Context, before []refold.Integration) {
	if w.app == nil || w.app.AppID != "" {
		return
	}
	id, known := w.connection.OwnAppID()
	if !known && len(customApps(before)) == 0 {
		id = w.findOwnApp(ctx)
	}
	w.app = w.app.withID(id)
}

// findOwnApp looks at the account right after the app was set up. Where that
// fails, the id stays unknown, and the guard strict.
func (w *writer) findOwnApp(ctx context.Context) string {
	account, err := w.client.LinkedAccount(ctx, w.want.accountID)
	if err != nil {
		return ""
	}
	var id string
	if custom := customApps(account.Integrations); len(custom) == 1 {
		id = custom[0].AppID
	}
	w.connection.RememberOwnAppID(id)
	return id
}

// lookBeforeSetUp finds out which apps are connected before an update sets up
// the organization's own, unless that one's id is known anyway.
func (w *writer) lookBeforeSetUp(ctx context.Context) ([]refold.Integration, bool) {
	_, known := w.connection.OwnAppID()
	if known || w.want.appID != "" || (w.app != nil && w.app.AppID != "") {
		return nil, true
	}
	account, err := w.client.LinkedAccount(ctx, w.want.accountID)
	if err != nil && refold.KindOf(err) != refold.AccountNotFound {
		w.diagnostics.Append(diagnose.Failure(doingUpdate, w.want.accountID, err))
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
