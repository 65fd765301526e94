// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"slices"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// recordOwnApp takes down the id of the organization's own app, which was set up in an account that
// had these integrations before. The guard against deletions needs it to tell the app from those of
// customers, so it is not guessed at: only an account without any other custom app shows it.
func (o *operation) recordOwnApp(before []refold.Integration) {
	if o.App == nil || o.App.AppID != "" {
		return
	}
	if len(customApps(before)) == 0 {
		o.Data.LearnOwnAppID(o.finishing, o.findOwnApp)
	}
	o.App = o.App.WithOwnAppID(o.Data)
}

// findOwnApp looks at the account right after the app was set up. Where that fails, or shows more
// than one, the id stays unknown, and the guard strict.
func (o *operation) findOwnApp(ctx context.Context) (string, bool) {
	account, err := o.Client.LinkedAccount(ctx, o.Desired.AccountID)
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

// lookBeforeSetUp finds out which apps are connected before an update sets up the organization's
// own, unless that one's id is known anyway.
func (o *operation) lookBeforeSetUp(ctx context.Context) ([]refold.Integration, bool) {
	if o.knowsOwnApp() {
		return nil, true
	}
	account, ok := o.look(ctx)
	return integrationsOf(account), ok
}

// knowsOwnApp reports whether nothing has to be asked to tell the own app's id.
func (o *operation) knowsOwnApp() bool {
	_, known := o.Data.OwnAppID()
	return known || o.Desired.AppID != "" || (o.App != nil && o.App.AppID != "")
}

func integrationsOf(account *refold.LinkedAccount) []refold.Integration {
	if account == nil {
		return nil
	}
	return account.Integrations
}

func customApps(integrations []refold.Integration) []refold.Integration {
	return slices.DeleteFunc(slices.Clone(integrations), func(integration refold.Integration) bool {
		return integration.Type != refold.TypeCustom
	})
}

// foreign are the integrations that this resource did not set up.
func (o *operation) foreign(integrations []refold.Integration) []refold.Integration {
	return o.Prior.Connected(integrations)
}
