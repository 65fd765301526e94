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

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// TestWrongServers: everything that is not Refold ends in an error that can be read,
// within the time that one call may take.
func TestWrongServers(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	servers := map[string]struct {
		play reply
		says string
	}{
		"login page":             {answer(200, "<html><title>Sign in</title>"), `an HTML page titled "Sign in" instead of JSON`},
		"web site":               {answer(404, "<pre>Cannot GET /api</pre>"), "an HTML page instead of JSON"},
		"another service":        {answer(404, `{"detail":"Not Found"}`), `unexpected JSON: {"detail":"Not Found"}`},
		"error inside":           {answer(200, `{"error":"Custom apps are not supported for this endpoint."}`), "Custom apps are not supported"},
		"error, by its status":   {answer(200, `{"status":"error","message":"Nothing was done."}`), "Nothing was done."},
		"errors inside":          {answer(200, `{"errors":[{"message":"Nothing was done."}]}`), "Nothing was done."},
		"not ok":                 {answer(200, `{"ok":false}`), `unexpected JSON: {"ok":false}`},
		"redirect elsewhere":     {answer(302, "", "Location", "https://login.example.com/?next=x"), "a redirect to https://login.example.com, which was not followed"},
		"redirect in a circle":   {answer(307, "", "Location", "/"), "a redirect to another address of the same host, which was not followed"},
		"forbidding firewall":    {answer(403, "<html><title>Blocked</title>"), `HTTP 403 Forbidden: an HTML page titled "Blocked"`},
		"proxy without a server": {answer(502, "<html><title>502 Bad Gateway</title>"), `HTTP 502 Bad Gateway: an HTML page titled "502 Bad Gateway"`},
		"maintenance":            {answer(503, "", "Retry-After", "3600"), "HTTP 503 Service Unavailable: an empty answer"},
		"patience":               {answer(429, "", "Retry-After", "119"), "one call may take 5m0s"},
		"faults, late":           {after(26*time.Second, answer(500, `{"message":"busy"}`)), "busy"},
		"throttle":               {answer(429, `{"message":"slow down"}`), "HTTP 429 Too Many Requests: slow down"},
		"silence":                {silence, "no answer"},
		"silence in the body":    {stalled, "no answer"},
		"a letter a second":      {trickle, "no answer"},
		"hanging up":             {failure(io.EOF), "the connection was closed before an answer came"},
		"hanging up half-way":    {brokenOff(200, document("user")[:40]), "the connection broke off in the middle of the answer"},
		"nobody":                 {failure(syscall.ECONNREFUSED), "connection refused"},
		"unknown host":           {failure(&net.DNSError{Err: "no such host", Name: "refold.example", IsNotFound: true}), "no such host"},
		"untrusted":              {failure(&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}), "certificate"},
		"no https":               {failure(http.ErrSchemeMismatch), "HTTP response to HTTPS client"},
		"endless":                {endless, "larger than 10 MiB"},
	}
	for name, server := range servers {
		for operationName, operation := range operations {
			t.Run(name+", "+operationName, func(t *testing.T) {
				if name == "endless" {
					oneOperation(t, operationName)
				}
				failsReadably(t, operation, server.play, operation.unquoted(server.says))
			})
		}
	}
}

// unquoted is what an operation that quotes no body says of one.
func (o operation) unquoted(says string) string {
	if form, quoted, isJSON := strings.Cut(says, "unexpected JSON: "); isJSON && quoted != "" && o.hidesBody {
		return form + "unexpected JSON"
	}
	return says
}

// TestBodyIsNotQuoted: what an answer holds of customers stands in no error.
func TestBodyIsNotQuoted(t *testing.T) {
	for name, operation := range operations {
		if !operation.hidesBody {
			continue
		}
		for _, body := range []string{`{"detail":"5ecret"}`, `["5ecret"]`, `"5ecret"`, `5ecret`, `{"ok":false,"value":"5ecret"}`, `{"docs":"5ecret"}`, `{"_id":"5ecret`, "5ecret: it failed"} {
			for _, status := range []int{200, 400, 404, 500} {
				err := operation.do(t.Context(), newClient(t, newNetwork(t, answer(status, body)), withoutRetries))
				if err != nil && strings.Contains(err.Error(), "5ecret") {
					t.Errorf("%s of %d %s: %v", name, status, body, err)
				}
			}
		}
	}
}

// TestAnswersOfOthers: what Refold would not send is no success, except where its own
// answers may say as little.
func TestAnswersOfOthers(t *testing.T) {
	for name, server := range map[string]struct {
		play reply
		says func(unusableAnswer) string
	}{
		"another service": {answer(200, `{"hello":"world"}`), func(a unusableAnswer) string { return a.another }},
		"another account": {answer(200, document("USER")), func(a unusableAnswer) string { return a.account }},
		"nothing in it":   {answer(200, ""), func(a unusableAnswer) string { return a.nothing }},
		"text":            {answer(200, "It works!"), func(a unusableAnswer) string { return a.text }},
		"cut short":       {answer(200, document("user")[:40]), func(a unusableAnswer) string { return a.text }},
	} {
		for operationName, operation := range operations {
			if operation.asks == nil || server.says(*operation.asks) == "" {
				continue
			}
			t.Run(name+", "+operationName, func(t *testing.T) { failsReadably(t, operation, server.play, server.says(*operation.asks)) })
		}
	}
}

// failsReadably tries an operation with the options that users have, and with more
// patience than they should have.
func failsReadably(t *testing.T, operation operation, play reply, says string) {
	for setting, change := range map[string]func(*refold.Options){
		"defaults":     func(*refold.Options) {},
		"many retries": func(o *refold.Options) { o.MaxRetries = 100 },
	} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			err := operation.do(t.Context(), newClient(t, newNetwork(t, play), change))
			if err == nil {
				t.Fatalf("%s: it succeeded", setting)
			}
			readable(t, err)
			took := time.Since(start)
			isOutOfTime := operation.endsBySnapshotLife && took > refold.SnapshotLife-refold.LongestRetryAfter
			if !strings.Contains(err.Error(), says) && !isOutOfTime {
				t.Errorf("%s: err = %v, want it to say %q", setting, err, says)
			}
			if took > refold.LongestCall {
				t.Errorf("%s: it took %s, and one call may take %s", setting, took, refold.LongestCall)
			}
		})
	}
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
