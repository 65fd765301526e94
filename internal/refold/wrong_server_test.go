// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// TestWrongServers: with the options that users have, and with more patience
// than they should have, everything that is not Refold ends in an error that
// can be read, within the time that one call may take.
func TestWrongServers(t *testing.T) {
	servers := map[string]struct {
		play reply
		says string
		// passes is true where a write takes the answer for a success, because
		// Refold's own may be as short (FACTS 1.6).
		passes bool
	}{
		"login page":             {answer(200, "<html><title>Sign in</title>"), `an HTML page titled "Sign in" instead of JSON`, false},
		"web site":               {answer(404, "<pre>Cannot GET /api</pre>"), "an HTML page instead of JSON", false},
		"another service":        {answer(404, `{"detail":"Not Found"}`), `unexpected JSON: {"detail":"Not Found"}`, false},
		"another service, fine":  {answer(200, `{"hello":"world"}`), "JSON without an account_id", true},
		"another account":        {answer(200, document("USER")), "the answer is about another account, USER", true},
		"nothing in it":          {answer(200, ""), "an empty answer", true},
		"text":                   {answer(200, "It works!"), "not a linked account in JSON", true},
		"cut short":              {answer(200, document("user")[:40]), "not a linked account in JSON", true},
		"error inside":           {answer(200, `{"error":"Custom apps are not supported for this endpoint."}`), "Custom apps are not supported", false},
		"redirect elsewhere":     {answer(302, "", "Location", "https://login.example.com/?next=x"), "a redirect to https://login.example.com, which was not followed", false},
		"redirect in a circle":   {answer(307, "", "Location", "/"), "a redirect to another address of the same host, which was not followed", false},
		"forbidding firewall":    {answer(403, "<html><title>Blocked</title>"), `HTTP 403 Forbidden: an HTML page titled "Blocked"`, false},
		"proxy without a server": {answer(502, "<html><title>502 Bad Gateway</title>"), `HTTP 502 Bad Gateway: an HTML page titled "502 Bad Gateway"`, false},
		"maintenance":            {answer(503, "", "Retry-After", "3600"), "HTTP 503 Service Unavailable: an empty answer", false},
		"patience":               {answer(503, "", "Retry-After", "119"), "one call may take 5m0s", false},
		"faults, late":           {after(26*time.Second, answer(500, `{"message":"busy"}`)), "busy", false},
		"throttle":               {answer(429, `{"message":"slow down"}`), "HTTP 429 Too Many Requests: slow down", false},
		"silence":                {silence, "no answer", false},
		"silence in the body":    {stalled, "no answer", false},
		"a letter a second":      {trickle, "no answer", false},
		"hanging up":             {failure(io.EOF), "the connection was closed before an answer came", false},
		"hanging up half-way":    {brokenOff(200, document("user")[:40]), "the connection broke off in the middle of the answer", false},
		"nobody":                 {failure(syscall.ECONNREFUSED), "connection refused", false},
		"unknown host":           {failure(&net.DNSError{Err: "no such host", Name: "refold.example", IsNotFound: true}), "no such host", false},
		"untrusted":              {failure(&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}), "certificate", false},
		"no https":               {failure(http.ErrSchemeMismatch), "HTTP response to HTTPS client", false},
		"endless":                {endless, "larger than 10 MiB", false},
	}
	for name, server := range servers {
		for setting, change := range map[string]func(*refold.Options){
			"defaults":     func(*refold.Options) {},
			"many retries": func(o *refold.Options) { o.MaxRetries = 100 },
		} {
			for operation, operate := range operations {
				if server.passes {
					if operation != "GET" {
						continue
					}
					operation, operate = "GET, or reading back", readingOrReadingBack
				}
				t.Run(name+", "+setting+", "+operation, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						start := time.Now()
						err := operate(t.Context(), newClient(t, newNetwork(t, server.play), change))
						if err == nil {
							t.Fatal("it succeeded")
						}
						readable(t, err)
						if !strings.Contains(err.Error(), server.says) {
							t.Errorf("err = %v, want it to say %q", err, server.says)
						}
						if took := time.Since(start); took > refold.LongestCall {
							t.Errorf("it took %s, and one call may take %s", took, refold.LongestCall)
						}
					})
				})
			}
		}
	}
}

// readingOrReadingBack fails as a read does, and makes sure that a write, whose
// answer says too little to be an error, is at least found out when the account
// is read back.
func readingOrReadingBack(ctx context.Context, client *refold.Client) error {
	result, err := client.UpsertLinkedAccount(ctx, refold.Upsert{AccountID: "user", Name: new("A")})
	if err != nil || result.ReadBackError == nil {
		return nil
	}
	_, err = client.LinkedAccount(ctx, "user")
	return err
}

// trickle answers without an end, one letter a second.
func trickle(request *http.Request) (*http.Response, error) {
	return stream(request, 200, slowReader{request.Context()}), nil
}

type slowReader struct{ ctx context.Context }

func (r slowReader) Read(p []byte) (int, error) {
	select {
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	case <-time.After(time.Second):
		return copy(p, " "), nil
	}
}
