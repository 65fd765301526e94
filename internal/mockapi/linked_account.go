// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"
)

// AccountBehaviour holds the switches about ids, names and the life of an account.
type AccountBehaviour struct {
	// CreateAdopts lets create update an account whose id exists, as the earliest
	// documentation said, in place of failing (FACTS 4.6).
	CreateAdopts bool
	// DuplicateAs409 answers "already exists" with 409, not 400 (FACTS 2.1.1, 4.6).
	DuplicateAs409 bool
	// IDsIgnoreCase takes ids that differ only in case for the same (FACTS 4.9).
	IDsIgnoreCase bool
	// IDsVisibleASCII refuses new ids with characters outside 0x21-0x7E (FACTS 4.10).
	IDsVisibleASCII bool
	// EmptyName is what happens to an empty or null name (FACTS 4.12).
	EmptyName EmptyName
	// GetNotFoundAs500 answers reads of an unknown account with 500, not 404 (FACTS 4.19).
	GetNotFoundAs500 bool
	// DeleteNotFoundAs500 answers deletions in an unknown account with 500, not 404 (FACTS 4.19).
	DeleteNotFoundAs500 bool
	// ShortNotFound is the not-found message of 2023, which names the id and
	// neither organization nor environment (FACTS 1.6).
	ShortNotFound bool
	// DeleteEncodesTwice is the fault of servers before v3.7.0: delete looks ids that
	// need percent-encoding up in encoded form, and so never finds them (FACTS 2.1.6, 4.10).
	DeleteEncodesTwice bool
	// TestUser is the id of the Refold test user of the environment "test",
	// which cannot be deleted (FACTS 4.20). Empty: none is configured.
	TestUser string
	// RefuseSessionToken lets upsert and get take the API key only (FACTS 4.24).
	RefuseSessionToken bool
	// CreateAnswer is the answer to a create (FACTS 2.1.1).
	CreateAnswer WriteAnswer
	// UpsertAnswer is the answer to an upsert (FACTS 2.1.2).
	UpsertAnswer WriteAnswer
	// DeleteAnswersText answers a deletion with the bare text ok of 2023, not with
	// JSON (FACTS 2.1.6).
	DeleteAnswersText bool
}

// EmptyName is what happens to an empty or null name (FACTS 4.12).
type EmptyName int

// Values of EmptyName.
const (
	// EmptyNameStored stores the empty string; null unsets the name.
	EmptyNameStored EmptyName = iota
	// EmptyNameIgnored leaves the stored name.
	EmptyNameIgnored
	// EmptyNameRejected answers 400.
	EmptyNameRejected
)

// WriteAnswer is the body of the answer to create and upsert (FACTS 2.1.1, 2.1.2).
type WriteAnswer int

// Values of WriteAnswer. No answer to a write has integrations.
const (
	// AnswerNewest is what the newest documentation shows: AnswerMinimal to a
	// create, AnswerFullNew to an upsert.
	AnswerNewest WriteAnswer = iota
	// AnswerFull is the full document.
	AnswerFull
	// AnswerFullNew is the full document with new_account.
	AnswerFullNew
	// AnswerMinimal has _id, account_id, name, environment and integrations: null.
	AnswerMinimal
	// AnswerSuccess is {"success": true}.
	AnswerSuccess
	// AnswerText is the bare text ok.
	AnswerText
	// AnswerEmpty is a 200 without a body.
	AnswerEmpty
)

const linkedAccountPath = "/api/v2/public/linked-account"

// LinkedAccount has the endpoints of FACTS 2.1.
func (o objects) LinkedAccount() []endpoint {
	const one = linkedAccountPath + "/{id}"
	session := choose(o.behaviour.Account.RefuseSessionToken, keyOnly, keyOrSession)
	return []endpoint{
		{http.MethodPost, linkedAccountPath, keyOnly, (*Server).createAccount},
		{http.MethodPut, linkedAccountPath, session, (*Server).upsertAccount},
		{http.MethodGet, linkedAccountPath, keyOnly, (*Server).listAccounts},
		{http.MethodGet, one, session, (*Server).getAccount},
		{http.MethodDelete, one, keyOnly, (*Server).deleteAccount},
	}
}

// createAccount is POST /linked-account (FACTS 2.1.1).
func (s *Server) createAccount(c *call) (answer, error) {
	w, err := s.decodeWrite(c)
	if err != nil {
		return answer{}, err
	}
	stored := s.accounts(c.place).find(w.accountID, s.behaviour.Account.IDsIgnoreCase)
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
	stored := s.accounts(c.place).find(w.accountID, s.behaviour.Account.IDsIgnoreCase)
	written, err := s.write(c.place, stored, w)
	if err != nil {
		return answer{}, err
	}
	form := cmp.Or(s.behaviour.Account.UpsertAnswer, AnswerFullNew)
	return s.behaviour.written(form, &written.account, stored == nil), nil
}

// written is the answer to a create or an upsert.
func (b *Behaviour) written(form WriteAnswer, account *Account, isNew bool) answer {
	switch form {
	case AnswerFull:
		return jsonAnswer(http.StatusOK, b.show(account))
	case AnswerFullNew:
		return jsonAnswer(http.StatusOK, append(b.show(account), field{"new_account", isNew}))
	case AnswerMinimal:
		minimal := document{{"_id", account.ID}, {"account_id", account.AccountID}}
		minimal = append(minimal, b.showName(account)...)
		minimal = append(minimal, field{"environment", account.Environment}, field{"integrations", nil})
		return jsonAnswer(http.StatusOK, minimal)
	case AnswerText:
		return textAnswer(http.StatusOK, "ok")
	case AnswerEmpty:
		return answer{status: http.StatusOK}
	default:
		return jsonAnswer(http.StatusOK, document{{"success", true}})
	}
}

// getAccount is GET /linked-account/{linked_account_id} (FACTS 2.1.3).
func (s *Server) getAccount(c *call) (answer, error) {
	id := c.parameters["id"]
	account := s.accounts(c.place).read(id, s.behaviour.Account.IDsIgnoreCase)
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
	accounts := s.accounts(c.place)
	stored := accounts.find(id, rules.IDsIgnoreCase)
	if stored == nil {
		return answer{}, s.notFound(rules.DeleteNotFoundAs500, c.place, id)
	}
	if rules.TestUser != "" && c.place.environment == EnvironmentTest && stored.account.AccountID == rules.TestUser {
		return answer{}, fail(http.StatusBadRequest, codeServerError, "The Refold test user cannot be deleted")
	}
	accounts.lag(stored.account.AccountID, s.behaviour.ReadLag)
	s.configs(c.place).lag(stored.account.AccountID, s.behaviour.ReadLag)
	s.variableValues(c.place).lag(variableTarget{AccountID: stored.account.AccountID}, s.behaviour.ReadLag)
	s.removeAccount(c.place, stored.account.AccountID)
	if s.behaviour.Account.DeleteAnswersText {
		return textAnswer(http.StatusOK, "ok"), nil
	}
	return jsonAnswer(http.StatusOK, document{{"message", "User deleted successfully"}}), nil
}

// removeAccount takes an account away with all that depends on it: configs, values of variables,
// executions, and the tokens that were issued to it.
func (s *Server) removeAccount(at place, id string) {
	s.accounts(at).stored.remove(id)
	s.configs(at).drop(func(known *configRecord) bool { return known.AccountID == id })
	if !s.behaviour.Variable.KeepWithoutAccount {
		s.variableValues(at).dropAccount(id)
	}
	if !s.behaviour.Execution.KeepWithoutAccount {
		s.executions(at).dropAccount(id)
	}
	s.endSessions(at, id)
}

func (s *Server) notFound(as500 bool, at place, id string) error {
	status := choose(as500, http.StatusInternalServerError, http.StatusNotFound)
	if s.behaviour.Account.ShortNotFound {
		return shortNotFound(status, id)
	}
	return fail(status, codeServerError, "Linked Account with account id %s for org %s in environment %s not found",
		id, at.organization, at.environment)
}

// shortNotFound is the message of 2023, which names the id only (FACTS 1.6).
func shortNotFound(status int, id string) error {
	return fail(status, codeServerError, "Linked Account with account id %s not found", id)
}
