// SPDX-License-Identifier: MPL-2.0

package sessiontoken_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestDiagnostics(t *testing.T) {
	diagnosticspage.Test(t, diagnosticspage.Page{
		Chapters: []diagnosticspage.Chapter{{Title: "Session tokens", Situations: tokenSituations()}},
	})
}

// tokenSituations are about ephemeral resources.
func tokenSituations() []diagnosticspage.Situation {
	onlyFor := acctest.OfAccount("user_1")
	ownToken := acctest.OfAccount("user_1", "force_refresh", "revoke_on_close")
	opening := func(values attributes) func(*mockapi.Server, *acctest.Protocol) acctest.Diagnostics {
		return func(_ *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			_, met := provider.OpenEphemeral(tokenType, values)
			return met
		}
	}
	return []diagnosticspage.Situation{
		{Name: "A token that others hold is to be revoked", Meet: diagnosticspage.Meeting(opening(acctest.OfAccount("user_1", "revoke_on_close")))},
		{Name: "A token for an unknown account", Meet: diagnosticspage.Meeting(opening(onlyFor))},
		{Name: "A token for an unknown account, at a server of its own words", Meet: func(t *testing.T) acctest.Diagnostics {
			provider := diagnosticspage.At(t, acctest.Answering(404, `{"error":"SERVER_ERROR","message":"Linked Account with account id user_1 not found"}`))
			return opening(onlyFor)(nil, provider)
		}},
		{Name: "A token for an account that somebody made anew", Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1", ID: "6992cc7e9d38bc6a2ae28d14"})
			values := acctest.OfAccount("user_1")
			values["id"] = acctest.Text("6992cc7e9d38bc6a2ae28d13")
			return opening(values)(api, provider)
		})},
		{Name: "A token for an account whose own id is not shown", Meet: func(t *testing.T) acctest.Diagnostics {
			values := acctest.OfAccount("user_1")
			values["id"] = acctest.Text("6992cc7e9d38bc6a2ae28d13")
			return opening(values)(nil, diagnosticspage.At(t, acctest.Answering(200, `{"account_id":"user_1"}`)))
		}},
		{Name: "An answer without a token", Meet: func(t *testing.T) acctest.Diagnostics {
			return opening(onlyFor)(nil, diagnosticspage.At(t, acctest.Answering(200, `{"success":true}`)))
		}},
		{Name: "A token that expires soon", Meet: func(t *testing.T) acctest.Diagnostics {
			return opening(onlyFor)(nil, diagnosticspage.At(t, acctest.Answering(200, `{"token":"t","expires_in":120}`)))
		}},
		{Name: "A new token that expires soon", Meet: func(t *testing.T) acctest.Diagnostics {
			fresh := acctest.OfAccount("user_1", "force_refresh")
			return opening(fresh)(nil, diagnosticspage.At(t, acctest.Answering(200, `{"token":"t","expires_in":120}`)))
		}},
		{Name: "A server that returns an earlier token in place of a new one", Meet: func(t *testing.T) acctest.Diagnostics {
			// Its clock is that of the provider.
			api := mockapi.New(mockapi.WithBehaviour(mockapi.Behaviour{SessionToken: mockapi.SessionTokenBehaviour{Refresh: mockapi.RefreshIgnored}}))
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			provider := diagnosticspage.At(t, api)
			met := opening(onlyFor)(api, provider)
			time.Sleep(7*24*time.Hour - time.Minute)
			fresh := acctest.OfAccount("user_1", "force_refresh")
			return slices.Concat(met, opening(fresh)(api, provider), opening(ownToken)(api, provider))
		}},
		{Name: "Answers to a request for a new token that get lost", Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			lost := 0
			api.Intercept(func(http.ResponseWriter, *http.Request) bool {
				if lost++; lost != 2 {
					panic(http.ErrAbortHandler)
				}
				return false
			})
			fresh := opening(acctest.OfAccount("user_1", "force_refresh"))
			return append(fresh(api, provider), fresh(api, provider)...)
		})},
		{Name: "Only the token shows another environment", Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			api.Create(mockapi.EnvironmentProduction, mockapi.Account{AccountID: "user_1"})
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			provider := diagnosticspage.At(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost {
					r.Header.Set("X-Api-Key", mockapi.ProductionKey)
				}
				api.ServeHTTP(w, r)
			}), attributes{"environment": acctest.Text("test")})
			return opening(onlyFor)(api, provider)
		}},
		{Name: "A token for another account", Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Account.IDsIgnoreCase = true })
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			return opening(acctest.OfAccount("USER_1"))(api, provider)
		})},
		{Name: "A revocation that revokes nothing", Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.SessionToken.RevokeEndsNothing = true })
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			opened, met := provider.OpenEphemeral(tokenType, ownToken)
			return append(met, provider.CloseEphemeral(tokenType, opened)...)
		})},
		{Name: "A revocation that fails", Meet: revoking(ownToken, func(kept acctest.Opened) acctest.Opened { return kept })},
		{Name: "A revocation whose token cannot be read", Meet: revoking(ownToken, func(acctest.Opened) acctest.Opened {
			// The framework keeps it as JSON, with each value in base64: 5.
			return acctest.Opened{Private: []byte(`{"token":"NQ=="}`)}
		})},
		{Name: "Another environment", Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			return opening(onlyFor)(api, diagnosticspage.At(t, api, attributes{"environment": acctest.Text("staging")}))
		}},
	}
}

// revoking is about the end of a run at a Refold that refuses to revoke.
func revoking(values attributes, change func(acctest.Opened) acctest.Opened) func(*testing.T) acctest.Diagnostics {
	return diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
		api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
		opened, met := provider.OpenEphemeral(tokenType, values)
		api.Intercept(acctest.Instead(http.MethodPost, "/revoke", acctest.Answering(503, `<html><title>503 Service Unavailable</title></html>`)))
		return append(met, provider.CloseEphemeral(tokenType, change(opened))...)
	})
}
