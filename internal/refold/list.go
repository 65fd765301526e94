// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
)

// pageLimit is asked for on a page unless fewer accounts are wanted; what more Refold would give is not
// documented (FACTS 4.15).
const pageLimit = 100

// unknownCount is a number that the envelope of a page does not give.
const unknownCount = -1

// listPage is one page of a list of accounts (FACTS 1.5, 2.1.4). Samples leave
// out every field of the envelope but docs, so each may be missing.
type listPage struct {
	documents []listed
	// total is the number of accounts on all pages, or unknownCount.
	total int
	// totalPages is what the server says, or unknownCount.
	totalPages int
	// hasNext is nil where the server does not say.
	hasNext *bool
}

// listed is one document of a page.
type listed struct {
	// accountID is empty for a document that cannot be read.
	accountID string
	// name and scope are empty where the document does not show them.
	name, scope string
	// account is nil unless the document can stand for the answer to a GET.
	account *LinkedAccount
	// withoutApps is set where the document lacks nothing but its integrations.
	withoutApps *LinkedAccount
}

type wirePage struct {
	Documents  json.RawMessage `json:"docs"`
	Total      json.RawMessage `json:"totalDocs"`
	TotalPages json.RawMessage `json:"totalPages"`
	HasNext    json.RawMessage `json:"hasNextPage"`
}

// listPage reads one page, counted from 1, of the accounts that the query
// selects (FACTS 2.1.4), of so many accounts at most. The server may use a lower
// limit, so a page that is not the last may be short. Errors are
// *Error, *UnreachableError, or *EnvironmentError when a document shows that
// the key is the wrong one.
func (c *Client) listPage(ctx context.Context, query url.Values, number, limit int) (listPage, error) {
	query = maps.Clone(query)
	if query == nil {
		query = url.Values{}
	}
	query.Set("page", strconv.Itoa(number))
	query.Set("limit", strconv.Itoa(limit))
	received, err := c.get(ctx, call{segments: linkedAccountPath, query: query})
	if err != nil {
		return listPage{}, err
	}
	page, scopes, err := decodePage(received.body)
	if err != nil {
		return listPage{}, unreadable(received, err.Error())
	}
	for _, scope := range scopes {
		if err := c.observe(scope); err != nil {
			return listPage{}, err
		}
	}
	return page, nil
}

// decodePage returns the scopes of all documents beside the page, those of
// documents that are of no other use included.
func decodePage(body []byte) (listPage, []Scope, error) {
	var wire wirePage
	var documents []json.RawMessage
	if json.Unmarshal(body, &wire) != nil || len(wire.Documents) == 0 || json.Unmarshal(wire.Documents, &documents) != nil || documents == nil {
		return listPage{}, nil, errors.New("not a list of linked accounts in JSON")
	}
	page := listPage{
		documents:  make([]listed, 0, len(documents)),
		total:      decodeCount(wire.Total),
		totalPages: decodeCount(wire.TotalPages),
		hasNext:    decodeFlag(wire.HasNext),
	}
	scopes := make([]Scope, 0, len(documents))
	for _, raw := range documents {
		document, scope := decodeListed(raw)
		page.documents, scopes = append(page.documents, document), append(scopes, scope)
	}
	return page, scopes, nil
}

// decodeListed reads one document. Old servers list four fields only
// (FACTS 4.7), which say that the account exists and no more. Integrations are
// listed even where there are none (FACTS 4.8); a document without that
// field is not taken for an account that nobody connected, because the guard
// against deletions depends on it.
func decodeListed(raw json.RawMessage) (listed, Scope) {
	var wire wireAccount
	if json.Unmarshal(raw, &wire) != nil {
		return listed{}, Scope{}
	}
	scope := Scope{OrganizationID: wire.OrganizationID.label(), Environment: wire.Environment.label()}
	document := listed{accountID: wire.AccountID, name: string(wire.Name), scope: string(wire.Scope)}
	account, err := wire.account()
	switch {
	case err != nil || !isComplete(account) || account.AccountID == "":
	case len(wire.Integrations) == 0:
		document.withoutApps = account
	default:
		document.account = account
	}
	return document, scope
}

// decodeCount reads a number that may be written as a text. It keeps to 31
// bits, so that no product of counts overflows.
func decodeCount(raw json.RawMessage) int {
	count, err := strconv.ParseInt(string(bytes.Trim(raw, `"`)), 10, 32)
	if err != nil || count < 0 {
		return unknownCount
	}
	return int(count)
}

func decodeFlag(raw json.RawMessage) *bool {
	switch string(bytes.Trim(raw, `"`)) {
	case "true":
		return new(true)
	case "false":
		return new(false)
	}
	return nil
}

// isUseless reports whether there are documents, and none that can stand for
// the answer to a GET.
func (p listPage) isUseless() bool {
	for _, document := range p.documents {
		if document.account != nil {
			return false
		}
	}
	return len(p.documents) > 0
}

// isLast reports whether the page says by itself that none follows.
func (p listPage) isLast() bool {
	return len(p.documents) == 0 || (p.hasNext != nil && !*p.hasNext)
}

// lastPage is the number of the last page as the first page tells it, or
// unknownCount. A page that shows a part of all accounts is full, so its size
// is the limit that is in force, whatever was asked for.
func (p listPage) lastPage() int {
	size := len(p.documents)
	switch {
	case p.isLast():
		return 1
	case p.total != unknownCount:
		return max(1, (p.total+size-1)/size)
	case p.totalPages != unknownCount:
		return max(1, p.totalPages)
	}
	return unknownCount
}

// errListChanges says that pages did not fit together.
func errListChanges(total, found int) error {
	message := "the list of linked accounts keeps changing while it is read"
	if total != unknownCount {
		message += fmt.Sprintf(" (%d are counted, %d were found)", total, found)
	}
	return &Error{Status: http.StatusOK, Message: message}
}
