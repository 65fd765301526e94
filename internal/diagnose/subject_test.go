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
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// errorsOfEveryKind are such that each piece of advice is given for one of them.
func errorsOfEveryKind(t *testing.T) []error {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	failures := []error{
		unreachable(cancelled, t, context.Canceled),
		&refold.EnvironmentError{Want: "production"},
		&refold.EnvironmentError{Want: "production", Got: "test"},
		&refold.EnvironmentError{Want: "production", Got: "test", Written: true},
		&refold.Error{Status: http.StatusTooManyRequests, RetryAfter: time.Hour},
		&refold.Error{Status: http.StatusUnauthorized, BySessionToken: true},
		&refold.Error{Status: http.StatusNotFound, Code: "MISSING_REQUIRED_FIELD"},
		&refold.Error{Status: http.StatusBadGateway, NotRefold: true},
		&refold.Error{Status: http.StatusOK, NotRefold: true},
		&refold.Error{Status: http.StatusNotFound, Kind: refold.NotFound},
	}
	for _, status := range []int{302, 400, 401, 403, 404, 413, 429, 500} {
		failures = append(failures, &refold.Error{Status: status, Message: "no"})
	}
	for _, cause := range []error{
		errors.New("connection reset"), syscall.ECONNREFUSED, http.ErrSchemeMismatch, refold.ErrRequestTimeout, refold.ErrAnswerTooLarge,
		&net.DNSError{Err: "no such host", Name: "refold.example", IsNotFound: true},
		&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}},
		&tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{}, Host: "refold.example"}},
	} {
		failures = append(failures, unreachable(t.Context(), t, cause))
	}
	return failures
}

// TestOtherSubjects: the text about an object that is no account mentions none but
// the one that it belongs to.
func TestOtherSubjects(t *testing.T) {
	here, there := refold.Scope{OrganizationID: "org", Environment: "test"}, refold.Scope{OrganizationID: "org", Environment: "production"}
	for _, test := range []struct {
		subject      diagnose.Subject
		named, start string
	}{
		{diagnose.Subject{Noun: "webhook", Name: "6a31"}, `webhook "6a31"`, `Webhook "6a31"`},
		{diagnose.Subject{Noun: "config", Name: "default", Account: "acme/1"}, `config "default" of linked account "acme/1"`, `Config "default" of linked account "acme/1"`},
	} {
		problems := diagnose.Problems{
			diagnose.CheckScope(test.subject, here, there),
			diagnose.CheckWritten(test.subject, here, there),
			diagnose.CheckGone(test.subject, here, there, "Forget it."),
			diagnose.CheckGone(test.subject, here, refold.Scope{}, "Forget it."),
			diagnose.CheckGone(test.subject, refold.Scope{}, here, "Forget it."),
		}
		for _, err := range errorsOfEveryKind(t) {
			failure := diagnose.Failure("update", test.subject, err)
			if want := "Could not update " + test.subject.Noun; failure.Summary() != want {
				t.Errorf("summary %q, want %q", failure.Summary(), want)
			}
			if want := "Tried to update " + test.named + "."; !strings.HasPrefix(failure.Detail(), want) {
				t.Errorf("detail %q, want it to begin with %q", failure.Detail(), want)
			}
			problems = append(problems, failure)
			list := diagnose.ListFailure(test.subject.Noun, err)
			if want := fmt.Sprintf("Could not list %ss", test.subject.Noun); list.Summary() != want || mentionsAccounts(list, test.subject) {
				t.Errorf("%s: %s", list.Summary(), list.Detail())
			}
		}
		for _, problem := range problems {
			if !strings.Contains(problem.Detail(), test.named) && !strings.HasPrefix(problem.Detail(), test.start) {
				t.Errorf("detail does not name %s: %s", test.named, problem.Detail())
			}
			if mentionsAccounts(problem, test.subject) {
				t.Errorf("text about accounts for a %s: %s: %s", test.subject.Noun, problem.Summary(), problem.Detail())
			}
		}
	}
}

func mentionsAccounts(problem *diagnose.Problem, subject diagnose.Subject) bool {
	text := problem.Summary() + problem.Detail()
	if subject.Account != "" {
		text = strings.ReplaceAll(text, fmt.Sprintf("linked account %q", subject.Account), "")
	}
	return strings.Contains(strings.ToLower(text), "account") || strings.Contains(text, "`udf`")
}

// TestMissingOwner: what a user looks for is the account, not the object in it.
func TestMissingOwner(t *testing.T) {
	missing := &refold.Error{Kind: refold.AccountNotFound, Status: http.StatusNotFound, Message: "not found", Scope: refold.Scope{OrganizationID: "org", Environment: "test"}}
	config := diagnose.Subject{Noun: "config", Name: "default", Account: "acme"}
	failure := diagnose.Failure("update", config, missing)
	if want := `there is no linked account "acme".`; !strings.Contains(failure.Next, want) || mentionsAccounts(failure, config) {
		t.Errorf("advice is %q, want it to say %q", failure.Next, want)
	}
	missing.Kind = refold.NotFound
	if failure, want := diagnose.Failure("update", config, missing), "there is no such config."; !strings.Contains(failure.Next, want) {
		t.Errorf("advice is %q, want it to say %q", failure.Next, want)
	}
	missing.Kind = refold.AccountNotFound
	unknown := diagnose.AccountFailure("update", config, diagnose.DataSourceWaits, missing)
	if unknown.Summary() != "There is no such linked account" || !strings.HasPrefix(unknown.Detail(), `Tried to update config "default" of linked account "acme", which does not exist in organization org, environment "test".`) {
		t.Errorf("%s: %s", unknown.Summary(), unknown.Detail())
	}
	missing.Scope.OrganizationID = ""
	if unknown := diagnose.AccountFailure("update", config, diagnose.DataSourceWaits, missing); !strings.Contains(unknown.Detail(), `does not exist in environment "test".`) {
		t.Errorf("of a session token: %s", unknown.Detail())
	}
	missing.Scope = refold.Scope{}
	if unknown := diagnose.AccountFailure("update", config, diagnose.DataSourceWaits, missing); !strings.Contains(unknown.Detail(), "does not exist in the environment that the API key selects.") {
		t.Errorf("of an old server: %s", unknown.Detail())
	}
	if other := diagnose.AccountFailure("update", config, diagnose.DataSourceWaits, &refold.Error{Status: 403, Message: "no"}); other.Summary() != "Could not update config" {
		t.Errorf("of another reason: %s", other.Summary())
	}
	webhook := diagnose.Subject{Noun: "webhook", Name: "6a31"}
	if other := diagnose.AccountFailure("update", webhook, diagnose.DataSourceWaits, missing); other.Summary() != "Could not update webhook" || mentionsAccounts(diagnose.Failure("update", webhook, missing), webhook) {
		t.Errorf("%s: %s", other.Summary(), other.Detail())
	}
}
