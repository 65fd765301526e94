// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// createSituations are about accounts that are new.
func createSituations() []diagnosticspage.Situation {
	return []diagnosticspage.Situation{
		{Name: "The account was created since the plan", Advice: diagnosticspage.Advice{Tests: "TestAdoption, TestImport, TestDestroyBesideAnAccountThatExists, movement.TestMovesByCLI, provider.TestMoveExamples"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			planning, applying := managing(t, api), managing(t, api)
			config := planning.Config(typeName, named("Acme"))
			plan := planning.Plan(typeName, nil, config)
			api.Create(mockapi.EnvironmentTest, stored("Other"))
			_, met := applying.ApplyPlanned(typeName, nil, plan, config)
			return met
		}},
		{Name: "The account is what an interrupted apply leaves", Advice: diagnosticspage.Advice{Tests: "provider.TestExamples", Not: diagnosticspage.WhoseIsIt}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			_, met := m.create(named("Acme"))
			return met
		})},
		{Name: "The account equals the configuration, and is older than a day", Advice: diagnosticspage.Advice{Tests: "TestAdoption, TestImport, TestDestroyBesideAnAccountThatExists, movement.TestMovesByCLI, provider.TestMoveExamples"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			old := stored("Acme")
			old.CreatedAt = time.Now().Add(-48 * time.Hour)
			api.Create(mockapi.EnvironmentTest, old)
			_, met := m.create(named("Acme"))
			return met
		})},
		{Name: "The account equals the configuration, and is connected", Advice: diagnosticspage.Advice{Tests: "TestAdoption, TestImport, TestDestroyBesideAnAccountThatExists, movement.TestMovesByCLI, provider.TestMoveExamples"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, stored("Acme"))
			api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
			_, met := m.create(named("Acme"))
			return met
		})},
		{Name: "Refold did not show the account before it was overwritten", Advice: diagnosticspage.Advice{Tests: "TestOverwrittenAccount, TestAdoption, TestImport", Not: diagnosticspage.WhoseIsIt}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Intercept(beforeWrite(func() { api.Create(mockapi.EnvironmentTest, stored("Other")) }))
			_, met := m.create(named("Acme"))
			return met
		})},
		{Name: "Somebody created the account while Refold was overloaded", Advice: diagnosticspage.Advice{Tests: "TestAdoption, TestImport, TestDestroyBesideAnAccountThatExists, movement.TestMovesByCLI, provider.TestMoveExamples"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Intercept(insteadOfWrite(http.StatusTooManyRequests, func() { api.Create(mockapi.EnvironmentTest, stored("Other")) }))
			_, met := m.create(named("Acme"))
			return met
		})},
		{Name: "Somebody created the account while Refold was out of order", Advice: diagnosticspage.Advice{Tests: "TestOverwrittenAccount, TestAdoption, TestImport", Not: diagnosticspage.WhoseIsIt}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Intercept(insteadOfWrite(http.StatusBadGateway, func() { api.Create(mockapi.EnvironmentTest, stored("Other")) }))
			_, met := m.create(named("Acme"))
			return met
		})},
		{Name: "The account exists after a lost answer", Advice: diagnosticspage.Advice{Tests: "provider.TestExamples", Not: diagnosticspage.WhoseIsIt}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Intercept(insteadOfWrite(http.StatusBadGateway, func() { api.Create(mockapi.EnvironmentTest, stored("Acme")) }))
			_, met := m.create(named("Acme"))
			return met
		})},
		{Name: "A write that cannot be read back", Advice: diagnosticspage.Advice{Tests: "TestWriteThatCannotBeReadBack"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Account.UpsertAnswer = mockapi.AnswerMinimal })
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
		{Name: "A write that is not there when it is read back", Advice: diagnosticspage.Advice{Tests: "TestChaos, TestWriteWithoutProof", Not: diagnosticspage.Outside}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Account.UpsertAnswer, b.ReadLag = mockapi.AnswerSuccess, 10 })
			_, met := m.create(named("Acme"))
			return met
		})},
		{Name: "A name that Refold does not store", Mended: func(t *testing.T) acctest.Diagnostics {
			_, met := managing(t, storing(`"name":"ACME","udf":[]`)).create(named("ACME"))
			return met
		}, Meet: func(t *testing.T) acctest.Diagnostics {
			_, met := managing(t, storing(`"name":"ACME","udf":[]`)).create(named("Acme"))
			return met
		}},
		{Name: "User-defined fields that Refold stores otherwise", Mended: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.UDF.Values = mockapi.UDFValuesStringified })
			with := named("Acme")
			with["udf"] = udfOf(acctest.Attributes{"seats": acctest.Text("5"), "plan": acctest.Text("pro")})
			_, met := m.create(with)
			return met
		}), Meet: func(t *testing.T) acctest.Diagnostics {
			with := named("Acme")
			with["udf"] = udfOf(acctest.Attributes{"seats": acctest.Text("5"), "plan": acctest.Text("pro")})
			_, met := managing(t, storing(`"name":"Acme","udf":[{"key_name":"seats","key_value":5}]`)).create(with)
			return met
		}},
		{Name: "User-defined fields that cannot be sent", Mended: onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics {
			with := named("Acme")
			with["udf"] = udfOf(acctest.Attributes{"plan": acctest.Text("pro")})
			_, met := m.create(with)
			return met
		}), Meet: onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics {
			with := named("Acme")
			with["udf"] = tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, []tftypes.Value{acctest.Text("a")})
			_, met := m.create(with)
			return met
		})},
		{Name: "User-defined fields that stay and cannot be removed either", Mended: onRefold(emptyingField), Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.UDF.Merge = true })
			with := named("Acme")
			with["udf"] = udfOf(acctest.Attributes{"plan": acctest.Text("pro")})
			created, _ := m.create(with)
			puts := 0
			api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodPut {
					puts++
				}
				if puts < 2 {
					return false
				}
				acctest.Answering(400, `{"error":"VALIDATION_ERROR","message":"null is not allowed"}`)(w, r)
				return true
			})
			with["udf"] = udfOf(acctest.Attributes{})
			return m.update(created, with)
		})},
	}
}

// emptyingField sets a key that a server does not remove to an empty string.
func emptyingField(api *mockapi.Server, m manager) acctest.Diagnostics {
	api.Behave(func(b *mockapi.Behaviour) { b.UDF.Merge, b.UDF.Null = true, mockapi.UDFNullIgnored })
	with := named("Acme")
	with["udf"] = udfOf(acctest.Attributes{"plan": acctest.Text("pro")})
	created, met := m.create(with)
	with["udf"] = udfOf(acctest.Attributes{"plan": acctest.Text("")})
	return append(met, m.update(created, with)...)
}

// storing is a Refold that answers every write with what it stores, whatever was sent.
func storing(fields string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			acctest.Answering(404, `{"error":"SERVER_ERROR","message":"Linked Account with account id user_1 for org 6500a1b2c3d4e5f6a7b8c9d0 in environment test not found"}`)(w, r)
			return
		}
		acctest.Answering(200, `{"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"6500a1b2c3d4e5f6a7b8c9d0","environment":"test","account_id":"user_1",`+fields+`}`)(w, r)
	}
}

func udfOf(fields acctest.Attributes) tftypes.Value {
	return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, fields)
}
