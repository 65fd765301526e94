// SPDX-License-Identifier: MPL-2.0

package diagnose_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"strconv"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestLeftOutWarningNamesSomeIDs(t *testing.T) {
	var ids []refold.UnusableID
	for range 12 {
		ids = append(ids, refold.UnusableID{AccountID: " lead", Reason: errors.New("of white space")})
	}
	warning := diagnose.LeftOutWarning(ids)
	if detail := warning.Detail(); warning.Summary() != "12 linked accounts are left out" || strings.Count(detail, `" lead", because of white space`) != 10 || !strings.Contains(detail, "; and 2 more.") {
		t.Errorf("%s: %s", warning.Summary(), detail)
	}
	warning = diagnose.LeftOutWarning(ids[:1])
	if warning.Summary() != "1 linked account is left out" || strings.Contains(warning.Detail(), "more.") {
		t.Errorf("%s: %s", warning.Summary(), warning.Detail())
	}
}

// Failures of lists say nothing of one account, and of an apply.
func TestListFailure(t *testing.T) {
	for advice, err := range map[string]error{
		"does not fit together":       &refold.Error{Status: 200, Message: "keeps changing"},
		"does not look like Refold":   &refold.Error{Status: 200, Message: "JSON", NotRefold: true},
		"too old for this":            &refold.Error{Status: 404, Message: "Cannot GET"},
		"The API key was refused":     &refold.Error{Status: 401, Message: "Invalid Credentials"},
		"does not look like Refold's": &refold.Error{Status: 404, Message: "HTML", NotRefold: true},
		"Nothing was changed.":        silent(false, true, context.Canceled),
		"of the intended environmen":  &refold.EnvironmentError{Want: "production", Got: "test"},
	} {
		failure := diagnose.ListFailure("linked account", err)
		if failure.Summary() != "Could not list linked accounts" || !strings.Contains(failure.Detail(), advice) || strings.Contains(failure.Detail(), `""`) {
			t.Errorf("%v: %s: %s", err, failure.Summary(), failure.Detail())
		}
	}
}

// TestListFailureOfOne: a list that reads its accounts one by one fails at one.
func TestListFailureOfOne(t *testing.T) {
	mock := mockapi.New(mockapi.WithBehaviour(mockapi.Behaviour{List: mockapi.ListBehaviour{FourFields: true}}))
	mock.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user"})
	mock.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if path.Base(r.URL.Path) != "user" {
			return false
		}
		w.WriteHeader(http.StatusForbidden)
		return true
	})
	client, err := refold.New(refold.Options{BaseURL: &url.URL{Scheme: "https", Host: "refold.example"}, APIKey: mockapi.TestKey, Transport: direct{mock}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.AllLinkedAccounts(t.Context())
	if failure := diagnose.ListFailure("linked account", err); failure.Summary() != "Could not read linked account" || !strings.Contains(failure.Detail(), `"user"`) {
		t.Errorf("%s: %s", failure.Summary(), failure.Detail())
	}
	stopped := fmt.Errorf("%w: %w", err, context.Canceled)
	if failure := diagnose.ListFailure("linked account", stopped); failure.Summary() != "Could not list linked accounts" {
		t.Errorf("after a stop: %s", failure.Summary())
	}
}

// direct calls a server without a network.
type direct struct{ handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (d direct) RoundTrip(request *http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	request.Body = http.NoBody
	d.handler.ServeHTTP(recorder, request)
	return recorder.Result(), nil
}

func TestQuote(t *testing.T) {
	for text, want := range map[string]string{
		"a\nb": `"a\nb"`, strings.Repeat("é", 80): strconv.Quote(strings.Repeat("é", 80)), strings.Repeat("é", 81): strconv.Quote(strings.Repeat("é", 80)) + " (and so on)",
	} {
		if got := diagnose.Quote(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}
