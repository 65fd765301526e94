// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// throttle is a server with an allowance, behind a network whose delays vary.
type throttle struct {
	// reject is the answer to a request beyond the allowance.
	reject reply
	jitter time.Duration

	mutex   sync.Mutex
	random  *rand.Rand
	bucket  *rate.Limiter
	arrived []arrival
}

type arrival struct {
	at       time.Time
	accepted bool
}

func newThrottle(perSecond float64, burst int, seed uint64) *throttle {
	return &throttle{
		reject: answer(429, ""),
		jitter: 100 * time.Millisecond,
		random: rand.New(rand.NewPCG(seed, 0)),
		bucket: rate.NewLimiter(rate.Limit(perSecond), burst),
	}
}

// RoundTrip implements http.RoundTripper.
func (s *throttle) RoundTrip(request *http.Request) (*http.Response, error) {
	return after(s.delay(), s.serve)(request)
}

func (s *throttle) delay() time.Duration {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return 5*time.Millisecond + time.Duration(s.random.Int64N(int64(s.jitter)))
}

func (s *throttle) serve(request *http.Request) (*http.Response, error) {
	s.mutex.Lock()
	now := time.Now()
	accepted := s.bucket.AllowN(now, 1)
	s.arrived = append(s.arrived, arrival{now, accepted})
	s.mutex.Unlock()
	if !accepted {
		return after(s.delay(), s.reject)(request)
	}
	return after(s.delay(), answer(200, `{"success":true}`))(request)
}

// rejected is the share of requests that were rejected more than settled after the first.
func (s *throttle) rejected(settled time.Duration) float64 {
	var all, rejected float64
	for _, request := range s.arrived {
		if request.at.Sub(s.arrived[0].at) < settled {
			continue
		}
		all++
		if !request.accepted {
			rejected++
		}
	}
	return rejected / all
}

// used is the share of the allowance that was used from the first to the last
// request, its burst included.
func (s *throttle) used() float64 {
	accepted := 0
	for _, request := range s.arrived {
		if request.accepted {
			accepted++
		}
	}
	span := s.arrived[len(s.arrived)-1].at.Sub(s.arrived[0].at).Seconds()
	return float64(accepted) / (float64(s.bucket.Burst()) + span*float64(s.bucket.Limit()))
}

// run makes calls over the clients, so many at a time with each.
func run(t *testing.T, parallel, calls int, clients ...*refold.Client) {
	var group sync.WaitGroup
	for _, client := range clients {
		waiting := make(chan int, calls)
		for i := range calls {
			waiting <- i
		}
		close(waiting)
		for range parallel {
			group.Go(func() {
				for range waiting {
					if err := client.DeleteLinkedAccount(t.Context(), "user", nil); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
	group.Wait()
}

// eachRun is run in virtual time, with some seeds and both of the numbers of
// requests at a time that users set.
func eachRun(t *testing.T, test func(t *testing.T, parallel int, seed uint64)) {
	for _, parallel := range []int{10, 50} {
		for seed := range uint64(10) {
			t.Run(fmt.Sprintf("parallelism %d, seed %d", parallel, seed), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { test(t, parallel, seed) })
			})
		}
	}
}

// TestAllowance: the whole allowance and no more, at the start and after idling.
func TestAllowance(t *testing.T) {
	eachRun(t, func(t *testing.T, parallel int, seed uint64) {
		server := newThrottle(20, 5, seed)
		client := newClient(t, server)
		run(t, parallel, 500, client)
		if used := server.used(); used < 0.95 {
			t.Errorf("%.1f %% of the allowance were used", 100*used)
		}
		time.Sleep(time.Minute)
		run(t, parallel, 100, client)
		if rejected := server.rejected(0); rejected > 0 {
			t.Errorf("%.1f %% were rejected", 100*rejected)
		}
	})
}

// TestLowerAllowance is that of a server that does not tell.
func TestLowerAllowance(t *testing.T) {
	eachRun(t, func(t *testing.T, parallel int, seed uint64) {
		server := newThrottle(10, 5, seed)
		run(t, parallel, 500, newClient(t, server))
		if rejected := server.rejected(time.Second); rejected >= 0.05 {
			t.Errorf("%.1f %% were rejected after the first second", 100*rejected)
		}
		if used := server.used(); used < 0.85 {
			t.Errorf("%.1f %% of the allowance were used", 100*used)
		}
	})
}

// TestHintsOfALowerAllowance: each form of throttling lowers the pace.
func TestHintsOfALowerAllowance(t *testing.T) {
	for name, reject := range map[string]reply{
		"429 with Retry-After": answer(429, "", "Retry-After", "1"),
		"403 with Retry-After": answer(403, "", "Retry-After", "1"),
		"403 with no quota":    answer(403, "", "X-RateLimit-Remaining", "0"),
	} {
		t.Run(name, func(t *testing.T) {
			eachRun(t, func(t *testing.T, parallel int, seed uint64) {
				server := newThrottle(10, 5, seed)
				server.reject = reject
				run(t, parallel, 200, newClient(t, server))
				if rejected := server.rejected(time.Second); rejected >= 0.05 {
					t.Errorf("%.1f %% were rejected after the first second", 100*rejected)
				}
			})
		})
	}
}

// TestSharedAllowance is that of two processes with one key.
func TestSharedAllowance(t *testing.T) {
	eachRun(t, func(t *testing.T, parallel int, seed uint64) {
		server := newThrottle(20, 5, seed)
		run(t, parallel, 500, newClient(t, server), newClient(t, server))
		if rejected := server.rejected(0); rejected >= 0.05 {
			t.Errorf("%.1f %% were rejected", 100*rejected)
		}
		if used := server.used(); used < 0.85 {
			t.Errorf("%.1f %% of the allowance were used", 100*used)
		}
	})
}

// TestPauseIsForAll: one that is told to wait stops everybody, and what waited
// does not come all at once afterwards.
func TestPauseIsForAll(t *testing.T) {
	for name, headers := range map[string][]string{
		"Retry-After":            {"Retry-After", "60"},
		"reset":                  {"X-RateLimit-Reset", strconv.Itoa(bubbleStart + 60)},
		"reset with quota left":  {"X-RateLimit-Reset", strconv.Itoa(bubbleStart + 60), "X-RateLimit-Remaining", "3"},
		"reset with quota spent": {"X-RateLimit-Reset", strconv.Itoa(bubbleStart + 60), "X-RateLimit-Remaining", "0"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				rejection := after(time.Millisecond, answer(429, "", headers...))
				net := newNetwork(t, rejection, answer(200, `{"success":true}`))
				run(t, 10, 20, newClient(t, net))
				requests := net.requests()
				if len(requests) != 21 {
					t.Fatalf("%d requests, want 21", len(requests))
				}
				// The first two went at once.
				if resumed := requests[2].At; resumed < time.Minute || resumed > time.Minute+time.Millisecond {
					t.Errorf("the third request came after %s, want 1m0s", resumed)
				}
				checkPace(t, requests[2:], 16, 1)
			})
		})
	}
}

// TestOneBurstLowersOnce: rejections of what was already on its way do not lower
// the pace again, later ones do, and it comes back.
func TestOneBurstLowersOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rejected := after(time.Second, answer(429, ""))
		fine := answer(200, `{"success":true}`)
		net := newNetwork(t, rejected, rejected, rejected, rejected, rejected, fine)
		client := newClient(t, net, func(o *refold.Options) { o.RequestsPerSecond, o.Burst, o.RetryWait = 10, 1, 20*time.Second })
		run(t, 5, 5, client)
		// 9.9 a second once lowered are 6.93; twice they would be 4.85.
		start := len(net.requests())
		run(t, 1, 3, client)
		requests := net.requests()
		if gap := time.Second * 100 / 693; requests[start+2].At-requests[start+1].At > gap {
			t.Errorf("%s lie between two requests, want no more than %s", requests[start+2].At-requests[start+1].At, gap)
		}
		run(t, 1, 150, client)
		requests = net.requests()
		last := len(requests) - 1
		if gap := requests[last].At - requests[last-1].At; !isAbout(gap, time.Second*10/99) {
			t.Errorf("%s lie between two requests at last, want the configured pace", gap)
		}
	})
}
