// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"cmp"
	"context"
	"net/url"
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
	mutex sync.Mutex
	// known may lack a part, which no answer has shown yet.
	known Scope
	// probing belongs to the one who looks the scope up, as does hasAsked: whether
	// that was done without an account, and so shows no more.
	probing  *semaphore.Weighted
	hasAsked bool
}

func (s *scopeCache) get() Scope {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.known
}

func (s *scopeCache) put(scope Scope) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	switch {
	case s.known.IsKnown():
	case scope.IsKnown():
		s.known = scope
	default:
		s.known.OrganizationID = cmp.Or(s.known.OrganizationID, scope.OrganizationID)
		s.known.Environment = cmp.Or(s.known.Environment, scope.Environment)
	}
}

// noAccount is the id of an account that does not exist. If it does, so much the better.
const noAccount = "no-such-linked-account"

// Scope returns what the API key selects, as far as Refold tells (Scope.IsKnown). What an earlier
// answer has shown costs nothing. Otherwise it is looked up once: the message that an account is
// not found names it (FACTS 0.5, 1.6), and where an old server's does not, listed accounts do. The
// id of an account, best of one that exists, may be given: it is then looked up in place of both.
func (c *Client) Scope(ctx context.Context, accountID ...string) (Scope, error) {
	if known := c.scope.get(); known.IsKnown() {
		return known, nil
	}
	// One look-up serves all who ask at the same time.
	if err := c.scope.probing.Acquire(ctx, 1); err != nil {
		return Scope{}, ended(err)
	}
	defer c.scope.probing.Release(1)
	if known := c.scope.get(); known.IsKnown() {
		return known, nil
	}
	if err := c.askForScope(ctx, cmp.Or(accountID...)); err != nil {
		return Scope{}, err
	}
	return c.scope.get(), nil
}

func (c *Client) askForScope(ctx context.Context, accountID string) error {
	switch {
	case accountID != "":
		return c.askAccountForScope(ctx, accountID)
	case c.scope.hasAsked:
		return nil
	}
	err := c.askAccountForScope(ctx, noAccount)
	if err == nil && c.scope.get() == (Scope{}) {
		_, err = c.listPage(ctx, url.Values{}, 1, 1)
	}
	c.scope.hasAsked = err == nil
	return err
}

// askAccountForScope learns from either answer: that there is such an account, and
// that there is none.
func (c *Client) askAccountForScope(ctx context.Context, accountID string) error {
	if _, err := c.LinkedAccount(ctx, accountID); KindOf(err) != AccountNotFound {
		return err
	}
	return nil
}
