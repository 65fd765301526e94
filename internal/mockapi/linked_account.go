// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// createAccount is POST /linked-account (FACTS 2.1.1).
func (s *Server) createAccount(c *call) (answer, error) {
	w, err := s.decodeWrite(c)
	if err != nil {
		return answer{}, err
	}
	stored := s.places[c.place].find(w.accountID, s.behaviour.Account.IDsIgnoreCase)
	if stored != nil && !s.behaviour.Account.CreateAdopts {
		return answer{}, fail(choose(s.behaviour.Account.DuplicateAs409, http.StatusConflict, http.StatusBadRequest), codeServerError,
			"Linked account with id %s already exists in the %s environment", w.accountID, c.place.environment)
	}
	written, err := s.write(c.place, stored, w)
	if err != nil {
		return answer{}, err
	}
	form := cmp.Or(s.behaviour.Account.CreateAnswer, AnswerMinimal)
	return s.behaviour.written(form, &written.account, stored == nil), nil
}

// upsertAccount is PUT /linked-account (FACTS 2.1.2).
func (s *Server) upsertAccount(c *call) (answer, error) {
	w, err := s.decodeWrite(c)
	if err != nil {
		return answer{}, err
	}
	stored := s.places[c.place].find(w.accountID, s.behaviour.Account.IDsIgnoreCase)
	written, err := s.write(c.place, stored, w)
	if err != nil {
		return answer{}, err
	}
	form := cmp.Or(s.behaviour.Account.UpsertAnswer, AnswerFullNew)
	return s.behaviour.written(form, &written.account, stored == nil), nil
}

// getAccount is GET /linked-account/{linked_account_id} (FACTS 2.1.3).
func (s *Server) getAccount(c *call) (answer, error) {
	id := c.parameters["id"]
	account := s.places[c.place].read(id, s.behaviour.Account.IDsIgnoreCase)
	if account == nil || (c.accountID != "" && c.accountID != account.AccountID) {
		return answer{}, s.notFound(s.behaviour.Account.GetNotFoundAs500, c.place, id)
	}
	return jsonAnswer(http.StatusOK, s.behaviour.showRead(account)), nil
}

// deleteAccount is DELETE /linked-account/{linked_account_id} (FACTS 2.1.6).
func (s *Server) deleteAccount(c *call) (answer, error) {
	id, rules := c.parameters["id"], s.behaviour.Account
	if rules.DeleteEncodesTwice {
		id = url.PathEscape(id)
		id = strings.NewReplacer("@", "%40", "+", "%2B", ":", "%3A", "&", "%26", "=", "%3D", "$", "%24").Replace(id)
	}
	accounts := s.places[c.place]
	stored := accounts.find(id, rules.IDsIgnoreCase)
	if stored == nil {
		return answer{}, s.notFound(rules.DeleteNotFoundAs500, c.place, id)
	}
	if rules.TestUser != "" && c.place.environment == EnvironmentTest && stored.account.AccountID == rules.TestUser {
		return answer{}, fail(http.StatusBadRequest, codeServerError, "The Refold test user cannot be deleted")
	}
	accounts.lag(stored.account.AccountID, s.behaviour.ReadLag)
	s.removeAccount(c.place, stored.account.AccountID)
	if s.behaviour.Account.DeleteAnswersText {
		return textAnswer(http.StatusOK, "ok"), nil
	}
	return jsonAnswer(http.StatusOK, document{{"message", "User deleted successfully"}}), nil
}

// removeAccount takes an account away with all tokens that were issued to it.
func (s *Server) removeAccount(at place, id string) {
	s.places[at].remove(id)
	for token, issued := range s.tokens {
		if issued.place == at && issued.accountID == id {
			delete(s.tokens, token)
		}
	}
}

// deleteIntegration is DELETE /linked-account/integration/{slug} (FACTS 2.1.5).
// It succeeds without a change when the integration is absent.
func (s *Server) deleteIntegration(c *call) (answer, error) {
	id := c.query.Get("linked_account_id")
	if header := latin1(c.header.Get("linked_account_id")); header != "" {
		id = header
	}
	if id == "" {
		return answer{}, fail(http.StatusBadRequest, codeServerError, "Linked account id is required")
	}
	accounts := s.places[c.place]
	stored := accounts.find(id, s.behaviour.Account.IDsIgnoreCase)
	if stored == nil {
		return answer{}, s.notFound(s.behaviour.Account.DeleteNotFoundAs500, c.place, id)
	}
	kept, changed := disconnect(stored.account.Integrations, c.parameters["slug"], c.query.Get("auth_type"))
	if changed {
		accounts.lag(stored.account.AccountID, s.behaviour.ReadLag)
		stored.account.Integrations = kept
		stored.reconcile()
		stored.touch(s.now())
	}
	if s.behaviour.Integration.AnswerSuccess {
		return jsonAnswer(http.StatusOK, document{{"success", true}}), nil
	}
	return jsonAnswer(http.StatusOK, s.behaviour.showRead(&stored.account)), nil
}

// disconnect takes away the integrations that slug names, or with an authType
// only that connection of theirs. Custom apps are named by their application id.
func disconnect(integrations []Integration, slug, authType string) (kept []Integration, changed bool) {
	for _, integration := range integrations {
		named := integration.Type == slug
		if integration.AppID != nil {
			named = *integration.AppID == slug
		}
		if !named || (authType != "" && !slices.Contains(integration.AuthTypes, authType)) {
			kept = append(kept, integration)
			continue
		}
		changed = true
		integration = integration.clone()
		integration.AuthTypes = slices.DeleteFunc(integration.AuthTypes, func(known string) bool { return known == authType })
		if authType != "" && len(integration.AuthTypes) > 0 {
			kept = append(kept, integration)
		}
	}
	return kept, changed
}

func (s *Server) notFound(as500 bool, at place, id string) error {
	status := choose(as500, http.StatusInternalServerError, http.StatusNotFound)
	if s.behaviour.Account.ShortNotFound {
		return fail(status, codeServerError, "Linked Account with account id %s not found", id)
	}
	return fail(status, codeServerError, "Linked Account with account id %s for org %s in environment %s not found",
		id, at.organization, at.environment)
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
	accounts := s.places[at]
	accounts.lag(target.account.AccountID, s.behaviour.ReadLag)
	if stored != nil {
		target.touch(now)
		*stored = target
		return stored
	}
	target.account.ID = s.objectID(now)
	target.account.CreatedAt, target.account.UpdatedAt = now, now
	accounts.add(&target)
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
