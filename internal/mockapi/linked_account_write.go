// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// accountWrite is the body of a create or an upsert. Raw fields are empty when they were not sent.
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

// write creates or updates one account from a decoded body. stored is nil for a
// new account. Nothing changes when it fails.
func (s *Server) write(at place, stored *record, w accountWrite) (*record, error) {
	target := record{account: Account{AccountID: w.accountID, OrganizationID: at.organization, Environment: at.environment}}
	if stored != nil {
		target = record{account: stored.account.clone(), credentials: stored.credentials}
	}
	fields, err := s.writeUDF(target.account.UDF, w.udf)
	if err != nil {
		return nil, err
	}
	credentials, err := s.mergeCredentials(target.credentials, w.credentials)
	if err != nil {
		return nil, err
	}
	now := s.now()
	target.account.UDF = s.stampUDF(fields, now)
	s.writeName(&target.account, w.name)
	if w.scope != "" && s.behaviour.Document.Scope != ScopeIgnored {
		target.account.Scope = w.scope
	}
	if len(w.credentials) > 0 {
		target.seed(s.objectID(now), now)
		target.credentials = credentials
	}
	return s.commit(at, stored, target, now), nil
}

func (s *Server) commit(at place, stored *record, target record, now time.Time) *record {
	accounts := s.accounts(at)
	accounts.lag(target.account.AccountID, s.behaviour.ReadLag)
	if stored != nil {
		target.touch(now)
		*stored = target
		return stored
	}
	target.account.ID = s.objectID(now)
	target.account.CreatedAt, target.account.UpdatedAt = now, now
	accounts.stored.add(target.account.AccountID, &target)
	return &target
}

func (s *Server) writeName(account *Account, raw json.RawMessage) {
	if len(raw) == 0 {
		return
	}
	name, isText := text(raw)
	if name == "" && s.behaviour.Account.EmptyName == EmptyNameIgnored {
		return
	}
	account.Name = nil
	if isText {
		account.Name = &name
	}
}
