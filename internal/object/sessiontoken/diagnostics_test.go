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
		{Name: "A token that others hold is to be revoked", Mended: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			return opening(ownToken)(api, provider)
		}), Meet: diagnosticspage.Meeting(opening(acctest.OfAccount("user_1", "revoke_on_close")))},
		{Name: "A token for an unknown account", Advice: diagnosticspage.Advice{Tests: "provider.TestExamples", Not: diagnosticspage.Outside}, Meet: diagnosticspage.Meeting(opening(onlyFor))},
		{Name: "A token for an unknown account, at a server of its own words", Advice: diagnosticspage.Advice{Tests: "provider.TestExamples", Not: diagnosticspage.Outside}, Meet: func(t *testing.T) acctest.Diagnostics {
			provider := diagnosticspage.At(t, acctest.Answering(404, `{"error":"SERVER_ERROR","message":"Linked Account with account id user_1 not found"}`))
			return opening(onlyFor)(nil, provider)
		}},
		{Name: "A token for an account that somebody made anew", Advice: diagnosticspage.Advice{Tests: "TestOpenByOwnID, provider.TestExamples", Not: diagnosticspage.WhoseIsIt}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1", ID: "6992cc7e9d38bc6a2ae28d14"})
			values := acctest.OfAccount("user_1")
			values["id"] = acctest.Text("6992cc7e9d38bc6a2ae28d13")
			return opening(values)(api, provider)
		})},
		{Name: "A token for an account that is not found although its own id is known", Advice: diagnosticspage.Advice{Tests: "TestOpenOfNewAccount, provider.TestExamples"}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			values := acctest.OfAccount("user_1")
			values["id"] = acctest.Text("6992cc7e9d38bc6a2ae28d13")
			return opening(values)(api, provider)
		})},
		{Name: "A token for an account whose own id is not shown", Advice: diagnosticspage.Advice{Not: diagnosticspage.WhoseIsIt}, Meet: func(t *testing.T) acctest.Diagnostics {
			values := acctest.OfAccount("user_1")
			values["id"] = acctest.Text("6992cc7e9d38bc6a2ae28d13")
			return opening(values)(nil, diagnosticspage.At(t, acctest.Answering(200, `{"account_id":"user_1"}`)))
		}},
		{Name: "An answer without a token", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: func(t *testing.T) acctest.Diagnostics {
			return opening(onlyFor)(nil, diagnosticspage.At(t, acctest.Answering(200, `{"success":true}`)))
		}},
		{Name: "A token that expires soon", Advice: diagnosticspage.Advice{Tests: "TestOpen"}, Meet: func(t *testing.T) acctest.Diagnostics {
			return opening(onlyFor)(nil, diagnosticspage.At(t, acctest.Answering(200, `{"token":"t","expires_in":120}`)))
		}},
		{Name: "A new token that expires soon", Advice: diagnosticspage.Advice{Not: "how long tokens last is up to Refold's support, or to whoever runs the deployment"}, Meet: func(t *testing.T) acctest.Diagnostics {
			fresh := acctest.OfAccount("user_1", "force_refresh")
			return opening(fresh)(nil, diagnosticspage.At(t, acctest.Answering(200, `{"token":"t","expires_in":120}`)))
		}},
		{Name: "A server that returns an earlier token in place of a new one", Advice: diagnosticspage.Advice{Tests: "TestRevokeWhereRefreshIsIgnored", Not: "the rest is up to Refold's support, and to this machine's clock"}, Meet: func(t *testing.T) acctest.Diagnostics {
			// Its clock is that of the provider.
			api := mockapi.New(mockapi.WithBehaviour(mockapi.Behaviour{SessionToken: mockapi.SessionTokenBehaviour{Refresh: mockapi.RefreshIgnored}}))
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			provider := diagnosticspage.At(t, api)
			met := opening(onlyFor)(api, provider)
			time.Sleep(7*24*time.Hour - time.Minute)
			fresh := acctest.OfAccount("user_1", "force_refresh")
			return slices.Concat(met, opening(fresh)(api, provider), opening(ownToken)(api, provider))
		}},
		{Name: "Answers to a request for a new token that get lost", Advice: diagnosticspage.Advice{Not: "it is up to Refold's support"}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
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
		{Name: "Only the token shows another environment", Mended: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			return opening(onlyFor)(api, diagnosticspage.At(t, api, attributes{"environment": acctest.Text("test")}))
		}, Meet: func(t *testing.T) acctest.Diagnostics {
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
		{Name: "A token for another account", Mended: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			return opening(onlyFor)(api, provider)
		}), Advice: diagnosticspage.Advice{Tests: "TestOpenOfAnotherCase"}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Account.IDsIgnoreCase = true })
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			return opening(acctest.OfAccount("USER_1"))(api, provider)
		})},
		{Name: "A revocation that revokes nothing", Advice: diagnosticspage.Advice{Tests: "TestRevokeAtTheEndOfTheProcess", Not: "whoever received the token has to revoke it"}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.SessionToken.RevokeEndsNothing = true })
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			opened, met := provider.OpenEphemeral(tokenType, ownToken)
			return append(met, provider.CloseEphemeral(tokenType, opened)...)
		})},
		{Name: "A revocation that fails", Advice: diagnosticspage.Advice{Tests: "TestRevokeAtTheEndOfTheProcess", Not: "whoever received the token has to revoke it"}, Meet: revoking(ownToken, func(kept acctest.Opened) acctest.Opened { return kept })},
		{Name: "A revocation whose token cannot be read", Advice: diagnosticspage.Advice{Not: "it asks for a report of a bug"}, Meet: revoking(ownToken, func(acctest.Opened) acctest.Opened {
			// The framework keeps it as JSON, with each value in base64: 5.
			return acctest.Opened{Private: []byte(`{"token":"NQ=="}`)}
		})},
		{Name: "Another environment", Mended: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			return opening(onlyFor)(api, diagnosticspage.At(t, api, attributes{"environment": acctest.Text("test")}))
		}, Meet: func(t *testing.T) acctest.Diagnostics {
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
