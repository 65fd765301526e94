// SPDX-License-Identifier: MPL-2.0

package connecturl_test

import (
	"net/http"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestDiagnostics(t *testing.T) {
	diagnosticspage.Test(t, diagnosticspage.Page{
		Chapters: []diagnosticspage.Chapter{{Title: "Connect URLs", Situations: urlSituations()}},
	})
}

func urlSituations() []diagnosticspage.Situation {
	const invalidToken = `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":"INVALID_TOKEN","message":"Invalid token"}`
	opening := func(values attributes) func(*mockapi.Server, *acctest.Protocol) acctest.Diagnostics {
		return func(_ *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			_, met := provider.OpenEphemeral(urlType, values)
			return met
		}
	}
	return []diagnosticspage.Situation{
		{Name: "A connect URL for an unknown account", Advice: diagnosticspage.Advice{Tests: "TestOpenByOwnID, provider.TestExamples", Not: diagnosticspage.Outside}, Meet: diagnosticspage.Meeting(opening(acctest.OfAccount("user_1")))},
		{Name: "A connect URL whose token is refused", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			api.Intercept(acctest.Instead(http.MethodPost, "/connect-url", acctest.Answering(401, invalidToken)))
			return opening(acctest.OfAccount("user_1"))(api, provider)
		})},
		{Name: "A connect URL that expires soon", Advice: diagnosticspage.Advice{Tests: "TestOpenShortBeforeTheTokenExpires"}, Meet: func(t *testing.T) acctest.Diagnostics {
			both := acctest.Answering(200, `{"token":"t","expires_in":120,"hosted_url":"https://app.refold.ai/connect/t"}`)
			return opening(acctest.OfAccount("user_1"))(nil, diagnosticspage.At(t, both))
		}},
		{Name: "A connect URL with an empty property", Mended: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			return opening(acctest.OfAccount("user_1"))(api, provider)
		}), Meet: diagnosticspage.Meeting(opening(attributes{"linked_account_id": acctest.Text("user_1"), "color": acctest.Text("")}))},
	}
}
