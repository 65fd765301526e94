// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// outcome is what came of one request over a real connection.
type outcome struct {
	status   int
	header   http.Header
	body     string
	err      error // of the request
	bodyErr  error // of reading the body
	declared int64
}

// try sends an upsert and reads at most 1 MiB of the answer. It follows no redirect.
func (c client) try(ctx context.Context, body string) outcome {
	c.t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, c.url+accountPath, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header = http.Header{"X-Api-Key": {mockapi.TestKey}, "Content-Type": {"application/json"}}
	transport := &http.Transport{DisableKeepAlives: true}
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return outcome{err: err}
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	return outcome{status: answer.StatusCode, header: answer.Header, body: string(read), bodyErr: err, declared: answer.ContentLength}
}

func (r outcome) is(t *testing.T, status int, contentType string) {
	t.Helper()
	if r.err != nil || r.bodyErr != nil {
		t.Fatalf("answer %d %q: %v, %v", r.status, r.body, r.err, r.bodyErr)
	}
	equal(t, "status", r.status, status)
	if got := r.header.Get("Content-Type"); !strings.HasPrefix(got, contentType) {
		t.Errorf("content type %q, want %q", got, contentType)
	}
}

// failsWith asserts one of the two forms of a failure, and returns which one.
func (r outcome) failsWith(t *testing.T, status int) string {
	t.Helper()
	if strings.HasPrefix(r.body, "<html>") {
		r.is(t, status, "text/html")
		return "page"
	}
	r.is(t, status, "application/json")
	if !strings.HasPrefix(r.body, fmt.Sprintf(`{"status_code":%d,`, status)) {
		t.Errorf("body %s", r.body)
	}
	return "envelope"
}

func (r outcome) hint() string {
	switch after := r.header.Get("Retry-After"); {
	case r.header.Get("X-RateLimit-Reset") != "":
		return "reset"
	case strings.HasSuffix(after, "GMT"):
		return "date"
	case after != "":
		return "seconds"
	default:
		return "none"
	}
}

// faultExpectation asserts one kind and returns the form that was drawn.
type faultExpectation struct {
	check func(t *testing.T, r outcome) string
	forms []string
}

const elsewhere = "http://elsewhere.invalid/base"

func faultExpectations() map[mockapi.Fault]faultExpectation {
	failure := func(status int) faultExpectation {
		return faultExpectation{func(t *testing.T, r outcome) string { return r.failsWith(t, status) }, []string{"envelope", "page"}}
	}
	throttle := func(status int, forms ...string) faultExpectation {
		return faultExpectation{func(t *testing.T, r outcome) string { r.failsWith(t, status); return r.hint() }, forms}
	}
	plain := func(check func(t *testing.T, r outcome)) faultExpectation {
		return faultExpectation{func(t *testing.T, r outcome) string { check(t, r); return "" }, []string{""}}
	}
	dropped := plain(func(t *testing.T, r outcome) {
		if !errors.Is(r.err, io.EOF) {
			t.Errorf("answer %d %q, error %v, want none and io.EOF", r.status, r.body, r.err)
		}
	})
	redirect := func(location string) faultExpectation {
		return faultExpectation{func(t *testing.T, r outcome) string {
			equal(t, "location", r.header.Get("Location"), location)
			return fmt.Sprint(r.status)
		}, []string{"302", "307"}}
	}
	return map[mockapi.Fault]faultExpectation{
		mockapi.FaultThrottled:      throttle(429, "date", "none", "reset", "seconds"),
		mockapi.FaultForbidden:      throttle(403, "date", "reset", "seconds"),
		mockapi.FaultInternal:       failure(500),
		mockapi.FaultBadGateway:     failure(502),
		mockapi.FaultUnavailable:    failure(503),
		mockapi.FaultGatewayTimeout: failure(504),
		mockapi.FaultDroppedBefore:  dropped,
		mockapi.FaultDroppedAfter:   dropped,
		mockapi.FaultSlow: plain(func(t *testing.T, r outcome) {
			r.is(t, 200, "application/json")
			if !strings.HasSuffix(r.body, "}") {
				t.Errorf("body %q", r.body)
			}
		}),
		mockapi.FaultTruncated: plain(func(t *testing.T, r outcome) {
			if r.status != 200 || !errors.Is(r.bodyErr, io.ErrUnexpectedEOF) || int64(len(r.body)) != r.declared/2 || len(r.body) < 20 {
				t.Errorf("answer %d %q of %d bytes, %v, %v", r.status, r.body, r.declared, r.err, r.bodyErr)
			}
		}),
		mockapi.FaultEndless: plain(func(t *testing.T, r outcome) {
			r.is(t, 200, "application/json")
			equal(t, "length", len(r.body), 1<<20)
			equal(t, "declared length", r.declared, int64(-1))
		}),
		mockapi.FaultHTML: plain(func(t *testing.T, r outcome) {
			r.is(t, 200, "text/html")
			if !strings.HasPrefix(r.body, "<!DOCTYPE html>") {
				t.Errorf("body %q", r.body)
			}
		}),
		mockapi.FaultContentType: {func(t *testing.T, r outcome) string {
			r.is(t, 200, "")
			if !strings.HasPrefix(r.body, `{`) || !strings.HasSuffix(r.body, "}") {
				t.Errorf("body %q", r.body)
			}
			return r.header.Get("Content-Type")
		}, []string{"application/octet-stream", "text/html; charset=utf-8", "text/plain; charset=utf-8"}},
		mockapi.FaultMalformed: plain(func(t *testing.T, r outcome) {
			r.is(t, 200, "application/json")
			if len(r.body) < 20 || strings.HasSuffix(r.body, "}") {
				t.Errorf("body %q", r.body)
			}
		}),
		mockapi.FaultRedirect:          redirect(accountPath),
		mockapi.FaultRedirectElsewhere: redirect(elsewhere + accountPath),
	}
}

func TestEveryFaultOverARealConnection(t *testing.T) {
	expectations := faultExpectations()
	for _, kind := range mockapi.AllFaults() {
		t.Run(string(kind), func(t *testing.T) {
			want := expectations[kind]
			forms := map[string]bool{}
			// Enough to draw every form.
			for seed := range uint64(12*len(want.forms) - 10) {
				c := start(t, mockapi.Behaviour{})
				c.api.Inject(mockapi.Faults{
					Seed: seed, Rate: 1, Kinds: []mockapi.Fault{kind}, Delay: time.Millisecond, Elsewhere: elsewhere,
				})
				got := c.try(t.Context(), `{"linked_account_id":"x","name":"A name of some length"}`)
				forms[want.check(t, got)] = true
				_, done := c.api.Account("test", "x")
				equal(t, "done", done, kind.Done())
				logged := c.api.Requests()
				equal(t, "requests", len(logged), 1)
				equal(t, "fault", logged[0].Fault, kind)
				equal(t, "logged status", logged[0].Status, got.status)
				if kind != mockapi.FaultEndless {
					equal(t, "logged answer", string(logged[0].Answer), got.body)
				}
			}
			equal(t, "forms", slices.Sorted(maps.Keys(forms)), want.forms)
		})
	}
}

func TestFaultsOfAnswersWithoutADocument(t *testing.T) {
	for name, form := range map[string]mockapi.WriteAnswer{
		"text": mockapi.AnswerText, "empty": mockapi.AnswerEmpty, "success": mockapi.AnswerSuccess,
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, mockapi.Behaviour{Account: mockapi.AccountBehaviour{UpsertAnswer: form}})
			c.api.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultTruncated}})
			if got := c.try(t.Context(), `{"linked_account_id":"x"}`); got.status != 200 || !errors.Is(got.bodyErr, io.ErrUnexpectedEOF) {
				t.Errorf("answer %d %q, %v", got.status, got.body, got.bodyErr)
			}
			c.api.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultMalformed}})
			if got := c.try(t.Context(), `{"linked_account_id":"x"}`); got.status != 200 || json.Valid([]byte(got.body)) {
				t.Errorf("answer %d %q", got.status, got.body)
			}
		})
	}
}

func TestFaultsBypassNothing(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultContentType}})
	c.send(http.MethodPut, accountPath, `{"linked_account_id":"x"}`, "X-Api-Key", "wrong")
	equal(t, "status with a wrong key", c.api.Requests()[0].Status, 401)
	equal(t, "accounts", len(c.api.Accounts("test")), 0)

	c.api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		body, err := io.ReadAll(r.Body)
		if err != nil || string(body) != `{"linked_account_id":"x"}` {
			t.Errorf("the interceptor got %q, %v", body, err)
		}
		http.Error(w, "from the interceptor", http.StatusTeapot)
		return true
	})
	answer := c.upsert(`{"linked_account_id":"x"}`)
	equal(t, "status", answer.status, http.StatusTeapot)
	equal(t, "body", answer.body, "from the interceptor\n")
}

func TestFaultsStopWhenTheClientGoesAway(t *testing.T) {
	var c client
	t.Cleanup(func() {
		// After the test server closed, which waits for its handlers.
		c.account("x")
		equal(t, "logged status", c.api.Requests()[0].Status, 0)
	})
	c = start(t, mockapi.Behaviour{})
	ctx, cancel := context.WithCancel(t.Context())
	c.api.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultSlow}, Delay: time.Hour, Only: func(*http.Request) bool {
		cancel()
		return true
	}})
	if got := c.try(ctx, `{"linked_account_id":"x"}`); !errors.Is(got.err, context.Canceled) {
		t.Errorf("answer %d, error %v", got.status, got.err)
	}
}

func TestOnlySparesRequests(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultUnavailable}, Only: func(r *http.Request) bool {
		body, err := io.ReadAll(r.Body)
		return err == nil && strings.Contains(string(body), "unlucky")
	}})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	equal(t, "status", c.upsert(`{"linked_account_id":"unlucky"}`).status, 503)
	c.api.Inject(mockapi.Faults{})
	c.upsert(`{"linked_account_id":"unlucky"}`).ok()
	var faults []mockapi.Fault
	for _, request := range c.api.Requests() {
		faults = append(faults, request.Fault)
	}
	equal(t, "faults", faults, []mockapi.Fault{"", mockapi.FaultUnavailable, ""})
}

// happenings sends every request five times and returns what happened to each.
func happenings(t *testing.T, seed uint64, workers int, requests []string) map[string][]string {
	t.Helper()
	c := start(t, mockapi.Behaviour{})
	c.api.Inject(mockapi.Faults{Seed: seed, Rate: 0.35, Delay: time.Microsecond})
	jobs := make(chan string)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for body := range jobs {
				for range 5 {
					c.try(t.Context(), body)
				}
			}
		})
	}
	for _, body := range requests {
		jobs <- body
	}
	close(jobs)
	group.Wait()
	happened := map[string][]string{}
	for _, r := range c.api.Requests() {
		happened[string(r.Body)] = append(happened[string(r.Body)], fmt.Sprint(r.Fault, r.Status))
	}
	return happened
}

func TestFaultsFollowFromTheSeed(t *testing.T) {
	var requests []string
	for i := range 40 {
		requests = append(requests, fmt.Sprintf(`{"linked_account_id":"x%d"}`, i))
	}
	first := happenings(t, 7, 1, requests)
	slices.Reverse(requests)
	equal(t, "the same seed, another order, eight at once", happenings(t, 7, 8, requests), first)
	if maps.EqualFunc(first, happenings(t, 8, 1, requests), slices.Equal[[]string]) {
		t.Error("another seed gives the same faults")
	}
	faults, kinds := 0, map[string]bool{}
	for _, happened := range first {
		for _, one := range happened {
			if one != "200" {
				faults++
				kinds[one] = true
			}
		}
	}
	if faults < 50 || faults > 90 || len(kinds) < 12 {
		t.Errorf("%d of 200 requests went wrong, in %d ways", faults, len(kinds))
	}
}

func TestFaultsWithoutKindsEndByThemselves(t *testing.T) {
	for _, test := range []struct {
		elsewhere string
		missing   []mockapi.Fault
	}{
		{"", []mockapi.Fault{mockapi.FaultEndless, mockapi.FaultRedirectElsewhere}},
		{elsewhere, []mockapi.Fault{mockapi.FaultEndless}},
	} {
		c := start(t, mockapi.Behaviour{})
		c.api.Inject(mockapi.Faults{Rate: 1, Delay: time.Microsecond, Elsewhere: test.elsewhere})
		for range 300 {
			c.try(t.Context(), `{"linked_account_id":"x"}`)
		}
		missing := mockapi.AllFaults()
		for _, request := range c.api.Requests() {
			missing = slices.DeleteFunc(missing, func(kind mockapi.Fault) bool { return kind == request.Fault })
		}
		equal(t, "kinds that did not come", missing, test.missing)
	}
}

func TestInjectRefusesNonsense(t *testing.T) {
	for name, faults := range map[string]mockapi.Faults{
		"rate above 1":         {Rate: 1.1},
		"negative rate":        {Rate: -0.1},
		"negative delay":       {Rate: 1, Delay: -1},
		"negative Retry-After": {Rate: 1, RetryAfter: -1},
		"unknown kind":         {Rate: 1, Kinds: []mockapi.Fault{"trouble"}},
		"nowhere to go":        {Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultRedirectElsewhere}},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("accepted")
				}
			}()
			mockapi.New().Inject(faults)
		})
	}
}
