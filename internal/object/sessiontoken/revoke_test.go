// SPDX-License-Identifier: MPL-2.0

package sessiontoken_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestRevokeOnClose(t *testing.T) {
	t.Parallel()
	server := start(t)
	provider := server.Protocol(t)
	shared, met := provider.OpenEphemeral(tokenType, of("user_1"))
	acctest.Silent(t, met)
	opened, met := provider.OpenEphemeral(tokenType, of("user_1", "force_refresh", "revoke_on_close"))
	acctest.Silent(t, met)
	token := opened.Text(t, "token")
	acctest.Silent(t, provider.CloseEphemeral(tokenType, opened))
	if status(t, server, token) != http.StatusUnauthorized || status(t, server, shared.Text(t, "token")) != http.StatusOK {
		t.Error("the new token, and only that, must be revoked")
	}
	// What has ended already is as good as revoked.
	acctest.Silent(t, provider.CloseEphemeral(tokenType, opened))
	if server.Count("POST", revokePath) != 2 {
		t.Errorf("%d revocations", server.Count("POST", revokePath))
	}
}

// A server that revokes the earlier token when it issues another is all right.
func TestRevokeAfterAnotherRefresh(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.WithBehaviour(mockapi.Behaviour{Session: mockapi.SessionBehaviour{Refresh: mockapi.RefreshRevokesOld}}))
	provider := server.Protocol(t)
	first, met := provider.OpenEphemeral(tokenType, of("user_1", "force_refresh", "revoke_on_close"))
	acctest.Silent(t, met)
	second, met := provider.OpenEphemeral(tokenType, of("user_1", "force_refresh", "revoke_on_close"))
	acctest.Silent(t, met)
	acctest.Silent(t, provider.CloseEphemeral(tokenType, first))
	acctest.Silent(t, provider.CloseEphemeral(tokenType, second))
}

// A token that stays valid although it should not is an error, without the token.
func TestRevokeFails(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]http.HandlerFunc{
		"refused": func(w http.ResponseWriter, r *http.Request) {
			refuse(w, "SERVER_ERROR", "cannot revoke "+r.Header.Get("Authorization"))
		},
		"dropped on the way": func(w http.ResponseWriter, _ *http.Request) {
			refuse(w, "INVALID_TOKEN", "Authorization Token Missing")
		},
		"no answer": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := start(t)
			provider := server.Protocol(t, onlyOnce)
			opened, met := provider.OpenEphemeral(tokenType, of("user_1", "force_refresh", "revoke_on_close"))
			acctest.Silent(t, met)
			server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				isRevocation := r.URL.Path == revokePath
				if isRevocation {
					act(w, r)
				}
				return isRevocation
			})
			met = provider.CloseEphemeral(tokenType, opened)
			acctest.Says(t, met, "error: The session token was not revoked", `"user_1"`, "until "+opened.Text(t, "expires_at"))
			if strings.Contains(met[0].Detail, opened.Text(t, "token")) {
				t.Error("the detail shows the token")
			}
		})
	}
}

func refuse(w http.ResponseWriter, code, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = fmt.Fprintf(w, `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":%q,"message":%q}`, code, message)
}
