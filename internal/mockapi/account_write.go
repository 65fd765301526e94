// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strings"
)

// accountWrite is the body of a create or an upsert. Raw fields are empty when
// they were not sent.
type accountWrite struct {
	accountID string
	name      json.RawMessage
	udf       json.RawMessage
	scope     string
	// credentials is nil when `your_app` was not sent, or was empty and accepted.
	credentials map[string]string
}

// decodeWrite reads the flat form and the one nested under `payload`, whose
// fields win (FACTS 2.1.2), and refuses what Refold refuses.
func (s *Server) decodeWrite(c *call) (accountWrite, error) {
	fields, err := c.fields()
	if err != nil {
		return accountWrite{}, err
	}
	id, err := s.writtenID(c, fields)
	if err != nil {
		return accountWrite{}, err
	}
	var payload map[string]json.RawMessage
	if json.Unmarshal(fields["payload"], &payload) != nil {
		payload = nil
	}
	field := func(name string) json.RawMessage {
		if nested, ok := payload[name]; ok {
			return nested
		}
		return fields[name]
	}
	w := accountWrite{accountID: id, name: field("name"), udf: field("udf")}
	w.scope, _ = text(field("scope"))
	if err := s.checkName(w.name); err != nil {
		return accountWrite{}, err
	}
	w.credentials, err = s.decodeYourApp(field("your_app"))
	return w, err
}

func (s *Server) writtenID(c *call, fields map[string]json.RawMessage) (string, error) {
	if c.accountID != "" {
		return c.accountID, nil
	}
	linked, _ := text(fields["linked_account_id"])
	plain, _ := text(fields["account_id"])
	id := cmp.Or(linked, plain)
	if id == "" {
		return "", fail(http.StatusBadRequest, codeInvalidAccount, "linked_account_id required")
	}
	// The facts know that this is refused, not how (FACTS 4.11).
	if id == c.place.organization {
		return "", fail(http.StatusBadRequest, codeInvalidAccount, "linked_account_id must not be the tenant id")
	}
	if s.behaviour.Account.IDsVisibleASCII && strings.ContainsFunc(id, outsideVisibleASCII) {
		return "", fail(http.StatusBadRequest, codeInvalidAccount, "linked_account_id contains characters that are not allowed")
	}
	return id, nil
}

func outsideVisibleASCII(r rune) bool { return r < 0x21 || r > 0x7e }

func (s *Server) checkName(raw json.RawMessage) error {
	name, isText := text(raw)
	if present(raw) && !isText {
		return fail(http.StatusBadRequest, codeValidation, "name must be a string")
	}
	if len(raw) > 0 && name == "" && s.behaviour.Account.EmptyName == EmptyNameRejected {
		return fail(http.StatusBadRequest, codeValidation, "name must not be empty")
	}
	return nil
}

// decodeYourApp returns the credentials of `your_app` (FACTS 2.1.1, 4.26, 4.27),
// or nil when there is nothing to write.
func (s *Server) decodeYourApp(raw json.RawMessage) (map[string]string, error) {
	if !present(raw) {
		return nil, nil
	}
	var app struct {
		AppID       any            `json:"app_id"`
		Credentials map[string]any `json:"auth_credentials"`
	}
	invalid := fail(http.StatusInternalServerError, codeServerError, "Valid App ID and Auth credentials required in your_app")
	if decodeExact(raw, &app) != nil {
		return nil, invalid
	}
	if len(app.Credentials) == 0 && !s.behaviour.Credential.AcceptEmptyApp {
		return nil, invalid
	}
	if s.behaviour.Credential.RequireAppID && app.AppID != DefaultAppID {
		return nil, &failure{http.StatusInternalServerError, "BAD_REQUEST", codeInternal, "A valid app_id is required"}
	}
	credentials := make(map[string]string, len(app.Credentials))
	for key, value := range app.Credentials {
		credentials[key] = stringOf(value)
	}
	return credentials, nil
}
