// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"errors"
	"sync/atomic"
)

// environmentGuard is Options.Environment, and what answers have said against it.
type environmentGuard struct {
	// environment is empty where nothing is guarded.
	environment string
	// mismatch is the first answer that was of another environment, after which the key is not
	// trusted any more: whatever was looked up before, it may have been swapped at the server.
	mismatch atomic.Pointer[EnvironmentError]
}

// errHeldBack is for an attempt that was still to be sent when the guard broke.
var errHeldBack = errors.New("the API key belongs to another environment than the guarded one")

// check returns an *EnvironmentError where an answer is of another environment.
func (g *environmentGuard) check(answered Scope) error {
	if g.environment == "" || answered.Environment == "" || answered.Environment == g.environment {
		return nil
	}
	g.mismatch.CompareAndSwap(nil, &EnvironmentError{Want: g.environment, Got: answered.Environment})
	return &EnvironmentError{Want: g.environment, Got: answered.Environment}
}

// isBroken reports whether an answer was of another environment.
func (g *environmentGuard) isBroken() bool { return g.mismatch.Load() != nil }

// broken is an *EnvironmentError once the guard is.
func (g *environmentGuard) broken() error {
	if mismatch := g.mismatch.Load(); mismatch != nil {
		return mismatch
	}
	return nil
}

// checkEnvironment is asked before a call that the guard may hold back.
func (c *Client) checkEnvironment(ctx context.Context, call call) error {
	if c.guard.environment == "" || call.bearer != "" {
		return nil
	}
	if err := c.guard.broken(); err != nil || c.scope.get().Environment == c.guard.environment {
		return err
	}
	scope, err := c.Scope(ctx, call.accountID)
	if err == nil && scope.Environment != c.guard.environment {
		return &EnvironmentError{Want: c.guard.environment, Got: scope.Environment}
	}
	return err
}

// observe remembers the scope that an answer shows and holds it against the
// guard. It returns an *EnvironmentError when the key is the wrong one.
func (c *Client) observe(scope Scope) error {
	c.scope.put(scope)
	return c.guard.check(scope)
}

// observeRefusal lets a not-found message tell which scope was searched. It
// returns the guard's error in place of err when that is the wrong one.
func (c *Client) observeRefusal(err error) error {
	refusal, ok := errors.AsType[*Error](err)
	if !ok || refusal.Kind != AccountNotFound {
		return err
	}
	if mismatch := c.observe(refusal.Scope); mismatch != nil {
		return mismatch
	}
	return err
}
