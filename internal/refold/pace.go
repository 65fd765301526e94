// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"fmt"
	"math"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"
)

const (
	// networkJitter is how much longer one request may be under way than the
	// next. What is sent evenly then arrives in a bunch, so the bunch that this
	// client sends itself is smaller than the server's allowance by that much.
	networkJitter = 150 * time.Millisecond
	// usedShare of the configured pace is used, so that a server whose allowance
	// was overdrawn for a moment gets ahead again.
	usedShare = 0.99
	// slowdown is the factor of the pace at a rejection.
	slowdown = 0.7
	// recoveryShare is the part of the configured pace that comes back in each
	// second of accepted requests.
	recoveryShare = 0.05
	// slowestPace in requests per second keeps rejections from stopping everything.
	slowestPace = 0.5
)

// pacer lets attempts go one after another, at a pace that the server's
// rejections lower for all of them and its acceptance brings back.
type pacer struct {
	fastest  rate.Limit
	slowest  rate.Limit
	recovery float64
	burst    int
	// turn belongs to the first in line (it is first come, first served). Only
	// that one asks the limiter: a reservation would keep to an old pace.
	turn *semaphore.Weighted

	mutex   sync.Mutex
	limiter *rate.Limiter
	// lowered is when the pace was last lowered.
	lowered time.Time
	// resume is the end of a pause that the server asked for, if there is one.
	resume time.Time
}

func newPacer(perSecond float64, burst int) *pacer {
	fastest := rate.Limit(perSecond * usedShare)
	own := max(1, burst-int(math.Ceil(perSecond*networkJitter.Seconds())))
	return &pacer{
		fastest:  fastest,
		slowest:  min(fastest, slowestPace),
		recovery: perSecond * recoveryShare,
		burst:    own,
		turn:     semaphore.NewWeighted(1),
		limiter:  rate.NewLimiter(fastest, own),
	}
}

// tooLateError says that a turn would come after the deadline of the context.
type tooLateError struct{ delay time.Duration }

func (e *tooLateError) Error() string {
	return fmt.Sprintf("it comes in %s, which is too late", e.delay.Round(time.Millisecond))
}

// Unwrap makes it what the caller's deadline would have caused.
func (e *tooLateError) Unwrap() error { return context.DeadlineExceeded }

// wait returns when the caller may send one request. It fails with the
// context, and at once (*tooLateError) when the turn would come after its deadline.
func (p *pacer) wait(ctx context.Context) error {
	if err := p.turn.Acquire(ctx, 1); err != nil {
		return err
	}
	defer p.turn.Release(1)
	for ctx.Err() == nil {
		delay := p.take(time.Now())
		if delay == 0 {
			return nil
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < delay {
			return &tooLateError{delay}
		}
		select {
		case <-ctx.Done():
		case <-time.After(delay):
		}
	}
	return ctx.Err()
}

// take uses up one request, or returns after which time to ask again.
func (p *pacer) take(now time.Time) time.Duration {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if now.Before(p.resume) {
		return p.resume.Sub(now)
	}
	if !p.resume.IsZero() {
		// What the pause saved up is not sent at once after it.
		p.resume = time.Time{}
		p.restart(now, p.limiter.Limit(), 1)
	}
	reservation := p.limiter.ReserveN(now, 1)
	delay := reservation.DelayFrom(now)
	if delay > 0 {
		reservation.CancelAt(now)
	}
	return delay
}

// restart begins anew at a pace, with so many requests to send at once.
func (p *pacer) restart(now time.Time, pace rate.Limit, atOnce int) {
	p.limiter = rate.NewLimiter(pace, p.burst)
	p.limiter.AllowN(now, p.burst-atOnce)
}

// rejected takes note that the server throttled a request: nothing is sent
// during the pause that it asked for, and the pace goes down. Requests that
// were on their way when it last went down do not lower it again.
func (p *pacer) rejected(sent, now time.Time, pause time.Duration) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if resume := now.Add(pause); pause > 0 && pause <= LongestRetryAfter && resume.After(p.resume) {
		p.resume = resume
	}
	if !sent.After(p.lowered) {
		return
	}
	p.lowered = now
	p.restart(now, max(p.slowest, p.limiter.Limit()*slowdown), 0)
}

// accepted takes note that the server did not throttle a request.
func (p *pacer) accepted(sent, now time.Time) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	pace := p.limiter.Limit()
	if pace >= p.fastest || !sent.After(p.lowered) {
		return
	}
	// At a pace of n a second, n acceptances make up a second's recovery.
	p.limiter.SetLimitAt(now, min(p.fastest, pace+rate.Limit(p.recovery/float64(pace))))
}
