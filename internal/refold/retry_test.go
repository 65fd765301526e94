// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestRetried(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	plays := map[string]reply{
		"429":                         answer(429, `{"message":"slow down"}`),
		"502":                         answer(502, "<html>"),
		"503":                         answer(503, ""),
		"504":                         answer(504, ""),
		"500":                         answer(500, `{"error":"SERVER_ERROR","message":"Server Error"}`),
		"500, empty":                  answer(500, ""),
		"500, HTML":                   answer(500, "<html>"),
		"500, another not found":      answer(500, `{"error":"SERVER_ERROR","message":"Linked Account with account id user was not found in time"}`),
		"403 with Retry-After":        answer(403, "", "Retry-After", "1"),
		"403 with odd Retry-After":    answer(403, "", "Retry-After", "soon"),
		"403 with exhausted quota":    answer(403, "", "X-RateLimit-Remaining", "0"),
		"connection refused":          failure(syscall.ECONNREFUSED),
		"reset":                       failure(syscall.ECONNRESET),
		"answer broken off":           brokenOff(200, document("user")[:40]),
		"refusal broken off":          brokenOff(404, notFound("user")),
		"answer broken off at once":   brokenOff(204, ""),
		"no answer within the limit":  silence,
		"body that ends in a silence": stalled,
	}
	for name, operation := range withOnce(false) {
		for playName, play := range plays {
			t.Run(name+" "+playName, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					net := newNetwork(t, play, play, operation.works())
					if err := operation.do(t.Context(), newClient(t, net)); err != nil {
						t.Fatal(err)
					}
					expect(t, net.methods(), strings.Join([]string{operation.method(), operation.method(), operation.requests}, " "))
					requests := net.requests()
					for _, request := range requests[1:3] {
						expect(t, request.Body, requests[0].Body)
						expect(t, request.URI, requests[0].URI)
					}
				})
			})
		}
	}
}

// stalled is an answer whose body stops coming.
func stalled(request *http.Request) (*http.Response, error) {
	return stream(request, 200, waitingReader{request.Context()}), nil
}

type waitingReader struct{ ctx context.Context }

func (r waitingReader) Read([]byte) (int, error) {
	<-r.ctx.Done()
	return 0, r.ctx.Err()
}

func TestNeverRetried(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	absences := map[string]bool{"404": true, "500 not found": true, "500 not found, full stop": true}
	unknownPaths := map[string]bool{"404, not Refold": true, "404 with Retry-After": true}
	plays := map[string]reply{
		"400":                          answer(400, `{"message":"bad"}`),
		"401":                          answer(401, `{"message":"Invalid Credentials"}`),
		"403":                          answer(403, `{"message":"missing role"}`),
		"403 with quota left":          answer(403, "", "X-RateLimit-Remaining", "3", "X-RateLimit-Reset", "946684830"),
		"404":                          answer(404, notFound("user")),
		"404, not Refold":              answer(404, "<html>"),
		"404 with Retry-After":         answer(404, "", "Retry-After", "1"),
		"409":                          answer(409, ""),
		"413":                          answer(413, ""),
		"500 not found":                answer(500, notFound("user")),
		"500 not found, full stop":     answer(500, `{"message":"Linked Account with account id user not found."}`),
		"500 that is a bad request":    answer(500, `{"http_error_type":"BAD_REQUEST","error_code":"INTERNAL_SERVER_ERROR","message":"A valid app_id is required"}`),
		"501":                          answer(501, ""),
		"505":                          answer(505, ""),
		"200 with an error":            answer(200, `{"error":"no"}`),
		"200 HTML":                     answer(200, "<html>"),
		"redirect":                     answer(302, "", "Location", "https://elsewhere.example"),
		"untrusted certificate":        failure(&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}),
		"certificate of somebody else": failure(&tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}, Host: "refold.example"}}),
		"http instead of https":        failure(http.ErrSchemeMismatch),
		"too large":                    tooLarge,
	}
	for name, operation := range operations {
		for playName, play := range plays {
			t.Run(name+" "+playName, func(t *testing.T) {
				if playName == "too large" {
					oneOperation(t, name)
				}
				synctest.Test(t, func(t *testing.T) {
					net := newNetwork(t, play)
					start := time.Now()
					isAnswer := operation.findsAbsence && absences[playName]
					if err := operation.do(t.Context(), newClient(t, net)); (err == nil) != isAnswer {
						t.Errorf("err = %v", err)
					}
					if playName == "200 HTML" && operation.asksAgain() {
						expect(t, net.methods(), strings.Join([]string{operation.method(), operation.method(), operation.method()}, " "))
						return
					}
					want := operation.method()
					if unknownPaths[playName] && operation.otherMethod != "" {
						want += " " + operation.otherMethod
					}
					expect(t, net.methods(), want)
					if took := time.Since(start); took != 0 {
						t.Errorf("it took %s", took)
					}
				})
			})
		}
	}
}

// TestUntrustedServer meets a real certificate that nobody vouches for.
func TestUntrustedServer(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	_, err := newClientAt(t, server.URL, func(o *refold.Options) { o.MaxRetries = 1 }).LinkedAccount(t.Context(), "user")
	if unreachable, ok := errors.AsType[*refold.UnreachableError](err); !ok || unreachable.Attempts != 1 || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("err = %v, want one attempt and a word about the certificate", err)
	}
}

func TestBackoffDoubles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, answer(502, ""))
		_, err := newClient(t, net).LinkedAccount(t.Context(), "user")
		if refusal, ok := errors.AsType[*refold.Error](err); !ok || refusal.Attempts != 9 {
			t.Fatalf("err = %v, want 9 attempts", err)
		}
		requests := net.requests()
		if len(requests) != 9 {
			t.Fatalf("%d requests, want 9", len(requests))
		}
		for i, most := range []int{1, 2, 4, 8, 16, 30, 30, 30} {
			longest := time.Duration(most) * time.Second
			if waited := requests[i+1].At - requests[i].At; waited < longest/2 || waited > longest {
				t.Errorf("wait %d was %s, want %s to %s", i+1, waited, longest/2, longest)
			}
		}
	})
}

func TestMaxRetries(t *testing.T) {
	for retries, want := range map[int]int{-1: 1, 1: 2, 3: 4, 0: refold.DefaultMaxRetries + 1} {
		synctest.Test(t, func(t *testing.T) {
			net := newNetwork(t, answer(503, ""))
			_, err := newClient(t, net, func(o *refold.Options) { o.MaxRetries = retries }).LinkedAccount(t.Context(), "user")
			if err == nil || len(net.requests()) != want {
				t.Errorf("MaxRetries %d: %d requests, want %d; err = %v", retries, len(net.requests()), want, err)
			}
		})
	}
}

// TestGarbledReadIsRepeated: a proxy's hiccup passes, its login page does not.
func TestGarbledReadIsRepeated(t *testing.T) {
	for name, play := range map[string]reply{
		"cut short":     answer(200, document("user")[:40]),
		"page":          answer(200, "<html><title>Sign in</title>"),
		"two documents": answer(200, document("user")+document("user")),
		"empty":         answer(200, ""),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if _, err := newClient(t, newNetwork(t, play, play, answer(200, document("user")))).LinkedAccount(t.Context(), "user"); err != nil {
					t.Error(err)
				}
				net := newNetwork(t, play)
				_, err := newClient(t, net).LinkedAccount(t.Context(), "user")
				if refusal, ok := errors.AsType[*refold.Error](err); !ok || refusal.Attempts != 3 || !refusal.NotRefold || !strings.Contains(err.Error(), "the last of 3 attempts in ") {
					t.Errorf("err = %v, want the answer after 3 attempts", err)
				}
				expect(t, net.methods(), "GET GET GET")
				net = newNetwork(t, play)
				if _, err := newClient(t, net, withoutRetries).LinkedAccount(t.Context(), "user"); err == nil || len(net.requests()) != 1 {
					t.Errorf("without retries: %d requests, err = %v", len(net.requests()), err)
				}
			})
		})
	}
}

// TestLongestCall: the whole call is bounded, and its error names the bound and
// the last answer that there was.
func TestLongestCall(t *testing.T) {
	patient := func(o *refold.Options) { o.MaxRetries = 100 }
	slow := func(o *refold.Options) { o.MaxRetries, o.RequestsPerSecond, o.Burst = 100, 0.002, 1 }
	late := after(26*time.Second, answer(503, `{"message":"busy"}`))
	tests := map[string]struct {
		play   reply
		change func(*refold.Options)
		says   []string
	}{
		"waits":           {answer(429, `{"message":"slow down"}`, "Retry-After", "70"), patient, []string{"HTTP 429 Too Many Requests: slow down", "(given up after 5 attempts in 4m40s, because one call may take 5m0s)"}},
		"slow answers":    {late, patient, []string{"(given up after ", "one call may take 5m0s"}},
		"no answers":      {silence, patient, []string{"no answer", "(given up after ", "one call may take 5m0s"}},
		"turn comes late": {answer(503, `{"message":"busy"}`), slow, []string{"HTTP 503 Service Unavailable: busy", "(given up after 1 attempt in ", "one call may take 5m0s"}},
		"cut off":         {after(26*time.Second, answer(500, `{"message":"busy"}`)), patient, []string{"HTTP 500 Internal Server Error: busy", "(given up after ", "one call may take 5m0s"}},
		"lost, turn late": {failure(syscall.ECONNRESET), slow, []string{"connection reset", "(given up after 1 attempt in ", "one call may take 5m0s"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				_, err := newClient(t, newNetwork(t, test.play), test.change).LinkedAccount(t.Context(), "user")
				if err == nil {
					t.Fatal("it succeeded")
				}
				for _, want := range test.says {
					if !strings.Contains(err.Error(), want) {
						t.Errorf("err = %v, want it to say %q", err, want)
					}
				}
				if took := time.Since(start); took > refold.LongestCall {
					t.Errorf("it took %s", took)
				}
			})
		})
	}
}

// TestFirstTurnIsNoPartOfTheCall: in a large run it may be a long time off.
func TestFirstTurnIsNoPartOfTheCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, answer(200, `{"success":true}`))
		run(t, 10, 10, newClient(t, net, func(o *refold.Options) { o.RequestsPerSecond, o.Burst = 0.01, 1 }))
		if last := net.requests()[9].At; last < 900*time.Second {
			t.Errorf("the last turn came after %s, want 15 minutes", last)
		}
	})
}

// TestWaitBeyondTheDeadlineIsNotBegun: neither a backoff nor a turn.
func TestWaitBeyondTheDeadlineIsNotBegun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		_, err := newClient(t, newNetwork(t, answer(503, `{"message":"busy"}`, "Retry-After", "31"))).LinkedAccount(ctx, "user")
		if refusal, ok := errors.AsType[*refold.Error](err); !ok || refusal.OutOfTime || refusal.Status != 503 {
			t.Errorf("err = %v, want the last answer", err)
		}
		slow := newClient(t, newNetwork(t, answer(200, document("user"))), func(o *refold.Options) { o.RequestsPerSecond, o.Burst = 0.01, 1 })
		if _, err := slow.LinkedAccount(ctx, "user"); err != nil {
			t.Fatal(err)
		}
		if _, err := slow.LinkedAccount(ctx, "user"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("err = %v, want the deadline", err)
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("it took %s", took)
		}

		slow = newClient(t, newNetwork(t, answer(503, `{"message":"busy"}`)), func(o *refold.Options) { o.RequestsPerSecond, o.Burst = 0.01, 1 })
		_, err = slow.LinkedAccount(ctx, "user")
		if refusal, ok := errors.AsType[*refold.Error](err); !ok || refusal.OutOfTime || refusal.Attempts != 1 || refusal.Message != "busy" {
			t.Errorf("err = %v, want the last answer", err)
		}
	})
}

// In a synctest bubble the clock starts at midnight UTC, 2000-01-01.
const bubbleStart = 946684800

func TestServerChoosesTheWait(t *testing.T) {
	date := func(seconds int) string {
		return time.Unix(bubbleStart+int64(seconds), 0).UTC().Format(http.TimeFormat)
	}
	reset := func(seconds int) []string {
		return []string{"X-RateLimit-Limit", "10", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", strconv.Itoa(bubbleStart + seconds)}
	}
	tests := map[string]struct {
		status  int
		headers []string
		want    time.Duration
	}{
		"seconds":                   {429, []string{"Retry-After", "7"}, 7 * time.Second},
		"seconds, up to the cap":    {429, []string{"Retry-After", "120"}, refold.LongestRetryAfter},
		"date":                      {429, []string{"Retry-After", date(90)}, 90 * time.Second},
		"date, our clock is slow":   {429, []string{"Retry-After", date(187), "Date", date(180)}, 7 * time.Second},
		"date, our clock is fast":   {429, []string{"Retry-After", date(-173), "Date", date(-180)}, 7 * time.Second},
		"reset, our clock is slow":  {429, append(reset(187), "Date", date(180)), 7 * time.Second},
		"reset":                     {429, reset(31), 31 * time.Second},
		"Retry-After before reset":  {429, append(reset(31), "Retry-After", "3"), 3 * time.Second},
		"reset if Retry-After odd":  {429, append(reset(31), "Retry-After", "soon"), 31 * time.Second},
		"403, seconds":              {403, []string{"Retry-After", "7"}, 7 * time.Second},
		"403, reset":                {403, reset(30), 30 * time.Second},
		"503, seconds":              {503, []string{"Retry-After", "45"}, 45 * time.Second},
		"503, date":                 {503, []string{"Retry-After", date(61)}, 61 * time.Second},
		"zero: our own wait":        {429, []string{"Retry-After", "0"}, 0},
		"negative: our own wait":    {429, []string{"Retry-After", "-5"}, 0},
		"past date: our own wait":   {429, []string{"Retry-After", date(-60)}, 0},
		"past reset: our own wait":  {429, reset(-60), 0},
		"odd text: our own wait":    {429, []string{"Retry-After", "a while"}, 0},
		"odd reset: our own wait":   {429, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "soon"}, 0},
		"reset, quota not told":     {429, reset(31)[4:], 31 * time.Second},
		"502, seconds":              {502, []string{"Retry-After", "60"}, time.Minute},
		"504, date":                 {504, []string{"Retry-After", date(60)}, time.Minute},
		"503, reset: our own wait":  {503, reset(31), 0},
		"not throttled: our own":    {500, []string{"Retry-After", "60"}, 0},
		"nothing said: our own one": {429, nil, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := newNetwork(t, answer(test.status, "", test.headers...), answer(200, document("user")))
				if _, err := newClient(t, net).LinkedAccount(t.Context(), "user"); err != nil {
					t.Fatal(err)
				}
				requests := net.requests()
				if len(requests) != 2 {
					t.Fatalf("%d requests, want 2", len(requests))
				}
				waited := requests[1].At - requests[0].At
				if test.want == 0 && (waited < time.Second/2 || waited > time.Second) {
					t.Errorf("waited %s, want 0.5s to 1s", waited)
				}
				if test.want != 0 && waited != test.want {
					t.Errorf("waited %s, want %s", waited, test.want)
				}
			})
		})
	}
}

func TestServerAsksForTooLong(t *testing.T) {
	hour := strconv.Itoa(bubbleStart + 3600)
	tests := map[string]struct {
		status  int
		headers []string
	}{
		"seconds":          {429, []string{"Retry-After", "121"}},
		"too many to hold": {429, []string{"Retry-After", "99999999999999999999"}},
		"date":             {429, []string{"Retry-After", time.Unix(bubbleStart+3600, 0).UTC().Format(http.TimeFormat)}},
		"reset":            {429, []string{"X-RateLimit-Remaining", "0", "X-RateLimit-Reset", hour}},
		"403":              {403, []string{"Retry-After", "3600"}},
		"503":              {503, []string{"Retry-After", "3600"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				net := newNetwork(t, answer(test.status, "", test.headers...))
				_, err := newClient(t, net).LinkedAccount(t.Context(), "user")
				refusal, ok := errors.AsType[*refold.Error](err)
				if !ok || refusal.RetryAfter <= refold.LongestRetryAfter || refusal.Attempts != 1 {
					t.Errorf("err = %+v, want the wait that was asked for after one attempt", err)
				}
				if took := time.Since(start); took != 0 {
					t.Errorf("it took %s", took)
				}
			})
		})
	}
}

func TestTextTellsAttemptsAndTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, answer(429, `{"message":"slow down"}`, "Retry-After", "5"))
		_, err := newClient(t, net, func(o *refold.Options) { o.MaxRetries = 2 }).LinkedAccount(t.Context(), "user")
		expect(t, err.Error(), "HTTP 429 Too Many Requests: slow down (the last of 3 attempts in 10s)")
		if refusal, ok := errors.AsType[*refold.Error](err); !ok || refusal.Attempts != 3 || refusal.Elapsed != 10*time.Second || refusal.RetryAfter != 5*time.Second {
			t.Errorf("err = %+v", refusal)
		}

		net = newNetwork(t, answer(429, "", "Retry-After", "5"), failure(errors.New("connection reset by peer")))
		_, err = newClient(t, net, func(o *refold.Options) { o.MaxRetries = 1 }).LinkedAccount(t.Context(), "user")
		expect(t, err.Error(), "connection reset by peer (the last of 2 attempts in 5s)")
		if unreachable, ok := errors.AsType[*refold.UnreachableError](err); !ok || unreachable.Attempts != 2 || unreachable.Elapsed != 5*time.Second {
			t.Errorf("err = %+v", unreachable)
		}

		net = newNetwork(t, failure(errors.New("connection refused")))
		_, err = newClient(t, net, withoutRetries).LinkedAccount(t.Context(), "user")
		expect(t, err.Error(), "connection refused")
	})
}

// TestContextEndsWaits is cancelled in every kind of wait.
func TestContextEndsWaits(t *testing.T) {
	slow := func(o *refold.Options) { o.RequestsPerSecond, o.Burst = 0.01, 1 }
	tests := map[string]struct {
		play     reply
		change   func(*refold.Options)
		attempts int
	}{
		"backoff":     {answer(503, ""), func(o *refold.Options) { o.RetryWait = 25 * time.Second }, 1},
		"Retry-After": {answer(429, "", "Retry-After", "60"), func(*refold.Options) {}, 1},
		"exchange":    {silence, func(*refold.Options) {}, 1},
		"body":        {stalled, func(*refold.Options) {}, 1},
		"pace":        {answer(429, ""), slow, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(5*time.Second, cancel)
				start := time.Now()
				net := newNetwork(t, test.play)
				_, err := newClient(t, net, test.change).LinkedAccount(ctx, "user")
				if !errors.Is(err, context.Canceled) {
					t.Errorf("err = %v, want context.Canceled", err)
				}
				if unreachable, ok := errors.AsType[*refold.UnreachableError](err); !ok || unreachable.Attempts != test.attempts || unreachable.Elapsed != 5*time.Second {
					t.Errorf("err = %+v", unreachable)
				}
				if took := time.Since(start); took != 5*time.Second {
					t.Errorf("it took %s, want 5s", took)
				}
				if len(net.requests()) != test.attempts {
					t.Errorf("%d requests, want %d", len(net.requests()), test.attempts)
				}
			})
		})
	}
}

// TestWritesEndAfterAStop: of a write that is cut off, nobody knows whether it was carried out.
func TestWritesEndAfterAStop(t *testing.T) {
	stop, grace := 5*time.Second, refold.StopGrace
	for name, test := range map[string]struct {
		play reply // nil where the operation works
		took time.Duration
		ok   bool
	}{
		"answered":    {nil, stop + grace - time.Second, true},
		"refused":     {after(6*time.Second, answer(400, `{"message":"no"}`)), 6 * time.Second, false},
		"throttled":   {after(6*time.Second, answer(429, "")), 6 * time.Second, false},
		"broken":      {after(6*time.Second, failure(io.ErrUnexpectedEOF)), 6 * time.Second, false},
		"too late":    {silence, stop + grace, false},
		"not read on": {stalled, stop + grace, false},
	} {
		for operationName, operation := range writes() {
			t.Run(name+", "+operationName, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := context.WithCancel(t.Context())
					time.AfterFunc(stop, cancel)
					start := time.Now()
					play := test.play
					if play == nil {
						play = after(test.took, operation.works())
					}
					net := newNetwork(t, play)
					err := operation.do(ctx, newClient(t, net))
					// Nothing that would have to follow is begun, but for a look.
					ok, want, requests := test.ok && operation.requests == operation.method(), test.took, 1
					if test.ok && operation.looksAfter {
						want, requests = stop+grace, 2
					}
					if took := time.Since(start); took != want || (err == nil) != ok {
						t.Errorf("it took %s, not %s; err = %v", took, want, err)
					}
					if _, refused := errors.AsType[*refold.Error](err); err != nil && !refused && !errors.Is(err, context.Canceled) {
						t.Errorf("err = %v, want context.Canceled", err)
					}
					if len(net.requests()) != requests {
						t.Errorf("%d requests, want %d", len(net.requests()), requests)
					}
				})
			})
		}
	}
}

func TestDeadlineOfTheCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		_, err := newClient(t, newNetwork(t, silence)).LinkedAccount(ctx, "user")
		if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "request timeout") {
			t.Errorf("err = %v, want the caller's deadline", err)
		}
	})
}

// TestMayHaveArrivedWhenCutOff: the error quotes the answer before, and the
// attempt that got none counts all the same.
func TestMayHaveArrivedWhenCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		throttled := answer(429, `{"message":"slow down"}`, "Retry-After", "96")
		net := newNetwork(t, throttled, throttled, throttled, silence)
		_, err := newClient(t, net).UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"})
		refusal, ok := errors.AsType[*refold.Error](err)
		if !ok || refusal.Status != 429 || !refusal.MayHaveArrived || !refusal.OutOfTime || refusal.Attempts != 4 {
			t.Errorf("err = %+v (%v)", refusal, err)
		}
	})
}

func TestMayHaveArrived(t *testing.T) {
	fine := answer(200, complete(`,"udf":[],"new_account":false`))
	refused := answer(400, `{"message":"bad"}`)
	tests := map[string]struct {
		plays []reply
		want  bool
	}{
		"first attempt":         {[]reply{fine}, false},
		"throttled before":      {[]reply{answer(429, ""), answer(403, "", "Retry-After", "1"), fine}, false},
		"reset before":          {[]reply{failure(syscall.ECONNRESET), fine}, true},
		"broken off before":     {[]reply{brokenOff(200, "{"), fine}, true},
		"timed out before":      {[]reply{silence, fine}, true},
		"502 before":            {[]reply{answer(502, ""), fine}, true},
		"500 before, then 429":  {[]reply{answer(500, ""), answer(429, ""), fine}, true},
		"refused":               {[]reply{refused}, false},
		"refused by 500":        {[]reply{answer(500, notFound("user"))}, false},
		"429, refused by 500":   {[]reply{answer(429, ""), answer(500, notFound("user"))}, false},
		"504 before, refused":   {[]reply{answer(504, ""), refused}, true},
		"504 before, not found": {[]reply{answer(504, ""), answer(404, notFound("user"))}, true},
		"refused connection":    {[]reply{failure(syscall.ECONNREFUSED), fine}, false},
		"fault at the end":      {[]reply{answer(429, ""), answer(501, "")}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				result, err := newClient(t, newNetwork(t, test.plays...)).UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"})
				got := false
				if refusal, ok := errors.AsType[*refold.Error](err); ok {
					got = refusal.MayHaveArrived
				} else if err != nil {
					t.Fatal(err)
				} else {
					got = result.MayHaveArrived
				}
				if got != test.want {
					t.Errorf("MayHaveArrived = %v, want %v (%v)", got, test.want, err)
				}
			})
		})
	}
}

// TestErrorsOfOneCallDoNotReachAnother runs many calls at a time.
func TestErrorsOfOneCallDoNotReachAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, roundTripper(func(request *http.Request) (*http.Response, error) {
			if strings.HasSuffix(request.URL.Path, "/bad") {
				return answer(400, `{"message":"bad"}`)(request)
			}
			return answer(200, document("good"))(request)
		}))
		results := make(chan error, 40)
		for i := range 40 {
			id := []string{"good", "bad"}[i%2]
			go func() {
				_, err := client.LinkedAccount(t.Context(), id)
				if (err != nil) != (id == "bad") {
					results <- fmt.Errorf("%s: %w", id, errors.Join(err, errors.New("mixed up")))
					return
				}
				results <- nil
			}()
		}
		for range 40 {
			if err := <-results; err != nil {
				t.Error(err)
			}
		}
	})
}
