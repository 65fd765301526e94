// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"fmt"
	"maps"
	"time"
)

// The methods in this file act behind the client's back: nothing is logged, no
// switch applies, and reads see the result at once. Their environment is the
// name of one ("test"); where keys of several organizations share the name, the
// first key's is meant, and an API key's value names the others.

// Account returns a copy of an account; ok is false when there is none.
func (s *Server) Account(environment, accountID string) (account Account, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stored := s.places[s.place(environment)].records[accountID]
	if stored == nil {
		return Account{}, false
	}
	return stored.account.clone(), true
}

// Accounts returns copies of all accounts, oldest first.
func (s *Server) Accounts(environment string) []Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	collection := s.places[s.place(environment)]
	accounts := make([]Account, 0, len(collection.order))
	for _, id := range collection.order {
		accounts = append(accounts, collection.records[id].account.clone())
	}
	return accounts
}

// Create stores an account and returns it with what it lacked: ids, times,
// organization and environment. It panics when the AccountID is empty or taken.
func (s *Server) Create(environment string, account Account) Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.place(environment)
	if account.AccountID == "" || s.places[at].records[account.AccountID] != nil {
		panic(fmt.Sprintf("mockapi: Create: the account id %q is empty or taken", account.AccountID))
	}
	now := s.now()
	created := &record{account: account.clone()}
	created.account.OrganizationID, created.account.Environment = at.organization, at.environment
	setDefault(&created.account.ID, s.objectID(now))
	setDefault(&created.account.CreatedAt, now)
	setDefault(&created.account.UpdatedAt, now)
	s.complete(created, now)
	delete(s.places[at].stale, account.AccountID)
	s.places[at].add(created)
	return created.account.clone()
}

// Change changes an account and moves its updatedAt and version. It panics when
// there is no such account, and when the change gives it another AccountID.
func (s *Server) Change(environment, accountID string, change func(*Account)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	collection := s.places[s.place(environment)]
	stored := collection.known("Change", accountID)
	changed := stored.account.clone()
	change(&changed)
	if changed.AccountID != accountID {
		panic(fmt.Sprintf("mockapi: Change: the account id of %q must stay", accountID))
	}
	now := s.now()
	stored.account = changed.clone()
	stored.touch(now)
	s.complete(stored, now)
	delete(collection.stale, accountID)
}

// Connect adds an integration, as a customer does who connects an app. One of the
// same Type and AppID is replaced. It panics when there is no such account.
func (s *Server) Connect(environment, accountID string, integration Integration) {
	s.Change(environment, accountID, func(account *Account) {
		for i, known := range account.Integrations {
			if known.Type == integration.Type && sameText(known.AppID, integration.AppID) {
				account.Integrations[i] = integration
				return
			}
		}
		account.Integrations = append(account.Integrations, integration)
	})
}

// Remove deletes an account. It panics when there is none.
func (s *Server) Remove(environment, accountID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.place(environment)
	s.places[at].known("Remove", accountID)
	delete(s.places[at].stale, accountID)
	s.removeAccount(at, accountID)
}

// Credentials returns a copy of the default app's credentials. It is nil when
// the account or its default-app integration does not exist.
func (s *Server) Credentials(environment, accountID string) map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	stored := s.places[s.place(environment)].records[accountID]
	if stored == nil {
		return nil
	}
	return maps.Clone(stored.credentials)
}

func (s *Server) place(environment string) place {
	for _, key := range s.keys {
		if key.Value == environment {
			return place{key.OrganizationID, key.Environment}
		}
	}
	for _, key := range s.keys {
		if key.Environment == environment {
			return place{key.OrganizationID, key.Environment}
		}
	}
	panic(fmt.Sprintf("mockapi: no key selects the environment %q", environment))
}

func (c *collection) known(method, accountID string) *record {
	stored := c.records[accountID]
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
	}
	r.reconcile()
}

func setDefault[T comparable](field *T, preset T) {
	var zero T
	if *field == zero {
		*field = preset
	}
}

func sameText(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
