// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"fmt"
)

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

// Disconnect removes an app from an account, or with an authType that connection of it, as a
// customer does. It panics when there is nothing to remove.
func (s *Server) Disconnect(environment, accountID, slug, authType string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.place(environment)
	stored := s.accounts(at).known("Disconnect", accountID)
	kept, changed := disconnect(stored.account.Integrations, s.app(at, slug), slug, authType)
	if !changed {
		panic(fmt.Sprintf("mockapi: Disconnect: %q has no connection %q of %q", accountID, authType, slug))
	}
	s.configs(at).follow(accountID, stored.account.Integrations, kept, 0)
	stored.account.Integrations = kept
	stored.reconcile()
	stored.touch(s.now())
	delete(s.accounts(at).stale, accountID)
}

// RequireReauth lets the connections of an app need to be authenticated again, as they do when a
// token has expired. Connecting it again ends that. It panics when the app is not connected.
func (s *Server) RequireReauth(environment, accountID, slug string) {
	s.Change(environment, accountID, func(account *Account) {
		at := account.integration(slug)
		if at < 0 {
			panic(fmt.Sprintf("mockapi: RequireReauth: %q has not connected %q", accountID, slug))
		}
		account.Integrations[at].ReauthRequired = true
	})
}

// Keys returns a copy of the keys that connect an account to an app. It is nil when there is no
// such connection, and for one by OAuth.
func (s *Server) Keys(environment, accountID, slug, authType string) map[string]string {
	account, _ := s.Account(environment, accountID)
	at := account.integration(slug)
	if at < 0 {
		return nil
	}
	return account.Integrations[at].Connections[authType].Keys
}

func sameText(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
