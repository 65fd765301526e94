// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// sharedSituations are about user-defined fields that others have beside the configured ones.
func sharedSituations() []diagnosticspage.Situation {
	users := acctest.Attributes{"user_0": account("User 0", fields("pro")), "user_1": account("User 1", fields("pro"))}
	shared := func(t *testing.T) (*mockapi.Server, acctest.Instance) {
		api := diagnosticspage.NewRefold()
		created, _ := applyTable(diagnosticspage.At(t, api), nil, users, isExclusive(false))
		for id := range users {
			api.Change(mockapi.EnvironmentTest, id, func(account *mockapi.Account) { account.SetUDF("logins", "7") })
		}
		return api, created
	}
	planned := func(t *testing.T, elements acctest.Attributes, more ...acctest.Attributes) acctest.Diagnostics {
		api, created := shared(t)
		run := diagnosticspage.At(t, api)
		read, _ := run.Read(typeName, created)
		return run.Plan(typeName, &read, table(run, elements, more...)).Diagnostics
	}
	return []diagnosticspage.Situation{
		{Name: "An import of accounts that have fields of others", Advice: diagnosticspage.Advice{Tests: "object/linkedaccount.TestSharedFieldThatStaysIsTakenOut"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api, _ := shared(t)
			run := diagnosticspage.At(t, api)
			imported, _ := run.Import(typeName, "*")
			return run.Plan(typeName, &imported, table(run, users, isExclusive(false))).Diagnostics
		}},
		{Name: "Fields are shared with others no more", Advice: diagnosticspage.Advice{Tests: "TestFieldsThatAreNoLongerShared"}, Meet: func(t *testing.T) acctest.Diagnostics {
			return planned(t, users)
		}},
		{Name: "Whether fields are shared with others is not known yet", Advice: diagnosticspage.Advice{Tests: "object/linkedaccount.TestWhatIsNotKnownYetIsAppliedFirst"}, Meet: func(t *testing.T) acctest.Diagnostics {
			return planned(t, users, set("udf_exclusive", tftypes.NewValue(tftypes.Bool, tftypes.UnknownValue)))
		}},
		{Name: "Whether fields are to be shared with others is not known yet", Advice: diagnosticspage.Advice{Tests: "object/linkedaccount.TestWhatIsNotKnownYetIsAppliedFirst"}, Meet: func(t *testing.T) acctest.Diagnostics {
			run := diagnosticspage.At(t, diagnosticspage.NewRefold())
			both := acctest.Attributes{"plan": acctest.Text("pro"), "logins": acctest.Text("7")}
			created, _ := applyTable(run, nil, acctest.Attributes{"user_0": account("User 0", both), "user_1": users["user_1"]})
			return run.Plan(typeName, &created, table(run, users, set("udf_exclusive", tftypes.NewValue(tftypes.Bool, tftypes.UnknownValue)))).Diagnostics
		}},
		{Name: "A field of others is configured", Mended: func(t *testing.T) acctest.Diagnostics {
			return planned(t, users, isExclusive(false))
		}, Meet: func(t *testing.T) acctest.Diagnostics {
			both := acctest.Attributes{"plan": acctest.Text("pro"), "logins": acctest.Text("0")}
			return planned(t, acctest.Attributes{"user_0": account("User 0", both), "user_1": users["user_1"]}, isExclusive(false))
		}},
		{Name: "What happens between plan and apply", Advice: diagnosticspage.Advice{Tests: "TestAccountsThatAreGoneAfterThePlan, object/linkedaccount.TestSharedFieldThatStaysIsTakenOut", Not: diagnosticspage.WhoseIsIt}, Meet: func(t *testing.T) acctest.Diagnostics {
			more := acctest.Attributes{"plan": acctest.Text("pro"), "region": acctest.Text("eu")}
			api := diagnosticspage.NewRefold()
			for number, id := range []string{"user_0", "user_1", "user_2"} {
				api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: id, ID: fmt.Sprintf("6992cc7e9d38bc6a2ae28d0%d", number), Name: new(fmt.Sprintf("User %d", number)), UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}}})
			}
			run := diagnosticspage.At(t, api)
			read, _ := run.Import(typeName, "*")
			config := table(run, acctest.Attributes{"user_0": account("User 0", more), "user_1": account("User 1", more), "user_2": account("User 2", more)}, isExclusive(false))
			plan := run.Plan(typeName, &read, config)
			api.Change(mockapi.EnvironmentTest, "user_0", func(account *mockapi.Account) { account.SetUDF("region", "us") })
			api.Remove(mockapi.EnvironmentTest, "user_1")
			api.Remove(mockapi.EnvironmentTest, "user_2")
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_2", Name: new("User 2"), ID: "6992cc7e9d38bc6a2ae28d13"})
			_, met := run.ApplyPlanned(typeName, &read, plan, config)
			return met
		}},
		{Name: "Fields are shared with others no more, and cannot be looked up", Advice: diagnosticspage.Advice{Tests: "TestFieldsThatAreNoLongerShared"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api, created := shared(t)
			run := diagnosticspage.At(t, api, acctest.WithKey("tk-regenerated"))
			return run.Plan(typeName, &created, table(run, users)).Diagnostics
		}},
	}
}
