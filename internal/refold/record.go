// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// callRecord decides about the attempts at one call, which run one after the other,
// and tells what happened to it.
type callRecord struct {
	call call
	// retries is how often the call may be repeated, and firstWait the first wait before.
	retries   int
	firstWait time.Duration
	attempts  int
	contact   *contact
	// asked is when the call was begun.
	asked time.Time
	// started is when the first attempt was sent.
	started time.Time
	// last and lastErr are the answer to the last attempt, or the lack of one. An
	// attempt that LongestCall cut off does not count: what came before says more.
	last    *http.Response
	lastErr error
	// arrivedLast is true when the last attempt may have been carried out;
	// arrivedBefore when one may whose outcome is not in last and lastErr.
	arrivedLast, arrivedBefore bool
	// outOfTime is true when LongestCall kept the call from another attempt or ended the last one.
	outOfTime bool
	// failures and garbled count the attempts that were, or may be, repeated.
	failures, garbled int
	// wait is what comes before the next attempt.
	wait time.Duration
}

// client makes the attempts of this call over a http.Client that all share.
func (r *callRecord) client(shared *http.Client) *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient:   shared,
		RetryMax:     r.retries,
		CheckRetry:   r.check,
		Backoff:      func(_, _ time.Duration, _ int, _ *http.Response) time.Duration { return r.wait },
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
}

// check decides after each attempt. What is not repeatable is not sent again once
// it may have arrived. A wait that cannot end in time is not begun.
func (r *callRecord) check(ctx context.Context, response *http.Response, err error) (bool, error) {
	again, stop := r.isWorthRepeating(ctx, response, err)
	if !again || stop != nil || r.failures >= r.retries {
		return again, stop
	}
	if !r.call.isRepeatable() && r.mayHaveArrived() {
		return false, nil
	}
	r.wait = backoff(r.firstWait, r.failures, response)
	r.failures++
	end := time.Now().Add(r.wait)
	if r.contact.isHopeless(err, end) {
		return false, nil
	}
	if deadline, ok := ctx.Deadline(); ok && end.After(deadline) {
		return false, nil
	}
	if end.After(r.deadline()) {
		r.outOfTime = true
		return false, nil
	}
	return true, nil
}

// isWorthRepeating decides by FACTS 1.4, 2.1.6 whether another attempt may fare better.
// When the caller gave up, an answer that is final counts all the same.
func (r *callRecord) isWorthRepeating(ctx context.Context, response *http.Response, err error) (bool, error) {
	again, stop := r.call.isTemporary(ctx, response, err)
	if err == nil && r.call.expectsJSON && isGarbled(response) {
		r.garbled++
		again = r.garbled <= garbledRetries
	}
	if (again || err != nil) && ctx.Err() != nil {
		return false, ctx.Err()
	}
	return again, stop
}

// recheckAfter is how long a call may wait for its turn and count as sent at once.
const recheckAfter = 10 * time.Second

// recheck asks what call.recheck is for, where this is such an attempt.
func (r *callRecord) recheck(ctx context.Context) error {
	if r.call.recheck == nil || r.attempts == 0 && time.Since(r.asked) < recheckAfter {
		return nil
	}
	if err := r.call.recheck(ctx, r.mayHaveArrived()); err != nil {
		return &recheckError{cause: err}
	}
	return nil
}

// recheckError ends a call by what its recheck returned.
type recheckError struct {
	cause error
	// delivery is that of the attempts before.
	delivery Delivery
}

// Error implements error.
func (e *recheckError) Error() string { return e.cause.Error() }

// Unwrap gives what the recheck returned.
func (e *recheckError) Unwrap() error { return e.cause }

func (r *callRecord) begin(now time.Time) {
	if r.attempts == 0 {
		r.started = now
	}
	r.attempts++
	r.arrivedBefore = r.mayHaveArrived()
}

func (r *callRecord) finish(response *http.Response, err error) {
	if errors.Is(err, errOutOfTime) {
		r.arrivedBefore = true
		return
	}
	r.last, r.lastErr = response, err
	r.arrivedLast = r.call.mayHaveArrived(response, err)
}

// mayHaveArrived reports whether an attempt may have been carried out.
func (r *callRecord) mayHaveArrived() bool { return r.arrivedBefore || r.arrivedLast }

// delivery is how the call was sent, at its end.
func (r *callRecord) delivery(elapsed time.Duration) Delivery {
	return Delivery{
		Attempts:       r.attempts,
		Elapsed:        elapsed,
		OutOfTime:      r.outOfTime,
		MayHaveArrived: r.mayHaveArrived(),
		Repeatable:     r.call.isRepeatable(),
	}
}

func (r *callRecord) deadline() time.Time { return r.started.Add(LongestCall) }

// bound limits repetitions to what is left of LongestCall. The first attempt has
// its own limit, and its turn may be a long time off in a large run.
func (r *callRecord) bound(ctx context.Context) (context.Context, context.CancelFunc) {
	if r.attempts == 0 {
		return ctx, func() {}
	}
	return context.WithDeadline(ctx, r.deadline())
}

// ranOut reports whether it was time that kept the call from another attempt or, in LongestCall's
// case, ended the last one. The end of the caller's own context is another matter.
func (r *callRecord) ranOut(ctx, caller context.Context, err error) bool {
	if r.attempts == 0 || caller.Err() != nil {
		return false
	}
	_, late := errors.AsType[*tooLateError](err)
	r.outOfTime = ctx.Err() != nil || late && isSooner(ctx, caller)
	return late || ctx.Err() != nil
}

// isSooner reports whether ctx ends before the context that it was made of.
func isSooner(ctx, parent context.Context) bool {
	own, _ := ctx.Deadline()
	inherited, ok := parent.Deadline()
	return !ok || own.Before(inherited)
}

// recordKey is of the record in the context of each attempt.
type recordKey struct{}

func recordFrom(ctx context.Context) *callRecord { return ctx.Value(recordKey{}).(*callRecord) }
