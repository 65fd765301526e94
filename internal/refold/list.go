// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"cmp"
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
	// accountID is empty for a document that shows none.
	accountID string
	// identity tells apart documents that their ids do not; empty where they do.
	identity string
	// name and scope are empty where the document does not show them.
	name, scope string
	// keyScope is what the document tells of the API key.
	keyScope Scope
	// account is nil unless the document can stand for the answer to a GET.
	account *LinkedAccount
	// withoutApps is set where the document lacks nothing but its integrations.
	withoutApps *LinkedAccount
}

// identityMark begins what tells documents apart in place of an id. No id has it, because what is
// read from JSON is valid UTF-8.
const identityMark = "\xff"

// Key implements bulkread.Document. It is the id, where that can be asked for.
func (l listed) Key() string {
	if l.identity == "" {
		return l.accountID
	}
	return l.accountID + identityMark + l.identity
}

// IsNamed implements bulkread.Document.
func (l listed) IsNamed() bool { return l.accountID != "" }

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

// decodeListed reads one document of a page of this time. Old servers list four fields only (FACTS
// 4.7), which say that the account exists and no more. Integrations are listed even where there
// are none (FACTS 4.8); a document without that field is not taken for an account that nobody
// connected, because the guard against deletions depends on it.
func decodeListed(raw json.RawMessage, answered time.Time) listed {
	var wire wireAccount
	if json.Unmarshal(raw, &wire) != nil {
		return unnamed(raw)
	}
	account := wire.account(answered)
	document := listed{
		accountID: wire.AccountID,
		identity:  identityOf(account),
		name:      string(wire.Name),
		scope:     string(wire.Scope),
		keyScope:  account.Scope(),
	}
	switch {
	case wire.AccountID == "":
		document.identity = cmp.Or(account.ID, string(raw))
	case !isComplete(account) && !isUnreadable(account):
	case len(wire.Integrations) == 0:
		document.withoutApps = account
	default:
		document.account = account
	}
	return document
}

// isUnreadable reports whether a single read would show no more: only the fields are in a form
// that is not known.
func isUnreadable(account *LinkedAccount) bool {
	return account.ID != "" && account.UDFError != nil && account.Scope().IsKnown()
}

// identityOf is empty for an account whose id has reached this client as it is.
func identityOf(account *LinkedAccount) string {
	if isWhole(account.AccountID) {
		return ""
	}
	return account.ID
}

// unnamed is a document that is no account in any form that is known.
func unnamed(raw json.RawMessage) listed {
	var wire struct {
		ID lenientText `json:"_id"`
	}
	if json.Unmarshal(raw, &wire) != nil {
		wire.ID = ""
	}
	return listed{identity: cmp.Or(wire.ID.label(), string(raw))}
}
