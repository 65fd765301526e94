// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const bodyLimit = 10 << 20

// spaces is an endless run of white space, which JSON may end with.
type spaces struct{}

func (spaces) Read(p []byte) (int, error) { return copy(p, blank), nil }

var blank = strings.Repeat(" ", 1<<16)

func padded(size int) reply {
	return func(request *http.Request) (*http.Response, error) {
		return stream(request, 200, io.LimitReader(io.MultiReader(strings.NewReader(document("user")), spaces{}), int64(size))), nil
	}
}

func tooLarge(request *http.Request) (*http.Response, error) { return padded(bodyLimit + 1)(request) }

func endless(request *http.Request) (*http.Response, error) {
	return stream(request, 200, spaces{}), nil
}

func TestBodyLimit(t *testing.T) {
	shortrun.Thorough(t, "TestErrorTextIsBoundedAndPlain")
	if _, err := newClient(t, newNetwork(t, padded(bodyLimit))).LinkedAccount(t.Context(), "user"); err != nil {
		t.Errorf("an answer of just 10 MiB: %v", err)
	}
	_, err := newClient(t, newNetwork(t, tooLarge)).LinkedAccount(t.Context(), "user")
	if unreachable, ok := errors.AsType[*refold.UnreachableError](err); !ok || unreachable.Attempts != 1 {
		t.Errorf("err = %v, want an UnreachableError after one attempt", err)
	}
	if err == nil || err.Error() != "the answer is larger than 10 MiB" {
		t.Errorf("err = %v", err)
	}
	// Nothing reads an endless answer to its end.
	if _, err := newClient(t, newNetwork(t, endless)).LinkedAccount(t.Context(), "user"); err == nil {
		t.Error("an endless answer was taken")
	}
}

func TestRequestTimeout(t *testing.T) {
	for timeout, want := range map[time.Duration]string{
		0:                       "no answer within the request timeout of 30s",
		1500 * time.Millisecond: "no answer within the request timeout of 1.5s",
	} {
		for name, play := range map[string]reply{"no answer": silence, "no end of the body": stalled} {
			t.Run(fmt.Sprint(timeout, name), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					_, err := newClient(t, newNetwork(t, play), withoutRetries, func(o *refold.Options) { o.RequestTimeout = timeout }).LinkedAccount(t.Context(), "user")
					if err == nil || err.Error() != want {
						t.Errorf("err = %v, want %s", err, want)
					}
				})
			})
		}
	}
}

// TestRequestTimeoutIsOfOneAttempt: waits between attempts do not count.
func TestRequestTimeoutIsOfOneAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, answer(429, "", "Retry-After", "100"), after(29*time.Second, answer(503, "")), after(29*time.Second, answer(200, document("user"))))
		if _, err := newClient(t, net).LinkedAccount(t.Context(), "user"); err != nil {
			t.Error(err)
		}
	})
}

func TestPace(t *testing.T) {
	tests := map[string]struct {
		perSecond float64
		burst     int
		requests  int
		// atOnce is what the margin for the network leaves of the burst.
		atOnce int
	}{
		"defaults":         {0, 0, 105, 2},
		"within the burst": {20, 5, 2, 2},
		"slow":             {0.5, 1, 4, 1},
		"one by one":       {10, 1, 11, 1},
		"large burst":      {2, 10, 14, 9},
	}
	for name, test := range tests {
		for _, parallel := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, parallel %v", name, parallel), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					net := newNetwork(t, answer(200, `{"success":true}`))
					client := newClient(t, net, func(o *refold.Options) { o.RequestsPerSecond, o.Burst = test.perSecond, test.burst })
					var group sync.WaitGroup
					for range test.requests {
						send := func() {
							if err := client.DeleteLinkedAccount(t.Context(), "user", nil); err != nil {
								t.Error(err)
							}
						}
						if parallel {
							group.Go(send)
						} else {
							send()
						}
					}
					group.Wait()
					requests := net.requests()
					perSecond := 0.99 * cmp.Or(test.perSecond, refold.DefaultRequestsPerSecond)
					want := time.Duration(float64(test.requests-test.atOnce) / perSecond * float64(time.Second))
					if took := requests[len(requests)-1].At; !isAbout(took, want) {
						t.Errorf("%d requests took %s, want %s", len(requests), took, want)
					}
					if len(requests) != test.requests {
						t.Errorf("%d requests, want %d", len(requests), test.requests)
					}
					checkPace(t, requests, test.perSecond, test.burst)
				})
			})
		}
	}
}

// isAbout allows for rounding within the rate limiter.
func isAbout(got, want time.Duration) bool { return (got - want).Abs() < time.Microsecond }

// checkPace looks at every stretch of time: it may hold no more requests than
// the burst and what the rate gives meanwhile.
func checkPace(t *testing.T, requests []sent, perSecond float64, burst int) {
	t.Helper()
	if perSecond == 0 {
		perSecond, burst = refold.DefaultRequestsPerSecond, refold.DefaultBurst
	}
	for i := range requests {
		for j := i; j < len(requests); j++ {
			allowed := float64(burst) + perSecond*(requests[j].At-requests[i].At).Seconds()
			if float64(j-i+1) > allowed+0.001 {
				t.Fatalf("%d requests within %s", j-i+1, requests[j].At-requests[i].At)
			}
		}
	}
}

// TestRetriesArePaced: an attempt is an attempt.
func TestRetriesArePaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, answer(502, ""), answer(502, ""), answer(200, document("user")))
		client := newClient(t, net, func(o *refold.Options) {
			o.RequestsPerSecond, o.Burst, o.RetryWait = 0.1, 1, time.Millisecond
		})
		if _, err := client.LinkedAccount(t.Context(), "user"); err != nil {
			t.Fatal(err)
		}
		if last := net.requests()[2].At; !isAbout(last, 20*time.Second*100/99) {
			t.Errorf("the third attempt came after %s, want 20.2s", last)
		}
	})
}

func TestTrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var traced []refold.Attempt
		net := newNetwork(t, after(2*time.Second, answer(429, "", "Retry-After", "60")), failure(syscall.ECONNRESET), answer(200, `{"success":true}`))
		client := newClient(t, net, func(o *refold.Options) {
			o.APIKey = begin
			o.Trace = func(_ context.Context, attempt refold.Attempt) { traced = append(traced, attempt) }
		})
		if err := client.PutCredential(t.Context(), "a b", "key/1", end, nil); err != nil {
			t.Fatal(err)
		}
		path := accountsPath + "/default-app/auth-credentials/key%2F1"
		want := []refold.Attempt{
			{Method: "PUT", Path: path, Number: 1, Status: 429, Duration: 2 * time.Second},
			{Method: "PUT", Path: path, Number: 2},
			{Method: "PUT", Path: path, Number: 3, Status: 200},
		}
		if !reflect.DeepEqual(traced, want) {
			t.Errorf("traced %+v\nwant   %+v", traced, want)
		}
		if text := fmt.Sprintf("%+v", traced); strings.Contains(text, begin) || strings.Contains(text, end) {
			t.Errorf("a trace shows a secret: %s", text)
		}
	})
}

func TestTraceGetsTheCallersContext(t *testing.T) {
	type key struct{}
	var got any
	client := newClient(t, newNetwork(t, answer(200, document("user"))), func(o *refold.Options) {
		o.Trace = func(ctx context.Context, _ refold.Attempt) { got = ctx.Value(key{}) }
	})
	if _, err := client.LinkedAccount(context.WithValue(t.Context(), key{}, "mine"), "user"); err != nil {
		t.Fatal(err)
	}
	expect(t, got, "mine")
}
