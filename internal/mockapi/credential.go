// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"
)

// CredentialBehaviour holds the switches about the default app's credentials.
type CredentialBehaviour struct {
	// Replace lets an upsert with your_app replace the stored credentials in
	// place of merging into them (FACTS 4.4).
	Replace bool
	// Duplicates says which keys make "Duplicate Auth key_name not allowed" (FACTS 4.5).
	Duplicates CredentialDuplicates
	// AcceptEmptyApp ignores a your_app without any credential in place of
	// refusing it (FACTS 4.26).
	AcceptEmptyApp bool
	// RequireAppID refuses a your_app whose app_id is not DefaultAppID (FACTS 4.27).
	RequireAppID bool
	// LastKeyRemoves lets the deletion of the last credential remove the default
	// app's integration (FACTS 2.2).
	LastKeyRemoves bool
	// UnknownAccountAsDefaultApp lets the endpoints of single keys answer for an account that does
	// not exist as for one without the default app's integration. FACTS 2.2 knows of no message.
	UnknownAccountAsDefaultApp bool
}

// CredentialDuplicates says what counts as a duplicate key (FACTS 4.5).
type CredentialDuplicates int

// Values of CredentialDuplicates.
const (
	// DuplicatesFolded refuses keys that differ only in case or surrounding space.
	DuplicatesFolded CredentialDuplicates = iota
	// DuplicatesStored refuses, besides, every key that is stored already.
	DuplicatesStored
	// DuplicatesAllowed refuses nothing.
	DuplicatesAllowed
)

// Credential has the endpoints of FACTS 2.2.
func (objects) Credential() []endpoint {
	const one = linkedAccountPath + "/default-app/auth-credentials/{key}"
	return []endpoint{
		{http.MethodPut, one, keyOrSession, (*Server).putCredential},
		{http.MethodDelete, one, keyOrSession, (*Server).deleteCredential},
	}
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
		stored.account.Integrations, _ = disconnect(stored.account.Integrations, nil, DefaultAppID, "")
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
	stored := s.accounts(c.place).find(id, s.behaviour.Account.IDsIgnoreCase)
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
	s.accounts(at).lag(stored.account.AccountID, s.behaviour.ReadLag)
	change(stored.credentials)
	stored.account.Integrations[stored.account.defaultApp()].UpdatedAt = now
	stored.touch(now)
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
		return nil, &failure{
			status: http.StatusInternalServerError, kind: "BAD_REQUEST", code: codeInternal, message: "A valid app_id is required",
		}
	}
	credentials := make(map[string]string, len(app.Credentials))
	for key, value := range app.Credentials {
		credentials[key] = stringOf(value)
	}
	return credentials, nil
}

// mergeCredentials returns the credentials after `your_app` was sent (FACTS 4.4, 4.5).
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

// seed gives the record the default app's integration unless it has it.
func (r *record) seed(id string, now time.Time) {
	if r.credentials != nil {
		return
	}
	r.credentials = map[string]string{}
	if r.account.defaultApp() >= 0 {
		return
	}
	appID := DefaultAppID
	r.account.Integrations = append(r.account.Integrations, Integration{
		ID: id, Type: "custom", Name: defaultAppName, AppID: &appID,
		AuthTypes: []string{"keybased"}, CreatedAt: now, UpdatedAt: now,
	})
}

// reconcile keeps credentials and the default app's integration together after
// the integrations changed.
func (r *record) reconcile() {
	present := r.account.defaultApp() >= 0
	if !present {
		r.credentials = nil
	}
	if present && r.credentials == nil {
		r.credentials = map[string]string{}
	}
}

// Credentials returns a copy of the default app's credentials. It is nil when
// the account or its default-app integration does not exist.
func (s *Server) Credentials(environment, accountID string) map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	stored := s.accounts(s.place(environment)).stored.find(accountID)
	if stored == nil {
		return nil
	}
	return maps.Clone(stored.credentials)
}
