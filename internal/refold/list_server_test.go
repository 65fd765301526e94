// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// listServer is the mock over HTTP without a network, so that a test's fake time can pass. Its
// changes to list answers are those of servers that the mock has no switch for.
type listServer struct {
	*mockapi.Server
	t *testing.T
	// delay passes between the work and its answer.
	delay time.Duration
	// edit changes the answer to a list request, by the number of its page.
	edit func(number int, page map[string]any)
	// before is called before the work of each request.
	before func(*http.Request)
}

// newListServer has accounts c00001, c00002 and so on.
func newListServer(t *testing.T, accounts int, behaviour mockapi.Behaviour) *listServer {
	server := &listServer{Server: mockapi.New(mockapi.WithBehaviour(behaviour)), t: t}
	for number := range accounts {
		server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: customer(number), Name: new("before")})
	}
	return server
}

func customer(number int) string { return fmt.Sprintf("c%05d", number+1) }

func customers(from, to int) []string {
	var ids []string
	for number := from; number < to; number++ {
		ids = append(ids, customer(number))
	}
	return ids
}

// RoundTrip implements http.RoundTripper.
func (s *listServer) RoundTrip(request *http.Request) (*http.Response, error) {
	if s.before != nil {
		s.before(request)
	}
	received := request.Clone(request.Context())
	if received.Body == nil {
		received.Body = http.NoBody
	}
	// A server knows names of headers in one form only, and linked_account_id is sent in another.
	received.Header = http.Header{}
	for name, values := range request.Header {
		received.Header[http.CanonicalHeaderKey(name)] = values
	}
	recorder := httptest.NewRecorder()
	s.ServeHTTP(recorder, received)
	if s.edit != nil && isList(request) && recorder.Code == http.StatusOK {
		s.rewrite(request, recorder)
	}
	select {
	case <-request.Context().Done():
		return nil, request.Context().Err()
	case <-time.After(s.delay):
	}
	return recorder.Result(), nil
}

func isList(request *http.Request) bool {
	return request.Method == http.MethodGet && request.URL.Path == accountsPath
}

func (s *listServer) rewrite(request *http.Request, recorder *httptest.ResponseRecorder) {
	number, err := strconv.Atoi(request.URL.Query().Get("page"))
	if err != nil {
		s.t.Errorf("page: %v", err)
	}
	var page map[string]any
	if err := json.Unmarshal(recorder.Body.Bytes(), &page); err != nil {
		s.t.Errorf("the mock's page: %v", err)
	}
	s.edit(number, page)
	body, err := json.Marshal(page)
	if err != nil {
		s.t.Errorf("the changed page: %v", err)
	}
	recorder.Body = bytes.NewBuffer(body)
	recorder.Header().Del("Content-Length")
}

// client is unpaced, and does not repeat requests.
func (s *listServer) client(change ...func(*refold.Options)) *refold.Client {
	return newClient(s.t, s, append([]func(*refold.Options){func(o *refold.Options) {
		o.APIKey, o.RequestsPerSecond, o.Burst, o.MaxRetries = mockapi.TestKey, 1e6, 1e6, -1
	}}, change...)...)
}

// lists and gets count the requests since the last ResetRequests.
func (s *listServer) lists() int { return s.Count(http.MethodGet, accountsPath) }
func (s *listServer) gets() int  { return s.Count(http.MethodGet, accountsPath+"/*") }

// sentWere fails the test unless so many requests of each kind were sent, and counts anew.
func (s *listServer) sentWere(what string, lists, gets int) {
	s.t.Helper()
	if s.lists() != lists || s.gets() != gets {
		s.t.Errorf("%s: %d list pages and %d GETs, want %d and %d", what, s.lists(), s.gets(), lists, gets)
	}
	s.ResetRequests()
}

// read expects an account, and returns it.
func read(t *testing.T, client *refold.Client, id string, options refold.ReadOptions) *refold.LinkedAccount {
	t.Helper()
	account, err := client.ReadLinkedAccount(t.Context(), id, options)
	if err != nil || account.AccountID != id {
		t.Fatalf("read %s: %+v, %v", id, account, err)
	}
	return account
}

// readMissing expects that there is no such account.
func readMissing(t *testing.T, client *refold.Client, id string, options refold.ReadOptions) *refold.Error {
	t.Helper()
	_, err := client.ReadLinkedAccount(t.Context(), id, options)
	refusal, ok := err.(*refold.Error)
	if !ok || refusal.Kind != refold.AccountNotFound {
		t.Fatalf("read %s: %v, want a missing account", id, err)
	}
	return refusal
}

// readMany returns the results by id, and expects one for each.
func readMany(t *testing.T, client *refold.Client, ids []string, options refold.ReadOptions) map[string]refold.Lookup {
	t.Helper()
	found := map[string]refold.Lookup{}
	for id, lookup := range client.ReadLinkedAccounts(t.Context(), ids, options) {
		if _, isKnown := found[id]; isKnown {
			t.Errorf("two results for %s", id)
		}
		if (lookup.Account == nil) == (lookup.Err == nil) || lookup.Account != nil && lookup.Account.AccountID != id {
			t.Errorf("%s: %+v, %v", id, lookup.Account, lookup.Err)
		}
		found[id] = lookup
	}
	if wanted := slices.Compact(slices.Sorted(slices.Values(ids))); !slices.Equal(slices.Sorted(maps.Keys(found)), wanted) {
		t.Errorf("results for %d ids, want %d", len(found), len(wanted))
	}
	return found
}

// failedList answers list requests with a fault.
func failedList(status int) mockapi.Interceptor {
	return func(w http.ResponseWriter, request *http.Request) bool {
		if !isList(request) {
			return false
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"message":"no lists today"}`)
		return true
	}
}

// brokenLists are servers with 250 accounts whose list cannot be had: what the
// error says, and how many requests reading it whole, or page by page, may take.
func brokenLists() map[string]brokenList {
	return map[string]brokenList{
		"refused": {func(s *listServer) { s.Intercept(failedList(http.StatusForbidden)) }, "no lists today", 1, 1},
		"without docs": {func(s *listServer) {
			s.edit = func(_ int, page map[string]any) { delete(page, "docs") }
		}, "not a list of linked accounts in JSON", 1, 1},
		"same page again and again": {func(s *listServer) {
			s.edit = func(_ int, page map[string]any) { page["docs"] = []any{listedDocument("user")} }
		}, "shows only what others show", 17, 2},
		"endless": {func(s *listServer) {
			s.edit = func(_ int, page map[string]any) { page["totalDocs"] = 1_000_000_000 }
		}, "has more than 5000 pages", 1, 1},
	}
}

type brokenList struct {
	prepare         func(*listServer)
	says            string
	whole, streamed int
}
