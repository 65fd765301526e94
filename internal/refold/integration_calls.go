// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
)

// Disconnected is what became of a DisconnectIntegration that Refold accepted.
type Disconnected struct {
	// Integrations are what the account has left, in Refold's order.
	Integrations []Integration
	// ShowsIntegrations is as of LinkedAccount.
	ShowsIntegrations bool
	// ReadBackError is set, and Integrations nil, when the answer says that it was done
	// without showing them, and reading the account failed.
	ReadBackError error
}

// DisconnectIntegration removes an app from an account, or with authType (for example oauth2) only
// that connection of the app (FACTS 2.1.5). Slug is the app's type, or for a custom app its
// application id. It cannot be undone. An app that is not connected is no error; an account that
// does not exist is one of kind AccountNotFound where the server tells. An answer that says
// nothing, of an account that cannot be read either, is an *Error of kind Unproven. Recheck, unless
// it is nil, is as of DeleteLinkedAccount: meanwhile the customer may have connected the app anew.
func (c *Client) DisconnectIntegration(ctx context.Context, accountID, slug, authType string, recheck Recheck) (*Disconnected, error) {
	request := selecting(accountID, call{
		method:    http.MethodDelete,
		segments:  linkedAccountPath.join("integration", slug),
		repeating: repeatable,
		recheck:   recheck,
	})
	if authType != "" {
		request.query.Set("auth_type", authType)
	}
	return write(ctx, c, request, func(ctx context.Context, received answer) (*Disconnected, error) {
		return c.settleDisconnection(ctx, received, accountID)
	})
}

// settleDisconnection finds out what the account has left.
func (c *Client) settleDisconnection(ctx context.Context, received answer, accountID string) (*Disconnected, error) {
	if left, ok := decodeRemaining(received.body, accountID); ok {
		return &Disconnected{Integrations: left, ShowsIntegrations: true}, nil
	}
	account, err := c.getAccount(ctx, accountID)
	switch {
	case isEnvironmentError(err):
		return nil, err
	case err != nil && received.says != succeeded:
		return nil, unproven(received, "the answer does not say what the account has left, and it could not be looked at: "+err.Error(), err)
	case err != nil:
		return &Disconnected{ReadBackError: err}, nil
	}
	return &Disconnected{Integrations: account.Integrations, ShowsIntegrations: account.ShowsIntegrations}, nil
}

// decodeRemaining is only sure of an answer that is this account and has the
// field: answers to writes may lack either (FACTS 0.1, 4.8).
func decodeRemaining(body []byte, accountID string) ([]Integration, bool) {
	var wire wireAccount
	if json.Unmarshal(body, &wire) != nil || wire.AccountID != accountID || len(wire.Integrations) == 0 {
		return nil, false
	}
	return decodeIntegrations(wire.Integrations), true
}

// Slug is what DisconnectIntegration knows the app by: the application id of a
// custom app, the type of others (FACTS 2.1.5).
func (i Integration) Slug() string { return cmp.Or(i.AppID, i.Type) }
