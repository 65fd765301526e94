// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// callRecord tells what happened to one call over its attempts, which run one
// after the other.
type callRecord struct {
	call     call
	attempts int
	// started is when the first attempt was sent.
	started time.Time
	// last and lastErr are the answer to the last attempt, or the lack of one. An
	// attempt that LongestCall cut off does not count: what came before says more.
	last    *http.Response
	lastErr error
	// arrivedLast is true when the last attempt may have been carried out;
	// arrivedBefore when one may whose outcome is not in last and lastErr.
	arrivedLast, arrivedBefore bool
	// outOfTime is true when LongestCall kept the call from another attempt or
	// ended the last one.
	outOfTime bool
}

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

func (r *callRecord) deadline() time.Time { return r.started.Add(LongestCall) }

// bound limits repetitions to what is left of LongestCall. The first attempt has
// its own limit, and its turn may be a long time off in a large run.
func (r *callRecord) bound(ctx context.Context) (context.Context, context.CancelFunc) {
	if r.attempts == 0 {
		return ctx, func() {}
	}
	return context.WithDeadline(ctx, r.deadline())
}

// ranOut reports whether it was time that kept the call from another attempt or,
// in LongestCall's case, ended the last one. The end of the caller's own context
// is another matter.
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

type recordKey struct{}

func withRecord(ctx context.Context, record *callRecord) context.Context {
	return context.WithValue(ctx, recordKey{}, record)
}

func recordFrom(ctx context.Context) *callRecord {
	return ctx.Value(recordKey{}).(*callRecord)
}

// effort says how often and how long was tried; empty for a single attempt that
// LongestCall has nothing to do with.
func effort(attempts int, elapsed time.Duration, outOfTime bool) string {
	elapsed = elapsed.Round(time.Second / 10)
	if outOfTime {
		times := "1 attempt"
		if attempts > 1 {
			times = fmt.Sprintf("%d attempts", attempts)
		}
		return fmt.Sprintf(" (given up after %s in %s, because one call may take %s)", times, elapsed, LongestCall)
	}
	if attempts > 1 {
		return fmt.Sprintf(" (the last of %d attempts in %s)", attempts, elapsed)
	}
	return ""
}
