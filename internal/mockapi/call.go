// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
)

// call is one authenticated request to an endpoint.
type call struct {
	identity
	parameters map[string]string
	query      url.Values
	header     http.Header
	body       []byte
}

// fields decodes the body as Express's JSON parser does: a body of another
// content type counts as an empty object, and the last of equal keys wins.
func (c *call) fields() (map[string]json.RawMessage, error) {
	mediaType, _, err := mime.ParseMediaType(c.header.Get("Content-Type"))
	trimmed := bytes.TrimSpace(c.body)
	if err != nil || mediaType != "application/json" || len(trimmed) == 0 {
		return nil, nil
	}
	if !json.Valid(trimmed) || (trimmed[0] != '{' && trimmed[0] != '[') {
		return nil, fail(http.StatusBadRequest, codeServerError, "Unexpected token in JSON")
	}
	if trimmed[0] == '[' {
		return nil, nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(trimmed, &fields); err != nil {
		return nil, fail(http.StatusBadRequest, codeServerError, "Unexpected token in JSON")
	}
	return fields, nil
}

// selectedAccount returns the account that a call is about: the session's, else the
// header's, else the query's (FACTS 1.3).
func (c *call) selectedAccount() (string, error) {
	id, err := c.headedAccount()
	if query := c.query.Get("linked_account_id"); err != nil && query != "" {
		return query, nil
	}
	return id, err
}

// headedAccount is selectedAccount where a query names none (FACTS 2.0).
func (c *call) headedAccount() (string, error) {
	if c.accountID != "" {
		return c.accountID, nil
	}
	if id := latin1(c.header.Get("linked_account_id")); id != "" {
		return id, nil
	}
	return "", fail(http.StatusNotFound, codeMissingField, "Linked account id is required with API Key, for this resource")
}

// latin1 reads the bytes of a header value as Node does, so that an id in UTF-8
// does not arrive as it was sent.
func latin1(value string) string {
	runes := make([]rune, 0, len(value))
	for _, b := range []byte(value) {
		runes = append(runes, rune(b))
	}
	return string(runes)
}

// present tells a value that was sent from one that was not, or was null.
func present(raw json.RawMessage) bool {
	return len(raw) > 0 && !bytes.Equal(bytes.TrimSpace(raw), []byte("null"))
}

// text decodes a JSON string; ok is false for everything else.
func text(raw json.RawMessage) (value string, ok bool) {
	var decoded any
	if err := json.Unmarshal(raw, &decoded); err != nil {
		return "", false
	}
	value, ok = decoded.(string)
	return value, ok
}
