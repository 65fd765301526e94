// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	tokenType    = "refold_session_token"
	urlType      = "refold_connect_url"
	invalidToken = `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":"INVALID_TOKEN","message":"Invalid token"}`
)

// tokenSituations are about ephemeral resources.
func tokenSituations() []situation {
	onlyFor := attributes{"linked_account_id": str("user_1")}
	ownToken := attributes{"linked_account_id": str("user_1"), "force_refresh": acctest.Yes(), "revoke_on_close": acctest.Yes()}
	opening := func(typeName string, values attributes) func(*mockapi.Server, manager) diagnostics {
		return func(_ *mockapi.Server, m manager) diagnostics {
			_, met := m.OpenEphemeral(typeName, values)
			return met
		}
	}
	return []situation{
		{"A token that others hold is to be revoked", onRefold(opening(tokenType, attributes{"linked_account_id": str("user_1"), "revoke_on_close": acctest.Yes()}))},
		{"A token for an unknown account", onRefold(opening(tokenType, onlyFor))},
		{"A token for an unknown account, at a server of its own words", func(t *testing.T) diagnostics {
			m := managing(t, answering(404, `{"error":"SERVER_ERROR","message":"Linked Account with account id user_1 not found"}`), mockapi.TestKey)
			return opening(tokenType, onlyFor)(nil, m)
		}},
		{"An answer without a token", func(t *testing.T) diagnostics {
			return opening(tokenType, onlyFor)(nil, managing(t, answering(200, `{"success":true}`), mockapi.TestKey))
		}},
		{"A token that expires soon", func(t *testing.T) diagnostics {
			return opening(tokenType, onlyFor)(nil, managing(t, answering(200, `{"token":"t","expires_in":120}`), mockapi.TestKey))
		}},
		{"A new token that expires soon", func(t *testing.T) diagnostics {
			fresh := attributes{"linked_account_id": str("user_1"), "force_refresh": acctest.Yes()}
			return opening(tokenType, fresh)(nil, managing(t, answering(200, `{"token":"t","expires_in":120}`), mockapi.TestKey))
		}},
		{"A server that returns an earlier token in place of a new one", func(t *testing.T) diagnostics {
			// Its clock is that of the provider.
			api := mockapi.New(mockapi.WithBehaviour(mockapi.Behaviour{SessionToken: mockapi.SessionTokenBehaviour{Refresh: mockapi.RefreshIgnored}}))
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			m := managing(t, api, mockapi.TestKey)
			met := opening(tokenType, onlyFor)(api, m)
			time.Sleep(7*24*time.Hour - time.Minute)
			fresh := attributes{"linked_account_id": str("user_1"), "force_refresh": acctest.Yes()}
			return slices.Concat(met, opening(tokenType, fresh)(api, m), opening(tokenType, ownToken)(api, m))
		}},
		{"A token for another account", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Account.IDsIgnoreCase = true })
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			return opening(tokenType, attributes{"linked_account_id": str("USER_1")})(api, m)
		})},
		{"A revocation that revokes nothing", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.SessionToken.RevokeEndsNothing = true })
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			opened, met := m.OpenEphemeral(tokenType, ownToken)
			return append(met, m.CloseEphemeral(tokenType, opened)...)
		})},
		{"A revocation that fails", revoking(ownToken, func(kept acctest.Opened) acctest.Opened { return kept })},
		{"A revocation whose token cannot be read", revoking(ownToken, func(acctest.Opened) acctest.Opened {
			// The framework keeps it as JSON, with each value in base64: 5.
			return acctest.Opened{Private: []byte(`{"token":"NQ=="}`)}
		})},
		{"A connect URL for an unknown account", onRefold(opening(urlType, onlyFor))},
		{"A connect URL whose token is refused", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			api.Intercept(instead(http.MethodPost, "/connect-url", answering(401, invalidToken)))
			return opening(urlType, onlyFor)(api, m)
		})},
		{"A connect URL that expires soon", func(t *testing.T) diagnostics {
			both := answering(200, `{"token":"t","expires_in":120,"hosted_url":"https://app.refold.ai/connect/t"}`)
			return opening(urlType, onlyFor)(nil, managing(t, both, mockapi.TestKey))
		}},
		{"A connect URL with an empty property", onRefold(opening(urlType, attributes{"linked_account_id": str("user_1"), "color": str("")}))},
		{"Another environment", func(t *testing.T) diagnostics {
			api := newRefold()
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			return opening(tokenType, onlyFor)(api, managing(t, api, mockapi.TestKey, attributes{"environment": str("staging")}))
		}},
	}
}

// revoking is about the end of a run at a Refold that refuses to revoke.
func revoking(values attributes, change func(acctest.Opened) acctest.Opened) func(*testing.T) diagnostics {
	return onRefold(func(api *mockapi.Server, m manager) diagnostics {
		api.Create(mockapi.EnvironmentTest, stored("Acme"))
		opened, met := m.OpenEphemeral(tokenType, values)
		api.Intercept(instead(http.MethodPost, "/revoke", answering(503, `<html><title>503 Service Unavailable</title></html>`)))
		return append(met, m.CloseEphemeral(tokenType, change(opened))...)
	})
}

// disconnectSituations are about the action.
func disconnectSituations() []situation {
	removing := func(slug string, more attributes) func(*mockapi.Server, manager) diagnostics {
		values := attributes{"linked_account_id": str("user_1"), "slug": str(slug)}
		for name, value := range more {
			values[name] = value
		}
		return func(_ *mockapi.Server, m manager) diagnostics {
			_, met := m.InvokeAction("refold_disconnect_integration", values)
			return met
		}
	}
	with := func(act func(*mockapi.Server), then func(*mockapi.Server, manager) diagnostics) func(*testing.T) diagnostics {
		return onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "slack", Name: "Slack", AuthTypes: []string{"oauth2", "keybased"}})
			act(api)
			return then(api, m)
		})
	}
	nothing := func(*mockapi.Server) {}
	return []situation{
		{"An unknown account", onRefold(removing("slack", nil))},
		{"A slug that names no app", onRefold(removing("custom", nil))},
		{"An empty type", onRefold(removing("slack", attributes{"auth_type": str("")}))},
		{"An app that was not connected", with(nothing, removing("hubspot", nil))},
		{"A connection of a type that may not be the only one", with(nothing, removing("slack", attributes{"auth_type": str("oauth2")}))},
		{"An app that stays", with(func(api *mockapi.Server) {
			api.Intercept(instead(http.MethodDelete, "", answering(200, `{"account_id":"user_1","integrations":[{"type":"slack","name":"Slack"}]}`)))
		}, removing("slack", nil))},
		{"A removal that Refold refuses", with(func(api *mockapi.Server) {
			api.Intercept(instead(http.MethodDelete, "", answering(403, `{"error":"FORBIDDEN","message":"no"}`)))
		}, removing("slack", nil))},
		{"What is left cannot be read", with(func(api *mockapi.Server) {
			removed := false
			api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				switch {
				case r.Method == http.MethodDelete:
					removed = true
					answering(200, `{"success":true}`)(w, r)
				case removed:
					answering(503, ``)(w, r)
				}
				return removed
			})
		}, removing("slack", nil))},
	}
}
