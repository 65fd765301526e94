// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// scopeSituations are about the API key of another organization or environment.
func scopeSituations() []diagnosticspage.Situation {
	return []diagnosticspage.Situation{
		{Name: "The API key was swapped", Mended: onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics {
			created, _ := m.create(named("Acme"))
			return m.read(created)
		}), Advice: diagnosticspage.Advice{Tests: "movement.TestTwoEnvironmentsByCLI"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(named("Acme"))
			return managing(t, api, acctest.WithKey(mockapi.ProductionKey)).read(created)
		}},
		{Name: "The guard finds another environment", Mended: func(t *testing.T) acctest.Diagnostics {
			_, met := managing(t, diagnosticspage.NewRefold(), acctest.Attributes{"environment": acctest.Text("test")}).create(named("Acme"))
			return met
		}, Meet: func(t *testing.T) acctest.Diagnostics {
			_, met := managing(t, diagnosticspage.NewRefold(), acctest.Attributes{"environment": acctest.Text("staging")}).create(named("Acme"))
			return met
		}},
		{Name: "The guard finds another environment on a read", Mended: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(named("Acme"))
			return managing(t, api, acctest.Attributes{"environment": acctest.Text("test")}).read(created)
		}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(named("Acme"))
			return managing(t, api, acctest.Attributes{"environment": acctest.Text("staging")}).read(created)
		}},
		{Name: "The guard at a server that does not name its environment", Mended: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true })
			_, met := m.create(named("Acme"))
			return met
		}), Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			api.Behave(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true })
			_, met := managing(t, api, acctest.Attributes{"environment": acctest.Text("test")}).create(named("Acme"))
			return met
		}},
		{Name: "The guard finds another environment after the write", Advice: diagnosticspage.Advice{Not: diagnosticspage.Dashboard}, Meet: func(t *testing.T) acctest.Diagnostics {
			elsewhere := storing(`"name":"Acme","udf":[]`)
			_, met := managing(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet {
					acctest.Answering(404, `{"error":"SERVER_ERROR","message":"Linked Account with account id user_1 for org 6500a1b2c3d4e5f6a7b8c9d0 in environment production not found"}`)(w, r)
					return
				}
				elsewhere(w, r)
			}), acctest.WithKey("pk-1"), acctest.Attributes{"environment": acctest.Text("production")}).create(named("Acme"))
			return met
		}},
		{Name: "A server that does not say where it looked", Advice: diagnosticspage.Advice{Tests: "TestNotFoundWithoutScope, TestForgottenAccountIsCreatedAnew"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			created, _ := m.create(named("Acme"))
			api.Behave(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true })
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return m.read(created)
		})},
		{Name: "A state that does not say where the account is", Advice: diagnosticspage.Advice{Tests: "TestForgottenAccountIsCreatedAnew", Not: diagnosticspage.Outside}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			m := managing(t, api)
			created, _ := m.create(named("Acme"))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return m.read(without(t, created, "organization_id"))
		}},
	}
}

// stateSituations are about a provider or a state that cannot be worked with.
func stateSituations() []diagnosticspage.Situation {
	return []diagnosticspage.Situation{
		{Name: "The API key is not known yet", Advice: diagnosticspage.Advice{Tests: "TestWhatIsNotKnownYetIsAppliedFirst"}, Meet: func(t *testing.T) acctest.Diagnostics {
			created, _ := managing(t, diagnosticspage.NewRefold()).create(named("Acme"))
			return managing(t, diagnosticspage.NewRefold(), acctest.Attributes{"api_key": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}).read(created)
		}},
		{Name: "A state that is damaged", Advice: diagnosticspage.Advice{Not: "it takes another version of the provider, or a backup"}, Meet: onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics {
			created, _ := m.create(withCredential("key"))
			created.Private = []byte(`{"default_app":"NQ=="}`)
			return m.destroy(created)
		})},
		{Name: "A provider that is not configured", Advice: diagnosticspage.Advice{Not: "no user meets it"}, Meet: func(t *testing.T) acctest.Diagnostics {
			created, _ := managing(t, diagnosticspage.NewRefold()).create(named("Acme"))
			_, met := acctest.UnconfiguredProtocol(t).Read(typeName, created)
			return met
		}},
	}
}

// without is an instance whose state lacks an attribute.
func without(t *testing.T, from acctest.Instance, attribute string) acctest.Instance {
	t.Helper()
	var values acctest.Attributes
	if err := from.State.As(&values); err != nil {
		t.Fatal(err)
	}
	values[attribute] = tftypes.NewValue(tftypes.String, nil)
	from.State = tftypes.NewValue(from.State.Type(), values)
	return from
}
