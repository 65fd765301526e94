// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"errors"
)

// write is the only way to make a call that changes something at Refold or hands out
// a secret. With Options.Environment set, nothing is sent before an answer has
// confirmed it. However the call ends, what lists show of its account is out of date.
//
// Of a successful answer, settle makes what the write results in. It has what is left
// of the grace after a stop (Finishing), and an *EnvironmentError of it is marked as
// too late. Other errors are as of get.
func write[T any](ctx context.Context, c *Client, call call, settle func(context.Context, answer) (T, error)) (T, error) {
	var none T
	if err := c.guard(ctx, call); err != nil {
		return none, err
	}
	if call.accountID != "" && !call.keepsAccount {
		defer c.bulk.MarkWritten(call.accountID)
	}
	finishing, done := Finishing(ctx)
	defer done()
	received, err := c.send(ctx, call)
	if err != nil {
		return none, c.observeRefusal(err)
	}
	result, err := settle(finishing, received)
	if mismatch, ok := errors.AsType[*EnvironmentError](err); ok {
		return none, &EnvironmentError{Want: mismatch.Want, Got: mismatch.Got, Written: true}
	}
	return result, err
}

// accepted settles a write of which nothing is left to find out.
func accepted(_ context.Context, received answer) (answer, error) { return received, nil }

// guard enforces Options.Environment. What goes with a session token is let through:
// what the key selects says nothing of it, and to issue the token was a write too.
func (c *Client) guard(ctx context.Context, call call) error {
	if c.environment == "" || call.bearer != "" || c.scope.get().Environment == c.environment {
		return nil
	}
	scope, err := c.Scope(ctx, call.accountID)
	if err == nil && scope.Environment != c.environment {
		return &EnvironmentError{Want: c.environment, Got: scope.Environment}
	}
	return err
}
