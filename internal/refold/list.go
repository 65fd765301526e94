// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"encoding/json"
	"maps"
	"net/url"
	"strconv"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

// pageLimit is asked for on a page unless fewer accounts are wanted; what more Refold
// would give is not documented (FACTS 4.15).
const pageLimit = 100

// listed is one document of a list of accounts (FACTS 2.1.4).
type listed struct {
	// accountID is empty for a document that cannot be read.
	accountID string
	// name and scope are empty where the document does not show them.
	name, scope string
	// keyScope is what the document tells of the API key.
	keyScope Scope
	// account is nil unless the document can stand for the answer to a GET.
	account *LinkedAccount
	// withoutApps is set where the document lacks nothing but its integrations.
	withoutApps *LinkedAccount
}

// Key implements bulkread.Document.
func (l listed) Key() string { return l.accountID }

// Suffices implements bulkread.Document.
func (l listed) Suffices() bool { return l.account != nil }

// accountList are the accounts that the query selects, on pages of so many at most.
func (c *Client) accountList(query url.Values, limit int) bulkread.List[listed] {
	return bulkread.List[listed]{
		Noun: "linked accounts",
		Page: func(ctx context.Context, number int) (bulkread.Page[listed], error) {
			return c.listPage(ctx, query, number, limit)
		},
		Fold:    foldID,
		IsFinal: isEnvironmentError,
	}
}

// listPage reads one page, counted from 1, of the accounts that the query selects (FACTS 2.1.4), of
// so many accounts at most. Errors are *Error, *UnreachableError, or *EnvironmentError when a
// document shows that the key is the wrong one.
func (c *Client) listPage(ctx context.Context, query url.Values, number, limit int) (bulkread.Page[listed], error) {
	query = maps.Clone(query)
	query.Set("page", strconv.Itoa(number))
	query.Set("limit", strconv.Itoa(limit))
	received, err := c.get(ctx, call{segments: linkedAccountPath, query: query})
	if err != nil {
		return bulkread.Page[listed]{}, err
	}
	page, err := bulkread.DecodePage(received.body, func(raw json.RawMessage) listed { return decodeListed(raw, received.date) })
	if err != nil {
		return bulkread.Page[listed]{}, unreadable(received, "not a list of linked accounts in JSON")
	}
	for _, document := range page.Documents {
		if err := c.observe(document.keyScope); err != nil {
			return bulkread.Page[listed]{}, err
		}
	}
	return page, nil
}

// decodeListed reads one document of a page of this time. Old servers list four fields only (FACTS 4.7), which say that
// the account exists and no more. Integrations are listed even where there are none (FACTS 4.8); a
// document without that field is not taken for an account that nobody connected, because the guard
// against deletions depends on it.
func decodeListed(raw json.RawMessage, answered time.Time) listed {
	var wire wireAccount
	if json.Unmarshal(raw, &wire) != nil {
		return listed{}
	}
	document := listed{
		accountID: wire.AccountID,
		name:      string(wire.Name),
		scope:     string(wire.Scope),
		keyScope:  Scope{OrganizationID: wire.OrganizationID.label(), Environment: wire.Environment.label()},
	}
	account, err := wire.account(answered)
	switch {
	case err != nil || !isComplete(account):
	case len(wire.Integrations) == 0:
		document.withoutApps = account
	default:
		document.account = account
	}
	return document
}
