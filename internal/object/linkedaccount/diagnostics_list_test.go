// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// listSituations are about many accounts at once: no account has a name there.
func listSituations() []diagnosticspage.Situation {
	return []diagnosticspage.Situation{
		{Name: "The value of a variable that is not named", Mended: selecting(acctest.Attributes{"env_variable_name": acctest.Text("region"), "env_variable_value": acctest.Text("eu")}), Meet: selecting(acctest.Attributes{"env_variable_value": acctest.Text("eu")})},
		{Name: "A filter that is empty", Mended: selecting(nil), Meet: selecting(acctest.Attributes{"search": acctest.Text("")})},
		{Name: "The key is refused", Advice: diagnosticspage.Advice{Tests: "TestRefusedKey", Not: diagnosticspage.Outside}, Meet: listingAt(acctest.Answering(401, `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":"SERVER_ERROR","message":"Invalid Credentials"}`))},
		{Name: "A server without lists", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: listingAt(acctest.Answering(404, `{"statusCode":404,"error":"Not Found","message":"Cannot GET /api/v2/public/linked-account"}`))},
		{Name: "Pages that never fit together", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: listingAt(acctest.Answering(200, `{"docs":[{"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"6500a1b2c3d4e5f6a7b8c9d0","account_id":"user_1","environment":"test","udf":[],"integrations":[]}],"totalDocs":2,"limit":100,"page":1,"totalPages":1,"hasNextPage":false}`))},
		{Name: "An account that Terraform cannot hold", Advice: diagnosticspage.Advice{Not: diagnosticspage.Dashboard}, Meet: listingAt(acctest.Answering(200, `{"docs":[{"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"6500a1b2c3d4e5f6a7b8c9d0","account_id":"user_1","environment":"test","udf":{"seats":1e9999999999},"integrations":[]}],"totalDocs":1,"limit":100,"page":1,"totalPages":1,"hasNextPage":false}`))},
		{Name: "One account cannot be read", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.List.FourFields = true })
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			api.Intercept(acctest.Instead(http.MethodGet, "/user_1", acctest.Answering(403, `{"error":"FORBIDDEN","message":"no"}`)))
			return m.list(nil)
		})},
		{Name: "An id that no configuration can hold", Advice: diagnosticspage.Advice{Not: diagnosticspage.Dashboard}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: " lead"})
			return m.list(nil)
		})},
		{Name: "The run is interrupted", Advice: diagnosticspage.Advice{Tests: "TestChaos, TestInterruptedApply"}, Meet: func(t *testing.T) acctest.Diagnostics {
			var m manager
			m = managing(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				m.Stop()
				<-r.Context().Done()
			}))
			return m.list(nil)
		}},
	}
}

func selecting(arguments acctest.Attributes) func(*testing.T) acctest.Diagnostics {
	return onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics { return m.list(arguments) })
}

func listingAt(handler http.HandlerFunc) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics { return managing(t, handler).list(nil) }
}

func (m manager) list(arguments acctest.Attributes) acctest.Diagnostics {
	var met acctest.Diagnostics
	for listed := range m.List(typeName, acctest.Listing{Arguments: arguments, IncludeResource: true}) {
		met = append(met, listed.Diagnostics...)
	}
	return met
}
