// SPDX-License-Identifier: MPL-2.0

package diagnose_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// TestFailure: what was tried on whom, what came back, what to do, in order.
func TestFailure(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	expired, cancelExpired := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancelExpired()
	tests := map[string]struct {
		id       string
		err      error
		answered string
		advice   []string
	}{
		"wrong environment": {
			"user", &refold.EnvironmentError{Want: "production", Got: "test"},
			`Stopped before anything was written: the API key belongs to environment "test", not "production".`,
			[]string{"API key of the intended environment", "`environment`"},
		},
		"wrong environment, wrapped": {
			"user", fmt.Errorf("read back: %w", &refold.EnvironmentError{Want: "production"}),
			"Stopped before anything was written: Refold's answer does not say",
			[]string{"This server cannot confirm the provider's `environment`", "REFOLD_ENVIRONMENT"},
		},
		"wrong environment, seen too late": {
			"user", &refold.EnvironmentError{Want: "production", Got: "test", Written: true},
			`The write was carried out, and its answer shows that the API key belongs to environment "test"`,
			[]string{`Look at the account in environment "test"`, "API key of the intended environment"},
		},
		"interrupted":           {"user", unreachable(cancelled, t, context.Canceled), "The run was interrupted before Refold answered.", []string{"Run the same command again"}},
		"no network":            {"user", unreachable(t.Context(), t, errors.New("connection refused")), "No answer from Refold: connection refused", []string{"`base_url`", "network", "proxy", "Applying again is safe"}},
		"caller's timeout":      {"user", unreachable(expired, t, context.DeadlineExceeded), "No answer from Refold: context deadline exceeded", []string{"`request_timeout`"}},
		"certificate":           {"user", unreachable(t.Context(), t, &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}), "No answer from Refold: tls", []string{"does not trust the certificate", "SSL_CERT_FILE", "`base_url`"}},
		"another's certificate": {"user", unreachable(t.Context(), t, &tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}, Host: "refold.example"}}), "No answer from Refold: tls", []string{"another host", "`base_url`"}},
		"unknown host":          {"user", unreachable(t.Context(), t, &net.DNSError{Err: "no such host", Name: "refold.example", IsNotFound: true}), "no such host", []string{"cannot be looked up", "`base_url`"}},
		"http, not https":       {"user", unreachable(t.Context(), t, http.ErrSchemeMismatch), "HTTP response to HTTPS client", []string{"plain http", "`allow_insecure_http = true`"}},
		"nobody listens":        {"user", unreachable(t.Context(), t, syscall.ECONNREFUSED), "connection refused", []string{"Nothing listens", "`base_url`"}},
		"too slow":              {"user", unreachable(t.Context(), t, refold.ErrRequestTimeout), "request timeout", []string{"`request_timeout`", "firewall"}},
		"too large an answer":   {"user", unreachable(t.Context(), t, refold.ErrAnswerTooLarge), "cannot be used: the answer is larger than 10 MiB", []string{"nothing as large", "`base_url`"}},
		"wait too long": {
			"user", &refold.Error{Status: 429, Message: "slow down", RetryAfter: time.Hour + 400*time.Millisecond},
			"Refold answered: HTTP 429 Too Many Requests: slow down",
			[]string{"asked to wait 1h0m0s", "2m0s", "Run the same command again later"},
		},
		"wait too long, by a 403": {
			"user", &refold.Error{Status: 403, Message: "no", RetryAfter: 121 * time.Second}, "HTTP 403", []string{"asked to wait 2m1s"},
		},
		"wrong key": {
			"user", &refold.Error{Status: 401, Code: "SERVER_ERROR", Message: "Invalid Credentials"},
			"Refold answered: HTTP 401 Unauthorized (SERVER_ERROR): Invalid Credentials",
			[]string{"`api_key`", "REFOLD_API_KEY", "`base_url`"},
		},
		"refused token":         {"user", &refold.Error{Status: 401, Message: "Invalid token", BySessionToken: true}, "HTTP 401", []string{"The API key was accepted, but not the session token"}},
		"refused by a token":    {"user", &refold.Error{Status: 403, Message: "no", BySessionToken: true}, "HTTP 403", []string{"may not do this"}},
		"wrong key, of a proxy": {"user", &refold.Error{Status: 401, NotRefold: true, Message: "an empty answer"}, "The server answered: HTTP 401", []string{"`api_key`"}},
		"forbidden":             {"user", &refold.Error{Status: 403, Message: "no"}, "Refold answered: HTTP 403 Forbidden: no", []string{"may not do this", "in front of Refold"}},
		"throttled": {
			"user", &refold.Error{Status: 429, Message: "slow down", RetryAfter: 2 * time.Second, Delivery: refold.Delivery{Attempts: 9, Elapsed: time.Minute}},
			"(the last of 9 attempts in 1m0s)",
			[]string{"rate limit", "`requests_per_second`"},
		},
		"redirect": {
			"user", &refold.Error{Status: 302, NotRefold: true, Message: "a redirect to https://x.example, which was not followed"},
			"The server answered: HTTP 302 Found: a redirect to https://x.example", []string{"`base_url` to the final address", "API key"},
		},
		"wrong URL":       {"user", &refold.Error{Status: 404, NotRefold: true, Message: "an HTML page"}, "The server answered: HTTP 404", []string{"does not look like Refold", "`base_url`", "proxy"}},
		"200 with a page": {"user", &refold.Error{Status: 200, NotRefold: true, Message: "an HTML page"}, "The server answered: HTTP 200", []string{"does not look like Refold", "login page"}},
		"proxy without Refold": {
			"a@b", &refold.Error{Status: 502, NotRefold: true, Message: "an HTML page titled \"502 Bad Gateway\" instead of JSON"}, "The server answered: HTTP 502",
			[]string{"servers before v3.7.0"},
		},
		"proxy without Refold, plain id": {
			"user", &refold.Error{Status: 502, NotRefold: true, Message: "an HTML page titled \"502 Bad Gateway\" instead of JSON"}, "The server answered: HTTP 502",
			[]string{"out of order", "Run the same command again later", "`base_url`"},
		},
		"407": {"user", &refold.Error{Status: 407, NotRefold: true, Message: "an HTML page"}, "The server answered: HTTP 407", []string{"HTTP_PROXY", "percent-encoded", "NO_PROXY"}},
		"missing field": {
			"user", &refold.Error{Status: 404, Code: "MISSING_REQUIRED_FIELD", Message: "Linked account id is required"}, "(MISSING_REQUIRED_FIELD)",
			[]string{"proxy may drop headers", "does not mean that the account is gone"},
		},
		"server error":          {"user", &refold.Error{Status: 500, Message: "Server Error"}, "HTTP 500", []string{"fault at Refold's side", "support"}},
		"server error, odd id":  {"jane@example.com", &refold.Error{Status: 500, Message: "Server Error"}, "HTTP 500", []string{"servers before v3.7.0", "support"}},
		"server error, odd id2": {"a b", &refold.Error{Status: 503, Message: "Server Error"}, "HTTP 503", []string{"servers before v3.7.0"}},
		"account not found": {
			"user", &refold.Error{Kind: refold.AccountNotFound, Status: 404, Message: "gone"}, "HTTP 404", []string{"there is no such account", "new plan", "API key"},
		},
		"another account":      {"user", &refold.Error{Kind: refold.WrongAccount, Status: 200, Message: "about USER"}, "HTTP 200", []string{"exactly as Refold has it", "upper and lower case"}},
		"duplicate credential": {"user", &refold.Error{Kind: refold.DuplicateCredential, Status: 400, Message: "Duplicate Auth key_name not allowed"}, "HTTP 400", []string{"differ only in case"}},
		"404 of another kind":  {"user", &refold.Error{Status: 404, Message: "Cannot PATCH /x"}, "HTTP 404", []string{"does not mean that the account is gone", "`base_url`"}},
		"too large a request":  {"user", &refold.Error{Status: 413, NotRefold: true, Message: "an HTML page"}, "HTTP 413", []string{"larger than the server", "`udf`"}},
		"refused":              {"user", &refold.Error{Status: 400, Message: "name is too long"}, "Refold answered: HTTP 400", []string{"Correct what its message names"}},
		"200 with an error":    {"user", &refold.Error{Status: 200, Message: "no"}, "Refold answered: HTTP 200 OK: no", []string{"Correct what its message names"}},
		"refused, wrapped":     {"user", fmt.Errorf("seed: %w", &refold.Error{Status: 400, Message: "no"}), "Refold answered: HTTP 400", []string{"Correct what its message names"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			failure := diagnose.Failure("create", diagnose.LinkedAccount(test.id), test.err)
			if failure.Severity() != diag.SeverityError || failure.Summary() != "Could not create linked account" {
				t.Errorf("%s: %s", failure.Severity(), failure.Summary())
			}
			parts := strings.Split(failure.Detail(), "\n\n")
			if len(parts) != 3 {
				t.Fatalf("detail has %d parts, want 3:\n%s", len(parts), failure.Detail())
			}
			if want := fmt.Sprintf("Tried to create linked account %q.", test.id); parts[0] != want {
				t.Errorf("begins with %q, want %q", parts[0], want)
			}
			if !strings.Contains(parts[1], test.answered) || parts[1] != diagnose.Answer(test.err) {
				t.Errorf("answer is %q, want %q", parts[1], test.answered)
			}
			for _, part := range test.advice {
				if !strings.Contains(parts[2], part) {
					t.Errorf("advice is %q, want it to say %q", parts[2], part)
				}
			}
			if failure.Detail() != diagnose.Detail("create", diagnose.LinkedAccount(test.id), test.err) {
				t.Error("Detail is not Failure's detail")
			}
		})
	}
}

// unreachable is the client's error for a network that fails so.
func unreachable(ctx context.Context, t *testing.T, cause error) error {
	t.Helper()
	client, err := refold.New(refold.Options{
		BaseURL: &url.URL{Scheme: "https", Host: "refold.example"}, APIKey: "key", MaxRetries: -1, Transport: failing{cause},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.LinkedAccount(ctx, "user")
	if err == nil || !errors.Is(err, cause) {
		t.Fatalf("err = %v, want %v", err, cause)
	}
	return err
}

type failing struct{ cause error }

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.cause }

// TestOddIDs: the hint at old servers is for ids of accounts that these mishandle.
func TestOddIDs(t *testing.T) {
	const hint = "servers before v3.7.0"
	fault := &refold.Error{Status: 500, Message: "Server Error"}
	for _, test := range []struct {
		subject diagnose.Subject
		want    bool
	}{
		{diagnose.LinkedAccount("jane@example.com"), true},
		{diagnose.LinkedAccount("user"), false},
		{diagnose.Subject{Noun: "config", Name: "default", Account: "a b"}, true},
		{diagnose.Subject{Noun: "config", Name: "a b", Account: "user"}, false},
		{diagnose.Subject{Noun: "webhook", Name: "a/b"}, false},
	} {
		if got := strings.Contains(diagnose.Failure("read", test.subject, fault).Next, hint); got != test.want {
			t.Errorf("%s: hint %v, want %v", test.subject, got, test.want)
		}
	}
}

// TestDifficultID: an id must not break the text apart.
func TestDifficultID(t *testing.T) {
	detail := diagnose.Detail("read", diagnose.LinkedAccount("a\"b\n\x1b[31m"), &refold.Error{Status: 400, Message: "no"})
	if !strings.HasPrefix(detail, `Tried to read linked account "a\"b\n\x1b[31m".`) {
		t.Errorf("detail = %q", detail)
	}
}
