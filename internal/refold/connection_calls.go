// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
)

// KeyCredentials connect an app to an account by keys (FACTS 2.3).
type KeyCredentials struct {
	AccountID string
	// Slug is the app's, or for an app that the organization built its application id.
	Slug string
	// AuthType is that of the connection. Others of the app stay.
	AuthType string
	// Keys are the credentials by the names that the app gives them.
	Keys map[string]string
	// Before is the connection of this type that they replace, and nil for none.
	Before *Connection
}

// SavedCredentials is what became of credentials that Refold accepted.
type SavedCredentials struct {
	// Application has the connection. It is nil with a ReadBackError.
	Application *Application
	// ReadBackError is set when the answer says that they were saved, and the app could not be read
	// after it.
	ReadBackError error
}

// SaveKeyCredentials saves credentials, and makes or replaces the connection of their type. Refold
// never shows them, and most answers say no more than that it was done, so the app is read after it
// (FACTS 2.3): what does not show the connection is an *Error of kind Unproven, and so is an answer
// that says nothing, of a connection that is as it was before. Credentials that the app itself
// refuses are an *Error of kind CredentialsRefused, with its words. An account whose id no header
// can carry is named in the query alone, which older servers refuse as missing. Recheck is as of
// DeleteLinkedAccount.
func (c *Client) SaveKeyCredentials(ctx context.Context, credentials KeyCredentials, recheck Recheck) (*SavedCredentials, error) {
	request := selecting(credentials.AccountID, call{
		method:    http.MethodPut,
		segments:  linkedAccountPath.join("integration", "save-key-credentials", credentials.Slug),
		body:      credentials.Keys,
		secrets:   slices.Collect(maps.Values(credentials.Keys)),
		meanings:  []meaning{{CredentialsRefused, http.StatusInternalServerError, "failed to verify credentials", ""}},
		repeating: repeatable,
		recheck:   recheck,
	})
	request.query.Set("auth_type", credentials.AuthType)
	finishing, done := Finishing(ctx)
	defer done()
	received, err := write(ctx, c, request, accepted)
	if err != nil {
		return nil, err
	}
	// It is no part of the write, whose end makes out of date what was read before.
	saved, err := c.settleCredentials(finishing, received, credentials)
	return saved, afterWrite(err)
}

// settleCredentials finds out whether the connection is there.
func (c *Client) settleCredentials(ctx context.Context, received answer, credentials KeyCredentials) (*SavedCredentials, error) {
	isConfirmed := received.says == succeeded || isAboutSomething(received.body)
	application, err := c.lookAtApplication(ctx, credentials.AccountID, credentials.Slug, func(shown *Application) bool {
		return !credentials.isShownBy(shown, isConfirmed)
	})
	switch {
	case err == nil && credentials.isShownBy(application, isConfirmed):
		return &SavedCredentials{Application: application}, nil
	case isEnvironmentError(err):
		return nil, err
	case err == nil && isConfirmed:
		return nil, unproven(received, fmt.Sprintf("after it, Refold shows no connection of type %q", credentials.AuthType), nil)
	case err == nil:
		return nil, unproven(received, "the answer does not say that the credentials were saved, and nothing that Refold shows has changed", nil)
	case isConfirmed:
		return &SavedCredentials{ReadBackError: err}, nil
	}
	return nil, unproven(received, "the answer does not say that the credentials were saved, and the app could not be looked at: "+err.Error(), err)
}

// isShownBy reports whether an app shows the connection that the credentials make: any one of their
// type where the answer said that they were saved, else one that differs from the one before.
func (k KeyCredentials) isShownBy(application *Application, isConfirmed bool) bool {
	if application == nil {
		return false
	}
	shown, isThere := application.Connection(k.AuthType)
	return isThere && (isConfirmed || k.Before == nil || shown != *k.Before)
}

// isAboutSomething is true of an object with members: some apps answer with what they made of the
// credentials (FACTS 2.3).
func isAboutSomething(body []byte) bool {
	var members map[string]json.RawMessage
	return json.Unmarshal(bytes.TrimSpace(body), &members) == nil && len(members) > 0
}

// RemoveConnection removes the connection of one type of an app from an account (FACTS 2.1.5), and
// all configs of the app with the last one. One that is not there is no error. Where the answer
// does not show that the app is gone, its connections are read: one that stays is an *Error of kind
// Unproven, and so are those that cannot be read. Slug is as of Application.RemovalSlug, and
// recheck as of DisconnectIntegration.
func (c *Client) RemoveConnection(ctx context.Context, accountID, slug, authType string, recheck Recheck) error {
	finishing, end := Finishing(ctx)
	defer end()
	done, err := c.DisconnectIntegration(ctx, accountID, slug, authType, recheck)
	if err != nil {
		return err
	}
	isLeft := func(integration Integration) bool { return integration.Slug() == slug }
	if done.ShowsIntegrations && !slices.ContainsFunc(done.Integrations, isLeft) {
		return nil
	}
	return afterWrite(c.settleRemoval(finishing, accountID, slug, authType))
}

// settleRemoval finds out whether a connection is gone.
func (c *Client) settleRemoval(ctx context.Context, accountID, slug, authType string) error {
	isThere := func(shown *Application) bool {
		if shown == nil {
			return false
		}
		_, isThere := shown.Connection(authType)
		return isThere
	}
	received := answer{status: http.StatusOK, delivery: Delivery{Attempts: 1, Repeatable: true}}
	shown, err := c.lookAtApplication(ctx, accountID, slug, isThere)
	switch {
	case KindOf(err) == AccountNotFound:
		return nil
	case isEnvironmentError(err):
		return err
	case err != nil:
		return unproven(received, "the answer does not show that the connection is gone, and the app could not be looked at: "+err.Error(), err)
	case isThere(shown):
		return unproven(received, fmt.Sprintf("after it, Refold still shows the connection of type %q", authType), nil)
	}
	return nil
}
