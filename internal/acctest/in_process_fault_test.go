// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

func loadContract(t *testing.T) *contract.Contract {
	t.Helper()
	agreed, err := contract.Load()
	if err != nil {
		t.Fatal(err)
	}
	return agreed
}

// faulty is a mock whose every request meets one kind of fault, behind the contract.
func faulty(t *testing.T, agreed *contract.Contract, seed uint64, kind mockapi.Fault, delay time.Duration) (*mockapi.Server, http.Handler) {
	mock := mockapi.New(mockapi.WithClock(func() time.Time { return time.Date(2026, 7, 24, 9, 30, 17, 0, time.UTC) }))
	mock.Inject(mockapi.Faults{Seed: seed, Rate: 1, Kinds: []mockapi.Fault{kind}, Delay: delay, Elsewhere: "http://elsewhere.invalid"})
	return mock, agreed.Wrap(mock, func(violation error) { t.Error(violation) })
}

// upsert sends one upsert as the provider does.
func upsert(t *testing.T, transport http.RoundTripper, base string) seen {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, base+"/api/v2/public/linked-account",
		strings.NewReader(`{"linked_account_id":"x","name":"A name"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{
		"X-Api-Key": {mockapi.TestKey}, "Content-Type": {"application/json"}, "User-Agent": {"terraform-provider-refold/1.2.3 Terraform/1.14.0"},
	}
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return seen{Err: errorKind(err)}
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(io.LimitReader(answer.Body, 256<<10))
	answer.Header.Del("Connection")
	return seen{Status: answer.StatusCode, Header: answer.Header, Length: answer.ContentLength, Body: string(read), BodyErr: errorKind(err)}
}

func TestEveryFaultLooksTheSameInProcess(t *testing.T) {
	agreed := loadContract(t)
	for _, kind := range mockapi.AllFaults() {
		t.Run(string(kind), func(t *testing.T) {
			for seed := range uint64(8) {
				api, handler := faulty(t, agreed, seed, kind, time.Millisecond)
				server := httptest.NewServer(handler)
				over := upsert(t, &http.Transport{DisableKeepAlives: true, DisableCompression: true}, server.URL)
				server.Close()

				mock, handler := faulty(t, agreed, seed, kind, time.Hour)
				var within seen
				synctest.Test(t, func(t *testing.T) {
					start := time.Now()
					within = upsert(t, acctest.InProcess(handler), "http://refold.test")
					want := time.Duration(0)
					if kind == mockapi.FaultSlow {
						want = time.Hour
					}
					if took := time.Since(start); took != want {
						t.Errorf("took %s, want %s", took, want)
					}
				})
				if !reflect.DeepEqual(over, within) {
					t.Errorf("seed %d: over a connection %+v\nin process %+v", seed, over, within)
				}
				for name, server := range map[string]*mockapi.Server{"over a connection": api, "in process": mock} {
					if _, done := server.Account("test", "x"); done != kind.Done() {
						t.Errorf("%s: done is %v", name, done)
					}
					if requests := server.Requests(); len(requests) != 1 || requests[0].Fault != kind || requests[0].Status != within.Status {
						t.Errorf("%s: logged are %+v", name, requests)
					}
				}
			}
		})
	}
}

func TestASlowAnswerThatNobodyWaitsFor(t *testing.T) {
	mock, handler := faulty(t, loadContract(t), 1, mockapi.FaultSlow, time.Hour)
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		start := time.Now()
		got := upsert(t, withContext{acctest.InProcess(handler), ctx}, "http://refold.test")
		if took := time.Since(start); got.Err != "deadline" || took != 30*time.Second {
			t.Errorf("error %q after %s", got.Err, took)
		}
	})
	if _, done := mock.Account("test", "x"); !done {
		t.Error("the work was not done")
	}
}

// withContext sends every request with another context.
type withContext struct {
	next http.RoundTripper
	ctx  context.Context
}

func (w withContext) RoundTrip(request *http.Request) (*http.Response, error) {
	return w.next.RoundTrip(request.WithContext(w.ctx))
}

func TestTheRateLimitUnderAStandingClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mock := mockapi.New()
		mock.LimitRate(mockapi.RateLimit{PerSecond: mockapi.PublishedPerSecond, Burst: mockapi.PublishedBurst})
		transport := acctest.InProcess(mock)
		for range 100 {
			upsert(t, transport, "http://refold.test")
			time.Sleep(time.Second / mockapi.PublishedPerSecond)
		}
		if rejected := mock.Rejected(); rejected != 0 {
			t.Errorf("%d of 100 rejected at the published rate", rejected)
		}
		for range 100 {
			upsert(t, transport, "http://refold.test")
		}
		if rejected := mock.Rejected(); rejected != 100-mockapi.PublishedBurst {
			t.Errorf("%d of 100 at once rejected", rejected)
		}
	})
}
