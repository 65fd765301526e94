// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
)

// mergeCredentials returns the credentials after `your_app` was sent
// (FACTS 4.4, 4.5).
func (s *Server) mergeCredentials(stored, sent map[string]string) (map[string]string, error) {
	rules := s.behaviour.Credential
	merged := map[string]string{}
	if !rules.Replace {
		maps.Copy(merged, stored)
	}
	for key := range sent {
		if _, known := stored[key]; known && rules.Duplicates == DuplicatesStored {
			return nil, duplicateKey()
		}
	}
	maps.Copy(merged, sent)
	folded := map[string]bool{}
	for key := range merged {
		name := strings.ToLower(strings.TrimSpace(key))
		if folded[name] && rules.Duplicates != DuplicatesAllowed {
			return nil, duplicateKey()
		}
		folded[name] = true
	}
	return merged, nil
}

func duplicateKey() error {
	return fail(http.StatusBadRequest, codeServerError, "Duplicate Auth key_name not allowed")
}

// putCredential is PUT /linked-account/default-app/auth-credentials/{key} (FACTS 2.2).
func (s *Server) putCredential(c *call) (answer, error) {
	stored, err := s.credentialRecord(c)
	if err != nil {
		return answer{}, err
	}
	fields, err := c.fields()
	if err != nil {
		return answer{}, err
	}
	if !present(fields["value"]) {
		return answer{}, fail(http.StatusBadRequest, codeValidation, "value is required")
	}
	var value any
	if err := decodeExact(fields["value"], &value); err != nil {
		return answer{}, fmt.Errorf("decode a credential: %w", err)
	}
	key, action := c.parameters["key"], "added"
	if _, known := stored.credentials[key]; known {
		action = "updated"
	}
	s.changeCredentials(c.place, stored, func(credentials map[string]string) { credentials[key] = stringOf(value) })
	return jsonAnswer(http.StatusOK, document{
		{"success", true},
		{"message", fmt.Sprintf("Auth credential '%s' %s successfully", key, action)},
		{"action", action},
	}), nil
}

// deleteCredential is DELETE /linked-account/default-app/auth-credentials/{key} (FACTS 2.2).
func (s *Server) deleteCredential(c *call) (answer, error) {
	stored, err := s.credentialRecord(c)
	if err != nil {
		return answer{}, err
	}
	key := c.parameters["key"]
	if _, known := stored.credentials[key]; !known {
		return answer{}, fail(http.StatusNotFound, codeNotFound, "Auth credential key '%s' not found", key)
	}
	s.changeCredentials(c.place, stored, func(credentials map[string]string) { delete(credentials, key) })
	if len(stored.credentials) == 0 && s.behaviour.Credential.LastKeyRemoves {
		stored.account.Integrations, _ = disconnect(stored.account.Integrations, DefaultAppID, "")
		stored.reconcile()
	}
	return jsonAnswer(http.StatusOK, document{
		{"success", true},
		{"message", fmt.Sprintf("Auth credential '%s' deleted successfully", key)},
	}), nil
}

// credentialRecord finds the account that a credential call is about, and
// answers 404 unless it has the default app's integration.
func (s *Server) credentialRecord(c *call) (*record, error) {
	id, err := c.selectedAccount()
	if err != nil {
		return nil, err
	}
	stored := s.places[c.place].find(id, s.behaviour.Account.IDsIgnoreCase)
	if stored == nil && !s.behaviour.Credential.UnknownAccountAsDefaultApp {
		return nil, s.notFound(false, c.place, id)
	}
	if stored == nil || stored.credentials == nil {
		return nil, fail(http.StatusNotFound, codeNotFound, "Default app integration not found for linked account %s", id)
	}
	return stored, nil
}

func (s *Server) changeCredentials(at place, stored *record, change func(map[string]string)) {
	now := s.now()
	s.places[at].lag(stored.account.AccountID, s.behaviour.ReadLag)
	change(stored.credentials)
	stored.account.Integrations[stored.account.defaultApp()].UpdatedAt = now
	stored.touch(now)
}

func decodeExact(raw json.RawMessage, target any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	return decoder.Decode(target)
}
