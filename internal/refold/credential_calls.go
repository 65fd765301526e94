// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"net/http"
	"net/url"
)

// PutCredential adds or replaces one credential of the account's default app
// (FACTS 2.2). It fails with kind DefaultAppMissing when there is no default
// app yet: seed it with UpsertLinkedAccount.
func (c *Client) PutCredential(ctx context.Context, accountID, name, value string) error {
	if err := c.beforeWrite(ctx, accountID); err != nil {
		return err
	}
	defer c.bulk.markWritten(accountID)
	request := credentialCall(http.MethodPut, accountID, name)
	request.body = map[string]string{"value": value}
	request.secrets = []string{value}
	_, err := c.send(ctx, request)
	return err
}

// DeleteCredential removes one credential of the account's default app. It
// fails with kind CredentialMissing or DefaultAppMissing when there is none.
func (c *Client) DeleteCredential(ctx context.Context, accountID, name string) error {
	if err := c.beforeWrite(ctx, accountID); err != nil {
		return err
	}
	defer c.bulk.markWritten(accountID)
	_, err := c.send(ctx, credentialCall(http.MethodDelete, accountID, name))
	return err
}

func credentialCall(method, accountID, name string) call {
	return selecting(accountID, call{
		method:    method,
		segments:  append(linkedAccountPath[:len(linkedAccountPath):len(linkedAccountPath)], "default-app", "auth-credentials", name),
		repeating: repeatable,
	})
}

// selecting names the account in the query, and in the header as well where that
// is safe: both are documented, and some proxies drop headers with underscores
// (FACTS 1.3, 2.0).
func selecting(accountID string, request call) call {
	request.accountID = accountID
	request.query = url.Values{"linked_account_id": {accountID}}
	if isVisibleASCII(accountID) {
		// The name has underscores and lower case on the wire, as documented.
		request.header = http.Header{"linked_account_id": {accountID}}
	}
	return request
}
