// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// Scope is the organization and environment that an API key selects. The URL
// does not show them, so a swapped key looks like a vanished account (FACTS 0.5).
type Scope struct {
	OrganizationID string
	Environment    string
}

// IsKnown reports whether both parts are known.
func (s Scope) IsKnown() bool { return s.OrganizationID != "" && s.Environment != "" }

// scopeCache remembers the scope from whichever answer shows it first. A key's
// scope does not change while a process runs.
type scopeCache struct {
	mutex   sync.Mutex
	known   Scope
	probing *semaphore.Weighted
}

func (s *scopeCache) get() Scope {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.known
}

func (s *scopeCache) put(scope Scope) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if scope.IsKnown() && !s.known.IsKnown() {
		s.known = scope
	}
}

// Scope returns what the API key selects. It costs one look-up of accountID,
// which need not exist, unless an earlier answer has shown it. The result is
// not known (Scope.IsKnown) when Refold's answer does not tell.
func (c *Client) Scope(ctx context.Context, accountID string) (Scope, error) {
	if scope := c.scope.get(); scope.IsKnown() {
		return scope, nil
	}
	// One look-up serves all who ask at the same time.
	if err := c.scope.probing.Acquire(ctx, 1); err != nil {
		return Scope{}, ended(ctx)
	}
	defer c.scope.probing.Release(1)
	if scope := c.scope.get(); scope.IsKnown() {
		return scope, nil
	}
	account, err := c.LinkedAccount(ctx, accountID)
	if KindOf(err) == AccountNotFound {
		return c.scope.get(), nil
	}
	if err != nil {
		return Scope{}, err
	}
	return account.Scope(), nil
}

// observe remembers the scope that an answer shows and holds it against the
// guard. It returns an *EnvironmentError when the key is the wrong one.
func (c *Client) observe(scope Scope) error {
	c.scope.put(scope)
	if c.environment == "" || scope.Environment == "" || scope.Environment == c.environment {
		return nil
	}
	return &EnvironmentError{Want: c.environment, Got: scope.Environment}
}

// beforeWrite enforces the guard: with Options.Environment set, nothing is
// written before an answer has confirmed it.
func (c *Client) beforeWrite(ctx context.Context, accountID string) error {
	if c.environment == "" {
		return nil
	}
	scope, err := c.Scope(ctx, accountID)
	if err != nil {
		return err
	}
	if scope.Environment != c.environment {
		return &EnvironmentError{Want: c.environment, Got: scope.Environment}
	}
	return nil
}
