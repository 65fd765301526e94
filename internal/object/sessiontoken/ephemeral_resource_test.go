// SPDX-License-Identifier: MPL-2.0

package sessiontoken_test

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
	tokenType  = "refold_session_token"
	tokenPath  = "/api/v2/public/session-token"
	revokePath = tokenPath + "/revoke"
)

type attributes = map[string]tftypes.Value

// startWithAccount runs a Refold that knows user_1.
func startWithAccount(t *testing.T, options ...mockapi.Option) *acctest.Refold {
	t.Helper()
	server := acctest.StartRefold(t, options...)
	server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
	return server
}

// status is how the server takes a token.
func status(t *testing.T, server *acctest.Refold, token string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/api/v2/public/linked-account/user_1", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	// Not through the contract: nobody but this test asks so.
	answer, err := acctest.InProcess(t, server.Server).RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

func TestOpen(t *testing.T) {
	t.Parallel()
	server := startWithAccount(t)
	provider := server.Protocol(t)
	before := time.Now().Add(-time.Second)
	opened, met := provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1"))
	acctest.WantNoDiagnostics(t, met)
	token := opened.Text(t, "token")
	if status(t, server, token) != http.StatusOK || opened.Text(t, "refresh_token") == "" {
		t.Errorf("the token %q does not work", token)
	}
	expires, err := time.Parse(time.RFC3339, opened.Text(t, "expires_at"))
	if lifetime := expires.Sub(before); err != nil || expires.Location() != time.UTC || lifetime < 7*24*time.Hour-time.Minute || lifetime > 7*24*time.Hour+time.Minute {
		t.Errorf("expires_at %s: %v", opened.Text(t, "expires_at"), err)
	}
	if !opened.RenewAt.IsZero() || strings.Contains(string(opened.Private), token) {
		t.Errorf("kept %s, to be renewed %s", opened.Private, opened.RenewAt)
	}
	acctest.WantNoDiagnostics(t, provider.CloseEphemeral(tokenType, opened))
	if status(t, server, token) != http.StatusOK || server.Count("POST", revokePath) != 0 {
		t.Error("a shared token was revoked")
	}
	again, met := provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1"))
	acctest.WantNoDiagnostics(t, met)
	fresh, met := provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1", "force_refresh"))
	acctest.WantNoDiagnostics(t, met)
	if again.Text(t, "token") != token || fresh.Text(t, "token") == token {
		t.Error("only force_refresh must give another token")
	}
	acctest.WantNoDiagnostics(t, provider.CloseEphemeral(tokenType, fresh))
	if server.Count("POST", "") != 3 || server.Count("", "") != 5 {
		t.Errorf("requests: %v", server.CountByMethod())
	}
}

func TestOpenOfUnknownAccount(t *testing.T) {
	t.Parallel()
	for _, as500 := range []bool{false, true} {
		server := startWithAccount(t, mockapi.WithBehaviour(mockapi.Behaviour{SessionToken: mockapi.SessionTokenBehaviour{NotFoundAs500: as500}}))
		_, met := server.Protocol(t).OpenEphemeral(tokenType, acctest.OfAccount("user_2"))
		acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such linked account", `get a session token for linked account "user_2"`, `environment "test"`)
		if server.Count("", "") != 1 {
			t.Errorf("as 500 %t: requests %v", as500, server.CountByMethod())
		}
	}
}

// With Refold's own id, no token is issued for another account, and none before there is one.
func TestOpenByOwnID(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := mockapi.New()
		server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
		account, _ := server.Account(mockapi.EnvironmentTest, "user_1")
		open := func(accountID, id string) (acctest.Opened, acctest.Diagnostics) {
			values := acctest.OfAccount(accountID)
			values["id"] = acctest.Text(id)
			return acctest.ProtocolOver(t, acctest.InProcess(t, server)).OpenEphemeral(tokenType, values)
		}
		opened, met := open("user_1", account.ID)
		acctest.WantNoDiagnostics(t, met)
		if opened.Text(t, "id") != account.ID || opened.Text(t, "token") == "" {
			t.Errorf("result %s", opened.Result)
		}
		server.ResetRequests()
		_, met = open("user_1", "6992cc7e9d38bc6a2ae28d13")
		acctest.WantDiagnostic(t, met, acctest.Failure, "The linked account is another one", `"user_1"`, "6992cc7e9d38bc6a2ae28d13", account.ID)
		_, met = open("user_2", "6992cc7e9d38bc6a2ae28d13")
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
	const own = "6992cc7e9d38bc6a2ae28d13"
	values := acctest.OfAccount("user_1")
	values["id"] = acctest.Text(own)
	for name, test := range map[string]struct {
		method  string
		misses  int
		another bool
	}{
		"the account is seen late":                   {http.MethodGet, 3, false},
		"the account before it is seen still":        {http.MethodGet, 3, true},
		"the account is seen late for tokens":        {http.MethodPost, 3, false},
		"the account is never seen":                  {http.MethodGet, 4, false},
		"the account is never seen when it is asked": {http.MethodPost, 4, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := mockapi.New()
				server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1", ID: own})
				late := acctest.Answering(404, `{"error":"SERVER_ERROR","message":"Linked Account with account id user_1 not found"}`)
				if test.another {
					late = acctest.Answering(200, `{"account_id":"user_1","_id":"6992cc7e9d38bc6a2ae28d12","udf":[]}`)
				}
				misses := 0
				server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
					if r.Method != test.method || misses == test.misses {
						return false
					}
					misses++
					late.ServeHTTP(w, r)
					return true
				})
				opened, met := acctest.ProtocolOver(t, acctest.InProcess(t, server)).OpenEphemeral(tokenType, values)
				if test.misses < 4 {
					acctest.WantNoDiagnostics(t, met)
					if opened.Text(t, "token") == "" {
						t.Error("there is no token")
					}
					return
				}
				acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such linked account", "Its `id` is given", "run the same command again")
				if strings.Contains(acctest.List(met), "as well") {
					t.Errorf("advice that the configuration follows: %s", acctest.List(met))
				}
			})
		})
	}
}

// A server that matches ids without regard to case hands out the token of another customer.
func TestOpenOfAnotherCase(t *testing.T) {
	t.Parallel()
	server := startWithAccount(t, mockapi.WithBehaviour(mockapi.Behaviour{Account: mockapi.AccountBehaviour{IDsIgnoreCase: true}}))
	_, met := server.Protocol(t).OpenEphemeral(tokenType, acctest.OfAccount("USER_1"))
	acctest.WantDiagnostic(t, met, acctest.Failure, "Could not get a session token for linked account", `"USER_1"`, "for another account, user_1", "upper and lower case")
}

func TestInvalidConfiguration(t *testing.T) {
	t.Parallel()
	server := startWithAccount(t)
	provider := server.Protocol(t)
	_, met := provider.OpenEphemeral(tokenType, acctest.OfAccount(" user_1"))
	acctest.WantDiagnostic(t, met, acctest.Failure, "Not usable as a linked account id")
	_, met = provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1", "revoke_on_close"))
	acctest.WantDiagnostic(t, met, acctest.Failure, "A shared session token would be revoked", "force_refresh = true")
	values := acctest.OfAccount("user_1", "revoke_on_close")
	values["force_refresh"] = tftypes.NewValue(tftypes.Bool, false)
	_, met = provider.OpenEphemeral(tokenType, values)
	acctest.WantDiagnostic(t, met, acctest.Failure, "A shared session token would be revoked")
	// The CLI knows it later, and asks again then.
	values["force_refresh"] = tftypes.NewValue(tftypes.Bool, tftypes.UnknownValue)
	acctest.WantNoDiagnostics(t, provider.ValidateEphemeral(tokenType, values))
	if server.Count("", "") != 0 {
		t.Errorf("requests: %v", server.CountByMethod())
	}
}

func TestOddAnswers(t *testing.T) {
	t.Parallel()
	server := startWithAccount(t, mockapi.WithBehaviour(mockapi.Behaviour{SessionToken: mockapi.SessionTokenBehaviour{OmitExpiry: true}}))
	opened, met := server.Protocol(t).OpenEphemeral(tokenType, acctest.OfAccount("user_1"))
	acctest.WantNoDiagnostics(t, met)
	if opened.Text(t, "expires_at") != "" || opened.Text(t, "refresh_token") != "" {
		t.Errorf("result %s", opened.Result)
	}
	for body, want := range map[string]string{
		`{"success":true}`: "JSON without a token",
		`{"token":null}`:   "JSON without a token",
		`<title>Login</`:   "HTML",
	} {
		_, met := at(t, body).OpenEphemeral(tokenType, acctest.OfAccount("user_1"))
		acctest.WantDiagnostic(t, met, acctest.Failure, "Could not get a session token for linked account", `"user_1"`, want)
	}
	_, met = at(t, `{"token":"t","expires_in":59}`).OpenEphemeral(tokenType, acctest.OfAccount("user_1"))
	acctest.WantDiagnostic(t, met, acctest.Warning, "The session token expires soon", `"user_1"`, "force_refresh = true")
	// There is no use in advice that was followed already.
	_, met = at(t, `{"token":"t","expires_in":59}`).OpenEphemeral(tokenType, acctest.OfAccount("user_1", "force_refresh"))
	acctest.WantDiagnostic(t, met, acctest.Warning, "The session token expires soon", `"user_1"`, "`force_refresh` is set", "longer lifetime")
}

// at is a provider at a server that gives one answer to everything.
func at(t *testing.T, body string) *acctest.Protocol {
	t.Helper()
	url := acctest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }))
	return acctest.StartProtocol(t, attributes{"base_url": acctest.Text(url), "api_key": acctest.Text(mockapi.TestKey)}, acctest.OnlyOnce)
}

// Faults of all kinds end in a token. A warning says where another one may be left behind.
func TestFaults(t *testing.T) {
	t.Parallel()
	server := startWithAccount(t)
	faults := mockapi.Faults{Rate: 0.3, Seed: 5, Kinds: []mockapi.Fault{
		mockapi.FaultInternal, mockapi.FaultBadGateway, mockapi.FaultDroppedBefore, mockapi.FaultDroppedAfter,
		mockapi.FaultTruncated, mockapi.FaultHTML, mockapi.FaultMalformed,
	}}
	provider := server.Protocol(t, func(o *refold.Options) { o.RetryWait, o.MaxRetries = time.Millisecond, 50 })
	for range 10 {
		server.Inject(faults)
		faults.Seed++
		before := server.Count("POST", tokenPath)
		opened, met := provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1", "force_refresh", "revoke_on_close"))
		if acctest.HasFailure(met) || len(met) > 0 && server.Count("POST", tokenPath) == before+1 {
			t.Errorf("after %d requests: %s", server.Count("POST", tokenPath)-before, acctest.List(met))
		}
		acctest.WantNoDiagnostics(t, provider.CloseEphemeral(tokenType, opened))
		server.Inject(mockapi.Faults{})
		if status(t, server, opened.Text(t, "token")) == http.StatusOK {
			t.Error("a token was not revoked")
		}
	}
}
