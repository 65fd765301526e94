// SPDX-License-Identifier: MPL-2.0

package connecturl_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	urlType     = "refold_connect_url"
	connectPath = "/api/v2/public/connect-url"
	hostedPage  = "https://app.refold.ai/connect/eyJ"
)

type attributes = map[string]tftypes.Value

// startWithAccounts runs a Refold that knows user_1, and the id of odd characters.
func startWithAccounts(t *testing.T, behaviour mockapi.Behaviour) *acctest.Refold {
	t.Helper()
	server := acctest.StartRefold(t, mockapi.WithBehaviour(behaviour))
	server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
	server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: odd})
	return server
}

const odd = "ä b+c@example.com/1"

func TestOpen(t *testing.T) {
	t.Parallel()
	server := startWithAccounts(t, mockapi.Behaviour{})
	values := acctest.OfAccount("user_1")
	for name, text := range map[string]string{
		"config_id": "c/1", "name": "Acme", "redirect_url": "https://acme.example/?a=b", "base_color": "#fff",
		"button_color": "red", "color": "blue", "bg_color": "grey",
	} {
		values[name] = acctest.Text(text)
	}
	provider := server.Protocol(t)
	opened, met := provider.OpenEphemeral(urlType, values)
	acctest.WantNoDiagnostics(t, met)
	if !strings.HasPrefix(opened.Text(t, "hosted_url"), hostedPage) || opened.Text(t, "bg_color") != "grey" {
		t.Errorf("result %s", opened.Result)
	}
	if expires, err := time.Parse(time.RFC3339, opened.Text(t, "expires_at")); err != nil || time.Until(expires) < 6*24*time.Hour {
		t.Errorf("expires_at %s: %v", opened.Text(t, "expires_at"), err)
	}
	acctest.WantNoDiagnostics(t, provider.CloseEphemeral(urlType, opened))
	requests := server.Requests()
	last := requests[len(requests)-1]
	const body = `{"base_color":"#fff","button_color":"red","color":"blue","bgColor":"grey","name":"Acme","redirect_url":"https://acme.example/?a=b"}`
	if len(requests) != 2 || last.Path != connectPath || last.RawQuery != "config_id=c%2F1&linked_account_id=user_1" || string(last.Body) != body {
		t.Errorf("%d requests, the last %s?%s %s", len(requests), last.Path, last.RawQuery, last.Body)
	}
}

// Whatever a server wants of connect-url, and however odd the id.
func TestOpenOnAnyServer(t *testing.T) {
	t.Parallel()
	for _, byKey := range []bool{false, true} {
		for _, id := range []string{"user_1", odd} {
			provider := startWithAccounts(t, mockapi.Behaviour{ConnectURL: mockapi.ConnectURLBehaviour{ByKey: byKey}}).Protocol(t)
			opened, met := provider.OpenEphemeral(urlType, acctest.OfAccount(id))
			acctest.WantNoDiagnostics(t, met)
			if !strings.HasPrefix(opened.Text(t, "hosted_url"), hostedPage) {
				t.Errorf("by key %t, %s: result %s", byKey, id, opened.Result)
			}
			if isTold := opened.Text(t, "expires_at") != ""; isTold == byKey {
				t.Errorf("by key %t: expires_at %q", byKey, opened.Text(t, "expires_at"))
			}
		}
	}
}

// The URL ends with a token that may have been issued long before.
func TestOpenShortBeforeTheTokenExpires(t *testing.T) {
	t.Parallel()
	url := acctest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"token":"t","expires_in":59,"hosted_url":"http://127.0.0.1/connect/t"}`))
	}))
	provider := acctest.StartProtocol(t, attributes{"base_url": acctest.Text(url), "api_key": acctest.Text(mockapi.TestKey)}, acctest.OnlyOnce)
	opened, met := provider.OpenEphemeral(urlType, acctest.OfAccount("user_1"))
	acctest.WantDiagnostic(t, met, acctest.Warning, "The connect URL expires soon", `"user_1"`, opened.Text(t, "expires_at"))
	if opened.Text(t, "hosted_url") == "" {
		t.Error("the URL was not handed out")
	}
}

// No URL of another customer is handed out.
func TestOpenOfAnotherCase(t *testing.T) {
	t.Parallel()
	server := startWithAccounts(t, mockapi.Behaviour{})
	server.Behave(func(b *mockapi.Behaviour) { b.Account.IDsIgnoreCase = true })
	_, met := server.Protocol(t).OpenEphemeral(urlType, acctest.OfAccount("USER_1"))
	acctest.WantDiagnostic(t, met, acctest.Failure, "Could not get a connect URL for linked account", `"USER_1"`, "for another account, user_1")
}

func TestOpenOfUnknownAccount(t *testing.T) {
	t.Parallel()
	for _, as500 := range []bool{false, true} {
		server := startWithAccounts(t, mockapi.Behaviour{SessionToken: mockapi.SessionTokenBehaviour{NotFoundAs500: as500}})
		_, met := server.Protocol(t).OpenEphemeral(urlType, acctest.OfAccount("user_2"))
		acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such linked account", `get a connect URL for linked account "user_2"`, `environment "test"`)
		if server.Count("", connectPath) != 0 {
			t.Error("a connect URL was asked for")
		}
	}
}

func TestInvalidConfiguration(t *testing.T) {
	t.Parallel()
	server := startWithAccounts(t, mockapi.Behaviour{})
	provider := server.Protocol(t)
	_, met := provider.OpenEphemeral(urlType, acctest.OfAccount(".."))
	acctest.WantDiagnostic(t, met, acctest.Failure, "Not usable as a linked account id")
	for _, name := range []string{"config_id", "name", "redirect_url", "base_color", "button_color", "color", "bg_color"} {
		values := acctest.OfAccount("user_1")
		values[name] = acctest.Text("")
		_, met := provider.OpenEphemeral(urlType, values)
		acctest.WantDiagnostic(t, met, acctest.Failure, "An empty value", "`"+name+"`")
	}
	if server.Count("", "") != 0 {
		t.Errorf("requests: %v", server.CountByMethod())
	}
}

// A session token that the server does not take right after it issued it, and an
// answer without a URL.
func TestOddAnswers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status     int
		body, want string
	}{
		"refused":    {401, `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":"INVALID_TOKEN","message":"Invalid token"}`, "A proxy in front of Refold may drop the Authorization header"},
		"not found":  {404, `{"status_code":404,"http_error_type":"NOT_FOUND","error":"SERVER_ERROR","message":"no"}`, "too old for this"},
		"throttling": {429, ``, "rate limit"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := startWithAccounts(t, mockapi.Behaviour{})
			server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path != connectPath {
					return false
				}
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
				return true
			})
			_, met := server.Protocol(t, acctest.OnlyOnce).OpenEphemeral(urlType, acctest.OfAccount("user_1"))
			acctest.WantDiagnostic(t, met, acctest.Failure, "Could not get a connect URL for linked account", `"user_1"`, test.want)
		})
	}
	url := acctest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"token":"t"}`)) }))
	provider := acctest.StartProtocol(t, attributes{"base_url": acctest.Text(url), "api_key": acctest.Text(mockapi.TestKey)}, acctest.OnlyOnce)
	_, met := provider.OpenEphemeral(urlType, acctest.OfAccount("user_1"))
	acctest.WantDiagnostic(t, met, acctest.Failure, "Could not get a connect URL for linked account", "JSON without a hosted_url")
}

func TestFaults(t *testing.T) {
	t.Parallel()
	server := startWithAccounts(t, mockapi.Behaviour{})
	server.Inject(mockapi.Faults{Rate: 0.3, Seed: 3, Kinds: []mockapi.Fault{
		mockapi.FaultInternal, mockapi.FaultUnavailable, mockapi.FaultDroppedBefore, mockapi.FaultDroppedAfter, mockapi.FaultTruncated,
	}})
	provider := server.Protocol(t, func(o *refold.Options) { o.RetryWait, o.MaxRetries = time.Millisecond, 50 })
	for range 10 {
		opened, met := provider.OpenEphemeral(urlType, acctest.OfAccount("user_1"))
		acctest.WantNoDiagnostics(t, met)
		if !strings.HasPrefix(opened.Text(t, "hosted_url"), hostedPage) {
			t.Errorf("result %s", opened.Result)
		}
	}
}

// With Refold's own id, no URL is issued for another account, and none before there is one.
func TestOpenByOwnID(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := mockapi.New()
		server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
		server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: odd})
		account, _ := server.Account(mockapi.EnvironmentTest, odd)
		open := func(accountID, id string) (acctest.Opened, acctest.Diagnostics) {
			values := acctest.OfAccount(accountID)
			values["id"] = acctest.Text(id)
			return acctest.ProtocolOver(t, acctest.InProcess(t, server)).OpenEphemeral(urlType, values)
		}
		_, met := open(odd, account.ID)
		acctest.WantNoDiagnostics(t, met)
		server.ResetRequests()
		_, met = open("user_1", account.ID)
		acctest.WantDiagnostic(t, met, acctest.Failure, "The linked account is another one", `"user_1"`, account.ID)
		_, met = open("user_2", account.ID)
		acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such linked account", "Its `id` is given")
		if asked := server.Count("POST", ""); asked != 0 {
			t.Errorf("%d requests for a token", asked)
		}
	})
}

// TestOpenOfNewAccount: an account that was made a moment ago may not be seen everywhere, and its
// id proves that it exists.
func TestOpenOfNewAccount(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		synctest.Test(t, func(t *testing.T) {
			server := mockapi.New()
			server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1", ID: "6992cc7e9d38bc6a2ae28d13"})
			misses := 0
			server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method != method || misses == 3 {
					return false
				}
				misses++
				acctest.Answering(404, `{"error":"SERVER_ERROR","message":"Linked Account with account id user_1 not found"}`)(w, r)
				return true
			})
			values := acctest.OfAccount("user_1")
			values["id"] = acctest.Text("6992cc7e9d38bc6a2ae28d13")
			opened, met := acctest.ProtocolOver(t, acctest.InProcess(t, server)).OpenEphemeral(urlType, values)
			acctest.WantNoDiagnostics(t, met)
			if opened.Text(t, "hosted_url") == "" {
				t.Error("there is no URL")
			}
		})
	}
}
