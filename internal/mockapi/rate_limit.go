// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/time/rate"
)

// Refold's published allowance: requests per second, and how many of them may
// come at one instant (FACTS 1.4).
const (
	PublishedPerSecond = 20
	PublishedBurst     = 5
)

// Hint is how a throttled answer says when to come again (FACTS 1.4).
type Hint int

// Values of Hint. Times are rounded up to full seconds, because all three forms know nothing finer.
const (
	// HintNone gives none.
	HintNone Hint = iota
	// HintSeconds is Retry-After in seconds.
	HintSeconds
	// HintDate is Retry-After as an HTTP date.
	HintDate
	// HintReset is X-RateLimit-Limit, -Remaining (0) and -Reset (epoch seconds).
	HintReset
)

// set writes the headers of a hint to come again after wait.
func (h Hint) set(header http.Header, now time.Time, wait time.Duration, perSecond float64) {
	then := now.Add(wait + time.Second - time.Nanosecond).Truncate(time.Second)
	switch h {
	case HintSeconds:
		header.Set("Retry-After", strconv.FormatFloat(math.Ceil(wait.Seconds()), 'f', 0, 64))
	case HintDate:
		header.Set("Retry-After", then.UTC().Format(http.TimeFormat))
	case HintReset:
		header.Set("X-RateLimit-Limit", strconv.FormatFloat(math.Ceil(perSecond), 'f', 0, 64))
		header.Set("X-RateLimit-Remaining", "0")
		header.Set("X-RateLimit-Reset", strconv.FormatInt(then.Unix(), 10))
	}
}

// RateLimit is an allowance for each API key, as a token bucket on the server's
// clock. The zero value is none.
type RateLimit struct {
	// PerSecond is how many requests a second are carried out; 0: all.
	PerSecond float64
	// Burst is how many may come at one instant; 0 means 1.
	Burst int
	// As403 rejects with 403, as in 2023, and not with 429 (FACTS 1.4, 4.22).
	As403 bool
	// Hint is what a rejection says about when to come again; default HintNone,
	// because the facts know of none that is certain.
	Hint Hint
}

// allowance is a RateLimit in force.
type allowance struct {
	RateLimit
	buckets  map[string]*rate.Limiter
	rejected int
}

// LimitRate replaces the rate limit with full buckets and starts the count of Rejected anew; the
// zero value ends it. It panics on values that make no sense. A rejected request is logged and
// nothing else happens to it. Requests without an API key share one bucket.
func (s *Server) LimitRate(limit RateLimit) {
	if !(limit.PerSecond >= 0) || limit.Burst < 0 {
		panic("mockapi: PerSecond and Burst of a RateLimit must not be negative")
	}
	limit.Burst = max(1, limit.Burst)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.allowance = allowance{RateLimit: limit, buckets: map[string]*rate.Limiter{}}
}

// Rejected returns how many requests the rate limit rejected since LimitRate.
// Injected faults do not count.
func (s *Server) Rejected() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.allowance.rejected
}

// limitRate answers a request beyond the allowance; handled is false for the others.
func (s *Server) limitRate(w http.ResponseWriter, r *http.Request) (handled bool) {
	s.mu.Lock()
	wait := s.allowance.take(r.Header.Get("X-Api-Key"), s.clock())
	limit := s.allowance.RateLimit
	s.mu.Unlock()
	if wait == 0 {
		return false
	}
	limit.Hint.set(w.Header(), s.shownTime(), wait, limit.PerSecond)
	s.throttled(choose(limit.As403, http.StatusForbidden, http.StatusTooManyRequests)).send(w)
	return true
}

// take returns how long it is until the key has a request again, 0 when it has one now.
func (a *allowance) take(key string, now time.Time) time.Duration {
	if a.PerSecond == 0 {
		return 0
	}
	bucket := a.buckets[key]
	if bucket == nil {
		bucket = rate.NewLimiter(rate.Limit(a.PerSecond), a.Burst)
		a.buckets[key] = bucket
	}
	if bucket.AllowN(now, 1) {
		return 0
	}
	a.rejected++
	return max(1, time.Duration((1-bucket.TokensAt(now))/a.PerSecond*float64(time.Second)))
}

// throttled is the answer to a request that came too soon. The facts give its status and no sample.
func (s *Server) throttled(status int) answer {
	return s.refusal(fail(status, codeServerError, "Rate limit exceeded"))
}

// refusal is failed for callers that do not hold the lock.
func (s *Server) refusal(f *failure) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed(f)
}
