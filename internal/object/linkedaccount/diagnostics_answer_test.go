// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// answerSituations are what Refold, or something in front of it, may answer.
func answerSituations() []diagnosticspage.Situation {
	refusal := func(status int, body string, headers ...string) func(*testing.T) acctest.Diagnostics {
		return creatingAt(acctest.Answering(status, body, headers...))
	}
	fault := acctest.Answering(500, `{"error":"SERVER_ERROR","message":"Something went wrong"}`)
	return []diagnosticspage.Situation{
		{Name: "The key is refused", Meet: refusal(401, `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":"SERVER_ERROR","message":"Invalid Credentials"}`)},
		{Name: "The key may not", Meet: refusal(403, `{"error":"FORBIDDEN","message":"no"}`)},
		{Name: "The rate limit stays exceeded", Meet: refusal(429, `{"error":"TOO_MANY_REQUESTS","message":"slow down"}`)},
		{Name: "The server asks for a long wait", Meet: refusal(429, `{"message":"slow down"}`, "Retry-After", "3600")},
		{Name: "A redirect to another host", Meet: refusal(302, ``, "Location", "https://login.example.com/?next=x")},
		{Name: "A login page", Meet: refusal(200, `<html><title>Sign in</title></html>`)},
		{Name: "An unknown path", Meet: refusal(404, `<pre>Cannot GET /api</pre>`)},
		{Name: "JSON of something else", Meet: refusal(200, `{"hello":"world"}`)},
		{Name: "Another account", Meet: refusal(200, `{"account_id":"USER_1","udf":[]}`)},
		{Name: "Nothing", Meet: refusal(200, ``)},
		{Name: "A parameter that did not arrive", Meet: refusal(404, `{"error":"MISSING_REQUIRED_FIELD","message":"linked_account_id is required"}`)},
		{Name: "An address that Refold does not know", Meet: refusal(404, `{"statusCode":404,"error":"Not Found","message":"Cannot GET /api/v2/public/linked-account/user_1"}`)},
		{Name: "A bad request", Meet: refusal(400, `{"error":"VALIDATION_ERROR","message":"name is too long"}`)},
		{Name: "A fault of Refold", Meet: refusal(500, `{"error":"SERVER_ERROR","message":"Something went wrong","request_id":"r-1"}`)},
		{Name: "A proxy that wants a password, without encryption", Meet: refusal(407, `<html><title>407 Proxy Authentication Required</title></html>`)},
		{Name: "A fault of a proxy", Meet: refusal(502, `<html><title>502 Bad Gateway</title></html>`)},
		{Name: "A request that is too large", Meet: refusal(413, `<html><title>413 Request Entity Too Large</title></html>`)},
		{Name: "A refusal within a success", Meet: refusal(200, `{"success":false,"message":"not today"}`)},
		{Name: "An account that vanishes", Meet: refusingPuts(404, `{"error":"SERVER_ERROR","message":"Linked Account with account id user_1 not found"}`)},
		{Name: "Credentials that Refold takes for the same", Meet: refusingPuts(400, `{"error":"SERVER_ERROR","message":"Duplicate Auth key_name not allowed"}`)},
		{Name: "A fault of Refold, about an odd id", Meet: func(t *testing.T) acctest.Diagnostics {
			_, met := managing(t, fault).create(acctest.Attributes{"linked_account_id": acctest.Text("user_1@example.com"), "name": acctest.Text("Acme")})
			return met
		}},
		{Name: "The time of a request is used up", Meet: func(t *testing.T) acctest.Diagnostics {
			_, met := managing(t, acctest.Answering(429, `{"message":"slow down"}`, "Retry-After", "70"), acctest.Attributes{"max_retries": acctest.Number(100)}).create(named("Acme"))
			return met
		}},
	}
}

func creatingAt(handler http.HandlerFunc) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		_, met := managing(t, handler).create(named("Acme"))
		return met
	}
}

// refusingPuts is about the create of an account at a Refold that refuses it.
func refusingPuts(status int, body string) func(*testing.T) acctest.Diagnostics {
	return onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
		api.Intercept(acctest.Instead(http.MethodPut, "", acctest.Answering(status, body)))
		_, met := m.create(named("Acme"))
		return met
	})
}
