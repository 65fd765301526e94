// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// send sends a write, and reads at most 64 KiB of the answer.
func send(ctx context.Context, t *testing.T, network http.RoundTripper) (string, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, "https://refold.test/api/v2/public/linked-account", strings.NewReader(`{"linked_account_id":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Api-Key", mockapi.TestKey)
	request.Header.Set("Content-Type", "application/json")
	answer, err := network.RoundTrip(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 64<<10))
	return string(body), err
}

// What can go wrong on a connection goes wrong in process as well, time is that of the
// bubble, and synctest.Test fails when a goroutine stays behind.
func TestInProcess(t *testing.T) {
	flush := func(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }
	long := strings.Repeat("long ", 1<<10)
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		body    string
		err     error
		takes   time.Duration
	}{
		"whole":          {func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) }, `{"linked_account_id":"x"}`, nil, 0},
		"slow":           {func(http.ResponseWriter, *http.Request) { time.Sleep(time.Minute) }, "", nil, time.Minute},
		"closed at once": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "", io.EOF, 0},
		"cut in the body": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "begin")
			flush(w)
			panic(http.ErrAbortHandler)
		}, "begin", io.ErrUnexpectedEOF, 0},
		"less than declared": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "30")
			_, _ = io.WriteString(w, "begin")
		}, "begin", io.ErrUnexpectedEOF, 0},
		"endless": {func(w http.ResponseWriter, _ *http.Request) {
			for err := error(nil); err == nil; {
				_, err = io.WriteString(w, long)
			}
		}, strings.Repeat(long, 13)[:64<<10], nil, 0},
		"never": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "", context.DeadlineExceeded, time.Hour},
		"never to its end": {func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "begin")
			flush(w)
			<-r.Context().Done()
		}, "begin", context.DeadlineExceeded, time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				network := acctest.InProcess(t, test.handler)
				for range 2 {
					ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
					start := time.Now()
					body, err := send(ctx, t, network)
					if took := time.Since(start); body != test.body || !errors.Is(err, test.err) || took != test.takes {
						t.Errorf("got %d bytes (%.20q) and %v after %s", len(body), body, err, took)
					}
					cancel()
				}
			})
		})
	}
}

// A connection that breaks is seen by the client: net/http sends nothing again by itself.
func TestInProcessRepeatsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		requests := 0
		network := acctest.InProcess(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			if requests++; requests == 2 {
				panic(http.ErrAbortHandler)
			}
		}))
		for _, want := range []error{nil, io.EOF} {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://refold.test/", nil)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := network.RoundTrip(request)
			if !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
			if err == nil {
				_ = answer.Body.Close()
			}
		}
		if requests != 2 {
			t.Errorf("%d requests arrived, want 2", requests)
		}
	})
}

// The mock does what was asked of it, also when nobody waits for its answer.
func TestASlowAnswerThatNobodyWaitsFor(t *testing.T) {
	mock := mockapi.New()
	mock.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultSlow}, Delay: time.Hour})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		if _, err := send(ctx, t, acctest.InProcess(t, mock)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
	})
	if _, done := mock.Account(mockapi.EnvironmentTest, "x"); !done {
		t.Error("the work was not done")
	}
}

func TestTheRateLimitUnderAStandingClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mock := mockapi.New()
		mock.LimitRate(mockapi.RateLimit{PerSecond: mockapi.PublishedPerSecond, Burst: mockapi.PublishedBurst})
		network := acctest.InProcess(t, mock)
		upsert := func() {
			if _, err := send(t.Context(), t, network); err != nil {
				t.Error(err)
			}
		}
		for range 100 {
			upsert()
			time.Sleep(time.Second / mockapi.PublishedPerSecond)
		}
		if rejected := mock.Rejected(); rejected != 0 {
			t.Errorf("%d of 100 rejected at the published rate", rejected)
		}
		for range 100 {
			upsert()
		}
		if rejected := mock.Rejected(); rejected != 100-mockapi.PublishedBurst {
			t.Errorf("%d of 100 at once rejected", rejected)
		}
	})
}
