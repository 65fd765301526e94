// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// listSituations are about many accounts at once: no account has a name there.
func listSituations() []situation {
	return []situation{
		{"The value of a variable that is not named", selecting(attributes{"env_variable_value": str("eu")})},
		{"A filter that is empty", selecting(attributes{"search": str("")})},
		{"The key is refused", listingAt(answering(401, `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":"SERVER_ERROR","message":"Invalid Credentials"}`))},
		{"A server without lists", listingAt(answering(404, `{"statusCode":404,"error":"Not Found","message":"Cannot GET /api/v2/public/linked-account"}`))},
		{"Pages that never fit together", listingAt(answering(200, `{"docs":[{"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"6500a1b2c3d4e5f6a7b8c9d0","account_id":"user_1","environment":"test","udf":[],"integrations":[]}],"totalDocs":2,"limit":100,"page":1,"totalPages":1,"hasNextPage":false}`))},
		{"An account that Terraform cannot hold", listingAt(answering(200, `{"docs":[{"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"6500a1b2c3d4e5f6a7b8c9d0","account_id":"user_1","environment":"test","udf":{"seats":1e9999999999},"integrations":[]}],"totalDocs":1,"limit":100,"page":1,"totalPages":1,"hasNextPage":false}`))},
		{"One account cannot be read", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.List.FourFields = true })
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			api.Intercept(instead(http.MethodGet, "/user_1", answering(403, `{"error":"FORBIDDEN","message":"no"}`)))
			return m.list(nil)
		})},
		{"An id that no configuration can hold", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: " lead"})
			return m.list(nil)
		})},
		{"Ids that cannot be asked for, and no whole accounts", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.List.FourFields = true })
			for _, id := range []string{" lead", "..", "tab\tx"} {
				api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: id})
			}
			_, met := m.ReadDataSource(accountsType, nil)
			return met
		})},
		{"The run is interrupted", func(t *testing.T) diagnostics {
			var m manager
			m = managing(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				m.Stop()
				<-r.Context().Done()
			}), mockapi.TestKey)
			return m.list(nil)
		}},
	}
}

func selecting(arguments attributes) func(*testing.T) diagnostics {
	return onRefold(func(_ *mockapi.Server, m manager) diagnostics { return m.list(arguments) })
}

func listingAt(handler http.HandlerFunc) func(*testing.T) diagnostics {
	return func(t *testing.T) diagnostics { return managing(t, handler, "tk-1").list(nil) }
}

func (m manager) list(arguments attributes) diagnostics {
	var met diagnostics
	for listed := range m.List(accountType, acctest.Listing{Arguments: arguments, IncludeResource: true}) {
		met = append(met, listed.Diagnostics...)
	}
	return met
}
