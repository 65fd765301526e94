// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// accountSituations are what may be the matter with an account.
func accountSituations() []situation {
	return []situation{
		{"The account exists", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Create(mockapi.EnvironmentTest, stored("Other"))
			_, met := m.create(named("Acme"))
			return met
		})},
		{"The account is what an interrupted apply leaves", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			_, met := m.create(named("Acme"))
			return met
		})},
		{"Something else created the account meanwhile", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Intercept(beforeWrite(func() { api.Create(mockapi.EnvironmentTest, stored("Other")) }))
			_, met := m.create(named("Acme"))
			return met
		})},
		{"The account is gone", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			created, _ := m.create(named("Acme"))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return m.read(created)
		})},
		{"The account was deleted and created anew", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			created, _ := m.create(named("Acme"))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			replaced := stored("Acme")
			replaced.ID = ""
			api.Create(mockapi.EnvironmentTest, replaced)
			return m.read(created)
		})},
		{"The account vanished before the update", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			created, _ := m.create(named("Acme"))
			api.Intercept(beforeWrite(func() { api.Remove(mockapi.EnvironmentTest, "user_1") }))
			return m.update(created, named("Acme Inc."))
		})},
		{"The account has connected apps", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).create(named("Acme"))
			api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
			return managing(t, api, mockapi.TestKey).destroy(created)
		}},
		{"The account was created in the same run under another address", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			created, _ := m.create(named("Acme"))
			return m.destroy(created)
		})},
		{"An update that cleared user-defined fields", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.UDF.Omitted = mockapi.UDFOmittedClears })
			with := named("Acme")
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, attributes{"plan": str("pro")})
			created, _ := m.create(with)
			return m.update(created, named("Acme Inc."))
		})},
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
		{"User-defined fields that stay", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.UDF.Write, b.UDF.Null = mockapi.UDFMerge, mockapi.UDFNullIgnored })
			with := named("Acme")
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, attributes{"plan": str("pro")})
			created, _ := m.create(with)
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, attributes{})
			return m.update(created, with)
		})},
		{"A write that cannot be read back", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Answer.Upsert = mockapi.AnswerSuccess })
			reads := 0
			api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodGet {
					reads++
				}
				if r.Method != http.MethodGet || reads == 1 {
					return false
				}
				w.WriteHeader(http.StatusUnauthorized)
				_, _ = w.Write([]byte(`{"error":"SERVER_ERROR","message":"Invalid Credentials"}`))
				return true
			})
			_, met := m.create(named("Acme"))
			return met
		})},
		{"An import of nothing", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			_, met := m.ImportByIdentity(accountType, tftypes.NewValue(
				tftypes.Object{AttributeTypes: map[string]tftypes.Type{"linked_account_id": tftypes.String}}, attributes{"linked_account_id": str("user_1")}))
			return met
		})},
		{"The API key was swapped", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).create(named("Acme"))
			return managing(t, api, mockapi.ProductionKey).read(created)
		}},
		{"The guard finds another environment", func(t *testing.T) diagnostics {
			_, met := managing(t, newRefold(), mockapi.TestKey, attributes{"environment": str("staging")}).create(named("Acme"))
			return met
		}},
		{"The API key is not known yet", func(t *testing.T) diagnostics {
			created, _ := managing(t, newRefold(), mockapi.TestKey).create(named("Acme"))
			return managing(t, newRefold(), mockapi.TestKey, attributes{"api_key": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}).read(created)
		}},
	}
}

// newRefold is a Refold whose clock stands still.
func newRefold() *mockapi.Server {
	return mockapi.New(mockapi.WithClock(func() time.Time { return time.Date(2026, 7, 24, 9, 30, 17, 0, time.UTC) }))
}

func onRefold(meet func(*mockapi.Server, manager) diagnostics) func(*testing.T) diagnostics {
	return func(t *testing.T) diagnostics {
		api := newRefold()
		return meet(api, managing(t, api, mockapi.TestKey))
	}
}

func stored(name string) mockapi.Account {
	return mockapi.Account{ID: "6992cc7e9d38bc6a2ae28d12", AccountID: "user_1", Name: &name}
}

// beforeWrite acts once, before the first write reaches Refold.
func beforeWrite(act func()) mockapi.Interceptor {
	done := false
	return func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut && !done {
			done = true
			act()
		}
		return false
	}
}

func writeOnly(credential string) attributes {
	values := named("Acme")
	values["your_app"] = yourApp(attributes{
		"auth_credentials_wo":         tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, attributes{credential: str("secret")}),
		"auth_credentials_wo_version": tftypes.NewValue(tftypes.Number, 1),
	})
	return values
}
