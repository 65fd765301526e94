// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"fmt"
	"math"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// movedClock stands still until it is moved.
type movedClock struct{ moved atomic.Int64 }

func (m *movedClock) now() time.Time { return fixedClock().Add(time.Duration(m.moved.Load())) }

func (m *movedClock) move(by time.Duration) { m.moved.Add(int64(by)) }

func startLimited(t *testing.T, limit mockapi.RateLimit, options ...mockapi.Option) (client, *movedClock) {
	t.Helper()
	clock := &movedClock{}
	c := start(t, mockapi.Behaviour{}, append(options, mockapi.WithClock(clock.now))...)
	c.api.LimitRate(limit)
	return c, clock
}

// upserts sends n different upserts and returns how many were carried out.
func (c client) upserts(n int) int {
	c.t.Helper()
	before := len(c.api.Accounts("test"))
	for range n {
		c.upsert(fmt.Sprintf(`{"linked_account_id":"x%d"}`, len(c.api.Requests())))
	}
	return len(c.api.Accounts("test")) - before
}

func TestRateLimitIsATokenBucket(t *testing.T) {
	c, clock := startLimited(t, mockapi.RateLimit{PerSecond: mockapi.PublishedPerSecond, Burst: mockapi.PublishedBurst})
	equal(t, "carried out at once", c.upserts(8), 5)
	equal(t, "rejected", c.api.Rejected(), 3)
	equal(t, "logged", c.api.Count("PUT", ""), 8)
	equal(t, "logged status", c.api.Requests()[7].Status, 429)
	equal(t, "fault of a rejection", c.api.Requests()[7].Fault, mockapi.Fault(""))
	clock.move(49 * time.Millisecond)
	equal(t, "carried out before the next token", c.upserts(1), 0)
	clock.move(time.Millisecond)
	equal(t, "carried out after a twentieth of a second", c.upserts(2), 1)
	clock.move(time.Hour)
	equal(t, "carried out after an hour", c.upserts(8), 5)
	equal(t, "time of the last request", c.api.Requests()[18].Time.Equal(clock.now()), true)

	c.api.LimitRate(mockapi.RateLimit{})
	equal(t, "rejected by no limit", c.api.Rejected(), 0)
	equal(t, "carried out without a limit", c.upserts(20), 20)
}

func TestRateLimitIsPerKey(t *testing.T) {
	c, _ := startLimited(t, mockapi.RateLimit{PerSecond: 1})
	c.get("x").fails(404, "SERVER_ERROR", "Linked Account with account id x for org "+mockapi.OrganizationID+" in environment test not found")
	c.get("x").fails(429, "SERVER_ERROR", "Rate limit exceeded")
	equal(t, "status with another key", c.send(http.MethodGet, accountPath+"/x", "", "X-Api-Key", mockapi.ProductionKey).status, 404)
	equal(t, "status without a key", c.send(http.MethodGet, accountPath+"/x", "", "X-Api-Key", "").status, 401)
	equal(t, "status without a key, again", c.send(http.MethodGet, accountPath+"/x", "", "X-Api-Key", "").status, 429)
	equal(t, "rejected", c.api.Rejected(), 2)
}

func TestRateLimitHints(t *testing.T) {
	const retry, limit, remaining, reset = "Retry-After", "X-Ratelimit-Limit", "X-Ratelimit-Remaining", "X-Ratelimit-Reset"
	for _, test := range []struct {
		hint   mockapi.Hint
		status int
		want   map[string]string
	}{
		{mockapi.HintNone, 403, map[string]string{}},
		// The clock stands at 09:30:17.5259 and the next request is free 4 s later.
		{mockapi.HintSeconds, 429, map[string]string{retry: "4"}},
		{mockapi.HintDate, 429, map[string]string{retry: "Fri, 24 Jul 2026 09:30:22 GMT"}},
		{mockapi.HintReset, 403, map[string]string{
			limit: "1", remaining: "0", reset: fmt.Sprint(time.Date(2026, 7, 24, 9, 30, 22, 0, time.UTC).Unix()),
		}},
	} {
		t.Run(fmt.Sprint(test.hint, test.status), func(t *testing.T) {
			c, _ := startLimited(t, mockapi.RateLimit{PerSecond: 0.25, As403: test.status == 403, Hint: test.hint})
			c.get("x")
			answer := c.get("x")
			equal(t, "status", answer.status, test.status)
			got := map[string]string{}
			for _, name := range []string{retry, limit, remaining, reset} {
				if value := answer.header.Get(name); value != "" {
					got[name] = value
				}
			}
			equal(t, "headers", got, test.want)
		})
	}
}

func TestRateLimitWithoutHint(t *testing.T) {
	c, _ := startLimited(t, mockapi.RateLimit{PerSecond: 1})
	c.get("x")
	answer := c.get("x")
	equal(t, "status", answer.status, 429)
	equal(t, "Retry-After", answer.header.Values("Retry-After"), []string(nil))
}

func TestRateLimitStandsInFrontOfFaults(t *testing.T) {
	c, _ := startLimited(t, mockapi.RateLimit{PerSecond: 1})
	c.api.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultUnavailable}})
	equal(t, "first status", c.get("x").status, 503)
	equal(t, "second status", c.get("x").status, 429)
	equal(t, "rejected", c.api.Rejected(), 1)
}

func TestClockSkew(t *testing.T) {
	c, _ := startLimited(t, mockapi.RateLimit{PerSecond: 1, Hint: mockapi.HintDate}, mockapi.WithClockSkew(-time.Hour))
	answer := c.upsert(`{"linked_account_id":"x"}`).ok()
	equal(t, "Date", answer.header.Get("Date"), "Fri, 24 Jul 2026 08:30:17 GMT")
	answer.has("createdAt", "2026-07-24T09:30:17.525Z")
	rejected := c.get("x")
	equal(t, "Date of a rejection", rejected.header.Get("Date"), "Fri, 24 Jul 2026 08:30:17 GMT")
	equal(t, "Retry-After", rejected.header.Get("Retry-After"), "Fri, 24 Jul 2026 08:30:19 GMT")

	c.api.LimitRate(mockapi.RateLimit{})
	c.api.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultHTML}})
	equal(t, "Date of a fault", c.get("x").header.Get("Date"), "Fri, 24 Jul 2026 08:30:17 GMT")
}

func TestLimitRateRefusesNonsense(t *testing.T) {
	for name, limit := range map[string]mockapi.RateLimit{
		"negative rate":  {PerSecond: -1},
		"no number":      {PerSecond: math.NaN()},
		"negative burst": {PerSecond: 1, Burst: -1},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("accepted")
				}
			}()
			mockapi.New().LimitRate(limit)
		})
	}
}
