// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var redirectStatuses = []int{301, 302, 303, 307, 308}

func TestRedirectWithinTheHost(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	for name, operation := range operations {
		for _, status := range redirectStatuses {
			t.Run(fmt.Sprintf("%s %d", name, status), func(t *testing.T) {
				keepsMethod := !operation.writes() || status >= 307
				net := newNetwork(t, answer(status, "", "Location", "/moved"), operation.works())
				err := operation.do(t.Context(), newClient(t, net))
				requests := net.requests()
				if !keepsMethod {
					if err == nil || !strings.Contains(err.Error(), "a redirect to another address of the same host, which was not followed") {
						t.Errorf("err = %v", err)
					}
					if len(requests) != 1 {
						t.Errorf("it was followed: %+v", requests)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				expect(t, net.methods(), operation.method()+" "+operation.requests)
				expect(t, requests[1].Method+" "+requests[1].URI, operation.method()+" /moved")
				expect(t, requests[1].Body, requests[0].Body)
				for _, header := range []string{"X-Api-Key", "Authorization"} {
					expect(t, requests[1].Header.Get(header), requests[0].Header.Get(header))
				}
			})
		}
	}
}

// TestRedirectToAnotherHost runs two servers: nothing may reach the second.
func TestRedirectToAnotherHost(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	var reached atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached.Add(1)
		io.WriteString(w, document("user"))
	}))
	defer other.Close()
	var status atomic.Int32
	first := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+"/somewhere?token=hunter2", int(status.Load()))
	}))
	defer first.Close()

	client := newClientAt(t, first.URL, func(o *refold.Options) { o.Burst = 100 })
	for name, operation := range operations {
		for _, code := range redirectStatuses {
			status.Store(int32(code))
			err := operation.do(t.Context(), client)
			refusal, ok := errors.AsType[*refold.Error](err)
			if !ok || refusal.Status != code || refusal.Attempts != 1 || !refusal.NotRefold {
				t.Errorf("%s %d: err = %v", name, code, err)
			}
			// net/http gives a GET a small HTML page along; the address matters more.
			if !strings.Contains(err.Error(), "a redirect to "+other.URL+", which was not followed") || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%s %d: err = %v", name, code, err)
			}
		}
	}
	if reached.Load() != 0 {
		t.Errorf("%d requests reached the other host", reached.Load())
	}
}

func TestRedirectsNotFollowed(t *testing.T) {
	tests := map[string]struct {
		status         int
		location, says string
	}{
		"less secure scheme": {302, "http://refold.example/x", "a redirect to http://refold.example,"},
		"another port":       {302, "https://refold.example:8443/x", "a redirect to https://refold.example:8443,"},
		"subdomain":          {302, "https://eu.refold.example/x", "a redirect to https://eu.refold.example,"},
		"scheme relative":    {302, "//evil.example/x", "a redirect to //evil.example,"},
		"user info":          {302, "https://me:hunter2@evil.example/x", "a redirect to https://evil.example,"},
		"key in the host":    {302, "https://" + testKey + ".evil.example/x", "a redirect to https://(redacted).evil.example,"},
		"multiple choices":   {300, "https://evil.example/x", "a redirect to https://evil.example,"},
		"not modified":       {304, "", "a redirect to an address that it does not name,"},
		"no location":        {302, "", "a redirect to an address that it does not name,"},
		"unreadable":         {300, "https://evil.example/%zz", "a redirect to an unreadable address"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			headers := []string{"Location", test.location}
			if test.location == "" {
				headers = nil
			}
			net := newNetwork(t, answer(test.status, "", headers...))
			_, err := newClient(t, net).LinkedAccount(t.Context(), "user")
			if err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("err = %v, want it to say %q", err, test.says)
			}
			expect(t, net.methods(), "GET")
		})
	}
}

func TestRedirectToAnUnreadableAddress(t *testing.T) {
	net := newNetwork(t, answer(302, "", "Location", "https://evil.example/%zz"+testKey))
	_, err := newClient(t, net, withoutRetries).LinkedAccount(t.Context(), "user")
	if err == nil || strings.Contains(err.Error(), testKey) {
		t.Errorf("err = %v", err)
	}
	expect(t, net.methods(), "GET")
}

func TestRedirectLoopEnds(t *testing.T) {
	net := newNetwork(t, answer(307, "", "Location", "/loop"))
	err := newClient(t, net).DeleteLinkedAccount(t.Context(), "user", nil)
	if err == nil || !strings.Contains(err.Error(), "redirect") {
		t.Errorf("err = %v", err)
	}
	expect(t, net.methods(), "DELETE DELETE DELETE DELETE DELETE DELETE")
}

// TestRedirectWithMessage: what Refold says itself is worth more.
func TestRedirectWithMessage(t *testing.T) {
	refusal := refusalOf(t, "user", answer(308, `{"error":"SERVER_ERROR","message":"This host was decommissioned"}`, "Location", "https://app.refold.ai/"))
	expect(t, refusal.Message, "This host was decommissioned")
	refusal = refusalOf(t, "user", answer(307, "moved", "Location", "https://app.refold.ai/"))
	expect(t, refusal.Message, "a redirect to https://app.refold.ai, which was not followed")
}
