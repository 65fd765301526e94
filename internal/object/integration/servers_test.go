// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Answers of older servers: short ones, and fewer ways to say not found.
func TestInvokeOnAnyServer(t *testing.T) {
	t.Parallel()
	server := startWithApps(t, mockapi.Behaviour{
		Integration: mockapi.IntegrationBehaviour{AnswerSuccess: true},
		Document:    mockapi.DocumentBehaviour{NoIntegrations: mockapi.NoIntegrationsAbsent},
	})
	provider := server.Protocol(t)
	for _, slug := range []string{"slack", "hubspot", crm} {
		_, met := provider.InvokeAction(disconnectType, removing("user_1", slug, ""))
		acctest.WantNoDiagnostics(t, met)
	}
	if left := connected(server); left != "" {
		t.Errorf("left %s", left)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	server := startWithApps(t, mockapi.Behaviour{})
	refusing := func(method string, act func(http.ResponseWriter)) {
		server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method == method {
				act(w)
			}
			return r.Method == method
		})
	}
	provider := server.Protocol(t, acctest.OnlyOnce)
	refusing(http.MethodDelete, func(w http.ResponseWriter) { w.WriteHeader(http.StatusTooManyRequests) })
	_, met := provider.InvokeAction(disconnectType, removing("user_1", "slack", ""))
	acctest.WantDiagnostic(t, met, acctest.Failure, "Could not disconnect an app of linked account", `"user_1"`, "rate limit")

	// Accepted, and still there.
	account := `{"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"o","account_id":"user_1","environment":"test","udf":[],` +
		`"integrations":[{"type":"slack","name":"Slack","app_id":null}],"createdAt":"2026-05-22T11:24:06.840Z","updatedAt":"2026-05-22T11:24:06.840Z"}`
	refusing(http.MethodDelete, func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(account))
	})
	_, met = provider.InvokeAction(disconnectType, removing("user_1", "slack", ""))
	acctest.WantDiagnostic(t, met, acctest.Warning, "The app is still connected", `"user_1"`, "invoke the action again")

	// Accepted, and not to be read back.
	server.Intercept(nil)
	server.Behave(func(b *mockapi.Behaviour) { b.Integration.AnswerSuccess = true })
	reads := 0
	server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodGet {
			reads++
		}
		if reads > 1 {
			w.WriteHeader(http.StatusTooManyRequests)
		}
		return reads > 1
	})
	_, met = provider.InvokeAction(disconnectType, removing("user_1", "slack", ""))
	acctest.WantDiagnostic(t, met, acctest.Warning, "What is still connected could not be read", `"user_1"`, `app "slack"`)
}

func TestFaults(t *testing.T) {
	t.Parallel()
	server := startWithApps(t, mockapi.Behaviour{})
	server.Inject(mockapi.Faults{Rate: 0.4, Seed: 2, Kinds: []mockapi.Fault{
		mockapi.FaultInternal, mockapi.FaultUnavailable, mockapi.FaultDroppedBefore, mockapi.FaultDroppedAfter, mockapi.FaultTruncated,
	}})
	provider := server.Protocol(t, func(o *refold.Options) { o.RetryWait, o.MaxRetries = time.Millisecond, 50 })
	for _, slug := range []string{"slack", "hubspot", crm} {
		_, met := provider.InvokeAction(disconnectType, removing("user_1", slug, ""))
		acctest.WantNoDiagnostics(t, met)
	}
	if left := connected(server); left != "" {
		t.Errorf("left %s", left)
	}
}
