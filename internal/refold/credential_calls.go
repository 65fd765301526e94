// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"net/http"
	"net/url"
)

// PutCredential adds or replaces one credential of the account's default app (FACTS 2.2). It fails
// with kind DefaultAppMissing when there is no default app yet: seed it with UpsertLinkedAccount.
// Nothing shows credentials, so an answer that does not say that it was done is of kind Unproven.
// Recheck, unless it is nil, is as of DeleteLinkedAccount: meanwhile somebody may have made another
// account of that id.
func (c *Client) PutCredential(ctx context.Context, accountID, name, value string, recheck Recheck) error {
	request := credentialCall(http.MethodPut, accountID, name, recheck)
	request.body = map[string]string{"value": value}
	request.secrets = []string{value}
	_, err := write(ctx, c, request, confirmed)
	return err
}

// DeleteCredential removes one credential of the account's default app. It
// fails with kind NotFound or DefaultAppMissing when there is none, and with Unproven
// as PutCredential does. Recheck is as of that.
func (c *Client) DeleteCredential(ctx context.Context, accountID, name string, recheck Recheck) error {
	_, err := write(ctx, c, credentialCall(http.MethodDelete, accountID, name, recheck), confirmed)
	return err
}

func credentialCall(method, accountID, name string, recheck Recheck) call {
	return selecting(accountID, call{
		method:   method,
		segments: linkedAccountPath.join("default-app", "auth-credentials", name),
		meanings: []meaning{
			{DefaultAppMissing, http.StatusNotFound, "default app integration not found", ""},
			{NotFound, http.StatusNotFound, "auth credential key ", " not found"},
			duplicateCredential,
		},
		repeating: repeatable,
		recheck:   recheck,
	})
}

// duplicateCredential is of upserts, and of single credentials in case that keys are
// compared in another form than they are sent in (FACTS 4.5).
var duplicateCredential = meaning{DuplicateCredential, http.StatusBadRequest, "duplicate auth key_name", ""}

// selecting names the account in the query, and in the header as well where that is safe: both are
// documented, and some proxies drop headers with underscores (FACTS 1.3, 2.0).
func selecting(accountID string, request call) call {
	request.accountID = accountID
	request.query = url.Values{"linked_account_id": {accountID}}
	if CheckHeader(accountID) == nil {
		// The name has underscores and lower case on the wire, as documented.
		request.header = http.Header{"linked_account_id": {accountID}}
	}
	return request
}
