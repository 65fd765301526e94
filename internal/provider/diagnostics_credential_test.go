// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// credentialSituations are about your_app.
func credentialSituations() []situation {
	return []situation{
		{"Credentials whose version stays", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			created, _ := m.create(writeOnly("key"))
			return m.Plan(accountType, &created, m.Config(accountType, writeOnly("other"))).Diagnostics
		})},
		{"A credential cannot be stored", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodPut {
					w.WriteHeader(http.StatusBadRequest)
					_, _ = w.Write([]byte(`{"error":"VALIDATION_ERROR","message":"value is too long"}`))
				}
				return r.Method == http.MethodPut
			})
			_, met := m.create(writeOnly("key"))
			return met
		})},
		{"No credential can be stored", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			api.Intercept(instead(http.MethodPut, "/linked-account", answering(401, `{"error":"SERVER_ERROR","message":"Invalid Credentials"}`)))
			_, met := m.create(writeOnly("key"))
			return met
		})},
		{"A create that fails half-way", createHalfWay(writeOnly("key"))},
		{"A create of a nameless account that fails half-way", createHalfWay(attributes{"linked_account_id": str("user_1"), "your_app": writeOnly("key")["your_app"]})},
		{"A credential cannot be removed", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			_, met := leaveCredentials(api, m)
			return met
		})},
		{"A credential that is left", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			// The next version was tried, failed, and then your_app was given up.
			created, _ := m.create(writeOnly("key"))
			api.Intercept(instead(http.MethodPut, "/auth-credentials/key", answering(400, `{"error":"VALIDATION_ERROR","message":"no"}`)))
			updated, _ := m.Apply(accountType, &created, m.Config(accountType, writeOnlyAt(2, "key")))
			api.Intercept(nil)
			return m.plan(updated, named("Acme"))
		})},
	}
}

// createHalfWay creates an account at a Refold that takes the account, but not
// its credentials.
func createHalfWay(values attributes) func(*testing.T) diagnostics {
	return func(t *testing.T) diagnostics {
		api := newRefold()
		api.Behave(func(b *mockapi.Behaviour) { b.Credential.Duplicates = mockapi.DuplicatesStored })
		values["adopt_existing"] = tftypes.NewValue(tftypes.Bool, true)
		_, _ = managing(t, api, mockapi.TestKey).create(values)
		api.Intercept(instead(http.MethodPut, "/auth-credentials/key", answering(400, `{"error":"VALIDATION_ERROR","message":"value is too long"}`)))
		_, met := managing(t, api, mockapi.TestKey).create(values)
		return met
	}
}

// leaveCredentials gives your_app up at a Refold that does not remove them.
func leaveCredentials(api *mockapi.Server, m manager) (acctest.Instance, diagnostics) {
	created, _ := m.create(writeOnly("key"))
	api.Intercept(instead(http.MethodDelete, "/auth-credentials/key", answering(400, `{"error":"VALIDATION_ERROR","message":"it is in use"}`)))
	return m.Apply(accountType, &created, m.Config(accountType, named("Acme")))
}

func writeOnly(credential string) attributes { return writeOnlyAt(1, credential) }

// writeOnlyAt is a version of a configuration with one write-only credential.
func writeOnlyAt(version int, credential string) attributes {
	values := named("Acme")
	values["your_app"] = yourApp(attributes{
		"auth_credentials_wo":         tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, attributes{credential: str("secret")}),
		"auth_credentials_wo_version": number(version),
	})
	return values
}
