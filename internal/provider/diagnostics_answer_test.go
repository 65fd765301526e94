// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// answerSituations are what Refold, or something in front of it, may answer.
func answerSituations() []situation {
	refusal := func(status int, body string, headers ...string) func(*testing.T) diagnostics {
		return creatingAt(answering(status, body, headers...))
	}
	fault := answering(500, `{"error":"SERVER_ERROR","message":"Something went wrong"}`)
	return []situation{
		{"The key is refused", refusal(401, `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":"SERVER_ERROR","message":"Invalid Credentials"}`)},
		{"The key may not", refusal(403, `{"error":"FORBIDDEN","message":"no"}`)},
		{"The rate limit stays exceeded", refusal(429, `{"error":"TOO_MANY_REQUESTS","message":"slow down"}`)},
		{"The server asks for a long wait", refusal(429, `{"message":"slow down"}`, "Retry-After", "3600")},
		{"A redirect to another host", refusal(302, ``, "Location", "https://login.example.com/?next=x")},
		{"A login page", refusal(200, `<html><title>Sign in</title></html>`)},
		{"An unknown path", refusal(404, `<pre>Cannot GET /api</pre>`)},
		{"JSON of something else", refusal(200, `{"hello":"world"}`)},
		{"Another account", refusal(200, `{"account_id":"USER_1","udf":[]}`)},
		{"Nothing", refusal(200, ``)},
		{"A parameter that did not arrive", refusal(404, `{"error":"MISSING_REQUIRED_FIELD","message":"linked_account_id is required"}`)},
		{"An address that Refold does not know", refusal(404, `{"statusCode":404,"error":"Not Found","message":"Cannot GET /api/v2/public/linked-account/user_1"}`)},
		{"A bad request", refusal(400, `{"error":"VALIDATION_ERROR","message":"name is too long"}`)},
		{"A fault of Refold", refusal(500, `{"error":"SERVER_ERROR","message":"Something went wrong","request_id":"r-1"}`)},
		{"A fault of a proxy", refusal(502, `<html><title>502 Bad Gateway</title></html>`)},
		{"A request that is too large", refusal(413, `<html><title>413 Request Entity Too Large</title></html>`)},
		{"A refusal within a success", refusal(200, `{"success":false,"message":"not today"}`)},
		{"An account that vanishes", refusingPuts(404, `{"error":"SERVER_ERROR","message":"Linked Account with account id user_1 not found"}`)},
		{"Credentials that Refold takes for the same", refusingPuts(400, `{"error":"SERVER_ERROR","message":"Duplicate Auth key_name not allowed"}`)},
		{"A fault of Refold, about an odd id", func(t *testing.T) diagnostics {
			_, met := managing(t, fault, mockapi.TestKey).create(attributes{"linked_account_id": str("user_1@example.com"), "name": str("Acme")})
			return met
		}},
		{"The time of a request is used up", func(t *testing.T) diagnostics {
			_, met := managing(t, answering(429, `{"message":"slow down"}`, "Retry-After", "70"), mockapi.TestKey, attributes{"max_retries": number(100)}).create(named("Acme"))
			return met
		}},
	}
}

func creatingAt(handler http.HandlerFunc) func(*testing.T) diagnostics {
	return func(t *testing.T) diagnostics {
		_, met := managing(t, handler, mockapi.TestKey).create(named("Acme"))
		return met
	}
}

// answering gives the same answer to all requests; headers are pairs.
func answering(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for pair := range slices.Chunk(headers, 2) {
			w.Header().Set(pair[0], pair[1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// refusingPuts is about the create of an account at a Refold that refuses it.
func refusingPuts(status int, body string) func(*testing.T) diagnostics {
	return onRefold(func(api *mockapi.Server, m manager) diagnostics {
		api.Intercept(instead(http.MethodPut, "", answering(status, body)))
		_, met := m.create(named("Acme"))
		return met
	})
}

// instead answers requests of a method whose path ends so.
func instead(method, ending string, answer http.HandlerFunc) mockapi.Interceptor {
	return func(w http.ResponseWriter, r *http.Request) bool {
		meant := r.Method == method && strings.HasSuffix(r.URL.Path, ending)
		if meant {
			answer(w, r)
		}
		return meant
	}
}
