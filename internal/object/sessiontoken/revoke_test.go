// SPDX-License-Identifier: MPL-2.0

package sessiontoken_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestRevokeOnClose(t *testing.T) {
	t.Parallel()
	server := startWithAccount(t)
	provider := server.Protocol(t)
	shared, met := provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1"))
	acctest.WantNoDiagnostics(t, met)
	opened, met := provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1", "force_refresh", "revoke_on_close"))
	acctest.WantNoDiagnostics(t, met)
	token := opened.Text(t, "token")
	acctest.WantNoDiagnostics(t, provider.CloseEphemeral(tokenType, opened))
	if status(t, server, token) != http.StatusUnauthorized || status(t, server, shared.Text(t, "token")) != http.StatusOK {
		t.Error("the new token, and only that, must be revoked")
	}
	// What has ended already is as good as revoked.
	acctest.WantNoDiagnostics(t, provider.CloseEphemeral(tokenType, opened))
	if server.Count("POST", revokePath) != 2 {
		t.Errorf("%d revocations", server.Count("POST", revokePath))
	}
}

// A server that revokes the earlier token when it issues another is all right.
func TestRevokeAfterAnotherRefresh(t *testing.T) {
	t.Parallel()
	server := startWithAccount(t, mockapi.WithBehaviour(mockapi.Behaviour{SessionToken: mockapi.SessionTokenBehaviour{Refresh: mockapi.RefreshRevokesOld}}))
	provider := server.Protocol(t)
	first, met := provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1", "force_refresh", "revoke_on_close"))
	acctest.WantNoDiagnostics(t, met)
	second, met := provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1", "force_refresh", "revoke_on_close"))
	acctest.WantNoDiagnostics(t, met)
	acctest.WantNoDiagnostics(t, provider.CloseEphemeral(tokenType, first))
	acctest.WantNoDiagnostics(t, provider.CloseEphemeral(tokenType, second))
}

// A server that returns the shared token all the same must not lose it.
func TestRevokeWhereRefreshIsIgnored(t *testing.T) {
	t.Parallel()
	var early atomic.Int64
	early.Store(int64(-6 * time.Minute))
	clock := func() time.Time { return time.Now().Add(time.Duration(early.Load())) }
	server := startWithAccount(t, mockapi.WithClock(clock), mockapi.WithBehaviour(mockapi.Behaviour{SessionToken: mockapi.SessionTokenBehaviour{Refresh: mockapi.RefreshIgnored}}))
	provider := server.Protocol(t)
	shared, met := provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1"))
	acctest.WantNoDiagnostics(t, met)
	early.Store(0)
	opened, met := provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1", "force_refresh", "revoke_on_close"))
	acctest.WantDiagnostic(t, met, acctest.Failure, "The session token is not a new one", `"user_1"`, "it is not revoked", "`force_refresh`")
	acctest.WantNoDiagnostics(t, provider.CloseEphemeral(tokenType, opened))
	if status(t, server, shared.Text(t, "token")) != http.StatusOK || server.Count("POST", revokePath) != 0 {
		t.Error("a shared token was revoked")
	}
	early.Store(int64(7*24*time.Hour - 6*time.Minute - 59*time.Second))
	_, met = provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1", "force_refresh"))
	acctest.WantDiagnostic(t, met, acctest.Warning, "The session token expires soon", `"user_1"`, "seems to ignore it")
}

// Where the answer to a request for a new token gets lost, its token is nobody's.
func TestOpenAfterALostAnswer(t *testing.T) {
	t.Parallel()
	for _, refresh := range []string{"force_refresh", ""} {
		server := startWithAccount(t)
		lost := false
		server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
			if lost || r.URL.Path != tokenPath {
				return false
			}
			lost = true
			panic(http.ErrAbortHandler)
		})
		provider := server.Protocol(t, func(o *refold.Options) { o.RetryWait = time.Millisecond })
		values := acctest.OfAccount("user_1")
		if refresh != "" {
			values = acctest.OfAccount("user_1", refresh)
		}
		_, met := provider.OpenEphemeral(tokenType, values)
		if refresh == "" {
			acctest.WantNoDiagnostics(t, met)
			continue
		}
		acctest.WantDiagnostic(t, met, acctest.Warning, "Another session token may have been issued", `"user_1"`, "until it expires")
		lost = false
		_, met = server.Protocol(t, acctest.OnlyOnce).OpenEphemeral(tokenType, values)
		acctest.WantDiagnostic(t, met, acctest.Failure, "Could not get a session token for linked account", "may have been carried out", "a session token was issued that nobody has")
	}
}

// A CLI does not close what failed to be used, so that what is left is revoked at the end of the
// process, also where an earlier try has failed.
func TestRevokeAtTheEndOfTheProcess(t *testing.T) {
	t.Parallel()
	server := startWithAccount(t)
	var process provider.Process
	served := acctest.ServeProtocol(t, process.NewServer("test"), attributes{"base_url": acctest.Text(server.URL), "api_key": acctest.Text(mockapi.TestKey), "max_retries": acctest.Number(0)})
	open := func(flags ...string) acctest.Opened {
		opened, met := served.OpenEphemeral(tokenType, acctest.OfAccount("user_1", flags...))
		acctest.WantNoDiagnostics(t, met)
		return opened
	}
	shared, closed, left, refused := open(), open("force_refresh", "revoke_on_close"), open("force_refresh", "revoke_on_close"), open("force_refresh", "revoke_on_close")
	acctest.WantNoDiagnostics(t, served.CloseEphemeral(tokenType, closed))
	server.Intercept(acctest.Instead(http.MethodPost, "/revoke", acctest.Answering(403, `{"error":"FORBIDDEN","message":"no"}`)))
	acctest.WantDiagnostic(t, served.CloseEphemeral(tokenType, refused), acctest.Failure, "The session token was not revoked")
	if err := process.End(); err == nil || !strings.HasSuffix(err.Error(), ": 2") {
		t.Errorf("the end of a process that cannot revoke: %v", err)
	}
	server.Intercept(nil)
	server.ResetRequests()
	if err := process.End(); err != nil {
		t.Error(err)
	}
	for _, opened := range []acctest.Opened{closed, left, refused} {
		if status(t, server, opened.Text(t, "token")) != http.StatusUnauthorized {
			t.Error("a token that was to be revoked works after the end of the process")
		}
	}
	if status(t, server, shared.Text(t, "token")) != http.StatusOK || server.Count("POST", revokePath) != 2 {
		t.Errorf("%d revocations; a shared token was revoked, or one twice", server.Count("POST", revokePath))
	}
	if err := process.End(); err != nil || server.Count("POST", revokePath) != 2 {
		t.Errorf("nothing was left to revoke: %v", err)
	}
}

// Refold documents that a revocation may revoke nothing.
func TestRevokeThatRevokesNothing(t *testing.T) {
	t.Parallel()
	server := startWithAccount(t, mockapi.WithBehaviour(mockapi.Behaviour{SessionToken: mockapi.SessionTokenBehaviour{RevokeEndsNothing: true}}))
	provider := server.Protocol(t)
	opened, met := provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1", "force_refresh", "revoke_on_close"))
	acctest.WantNoDiagnostics(t, met)
	acctest.WantDiagnostic(t, provider.CloseEphemeral(tokenType, opened), acctest.Failure, "The session token was not revoked", `"user_1"`, "revoked_count is 0")
}

// A CLI closes also after Ctrl-C.
func TestRevokeAfterStop(t *testing.T) {
	t.Parallel()
	server := startWithAccount(t)
	provider := server.Protocol(t)
	opened, met := provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1", "force_refresh", "revoke_on_close"))
	acctest.WantNoDiagnostics(t, met)
	provider.Stop()
	acctest.WantNoDiagnostics(t, provider.CloseEphemeral(tokenType, opened))
	if status(t, server, opened.Text(t, "token")) != http.StatusUnauthorized {
		t.Error("the token was not revoked")
	}
}

// A token that stays valid although it should not is an error, without the token.
func TestRevokeFails(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]http.HandlerFunc{
		"refused": func(w http.ResponseWriter, r *http.Request) {
			writeRefusal(w, "SERVER_ERROR", "cannot revoke "+r.Header.Get("Authorization"))
		},
		"dropped on the way": func(w http.ResponseWriter, _ *http.Request) {
			writeRefusal(w, "INVALID_TOKEN", "Authorization Token Missing")
		},
		"no answer": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := startWithAccount(t)
			provider := server.Protocol(t, acctest.OnlyOnce)
			opened, met := provider.OpenEphemeral(tokenType, acctest.OfAccount("user_1", "force_refresh", "revoke_on_close"))
			acctest.WantNoDiagnostics(t, met)
			server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				isRevocation := r.URL.Path == revokePath
				if isRevocation {
					act(w, r)
				}
				return isRevocation
			})
			met = provider.CloseEphemeral(tokenType, opened)
			acctest.WantDiagnostic(t, met, acctest.Failure, "The session token was not revoked", `"user_1"`, "until "+opened.Text(t, "expires_at"))
			if strings.Contains(met[0].Detail, opened.Text(t, "token")) {
				t.Error("the detail shows the token")
			}
		})
	}
}

func writeRefusal(w http.ResponseWriter, code, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = fmt.Fprintf(w, `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":%q,"message":%q}`, code, message)
}
