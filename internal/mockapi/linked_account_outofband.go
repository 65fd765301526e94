// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"fmt"
	"time"
)

// Account returns a copy of an account; ok is false when there is none.
func (s *Server) Account(environment, accountID string) (account Account, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stored := s.accounts(s.place(environment)).stored.find(accountID)
	if stored == nil {
		return Account{}, false
	}
	return stored.account.clone(), true
}

// Accounts returns copies of all accounts, oldest first.
func (s *Server) Accounts(environment string) []Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	stored := s.accounts(s.place(environment)).stored.all()
	copies := make([]Account, 0, len(stored))
	for _, one := range stored {
		copies = append(copies, one.account.clone())
	}
	return copies
}

// Create stores an account and returns it with what it lacked: ids, times,
// organization and environment. It panics when the AccountID is empty or taken.
func (s *Server) Create(environment string, account Account) Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.place(environment)
	if account.AccountID == "" || s.accounts(at).stored.find(account.AccountID) != nil {
		panic(fmt.Sprintf("mockapi: Create: the account id %q is empty or taken", account.AccountID))
	}
	now := s.now()
	created := &record{account: account.clone()}
	created.account.OrganizationID, created.account.Environment = at.organization, at.environment
	setDefault(&created.account.ID, s.objectID(now))
	setDefault(&created.account.CreatedAt, now)
	setDefault(&created.account.UpdatedAt, now)
	s.complete(created, now)
	s.forgetStale(at, account.AccountID)
	s.accounts(at).stored.add(account.AccountID, created)
	return created.account.clone()
}

// Change changes an account and moves its updatedAt and version. It panics when
// there is no such account, and when the change gives it another AccountID.
func (s *Server) Change(environment, accountID string, change func(*Account)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.place(environment)
	kept := s.accounts(at)
	stored := kept.known("Change", accountID)
	changed := stored.account.clone()
	change(&changed)
	if changed.AccountID != accountID {
		panic(fmt.Sprintf("mockapi: Change: the account id of %q must stay", accountID))
	}
	now := s.now()
	s.configs(at).follow(accountID, stored.account.Integrations, changed.Integrations, 0)
	stored.account = changed.clone()
	stored.touch(now)
	s.complete(stored, now)
	delete(kept.stale, accountID)
}

// Remove deletes an account. It panics when there is none.
func (s *Server) Remove(environment, accountID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.place(environment)
	s.accounts(at).known("Remove", accountID)
	s.forgetStale(at, accountID)
	s.removeAccount(at, accountID)
}

// forgetStale lets reads see at once what becomes of an account.
func (s *Server) forgetStale(at place, accountID string) {
	delete(s.accounts(at).stale, accountID)
	delete(s.configs(at).stale, accountID)
	delete(s.variableValues(at).stale, variableTarget{AccountID: accountID})
}

func (a *accounts) known(method, accountID string) *record {
	stored := a.stored.find(accountID)
	if stored == nil {
		panic(fmt.Sprintf("mockapi: %s: there is no account %q", method, accountID))
	}
	return stored
}

// complete fills in the ids and times that a test left out.
func (s *Server) complete(r *record, now time.Time) {
	for i := range r.account.UDF {
		entry := &r.account.UDF[i]
		setDefault(&entry.ID, s.objectID(now))
		setDefault(&entry.CreatedAt, now)
		setDefault(&entry.UpdatedAt, now)
	}
	for i := range r.account.Integrations {
		integration := &r.account.Integrations[i]
		setDefault(&integration.ID, s.objectID(now))
		setDefault(&integration.CreatedAt, now)
		setDefault(&integration.UpdatedAt, now)
		integration.settle(now)
	}
	r.reconcile()
}
