// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// planSituations are about what a plan finds at Refold.
func planSituations() []diagnosticspage.Situation {
	with := func(more acctest.Attributes) acctest.Attributes {
		attributes := named("Acme")
		for name, value := range more {
			attributes[name] = value
		}
		return attributes
	}
	unknown := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	forced := acctest.Attributes{"force_destroy": acctest.Yes()}
	return []diagnosticspage.Situation{
		{Name: "The account that a plan creates exists", Advice: diagnosticspage.Advice{Tests: "TestAdoption, TestImport, TestDestroyBesideAnAccountThatExists, movement.TestMovesByCLI, provider.TestMoveExamples"}, Meet: planningNew("Other", named("Acme"))},
		{Name: "The account that a plan creates will be taken over", Advice: diagnosticspage.Advice{Tests: "movement.TestTaintedOneWhoseIDIsTaken", Not: diagnosticspage.WhoseIsIt}, Meet: planningNew("Acme", named("Acme"))},
		{Name: "The account that a plan creates will be adopted", Advice: diagnosticspage.Advice{Tests: "TestImport"}, Meet: planningNew("Other", with(acctest.Attributes{"adopt_existing": acctest.Yes()}))},
		{Name: "The account that a plan creates exists, and its name is not known yet", Advice: diagnosticspage.Advice{Tests: "TestImport, TestAdoption"}, Meet: planningNew("Acme", with(acctest.Attributes{"name": unknown}))},
		{Name: "The account that a plan creates cannot be looked up", Advice: diagnosticspage.Advice{Tests: "TestApplyLooksAgain"}, Meet: func(t *testing.T) acctest.Diagnostics {
			return managing(t, diagnosticspage.NewRefold(), acctest.WithKey("tk-regenerated")).planNew(named("Acme"))
		}},
		{Name: "The key is not known when an account is planned", Advice: diagnosticspage.Advice{Tests: "TestWhatIsNotKnownYetIsAppliedFirst"}, Meet: func(t *testing.T) acctest.Diagnostics {
			return managing(t, diagnosticspage.NewRefold(), acctest.Attributes{"api_key": unknown}).planNew(named("Acme"))
		}},
		{Name: "A plan deletes an account with connected apps", Advice: diagnosticspage.Advice{Tests: "TestDeleteGuard, provider.TestExamples, provider.TestMoveExamples"}, Meet: planningDeletion(nil, nil)},
		{Name: "A plan deletes an account with connected apps by force", Advice: diagnosticspage.Advice{Tests: "provider.TestExamples, provider.TestMoveExamples"}, Meet: planningDeletion(forced, nil)},
		{Name: "A new id together with a new force_destroy", Advice: diagnosticspage.Advice{Tests: "TestPlanSaysWhatADeletionCosts, provider.TestExamples, provider.TestMoveExamples"}, Meet: planningDeletion(nil, with(acctest.Attributes{"linked_account_id": acctest.Text("user_2"), "force_destroy": acctest.Yes()}))},
		{Name: "A new id, and force_destroy no more", Advice: diagnosticspage.Advice{Tests: "TestPlanSaysWhatADeletionCosts, provider.TestExamples, provider.TestMoveExamples"}, Meet: planningDeletion(forced, with(acctest.Attributes{"linked_account_id": acctest.Text("user_2")}))},
		{Name: "What a deletion costs cannot be found out", Advice: diagnosticspage.Advice{Tests: "TestUnknownCost"}, Meet: planningDeletionWithoutKey(nil)},
		{Name: "What a deletion by force costs cannot be found out", Advice: diagnosticspage.Advice{Tests: "TestUnknownCost"}, Meet: planningDeletionWithoutKey(forced)},
		{Name: "A plan deletes an account that its run has found to be another one", Advice: diagnosticspage.Advice{Tests: "TestNamesakeIsDeletedOnceItIsKnown", Not: diagnosticspage.WhoseIsIt}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			created, _ := m.create(named("Acme"))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1", Name: new("Acme"), ID: "6992cc7e9d38bc6a2ae28d13"})
			read, _ := m.Read(typeName, created)
			return m.Plan(typeName, &read, tftypes.NewValue(created.State.Type(), nil)).Diagnostics
		})},
		{Name: "An id with a character that nobody sees", Advice: diagnosticspage.Advice{Tests: "TestInvisibleCharacterInAnID"}, Meet: onRefold(func(_ *mockapi.Server, m manager) acctest.Diagnostics {
			return m.planNew(with(acctest.Attributes{"linked_account_id": acctest.Text("user_1\u200b")}))
		})},
		{Name: "Several accounts that a plan creates exist", Advice: diagnosticspage.Advice{Tests: "TestAdoption, TestImport, TestDestroyBesideAnAccountThatExists, movement.TestMovesByCLI, provider.TestMoveExamples"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, stored("Other"))
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_10", Name: new("Other")})
			second := with(acctest.Attributes{"linked_account_id": acctest.Text("user_10")})
			return append(m.planNew(named("Acme")), m.planNew(second)...)
		})},
		{Name: "An import of an account that has fields of others", Advice: diagnosticspage.Advice{Tests: "TestSharedFieldThatStaysIsTakenOut"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			sharedWithOthers(api, managing(t, api))
			m := managing(t, api)
			imported, _ := m.Import(typeName, "user_1")
			return m.plan(imported, sharing("pro"))
		}},
		{Name: "Fields are shared with others no more", Advice: diagnosticspage.Advice{Tests: "TestFieldsThatAreNoLongerShared"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			return m.plan(sharedWithOthers(api, m), with(acctest.Attributes{"udf": sharing("pro")["udf"]}))
		})},
		{Name: "Whether fields are shared with others is not known yet", Advice: diagnosticspage.Advice{Tests: "TestWhatIsNotKnownYetIsAppliedFirst"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			open := sharing("pro")
			open["udf_exclusive"] = tftypes.NewValue(tftypes.Bool, tftypes.UnknownValue)
			return m.plan(sharedWithOthers(api, m), open)
		})},
		{Name: "Whether fields are to be shared with others is not known yet", Advice: diagnosticspage.Advice{Tests: "TestWhatIsNotKnownYetIsAppliedFirst"}, Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			open := sharing("pro")
			open["udf_exclusive"] = tftypes.NewValue(tftypes.Bool, tftypes.UnknownValue)
			created, _ := m.create(with(acctest.Attributes{"udf": udfOf(acctest.Attributes{"plan": acctest.Text("pro"), "logins": acctest.Text("7")})}))
			return m.plan(created, open)
		})},
		{Name: "A field of others is configured", Mended: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			return m.plan(sharedWithOthers(api, m), sharing("pro"))
		}), Meet: onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
			configured := sharing("pro")
			configured["udf"] = udfOf(acctest.Attributes{"plan": acctest.Text("pro"), "logins": acctest.Text("0")})
			return m.plan(sharedWithOthers(api, m), configured)
		})},
		{Name: "Fields are shared with others no more, and cannot be looked up", Advice: diagnosticspage.Advice{Tests: "TestFieldsThatAreNoLongerShared"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			state := sharedWithOthers(api, managing(t, api))
			return managing(t, api, acctest.WithKey("tk-regenerated")).plan(state, with(acctest.Attributes{"udf": sharing("pro")["udf"]}))
		}},
		{Name: "An import of another account than the configured one", Advice: diagnosticspage.Advice{Tests: "TestImportNeverDeletesByCLI, TestDestroyBesideAnAccountThatExists"}, Meet: importingAndPlanning(func(m manager, imported acctest.Instance) acctest.Diagnostics {
			return m.plan(imported, with(acctest.Attributes{"linked_account_id": acctest.Text("user_2")}))
		})},
		{Name: "An import of an account that is to be replaced", Advice: diagnosticspage.Advice{Tests: "TestImportNeverDeletesByCLI"}, Meet: importingAndPlanning(func(m manager, imported acctest.Instance) acctest.Diagnostics {
			config := m.Config(typeName, named("Acme"))
			return m.PlanReplacement(typeName, m.Plan(typeName, &imported, config), config).Diagnostics
		})},
	}
}

// sharing is an account whose plan is managed here, and other fields by others.
func sharing(plan string) acctest.Attributes {
	attributes := named("Acme")
	attributes["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, acctest.Attributes{"plan": acctest.Text(plan)})
	attributes["udf_exclusive"] = tftypes.NewValue(tftypes.Bool, false)
	return attributes
}

// sharedWithOthers is the state of an account in which others have a field.
func sharedWithOthers(api *mockapi.Server, m manager) acctest.Instance {
	created, _ := m.create(sharing("pro"))
	api.Change(mockapi.EnvironmentTest, "user_1", func(account *mockapi.Account) { account.SetUDF("logins", "7") })
	read, _ := m.Read(typeName, created)
	return read
}

// planningNew plans an account that exists under this name.
func planningNew(name string, values acctest.Attributes) func(*testing.T) acctest.Diagnostics {
	return onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
		api.Create(mockapi.EnvironmentTest, stored(name))
		return m.planNew(values)
	})
}

func (m manager) planNew(values acctest.Attributes) acctest.Diagnostics {
	return m.Plan(typeName, nil, m.Config(typeName, values)).Diagnostics
}

// connectedAccount is an account to which its customer has connected an app.
func connectedAccount(t *testing.T, api *mockapi.Server, more acctest.Attributes) acctest.Instance {
	t.Helper()
	attributes := named("Acme")
	for name, value := range more {
		attributes[name] = value
	}
	created, _ := managing(t, api).create(attributes)
	api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
	return created
}

// planningDeletion plans a deletion, or a change where there is one.
func planningDeletion(more, change acctest.Attributes) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		api := diagnosticspage.NewRefold()
		created := connectedAccount(t, api, more)
		m := managing(t, api)
		if change != nil {
			return m.plan(created, change)
		}
		return m.Plan(typeName, &created, tftypes.NewValue(created.State.Type(), nil)).Diagnostics
	}
}

func planningDeletionWithoutKey(more acctest.Attributes) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		api := diagnosticspage.NewRefold()
		created := connectedAccount(t, api, more)
		return managing(t, api, acctest.WithKey("tk-regenerated")).Plan(typeName, &created, tftypes.NewValue(created.State.Type(), nil)).Diagnostics
	}
}

func importingAndPlanning(plan func(manager, acctest.Instance) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
	return onRefold(func(api *mockapi.Server, m manager) acctest.Diagnostics {
		api.Create(mockapi.EnvironmentTest, stored("Acme"))
		imported, _ := m.Import(typeName, "user_1")
		return plan(m, imported)
	})
}
