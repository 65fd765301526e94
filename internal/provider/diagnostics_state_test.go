// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// scopeSituations are about the API key of another organization or environment.
func scopeSituations() []situation {
	return []situation{
		{"The API key was swapped", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).create(named("Acme"))
			return managing(t, api, mockapi.ProductionKey).read(created)
		}},
		{"The guard finds another environment", func(t *testing.T) diagnostics {
			_, met := managing(t, newRefold(), mockapi.TestKey, attributes{"environment": str("staging")}).create(named("Acme"))
			return met
		}},
		{"The guard finds another environment on a read", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).create(named("Acme"))
			return managing(t, api, mockapi.TestKey, attributes{"environment": str("staging")}).read(created)
		}},
		{"The guard at a server that does not name its environment", func(t *testing.T) diagnostics {
			api := newRefold()
			api.Behave(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true })
			_, met := managing(t, api, mockapi.TestKey, attributes{"environment": str("test")}).create(named("Acme"))
			return met
		}},
		{"The guard finds another environment after the write", func(t *testing.T) diagnostics {
			elsewhere := storing(`"name":"Acme","udf":[]`)
			_, met := managing(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet {
					answering(404, `{"error":"SERVER_ERROR","message":"Linked Account with account id user_1 for org 6500a1b2c3d4e5f6a7b8c9d0 in environment production not found"}`)(w, r)
					return
				}
				elsewhere(w, r)
			}), "pk-1", attributes{"environment": str("production")}).create(named("Acme"))
			return met
		}},
		{"A server that does not say where it looked", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			created, _ := m.create(named("Acme"))
			api.Behave(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true })
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return m.read(created)
		})},
		{"A state that does not say where the account is", func(t *testing.T) diagnostics {
			api := newRefold()
			m := managing(t, api, mockapi.TestKey)
			created, _ := m.create(named("Acme"))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return m.read(without(t, created, "organization_id"))
		}},
	}
}

// stateSituations are about a provider or a state that cannot be worked with.
func stateSituations() []situation {
	return []situation{
		{"The API key is not known yet", func(t *testing.T) diagnostics {
			created, _ := managing(t, newRefold(), mockapi.TestKey).create(named("Acme"))
			return managing(t, newRefold(), mockapi.TestKey, attributes{"api_key": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}).read(created)
		}},
		{"A state that is damaged", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			created, _ := m.create(writeOnly("key"))
			created.Private = []byte(`{"default_app":"NQ=="}`)
			return m.destroy(created)
		})},
		{"A provider that is not configured", func(t *testing.T) diagnostics {
			created, _ := managing(t, newRefold(), mockapi.TestKey).create(named("Acme"))
			state, err := tfprotov6.NewDynamicValue(created.State.Type(), created.State)
			if err != nil {
				t.Fatal(err)
			}
			server, _ := providerOf(t, nil)
			response, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: accountType, CurrentState: &state, CurrentIdentity: created.Identity})
			if err != nil {
				t.Fatal(err)
			}
			return response.Diagnostics
		}},
	}
}

// without is an instance whose state lacks an attribute.
func without(t *testing.T, from acctest.Instance, attribute string) acctest.Instance {
	t.Helper()
	var values attributes
	if err := from.State.As(&values); err != nil {
		t.Fatal(err)
	}
	values[attribute] = tftypes.NewValue(tftypes.String, nil)
	from.State = tftypes.NewValue(from.State.Type(), values)
	return from
}
