// SPDX-License-Identifier: MPL-2.0

package site

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func settingsFor(t *testing.T, refold http.Handler, key string) Settings {
	return Settings{BaseURL: "https://refold.test/prefix", APIKey: key, Network: acctest.InProcess(t, http.StripPrefix("/prefix", refold))}
}

func open(t *testing.T, refold http.Handler) *Site {
	t.Helper()
	opened, err := Open(t.Context(), settingsFor(t, refold, mockapi.TestKey))
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

// Without a key there is an error that says what to set, and not a run that did nothing.
func TestFromEnvironment(t *testing.T) {
	t.Parallel()
	_, err := FromEnvironment(func(string) string { return "" })
	if err == nil || !strings.Contains(err.Error(), KeyVariable) || !strings.Contains(err.Error(), BaseURLVariable) {
		t.Errorf("without a key: %v", err)
	}
	got, err := FromEnvironment(func(name string) string {
		return map[string]string{KeyVariable: "key", BaseURLVariable: "https://refold.example"}[name]
	})
	if err != nil || got.APIKey != "key" || got.BaseURL != "https://refold.example" {
		t.Errorf("%+v, %v", got, err)
	}
}

// What is not known to be the test environment is refused, and nothing is written to find that out.
func TestRefusedEnvironments(t *testing.T) {
	t.Parallel()
	const other = "tk00000000-0000-4000-8000-000000000001"
	inEnvironment := func(name string) []mockapi.Option {
		return []mockapi.Option{mockapi.WithKeys(mockapi.Key{Value: other, OrganizationID: mockapi.OrganizationID, Environment: name})}
	}
	silent := mockapi.WithBehaviour(mockapi.Behaviour{Account: mockapi.AccountBehaviour{ShortNotFound: true}})
	tests := map[string]struct {
		key     string
		options []mockapi.Option
		says    string
		sends   bool
	}{
		"a key of production":             {mockapi.ProductionKey, nil, "begins with pk", false},
		"production, by another key":      {other, inEnvironment("production"), `environment "production"`, true},
		"live":                            {other, inEnvironment("live"), `environment "live"`, true},
		"a workspace's":                   {other, inEnvironment("test-workspace"), `environment "test-workspace"`, true},
		"one that nothing tells":          {mockapi.TestKey, []mockapi.Option{silent}, "does not say which environment", true},
		"a key that Refold does not know": {"tk11111111-0000-4000-8000-000000000001", nil, "401", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				refold := mockapi.New(test.options...)
				_, err := Open(t.Context(), settingsFor(t, refold, test.key))
				if err == nil || !strings.Contains(err.Error(), test.says) {
					t.Errorf("the error is %v, want %q in it", err, test.says)
				}
				if err != nil && acctest.HoldsSecret(err.Error(), test.key) {
					t.Errorf("the error holds the key: %v", err)
				}
				requests := refold.Requests()
				if len(requests) > 0 != test.sends {
					t.Errorf("%d requests were sent", len(requests))
				}
				for _, request := range requests {
					if request.Method != http.MethodGet {
						t.Errorf("%s was sent", request)
					}
				}
			})
		})
	}
}

// The URL says nothing else than where the deployment is.
func TestRefusedURL(t *testing.T) {
	t.Parallel()
	if _, err := Open(t.Context(), Settings{BaseURL: "http://refold.example", APIKey: "tk"}); err == nil || !strings.Contains(err.Error(), BaseURLVariable) {
		t.Errorf("plain HTTP: %v", err)
	}
}

// A server of 2023 shows its environment with an account.
func TestOldServerWithAccount(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		refold := mockapi.New(mockapi.WithBehaviour(mockapi.Behaviour{Account: mockapi.AccountBehaviour{ShortNotFound: true}}))
		refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "acme"})
		if opened := open(t, refold); opened.OrganizationID() != mockapi.OrganizationID {
			t.Errorf("the organization is %q", opened.OrganizationID())
		}
	})
}

// Whatever may concern somebody else is not sent.
func TestGate(t *testing.T) {
	t.Parallel()
	const value, own, others = "6a313eda6d5528bdcf71ebac", "OWN", "acme"
	tests := map[string]struct {
		method, target, body string
		header               http.Header
		isSent               bool
	}{
		"a read of others":                 {"GET", "linked-account/acme", "", nil, true},
		"a read that writes":               {"GET", "workflow/" + value + "/edit", "", http.Header{accountHeader: {own}}, false},
		"an upsert of an own account":      {"PUT", "linked-account", `{"linked_account_id":"OWN"}`, nil, true},
		"an upsert by the other name":      {"PUT", "linked-account", `{"account_id":"OWN"}`, nil, true},
		"an upsert of another":             {"PUT", "linked-account", `{"linked_account_id":"acme"}`, nil, false},
		"an upsert of two":                 {"PUT", "linked-account", `{"linked_account_id":"OWN","account_id":"acme"}`, nil, false},
		"an upsert with a payload":         {"PUT", "linked-account", `{"linked_account_id":"OWN","payload":{"account_id":"acme"}}`, nil, false},
		"an upsert of a number":            {"PUT", "linked-account", `{"linked_account_id":7}`, nil, false},
		"an upsert of nobody":              {"PUT", "linked-account", `{}`, nil, false},
		"a body that is no object":         {"PUT", "linked-account", `["OWN"]`, nil, false},
		"a deletion":                       {"DELETE", "linked-account/OWN", "", nil, true},
		"a deletion of another":            {"DELETE", "linked-account/acme", "", nil, false},
		"a deletion in another's name":     {"DELETE", "linked-account/acme", "", http.Header{accountHeader: {own}}, false},
		"a deletion of all":                {"DELETE", "linked-account", "", nil, false},
		"an integration":                   {"DELETE", "linked-account/integration/slack?linked_account_id=OWN", "", nil, true},
		"an integration of another":        {"DELETE", "linked-account/integration/slack?linked_account_id=acme", "", nil, false},
		"a credential":                     {"PUT", "linked-account/default-app/auth-credentials/a", `{"value":"x"}`, http.Header{accountHeader: {own}}, true},
		"a credential of another":          {"PUT", "linked-account/default-app/auth-credentials/a", `{"value":"x"}`, http.Header{accountHeader: {others}}, false},
		"a webhook, which has no account":  {"POST", "webhook", `{"webhook_url":"https://x"}`, nil, false},
		"a value of nobody":                {"DELETE", "env/values/" + NobodysID, "", http.Header{accountHeader: {own}}, true},
		"a value that is not known":        {"DELETE", "env/values/" + value, "", http.Header{accountHeader: {own}}, false},
		"such a value, with a slash":       {"DELETE", "env/values/" + value + "/", "", http.Header{accountHeader: {own}}, false},
		"such a value, in capitals":        {"DELETE", "env/values/" + strings.ToUpper(value), "", http.Header{accountHeader: {own}}, false},
		"a value of the organization":      {"POST", "env/values", `{"variable_definition_id":"` + value + `","value":"x"}`, nil, false},
		"a session token that is not ours": {"POST", "session-token/revoke", "", http.Header{"Authorization": {"Bearer x"}}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checked := newGate(time.Now())
			fill := strings.NewReplacer(own, checked.prefix+"x").Replace
			request, err := http.NewRequestWithContext(t.Context(), test.method, "https://refold.test"+publicPath+fill(test.target), nil)
			if err != nil {
				t.Fatal(err)
			}
			for key, values := range test.header {
				request.Header.Set(key, fill(values[0]))
			}
			if err := checked.admit(request, request.URL.EscapedPath(), []byte(fill(test.body))); (err == nil) != test.isSent {
				t.Errorf("the request is refused with %v, want it to be sent: %t", err, test.isSent)
			}
		})
	}
}

// send sends a write about an account, with what else a test fills in.
func send(t *testing.T, at *Site, method, target, body string, headers ...string) (int, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, at.BaseURL()+publicPath+target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for pair := range slices.Chunk(headers, 2) {
		request.Header.Set(pair[0], pair[1])
	}
	response, err := at.RoundTrip(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, err
}

// What answers show to be of this run's accounts may be used and deleted.
func TestGateLearns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		refold := mockapi.New()
		at := open(t, refold)
		id := at.Prefix() + "x"
		must := func(status int, err error) {
			t.Helper()
			if err != nil || status != http.StatusOK {
				t.Errorf("%d, %v", status, err)
			}
		}
		must(send(t, at, http.MethodPut, "linked-account", `{"linked_account_id":"`+id+`"}`))
		must(send(t, at, http.MethodPost, "env/values", `{"linked_account_id":"`+id+`","value":"eu","variable_definition_id":"`+mockapi.RegionVariableID+`"}`))
		must(send(t, at, http.MethodDelete, "env/values/"+refold.VariableValues(mockapi.EnvironmentTest)[0].ID, "", "linked_account_id", id))
		var token string
		for issued := range at.issue(t, id) {
			token = issued
		}
		must(send(t, at, http.MethodPost, "session-token/revoke", "", "Authorization", "Bearer "+token))
	})
}

// issue issues a session token.
func (s *Site) issue(t *testing.T, id string) map[string]bool {
	t.Helper()
	if _, err := send(t, s, http.MethodPost, "session-token", `{"linked_account_id":"`+id+`"}`); err != nil {
		t.Fatal(err)
	}
	return s.gate.tokens
}

// A key that is swapped while a run is under way writes once at most.
func TestSwappedKey(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		refold := mockapi.New()
		at := open(t, refold)
		refold.Intercept(acctest.Instead(http.MethodPut, "/linked-account", acctest.Answering(http.StatusOK, `{"environment":"production"}`)))
		body := `{"linked_account_id":"` + at.Prefix() + `x"}`
		if _, err := send(t, at, http.MethodPut, "linked-account", body); err != nil {
			t.Fatal(err)
		}
		if _, err := send(t, at, http.MethodPut, "linked-account", body); err == nil || !strings.Contains(err.Error(), `"production"`) {
			t.Errorf("the next write: %v", err)
		}
	})
}

// The pace stays below what Refold publishes, and a request that came too soon is sent again.
func TestPace(t *testing.T) {
	t.Parallel()
	for name, limit := range map[string]mockapi.RateLimit{
		"as published": {PerSecond: mockapi.PublishedPerSecond, Burst: mockapi.PublishedBurst},
		"a slower one": {PerSecond: 2, Burst: 1, Hint: mockapi.HintSeconds},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				refold := mockapi.New()
				at := open(t, refold)
				refold.LimitRate(limit)
				for range 30 {
					if status, err := send(t, at, http.MethodGet, "linked-account", ""); err != nil || status != http.StatusOK {
						t.Fatalf("%d, %v", status, err)
					}
				}
				if rejected := refold.Rejected(); (rejected > 0) != (name == "a slower one") {
					t.Errorf("%d requests were rejected", rejected)
				}
			})
		})
	}
}

// The sweeper deletes what this run has made, and what other runs have left behind hours ago.
func TestSweep(t *testing.T) {
	t.Parallel()
	for name, lag := range map[string]int{"": 0, "reads lag": 3} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				refold := mockapi.New(mockapi.WithBehaviour(mockapi.Behaviour{ReadLag: lag}))
				before := func(age time.Duration) string { return newPrefix(time.Now().Add(-age)) + "x" }
				kept := []string{"acme", "tf-live-", "tf-live-x", before(5 * time.Hour), "x" + before(time.Hour*24), strings.ToUpper(before(24 * time.Hour)), "tf-live-20259999T999999Z-00000000-x"}
				gone := []string{before(7 * time.Hour), before(24 * time.Hour * 300)}
				for _, id := range slices.Concat(kept, gone) {
					refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: id})
				}
				for range 150 {
					refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "customer-" + newPrefix(time.Now())})
				}
				at := open(t, refold)
				own := at.Prefix() + "own"
				if _, err := send(t, at, http.MethodPut, "linked-account", `{"linked_account_id":"`+own+`"}`); err != nil {
					t.Fatal(err)
				}
				swept, err := at.Sweep(t.Context())
				slices.Sort(swept)
				if want := slices.Sorted(slices.Values(append(gone, own))); err != nil || !slices.Equal(swept, want) {
					t.Errorf("swept are %q, %v, want %q", swept, err, want)
				}
				if left := len(refold.Accounts(mockapi.EnvironmentTest)); left != len(kept)+150 {
					t.Errorf("%d accounts are left, want %d", left, len(kept)+150)
				}
			})
		})
	}
}

// What cannot be deleted is named, and the rest is swept.
func TestSweepThatFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		refold := mockapi.New()
		stuck, free := newPrefix(time.Now().Add(-24*time.Hour))+"stuck", newPrefix(time.Now().Add(-24*time.Hour))+"free"
		for _, id := range []string{stuck, free} {
			refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: id})
		}
		at := open(t, refold)
		refold.Intercept(acctest.Instead(http.MethodDelete, "stuck", acctest.Answering(http.StatusInternalServerError, `{"message":"not today, `+mockapi.TestKey+`"}`)))
		swept, err := at.Sweep(t.Context())
		if !slices.Equal(swept, []string{free}) || err == nil || !strings.Contains(err.Error(), stuck) || !strings.Contains(err.Error(), "not today") {
			t.Errorf("swept are %q, %v", swept, err)
		}
		if err != nil && acctest.HoldsSecret(err.Error(), mockapi.TestKey) {
			t.Errorf("the error holds the key: %v", err)
		}
	})
}

// Whoever asks for a definition that is not there is told which one to make.
func TestDefinition(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		at := open(t, mockapi.New())
		if id, err := at.Definition(t.Context(), Definition{mockapi.ScopeLinkedAccount, mockapi.FormatString, true}); id != mockapi.APISecretVariableID || err != nil {
			t.Errorf("%q, %v", id, err)
		}
		if _, err := at.Definition(t.Context(), Definition{mockapi.ScopeOrganization, mockapi.FormatURL, false}); err == nil || !strings.Contains(err.Error(), "Make one in the dashboard") {
			t.Errorf("one that is not there: %v", err)
		}
		silent := open(t, mockapi.New(mockapi.WithBehaviour(mockapi.Behaviour{Variable: mockapi.VariableBehaviour{DefinitionsOmitEncrypted: true}})))
		if id, err := silent.Definition(t.Context(), Definition{mockapi.ScopeLinkedAccount, mockapi.FormatString, false}); err == nil || !strings.Contains(err.Error(), "which are encrypted") {
			t.Errorf("of a server that does not say what is encrypted: %q, %v", id, err)
		}
	})
}

// The key does not come back, whoever quotes it.
func TestAnswerHoldsNoKey(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		refold := mockapi.New()
		at := open(t, refold)
		refold.Intercept(acctest.Instead(http.MethodGet, "/linked-account", acctest.Answering(http.StatusOK, mockapi.TestKey)))
		_, body, err := at.send(t.Context(), http.MethodGet, accountPath)
		if err != nil || len(body) == 0 || bytes.Contains(body, []byte(mockapi.TestKey)) {
			t.Errorf("the answer is %q, %v", body, err)
		}
	})
}
