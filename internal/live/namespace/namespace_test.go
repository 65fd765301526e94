// SPDX-License-Identifier: MPL-2.0

package namespace

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/live/site"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// start starts a mock of another organization than the mock's own, and two namespaces there.
func start(t *testing.T) (refold *mockapi.Server, one, other *Namespace) {
	t.Helper()
	const organization = "6511111111111111111111ff"
	refold = mockapi.New(mockapi.WithKeys(mockapi.Key{Value: mockapi.TestKey, OrganizationID: organization, Environment: mockapi.EnvironmentTest}))
	refold.SetVariableDefinitions(mockapi.EnvironmentTest, mockapi.VariableDefinition{ID: realRegion, Name: "REGION", Scope: mockapi.ScopeLinkedAccount, Format: mockapi.FormatString})
	at, err := site.Open(t.Context(), site.Settings{BaseURL: "https://refold.test", APIKey: mockapi.TestKey, Network: acctest.InProcess(t, refold)})
	if err != nil {
		t.Fatal(err)
	}
	definitions := map[string]string{mockapi.RegionVariableID: realRegion}
	return refold, New(at, "one", definitions), New(at, "other", definitions)
}

const realRegion = "6a3333333333333333333301"

// ask makes a request and returns the answer's body; headers are pairs of name and value.
func ask(t *testing.T, in *Namespace, method, target, body string, headers ...string) string {
	t.Helper()
	request := httptest.NewRequest(method, "/api/v2/public/"+target, strings.NewReader(body)).WithContext(t.Context())
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	in.ServeHTTP(answer, request)
	if answer.Code != http.StatusOK {
		t.Fatalf("%s %s: %d %s", method, target, answer.Code, answer.Body)
	}
	return answer.Body.String()
}

// A test meets its own accounts under its own ids, and nobody else's, whatever answers name.
func TestNamespace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		refold, one, other := start(t)
		refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "acme"})
		for number := range 12 {
			if err := one.Seed(t.Context(), map[string]any{"linked_account_id": fmt.Sprintf("customer-%d", number)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := other.Seed(t.Context(), map[string]any{"linked_account_id": "acme", "name": "Theirs"}); err != nil {
			t.Fatal(err)
		}
		ask(t, one, http.MethodPost, "env/values", `{"variable_definition_id":"`+mockapi.RegionVariableID+`","linked_account_id":"customer-1","value":"eu"}`)
		answers := []string{
			ask(t, one, http.MethodGet, "linked-account/customer-1", ""),
			ask(t, one, http.MethodGet, "env/value/"+mockapi.RegionVariableID+"?linked_account_id=customer-1", ""),
			ask(t, one, http.MethodGet, "env/values/linked_account", ""),
			ask(t, one, http.MethodGet, "linked-account?page=2&limit=5", ""),
		}
		all := strings.Join(answers, "\n")
		for _, real := range []string{"tf-live-", realRegion, "6511111111111111111111ff", "acme", "Theirs"} {
			if strings.Contains(all, real) {
				t.Errorf("%q comes back:\n%s", real, all)
			}
		}
		for _, known := range []string{`"customer-1"`, mockapi.RegionVariableID, mockapi.OrganizationID} {
			if !strings.Contains(all, known) {
				t.Errorf("%q does not come back:\n%s", known, all)
			}
		}
		checkPage(t, answers[3])
		if err := one.Clear(t.Context()); err != nil {
			t.Fatal(err)
		}
		if left := len(refold.Accounts(mockapi.EnvironmentTest)); left != 2 {
			t.Errorf("%d accounts are left, want that of others and that of the other namespace", left)
		}
	})
}

// checkPage holds the second of three pages against what there is in the namespace.
func checkPage(t *testing.T, body string) {
	t.Helper()
	var page struct {
		Docs                                                            []any
		TotalDocs, TotalPages, PrevPage, NextPage, PagingCounter, Limit int
		HasNextPage                                                     bool
	}
	if err := json.Unmarshal([]byte(body), &page); err != nil {
		t.Fatal(err)
	}
	if len(page.Docs) != 5 || page.TotalDocs != 12 || page.TotalPages != 3 || !page.HasNextPage || page.PrevPage != 1 || page.NextPage != 3 || page.PagingCounter != 6 || page.Limit != 5 {
		t.Errorf("the page is %s", body)
	}
}

// A session token names the account as the test does, and works.
func TestTokens(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, one, _ := start(t)
		if err := one.Seed(t.Context(), map[string]any{"linked_account_id": "customer"}); err != nil {
			t.Fatal(err)
		}
		var issued struct{ Token string }
		if err := json.Unmarshal([]byte(ask(t, one, http.MethodPost, "session-token", `{"linked_account_id":"customer"}`)), &issued); err != nil {
			t.Fatal(err)
		}
		if !acctest.HoldsSecret(issued.Token, `"linked_account_id":"customer"`) {
			t.Errorf("the token %s names another account", issued.Token)
		}
		ask(t, one, http.MethodGet, "linked-account/customer", "", "Authorization", "Bearer "+issued.Token)
		ask(t, one, http.MethodPost, "session-token/revoke", "", "Authorization", "Bearer "+issued.Token)
	})
}

// What the site does not let through comes back as an error that says why.
func TestRefusal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		refold, one, _ := start(t)
		request := httptest.NewRequest(http.MethodPost, "/api/v2/public/webhook", strings.NewReader(`{}`)).WithContext(t.Context())
		answer := httptest.NewRecorder()
		before := len(refold.Requests())
		one.ServeHTTP(answer, request)
		if answer.Code != http.StatusBadGateway || !strings.Contains(answer.Body.String(), "names no account of this run") || len(refold.Requests()) != before {
			t.Errorf("%d %s", answer.Code, answer.Body)
		}
	})
}
