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

// changeSituations are about accounts that are updated or deleted.
func changeSituations() []diagnosticspage.Situation {
	return []diagnosticspage.Situation{
		{Name: "The account vanished before the update", Advice: diagnosticspage.Advice{Tests: "TestUpdateOfVanishedAccount"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			created, _ := m.create(named("Acme"))
			api.Intercept(beforeWrite(func() { api.Remove(mockapi.EnvironmentTest, "user_1") }))
			return m.update(created, named("Acme Inc."))
		})},
		{Name: "Somebody made the account anew before the update", Advice: diagnosticspage.Advice{Tests: "TestUpdateOfVanishedAccount", Not: diagnosticspage.WhoseIsIt}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			created, _ := m.create(named("Acme"))
			api.Intercept(beforeWrite(func() {
				api.Remove(mockapi.EnvironmentTest, "user_1")
				api.Create(mockapi.EnvironmentTest, stored("Other"))
			}))
			return m.update(created, named("Acme Inc."))
		})},
		{Name: "An update that cleared user-defined fields", Advice: diagnosticspage.Advice{Tests: "TestUnmanagedUDFSurvivesRename"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.UDF.OmittedClears = true })
			with := named("Acme")
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, acctest.Attributes{"plan": acctest.Text("pro")})
			created, _ := m.create(with)
			return m.update(created, named("Acme Inc."))
		})},
		{Name: "An update that lost user-defined fields", Advice: diagnosticspage.Advice{Tests: "TestLostFieldsAreWrittenBack", Not: "where the state of the last run is kept is up to the backend"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.UDF.OmittedClears = true })
			with := named("Acme")
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, acctest.Attributes{"plan": acctest.Text("pro"), "seats": acctest.Text("20")})
			created, _ := m.create(with)
			api.Intercept(refusingAfter(1))
			return m.update(created, named("Acme Inc."))
		})},
		{Name: "An update of other parts that cannot be read back", Advice: diagnosticspage.Advice{Tests: "TestLostFieldsAreWrittenBack", Not: diagnosticspage.Dashboard}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Account.UpsertAnswer = mockapi.AnswerMinimal })
			with := named("Acme")
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, acctest.Attributes{"plan": acctest.Text("pro"), "seats": acctest.Text("20")})
			created, _ := m.create(with)
			api.Intercept(refusingAfter(1))
			return m.update(created, named("Acme Inc."))
		})},
		{Name: "An update of other parts that nothing shows", Advice: diagnosticspage.Advice{Tests: "TestChaos, TestLostFieldsAreWrittenBack", Not: diagnosticspage.Dashboard}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Account.UpsertAnswer = mockapi.AnswerSuccess })
			with := named("Acme")
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, acctest.Attributes{"plan": acctest.Text("pro"), "seats": acctest.Text("20")})
			created, _ := m.create(with)
			api.Intercept(refusingAfter(1))
			return m.update(created, named("Acme Inc."))
		})},
		{Name: "User-defined fields that stay", Mended: onRefold(emptyingField), Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.UDF.Merge, b.UDF.Null = true, mockapi.UDFNullIgnored })
			with := named("Acme")
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, acctest.Attributes{"plan": acctest.Text("pro")})
			created, _ := m.create(with)
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, acctest.Attributes{})
			return m.update(created, with)
		})},
		{Name: "Fields of others in no form that is known", Mended: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			read := sharedWithOthers(api, m)
			exclusive := sharing("free")
			delete(exclusive, "udf_exclusive")
			return m.update(read, exclusive)
		}), Advice: diagnosticspage.Advice{Not: diagnosticspage.Dashboard}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			read := sharedWithOthers(api, m)
			api.Change(mockapi.EnvironmentTest, "user_1", func(account *mockapi.Account) {
				account.UDF = append(account.UDF, mockapi.UDFEntry{Key: "logins", Value: "8"})
			})
			return m.update(read, sharing("free"))
		})},
		{Name: "Fields of others that are not stored as they were", Advice: diagnosticspage.Advice{Not: diagnosticspage.Dashboard}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.UDF.Values = mockapi.UDFValuesStringified })
			read := sharedWithOthers(api, m)
			api.Change(mockapi.EnvironmentTest, "user_1", func(account *mockapi.Account) { account.SetUDF("logins", true) })
			return m.update(read, sharing("free"))
		})},
		{Name: "A field that others have set after the plan", Advice: diagnosticspage.Advice{Tests: "TestSharedFieldThatStaysIsTakenOut", Not: diagnosticspage.Dashboard}, Meet: afterPlan(func(api *mockapi.Server) {
			api.Change(mockapi.EnvironmentTest, "user_1", func(account *mockapi.Account) { account.SetUDF("region", "us") })
		})},
		{Name: "The account was deleted after the plan", Advice: diagnosticspage.Advice{Tests: "TestAccountThatIsGoneAfterThePlan"}, Meet: afterPlan(func(api *mockapi.Server) {
			api.Remove(mockapi.EnvironmentTest, "user_1")
		})},
		{Name: "The account was made anew by somebody after the plan", Advice: diagnosticspage.Advice{Tests: "TestAccountThatIsGoneAfterThePlan", Not: diagnosticspage.WhoseIsIt}, Meet: afterPlan(func(api *mockapi.Server) {
			api.Remove(mockapi.EnvironmentTest, "user_1")
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1", Name: new("Acme"), ID: "6992cc7e9d38bc6a2ae28d13"})
		})},
		{Name: "The account has connected apps", Advice: diagnosticspage.Advice{Tests: "TestDeleteGuard, TestDeleteGuardIgnoresOwnApp, TestOwnAppThatIsOnlyNamed, TestForceOfOneKey, movement.TestTaintedOneWhoseIDIsTaken, provider.TestExamples, provider.TestMoveExamples", Not: diagnosticspage.Dashboard}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(named("Acme"))
			api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
			return managing(t, api).destroy(created)
		}},
		{Name: "Refold does not say which apps are connected", Advice: diagnosticspage.Advice{Tests: "TestDeleteGuardDoesNotGuess, TestForceOfOneKey, provider.TestExamples, provider.TestMoveExamples", Not: diagnosticspage.Dashboard}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(named("Acme"))
			api.Behave(func(b *mockapi.Behaviour) { b.Document.NoIntegrations = mockapi.NoIntegrationsNull })
			return managing(t, api).destroy(created)
		}},
		{Name: "Refold does not say which account it is", Advice: diagnosticspage.Advice{Tests: "TestForcedDeletionIsOneRequest, TestForceOfOneKey, provider.TestExamples, provider.TestMoveExamples", Not: diagnosticspage.Dashboard}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(named("Acme"))
			api.Intercept(acctest.Instead(http.MethodGet, "/user_1", acctest.Answering(http.StatusOK,
				`{"account_id":"user_1","associated_org":"`+mockapi.OrganizationID+`","environment":"test","name":"Acme","udf":[],"integrations":[]}`)))
			return managing(t, api).destroy(created)
		}},
		{Name: "The account to be deleted was made anew by somebody", Advice: diagnosticspage.Advice{Tests: "TestNamesakeIsDeletedOnceItIsKnown, provider.TestExamples, provider.TestMoveExamples", Not: diagnosticspage.WhoseIsIt}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(named("Acme"))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1", Name: new("Acme"), ID: "6992cc7e9d38bc6a2ae28d13"})
			return managing(t, api).destroy(created)
		}},
		{Name: "A deletion by force that is not answered", Advice: diagnosticspage.Advice{Tests: "TestChaos", Not: diagnosticspage.Outside}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			forced := named("Acme")
			forced["force_destroy"] = acctest.Yes()
			created, _ := managing(t, api).create(forced)
			api.Intercept(acctest.Instead(http.MethodDelete, "", acctest.Answering(502, ``)))
			return managing(t, api).destroy(created)
		}},
		{Name: "The account was created in the same run under another address", Advice: diagnosticspage.Advice{Tests: "provider.TestMoveExamples, TestReplacementByCLI"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			before, _ := managing(t, api).create(named("Acme"))
			run := managing(t, api)
			run.create(named("Acme"))
			return run.destroy(before)
		}},
		{Name: "The account has the apps of customers and the organization's own", Advice: diagnosticspage.Advice{Tests: "TestDeleteGuard, TestDeleteGuardIgnoresOwnApp, TestOwnAppThatIsOnlyNamed, TestForceOfOneKey, movement.TestTaintedOneWhoseIDIsTaken, provider.TestExamples, provider.TestMoveExamples", Not: diagnosticspage.Dashboard}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(withCredential("key"))
			api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "custom", Name: "Acme CRM", AppID: new("6a05d19680458c9a09e79c99")})
			return managing(t, api).destroy(created)
		}},
		{Name: "An id that is not known before the apply", Advice: diagnosticspage.Advice{Tests: "TestWhatIsNotKnownYetIsAppliedFirst"}, Meet: onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics {
			created, _ := m.create(named("Acme"))
			return m.plan(created, acctest.Attributes{"linked_account_id": tftypes.NewValue(tftypes.String, tftypes.UnknownValue), "name": acctest.Text("Acme")})
		})},
		{Name: "The key stops working before an update", Advice: diagnosticspage.Advice{Tests: "TestRefusedKey", Not: diagnosticspage.Outside}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(named("Acme"))
			return managing(t, api, acctest.WithKey("tk-regenerated")).update(created, named("Acme Inc."))
		}},
		{Name: "The key stops working before a deletion", Advice: diagnosticspage.Advice{Tests: "TestRefusedKey", Not: diagnosticspage.Outside}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(named("Acme"))
			return managing(t, api, acctest.WithKey("tk-regenerated")).destroy(created)
		}},
	}
}

// readSituations are about accounts, or data sources, that are read.
func readSituations() []diagnosticspage.Situation {
	huge := acctest.Answering(200, `{"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"6500a1b2c3d4e5f6a7b8c9d0","environment":"test","account_id":"user_1","udf":{"seats":1e9999999999}}`)
	return []diagnosticspage.Situation{
		{Name: "The account is gone", Advice: diagnosticspage.Advice{Tests: "TestLifecycle, TestVanishedUnderPolicyAndTakenOut, TestVanishedUnderPolicyAndBack"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			old := stored("Acme")
			old.ID = "6992cc7e9d38bc6a2ae28d12"
			api.Create(mockapi.EnvironmentTest, old)
			imported, _ := m.Import(typeName, "user_1")
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return m.read(imported)
		})},
		{Name: "The account is gone, or not to be seen yet", Advice: diagnosticspage.Advice{Tests: "TestLifecycle, TestVanishedUnderPolicyAndTakenOut, object/linkedaccounts.TestReadThatLagsBehindTheCreate"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			created, _ := m.create(named("Acme"))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return m.read(created)
		})},
		{Name: "A deletion without an answer, in the run after it", Advice: diagnosticspage.Advice{Tests: "TestChaos, TestVanishedUnderPolicyAndTakenOut", Not: diagnosticspage.Outside}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(named("Acme"))
			api.Intercept(acctest.Instead(http.MethodDelete, "", acctest.Answering(502, "")))
			left, met := managing(t, api).Delete(typeName, created)
			api.Intercept(nil)
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return append(met, managing(t, api).read(left)...)
		}},
		{Name: "The account was deleted and created anew", Advice: diagnosticspage.Advice{Tests: "TestAccountReplacedBehindTerraform", Not: diagnosticspage.WhoseIsIt}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			created, _ := m.create(named("Acme"))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			replaced := stored("Acme")
			replaced.ID = ""
			api.Create(mockapi.EnvironmentTest, replaced)
			return m.read(created)
		})},
		{Name: "An import of nothing", Advice: diagnosticspage.Advice{Tests: "TestImport", Not: diagnosticspage.Outside}, Meet: onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics {
			_, met := m.ImportByIdentity(typeName, tftypes.NewValue(
				tftypes.Object{AttributeTypes: map[string]tftypes.Type{"linked_account_id": tftypes.String}}, acctest.Attributes{"linked_account_id": acctest.Text("user_1")}))
			return met
		})},
		{Name: "An import of an impossible id", Advice: diagnosticspage.Advice{Tests: "TestImport"}, Meet: onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics {
			_, met := m.Import(typeName, "user_1 ")
			return met
		})},
		{Name: "The key stops working before a read", Advice: diagnosticspage.Advice{Tests: "TestRefusedKey", Not: diagnosticspage.Outside}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := managing(t, api).create(named("Acme"))
			return managing(t, api, acctest.WithKey("tk-regenerated")).read(created)
		}},
		{Name: "A value that Terraform cannot hold", Advice: diagnosticspage.Advice{Tests: "TestUpdateBesideHostileFields", Not: diagnosticspage.Dashboard}, Meet: func(t *testing.T) acctest.Diagnostics {
			created, _ := managing(t, storing(`"udf":[]`)).create(named("Acme"))
			return managing(t, huge).read(created)
		}},
		{Name: "Fields in no form that is known, and an update beside them", Advice: diagnosticspage.Advice{Tests: "TestConfiguredFieldsReplaceUnreadableOnes", Not: diagnosticspage.Dashboard}, Meet: func(t *testing.T) acctest.Diagnostics {
			m := managing(t, acctest.Answering(200, `{"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"6500a1b2c3d4e5f6a7b8c9d0","environment":"test","account_id":"user_1","name":"Acme","udf":"pro"}`))
			imported, met := m.Import(typeName, "user_1")
			return append(met, m.update(imported, named("Renamed"))...)
		}},
		{Name: "Data source: no such account", Advice: diagnosticspage.Advice{Tests: "TestDataSource", Not: diagnosticspage.Outside}, Meet: onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics { return m.readData() })},
		{Name: "Data source: no such account, at an old server", Advice: diagnosticspage.Advice{Tests: "TestDataSource", Not: diagnosticspage.Outside}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true })
			return m.readData()
		})},
		{Name: "Data source: the key is refused", Advice: diagnosticspage.Advice{Tests: "TestRefusedKey", Not: diagnosticspage.Outside}, Meet: func(t *testing.T) acctest.Diagnostics {
			return managing(t, diagnosticspage.NewRefold(), acctest.WithKey("tk-regenerated")).readData()
		}},
		{Name: "Data source: a value that Terraform cannot hold", Advice: diagnosticspage.Advice{Not: diagnosticspage.Dashboard}, Meet: func(t *testing.T) acctest.Diagnostics { return managing(t, huge).readData() }},
	}
}

// afterPlan applies a plan of shared fields, one of them new, after something has happened.
func afterPlan(happens func(*mockapi.Server)) func(*testing.T) acctest.Diagnostics {
	return onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
		read := sharedWithOthers(api, m)
		more := sharing("pro")
		more["udf"] = udfOf(acctest.Attributes{"plan": acctest.Text("pro"), "region": acctest.Text("eu")})
		config := m.Config(typeName, more)
		plan := m.Plan(typeName, &read, config)
		happens(api)
		_, met := m.ApplyPlanned(typeName, &read, plan, config)
		return met
	})
}
