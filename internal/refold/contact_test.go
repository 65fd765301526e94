// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"net"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// A wrong address is not tried for a minute and a half, and not again for each request of the run.
func TestFirstContact(t *testing.T) {
	for name, nobody := range map[string]error{
		"refused":      syscall.ECONNREFUSED,
		"unknown host": &net.DNSError{Err: "no such host", Name: "refold.example", IsNotFound: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := newNetwork(t, failure(nobody))
				client, begun := newClient(t, net), time.Now()
				if _, err := client.LinkedAccount(t.Context(), "user"); err == nil {
					t.Fatal("an account of nobody")
				}
				tried := len(net.requests())
				if took := time.Since(begun); took > refold.FirstContact || tried < 2 {
					t.Errorf("%d attempts in %s", tried, took)
				}
				time.Sleep(refold.FirstContact)
				if _, err := client.LinkedAccount(t.Context(), "user"); err == nil || len(net.requests()) != tried+1 {
					t.Errorf("%d attempts after the first contact failed: %v", len(net.requests())-tried, err)
				}
			})
		})
	}
}

// What has answered once, or may be a disturbance, is tried as often as it may be.
func TestDisturbance(t *testing.T) {
	nobody := failure(syscall.ECONNREFUSED)
	for name, replies := range map[string][]reply{
		"refused after an answer": {answer(404, notFound("user")), nobody},
		"refused after a fault":   {answer(503, ""), nobody},
		"a slow name server":      {failure(&net.DNSError{Err: "i/o timeout", Name: "refold.example", IsTimeout: true})},
		"a reset":                 {failure(syscall.ECONNRESET)},
		"503":                     {answer(503, "")},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net := newNetwork(t, replies...)
				client := newClient(t, net)
				_, _ = client.LinkedAccount(t.Context(), "other")
				before := len(net.requests())
				_, _ = client.LinkedAccount(t.Context(), "user")
				if tried := len(net.requests()) - before; tried != 1+refold.DefaultMaxRetries {
					t.Errorf("%d attempts: %s", tried, net.methods())
				}
			})
		})
	}
}

// A server that is only starting is met.
func TestContactAfterAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, failure(syscall.ECONNREFUSED), failure(syscall.ECONNREFUSED), answer(200, document("user")))
		if _, err := newClient(t, net).LinkedAccount(t.Context(), "user"); err != nil || strings.Count(net.methods(), "GET") != 3 {
			t.Errorf("%v: %s", err, net.methods())
		}
	})
}
