// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestDiagnostics(t *testing.T) {
	diagnosticspage.Test(t, diagnosticspage.Page{
		Chapters: []diagnosticspage.Chapter{
			{Title: "Many accounts in one resource", Situations: accountsSituations()},
			{Title: "User-defined fields of others", Situations: sharedSituations()},
			{Title: "The same account at two addresses", Situations: addressSituations()},
		},
	})
}

// planningToDestroyAnother plans to destroy an account that somebody has made anew since it was
// created with some attributes.
func planningToDestroyAnother(attributes acctest.Attributes) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		api := diagnosticspage.NewRefold()
		created, _ := applyTable(diagnosticspage.At(t, api), nil, users(1), attributes)
		api.Remove(mockapi.EnvironmentTest, "user_0")
		api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_0", Name: new("User 0")})
		run := diagnosticspage.At(t, api)
		read, _ := run.Read(typeName, created)
		return run.Plan(typeName, &read, tftypes.NewValue(created.State.Type(), nil)).Diagnostics
	}
}

// accountsSituations are about many accounts in one resource.
func accountsSituations() []diagnosticspage.Situation {
	return []diagnosticspage.Situation{
		{Name: "A key that is no id", Mended: validatingAccounts(users(2, "user_9")), Meet: validatingAccounts(users(2, " user_1"))},
		{Name: "Ids that differ only in case", Mended: validatingAccounts(users(2)), Meet: validatingAccounts(users(2, "User_1"))},
		{Name: "An account that is null", Mended: validatingAccounts(acctest.Attributes{"user_1": account(nil, nil)}), Meet: validatingAccounts(acctest.Attributes{"user_1": tftypes.NewValue(accountType(), nil)})},
		{Name: "An empty name", Mended: validatingAccounts(acctest.Attributes{"user_1": account(nil, nil)}), Meet: validatingAccounts(acctest.Attributes{"user_1": account("", nil)})},
		{Name: "Credentials of an account that is not in the map", Mended: validatingAccounts(users(2), acctest.Attributes{"auth_credentials": accountCredentials("user_0", acctest.Attributes{"key": acctest.Text("a")})}), Meet: validatingAccounts(users(1), acctest.Attributes{"auth_credentials": accountCredentials("user_1", acctest.Attributes{"key": acctest.Text("a")})})},
		{Name: "An empty map of credentials", Mended: validatingAccounts(users(1), acctest.Attributes{"auth_credentials": accountCredentials("user_0", acctest.Attributes{"key": acctest.Text("a")})}), Meet: validatingAccounts(users(1), acctest.Attributes{"auth_credentials": accountCredentials("user_0", nil)})},
		{Name: "A credential with an impossible name", Mended: validatingAccounts(users(1), acctest.Attributes{"auth_credentials": accountCredentials("user_0", acctest.Attributes{"key": acctest.Text("a")})}), Meet: validatingAccounts(users(1), acctest.Attributes{"auth_credentials": accountCredentials("user_0", acctest.Attributes{"..": acctest.Text("a")})})},
		{Name: "A credential without a value", Mended: validatingAccounts(users(1), acctest.Attributes{"auth_credentials": accountCredentials("user_0", acctest.Attributes{"key": acctest.Text("a")})}), Meet: validatingAccounts(users(1), acctest.Attributes{"auth_credentials": accountCredentials("user_0", acctest.Attributes{"key": tftypes.NewValue(tftypes.String, nil)})})},
		{Name: "Both forms of credentials", Mended: validatingAccounts(users(1), acctest.Attributes{"auth_credentials_wo": accountCredentials("user_0", acctest.Attributes{"key": acctest.Text("a")}), "auth_credentials_wo_version": acctest.Version(1)}), Meet: validatingAccounts(users(1), acctest.Attributes{
			"auth_credentials":            accountCredentials("user_0", acctest.Attributes{"key": acctest.Text("a")}),
			"auth_credentials_wo":         accountCredentials("user_0", acctest.Attributes{"key": acctest.Text("a")}),
			"auth_credentials_wo_version": acctest.Version(1),
		})},
		{Name: "Write-only credentials without a version", Mended: validatingAccounts(users(1), acctest.Attributes{"auth_credentials_wo": accountCredentials("user_0", acctest.Attributes{"key": acctest.Text("a")}), "auth_credentials_wo_version": acctest.Version(1)}), Meet: validatingAccounts(users(1), acctest.Attributes{
			"auth_credentials_wo": accountCredentials("user_0", acctest.Attributes{"key": acctest.Text("a")}),
		})},
		{Name: "A version without write-only credentials", Mended: validatingAccounts(users(1), acctest.Attributes{"auth_credentials": accountCredentials("user_0", acctest.Attributes{"key": acctest.Text("a")})}), Meet: validatingAccounts(users(1), acctest.Attributes{
			"auth_credentials":            accountCredentials("user_0", acctest.Attributes{"key": acctest.Text("a")}),
			"auth_credentials_wo_version": acctest.Version(1),
		})},
		{Name: "Write-only credentials of new accounts are null", Advice: diagnosticspage.Advice{Tests: "TestNullWriteOnlyValues, TestNullWriteOnlyValuesOfANewAccount"}, Meet: diagnosticspage.Meeting(func(_ *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			return provider.Plan(typeName, nil, table(provider, users(2), acctest.Attributes{
				"auth_credentials_wo":         accountCredentials("user_0", acctest.Attributes{"key": tftypes.NewValue(tftypes.String, nil)}),
				"auth_credentials_wo_version": acctest.Version(1),
			})).Diagnostics
		})},
		{Name: "Credentials that differ only in case", Mended: validatingAccounts(users(1), acctest.Attributes{"auth_credentials": accountCredentials("user_0", acctest.Attributes{"key": acctest.Text("a")})}), Meet: validatingAccounts(users(1), acctest.Attributes{
			"auth_credentials": accountCredentials("user_0", acctest.Attributes{"key": acctest.Text("a"), "KEY": acctest.Text("b")}),
		})},
		{Name: "Half a deletion", Mended: validatingAccounts(users(1), acctest.Attributes{"max_deletions": acctest.Number(1)}), Meet: validatingAccounts(users(1), acctest.Attributes{"max_deletions": tftypes.NewValue(tftypes.Number, 1.5)})},
		{Name: "Accounts that exist already", Advice: diagnosticspage.Advice{Tests: "TestExistingAccounts, TestAdoptionOfWhatIsThere, TestImportByIDsInsteadOfAll, provider.TestMoveExamples, object/linkedaccount.TestDestroyBesideAnAccountThatExists"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			applyTable(diagnosticspage.At(t, api), nil, users(3))
			_, met := applyTable(diagnosticspage.At(t, api), nil, renamed(3))
			return met
		}},
		{Name: "An account that exists, beside others that do not", Advice: diagnosticspage.Advice{Tests: "TestExistingAccounts, TestAdoptionOfWhatIsThere, TestImportByIDsInsteadOfAll, provider.TestMoveExamples, object/linkedaccount.TestDestroyBesideAnAccountThatExists"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := applyTable(diagnosticspage.At(t, api), nil, users(1))
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_2", Name: new("Somebody")})
			_, met := applyTable(diagnosticspage.At(t, api), &created, users(3))
			return met
		}},
		{Name: "Accounts that another state has made of the same file", Advice: diagnosticspage.Advice{Tests: "TestExistingAccounts, TestAdoptionOfWhatIsThere, TestImportByIDsInsteadOfAll, provider.TestMoveExamples, object/linkedaccount.TestDestroyBesideAnAccountThatExists"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			applyTable(diagnosticspage.At(t, api), nil, users(14))
			for n := range 13 {
				api.Change(mockapi.EnvironmentTest, fmt.Sprintf("user_%d", n), func(a *mockapi.Account) { a.CreatedAt = time.Now().Add(-48 * time.Hour) })
			}
			_, met := applyTable(diagnosticspage.At(t, api), nil, users(14))
			return met
		}},
		{Name: "Refold did not show an account before it was overwritten", Advice: diagnosticspage.Advice{Tests: "TestOverwrittenAccounts, TestAdoptionOfWhatIsThere", Not: diagnosticspage.WhoseIsIt}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
				if _, exists := api.Account(mockapi.EnvironmentTest, "user_0"); r.Method == http.MethodPut && !exists {
					api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_0", Name: new("Somebody")})
				}
				return false
			})
			_, met := applyTable(provider, nil, users(1))
			return met
		})},
		{Name: "Accounts that were created since the plan of a new resource", Advice: diagnosticspage.Advice{Tests: "TestExistingAccounts, TestAdoptionOfWhatIsThere, TestImportByIDsInsteadOfAll, provider.TestMoveExamples, object/linkedaccount.TestDestroyBesideAnAccountThatExists"}, Meet: applyingLate(0)},
		{Name: "Accounts that were created since the plan of a change", Advice: diagnosticspage.Advice{Tests: "TestExistingAccounts, TestAdoptionOfWhatIsThere, TestImportByIDsInsteadOfAll, provider.TestMoveExamples, object/linkedaccount.TestDestroyBesideAnAccountThatExists"}, Meet: applyingLate(1)},
		{Name: "Accounts that exist and will be taken over", Advice: diagnosticspage.Advice{Not: diagnosticspage.WhoseIsIt}, Meet: planningBeside("User 1", users(2))},
		{Name: "Accounts that exist and will be adopted", Advice: diagnosticspage.Advice{Tests: "TestImportByIDsInsteadOfAll"}, Meet: planningBeside("Somebody", users(2), acctest.Attributes{"adopt_existing": acctest.Yes()})},
		{Name: "Accounts that exist, and names that are not known yet", Advice: diagnosticspage.Advice{Tests: "TestAdoptionOfWhatIsThere"}, Meet: planningBeside("User 1", acctest.Attributes{"user_1": account(tftypes.UnknownValue, nil)})},
		{Name: "Accounts that cannot be looked up", Advice: diagnosticspage.Advice{Tests: "TestPlanGoesOnWithoutAnswer"}, Meet: func(t *testing.T) acctest.Diagnostics {
			refused := diagnosticspage.At(t, diagnosticspage.NewRefold(), acctest.WithKey("tk-regenerated"))
			return refused.Plan(typeName, nil, table(refused, users(12))).Diagnostics
		}},
		{Name: "A plan deletes accounts with connected apps", Advice: diagnosticspage.Advice{Tests: "TestPlanSaysWhatDeletionsCost, TestConnectedAppsAreGuarded"}, Meet: planningDeletions(nil, nil)},
		{Name: "A plan deletes accounts with connected apps by force", Advice: diagnosticspage.Advice{Tests: "TestPlanSaysWhatDeletionsCost"}, Meet: planningDeletions(acctest.Attributes{"force_destroy": acctest.Yes()}, nil)},
		{Name: "Accounts with connected apps leave the map together with a new force_destroy", Advice: diagnosticspage.Advice{Tests: "TestRefusedForceIsNotKept, provider.TestExamples, provider.TestMoveExamples"}, Meet: planningDeletions(nil, acctest.Attributes{"force_destroy": acctest.Yes()})},
		{Name: "Accounts with connected apps leave the map, and force_destroy is given up", Advice: diagnosticspage.Advice{Tests: "TestWithdrawnForceIsKept, provider.TestExamples, provider.TestMoveExamples"}, Meet: planningDeletions(acctest.Attributes{"force_destroy": acctest.Yes()}, acctest.Attributes{"force_destroy": tftypes.NewValue(tftypes.Bool, false)})},
		{Name: "What deletions cost cannot be found out", Advice: diagnosticspage.Advice{Tests: "TestUnknownCost"}, Meet: planningDeletionsWithoutKey(nil)},
		{Name: "What deletions by force cost cannot be found out", Advice: diagnosticspage.Advice{Tests: "TestUnknownCost"}, Meet: planningDeletionsWithoutKey(acctest.Attributes{"force_destroy": acctest.Yes()})},
		{Name: "An import of more accounts than are configured", Advice: diagnosticspage.Advice{Tests: "TestImportByIDsInsteadOfAll, object/linkedaccount.TestDestroyBesideAnAccountThatExists"}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			for n := range 12 {
				api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: fmt.Sprintf("user_%d", n)})
			}
			imported, _ := provider.Import(typeName, "*")
			return provider.Plan(typeName, &imported, table(provider, users(3))).Diagnostics
		})},
		{Name: "A create that fails for some", Advice: diagnosticspage.Advice{Tests: "TestCreateThatFailsForSome, TestAdoptionOfWhatIsThere", Not: diagnosticspage.Outside}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Account.IDsVisibleASCII = true })
			_, met := applyTable(provider, nil, users(3, "ünïcode"))
			return met
		})},
		{Name: "The next apply takes over", Advice: diagnosticspage.Advice{Not: diagnosticspage.WhoseIsIt}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			applyTable(diagnosticspage.At(t, api), nil, users(14))
			_, met := applyTable(diagnosticspage.At(t, api), nil, users(15))
			return met
		}},
		{Name: "An update that fails for some", Advice: diagnosticspage.Advice{Tests: "TestUpdateThatFailsForSome", Not: diagnosticspage.Outside}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			created, _ := applyTable(provider, nil, users(2))
			api.Behave(func(b *mockapi.Behaviour) { b.Account.IDsVisibleASCII = true })
			_, met := applyTable(provider, &created, users(14, "ä", "ë", "ï", "ö", "ü", "á", "é", "í", "ó", "ú", "à", "è"))
			return met
		})},
		{
			Name: "Nothing works", Advice: diagnosticspage.Advice{Tests: "TestNothingWorks", Not: diagnosticspage.Outside},
			// Which are tried first, and how many are under way when those fail.
			Chance: regexp.MustCompile(`user_\d+|and \d+ more|\d+ were not tried`),
			Meet: func(t *testing.T) acctest.Diagnostics {
				api := diagnosticspage.NewRefold()
				created, _ := applyTable(diagnosticspage.At(t, api), nil, users(300))
				api.Intercept(acctest.Instead(http.MethodPut, "", acctest.Answering(403, `{"status_code":403,"error":"FORBIDDEN","message":"Not allowed"}`)))
				_, met := applyTable(diagnosticspage.At(t, api), &created, renamed(300))
				return met
			},
		},
		{Name: "Two resources with the same account, which no plan has shown", Advice: diagnosticspage.Advice{Tests: "TestTwoResourcesCreateTheSameAccount, provider.TestMoveExamples"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			unseen, apply := diagnosticspage.At(t, api), diagnosticspage.At(t, api)
			config := table(apply, users(2))
			plan := unseen.Plan(typeName, nil, config)
			applyTable(apply, nil, users(2))
			_, met := apply.ApplyPlanned(typeName, nil, plan, config)
			return met
		}},
		{Name: "An empty map, a swapped key, and a server that tells neither before a write", Advice: diagnosticspage.Advice{Tests: "TestSwappedKeyAndEmptyMap", Not: diagnosticspage.Dashboard}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			api.Behave(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true })
			provider := diagnosticspage.At(t, api)
			created, _ := applyTable(provider, nil, users(1))
			empty, _ := applyTable(provider, &created, nil)
			_, met := applyTable(diagnosticspage.At(t, api, acctest.WithKey(mockapi.ProductionKey)), &empty, users(3))
			return met
		}},
		{Name: "An account that was deleted, at a server that does not say where it looked", Advice: diagnosticspage.Advice{Tests: "TestSwappedKeyAtOldServer, provider.TestMoveExamples"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			api.Behave(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true })
			created, _ := applyTable(diagnosticspage.At(t, api), nil, users(2))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return readTable(diagnosticspage.At(t, api), created)
		}},
		{Name: "A file that was cut off", Advice: diagnosticspage.Advice{Tests: "TestCSVThatWasCutOff, TestMaxDeletions"}, Meet: diagnosticspage.Meeting(func(_ *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			created, _ := applyTable(provider, nil, users(40))
			_, met := applyTable(provider, &created, users(12))
			return met
		})},
		{Name: "Some accounts leave the map", Advice: diagnosticspage.Advice{Tests: "provider.TestExamples, TestHostileDataWithCLI"}, Meet: diagnosticspage.Meeting(func(_ *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			created, _ := applyTable(provider, nil, users(4))
			return provider.Plan(typeName, &created, table(provider, users(2))).Diagnostics
		})},
		{Name: "An import of more than is configured of an account", Advice: diagnosticspage.Advice{Tests: "TestUnmanagedParts"}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1", Name: new("Acme"), UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}}})
			imported, _ := provider.Import(typeName, "*")
			return provider.Plan(typeName, &imported, provider.Config(typeName, acctest.Attributes{"accounts": accounts(acctest.Attributes{"user_1": account("Acme", nil)})})).Diagnostics
		})},
		{Name: "A file writes an id in another case", Advice: diagnosticspage.Advice{Tests: "TestRespelledIDs"}, Meet: diagnosticspage.Meeting(func(_ *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			created, _ := applyTable(provider, nil, users(2))
			return provider.Plan(typeName, &created, table(provider, acctest.Attributes{"user_0": account("User 0", nil), "USER_1": account("User 1", nil)})).Diagnostics
		})},
		{Name: "Some accounts leave the map, under PREVENT", Advice: diagnosticspage.Advice{Tests: "TestPreventedRemoval, TestPolicyIsAppliedBeforeAccountsLeave"}, Meet: underPolicy("PREVENT", func(provider *acctest.Protocol, created acctest.Instance) tftypes.Value {
			return table(provider, users(12), acctest.Attributes{"deletion_policy": acctest.Text("DELETE")})
		})},
		{Name: "Some accounts leave the map, under ABANDON", Advice: diagnosticspage.Advice{Tests: "TestPolicyIsAppliedBeforeAccountsLeave"}, Meet: underPolicy("ABANDON", func(provider *acctest.Protocol, created acctest.Instance) tftypes.Value {
			return table(provider, users(12), acctest.Attributes{"deletion_policy": acctest.Text("ABANDON")})
		})},
		{Name: "Some accounts leave the map, under a policy that is not known yet", Advice: diagnosticspage.Advice{Tests: "TestUnknownPolicyWithRemoval, object/linkedaccount.TestWhatIsNotKnownYetIsAppliedFirst"}, Meet: underPolicy("ABANDON", func(provider *acctest.Protocol, created acctest.Instance) tftypes.Value {
			return table(provider, users(12), acctest.Attributes{"deletion_policy": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)})
		})},
		{Name: "A destroy of many, under ABANDON", Advice: diagnosticspage.Advice{Tests: "TestDestroyUnderPolicy"}, Meet: underPolicy("ABANDON", func(_ *acctest.Protocol, created acctest.Instance) tftypes.Value {
			return tftypes.NewValue(created.State.Type(), nil)
		})},
		{Name: "Deletions that wait", Advice: diagnosticspage.Advice{Tests: "TestDeletionsWaitForWrites", Not: diagnosticspage.Outside}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			created, _ := applyTable(provider, nil, users(4))
			api.Behave(func(b *mockapi.Behaviour) { b.Account.IDsVisibleASCII = true })
			_, met := applyTable(provider, &created, users(2, "ü"))
			return met
		})},
		{Name: "Credentials that a failed update left uncertain", Advice: diagnosticspage.Advice{Tests: "TestUncertainCredentials"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			with := func(value string) acctest.Attributes {
				return acctest.Attributes{"auth_credentials": accountCredentials("user_1", acctest.Attributes{"key": acctest.Text(value)})}
			}
			created, _ := applyTable(diagnosticspage.At(t, api), nil, users(3), with("a"))
			api.Intercept(acctest.Instead(http.MethodPut, "", acctest.Answering(403, `{"status_code":403,"error":"FORBIDDEN","message":"Not allowed"}`)))
			failed, _ := applyTable(diagnosticspage.At(t, api), &created, users(3), with("b"))
			return diagnosticspage.At(t, api).Plan(typeName, &failed, table(diagnosticspage.At(t, api), users(3), with("a"))).Diagnostics
		}},
		{Name: "An import of every account, with ids that cannot be used", Advice: diagnosticspage.Advice{Not: diagnosticspage.Dashboard}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			for _, id := range []string{"user_1", " user_2"} {
				api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: id, Name: new("Acme")})
			}
			_, met := provider.Import(typeName, "*")
			return met
		})},
		{Name: "A destroy of many", Advice: diagnosticspage.Advice{Tests: "TestMaxDeletions, TestTaintedAccounts, provider.TestExamples, provider.TestMoveExamples"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := applyTable(diagnosticspage.At(t, api), nil, users(11))
			return diagnosticspage.At(t, api).Plan(typeName, &created, tftypes.NewValue(created.State.Type(), nil)).Diagnostics
		}},
		{Name: "A replacement of accounts of which one has connected apps", Advice: diagnosticspage.Advice{Tests: "TestReplacementWithAConnectedApp, TestConnectedAccountIsDeletedAfterAll"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := applyTable(diagnosticspage.At(t, api), nil, users(3))
			api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
			_, met := diagnosticspage.At(t, api).Delete(typeName, created)
			return met
		}},
		{Name: "A tainted resource that was not refreshed", Advice: diagnosticspage.Advice{Tests: "TestTaintedAccounts, movement.TestTaintedOneWhoseIDIsTaken"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := applyTable(diagnosticspage.At(t, api), nil, users(2))
			planning := diagnosticspage.At(t, api)
			created.Private = planning.Plan(typeName, nil, table(planning, users(2))).PlannedPrivate
			_, met := diagnosticspage.At(t, api).Delete(typeName, created)
			return met
		}},
		{Name: "A destroy that fails for some", Advice: diagnosticspage.Advice{Tests: "TestConnectedAccountIsDeletedAfterAll, TestOwnAppIsToldByItsID, provider.TestExamples", Not: diagnosticspage.Dashboard}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := applyTable(diagnosticspage.At(t, api), nil, users(3))
			api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
			_, met := diagnosticspage.At(t, api).Apply(typeName, &created, tftypes.NewValue(created.State.Type(), nil))
			return met
		}},
		{Name: "A destroy of an account that somebody made anew", Advice: diagnosticspage.Advice{Tests: "TestNamesakeThatAnEarlierRunHasShown, object/linkedaccount.TestNamesakeIsDeletedOnceItIsKnown, provider.TestExamples", Not: diagnosticspage.WhoseIsIt}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := applyTable(diagnosticspage.At(t, api), nil, users(1))
			api.Remove(mockapi.EnvironmentTest, "user_0")
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_0", Name: new("User 0")})
			_, met := diagnosticspage.At(t, api).Apply(typeName, &created, tftypes.NewValue(created.State.Type(), nil))
			return met
		}},
		{Name: "A plan destroys an account that its run has found to be another one", Advice: diagnosticspage.Advice{Tests: "TestNamesakeThatAnEarlierRunHasShown, object/linkedaccount.TestNamesakeIsDeletedOnceItIsKnown", Not: diagnosticspage.WhoseIsIt}, Meet: planningToDestroyAnother(nil)},
		{Name: "A plan destroys an account that its run has found to be another one, with force_destroy", Advice: diagnosticspage.Advice{Not: diagnosticspage.WhoseIsIt},
			Meet: planningToDestroyAnother(acctest.Attributes{"force_destroy": acctest.Yes()})},
		{Name: "The run is interrupted before a deletion", Advice: diagnosticspage.Advice{Tests: "TestStoppedApply, TestInterruptedApply"}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			created, _ := applyTable(provider, nil, users(1))
			api.Intercept(acctest.Instead(http.MethodPut, "", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
			var another sync.WaitGroup
			another.Go(func() { applyTable(provider, &created, renamed(1)) })
			synctest.Wait() // the deletion waits for its turn then
			time.AfterFunc(time.Second, provider.Stop)
			_, met := provider.Delete(typeName, created)
			another.Wait()
			return met
		})},
		{Name: "A map that is not known before the apply", Advice: diagnosticspage.Advice{Tests: "TestUnknownAccounts, TestUnknownAccountsUnderPolicy, TestMapThatTurnsOutShort, object/linkedaccount.TestWhatIsNotKnownYetIsAppliedFirst"}, Meet: diagnosticspage.Meeting(func(_ *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			created, _ := applyTable(provider, nil, users(3))
			unknown := tftypes.NewValue(accountsType(), tftypes.UnknownValue)
			return provider.Plan(typeName, &created, provider.Config(typeName, acctest.Attributes{"accounts": unknown})).Diagnostics
		})},
		{Name: "Accounts that are gone", Advice: diagnosticspage.Advice{Tests: "TestSomeDisappear, TestReadThatLagsBehindTheCreate"}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := applyTable(diagnosticspage.At(t, api), nil, users(3))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return readTable(diagnosticspage.At(t, api), created)
		}},
		{Name: "Deletions without an answer, in the run after them", Advice: diagnosticspage.Advice{Tests: "TestDestroyThatFailsForSome, TestSomeDisappear", Not: diagnosticspage.Outside}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := applyTable(diagnosticspage.At(t, api), nil, users(3))
			api.Intercept(acctest.Instead(http.MethodDelete, "user_1", acctest.Answering(502, "")))
			left, met := applyTable(diagnosticspage.At(t, api), &created, users(1))
			api.Intercept(nil)
			api.Remove(mockapi.EnvironmentTest, "user_0")
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return append(met, readTable(diagnosticspage.At(t, api), left)...)
		}},
		{Name: "Fields that Terraform cannot hold", Advice: diagnosticspage.Advice{Not: diagnosticspage.Dashboard}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			elements := users(1)
			elements["user_0"] = account("User 0", fields("pro"))
			created, _ := applyTable(diagnosticspage.At(t, api), nil, elements)
			api.Change(mockapi.EnvironmentTest, "user_0", func(account *mockapi.Account) {
				account.SetUDF("caf\u00e9", "a")
				account.SetUDF("cafe\u0301", "b")
			})
			_, met := diagnosticspage.At(t, api).ReadDataSource(typeName, nil)
			return append(readTable(diagnosticspage.At(t, api), created), met...)
		}},
		{Name: "An import of a list with accounts of another environment", Advice: diagnosticspage.Advice{Tests: "TestListWithAccountsOfAnotherEnvironment", Not: diagnosticspage.Outside}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			document := func(id, environment string) string {
				return fmt.Sprintf(`{"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"6500a1b2c3d4e5f6a7b8c9d0","environment":%q,"account_id":%q,"udf":[],"integrations":[]}`, environment, id)
			}
			api.Intercept(acctest.Instead(http.MethodGet, "", acctest.Answering(200, `{"docs":[`+document("user_0", "test")+","+document("user_1", "production")+`],"totalDocs":2,"hasNextPage":false}`)))
			_, met := provider.Import(typeName, "*")
			return met
		})},
		{Name: "Accounts that were made anew", Advice: diagnosticspage.Advice{Tests: "TestAccountMadeAnew", Not: diagnosticspage.WhoseIsIt}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			with := acctest.Attributes{"auth_credentials": accountCredentials("user_1", acctest.Attributes{"key": acctest.Text("a")})}
			created, _ := applyTable(diagnosticspage.At(t, api), nil, users(3), with)
			api.Remove(mockapi.EnvironmentTest, "user_1")
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			return readTable(diagnosticspage.At(t, api), created)
		}},
		{Name: "Accounts that cannot be read", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: func(t *testing.T) acctest.Diagnostics {
			api := diagnosticspage.NewRefold()
			created, _ := applyTable(diagnosticspage.At(t, api), nil, users(3))
			api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				isRefused := r.URL.Path != "/api/v2/public/linked-account/user_0"
				if isRefused {
					acctest.Answering(403, `{"status_code":403,"error":"FORBIDDEN","message":"Not allowed"}`)(w, r)
				}
				return isRefused
			})
			return readTable(diagnosticspage.At(t, api), created)
		}},
		{Name: "Write-only credentials that are not sent", Advice: diagnosticspage.Advice{Tests: "TestWriteOnlyCredentials"}, Meet: func(t *testing.T) acctest.Diagnostics {
			with := func(name string) acctest.Attributes {
				return acctest.Attributes{"auth_credentials_wo": accountCredentials("user_1", acctest.Attributes{name: acctest.Text("a")}), "auth_credentials_wo_version": acctest.Version(1)}
			}
			provider := diagnosticspage.At(t, diagnosticspage.NewRefold())
			created, _ := applyTable(provider, nil, users(3), with("key"))
			return provider.Plan(typeName, &created, table(provider, users(3), with("other"))).Diagnostics
		}},
		{Name: "An import of every account of nobody", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: importing("*")},
		{Name: "An import of every account with a refused key", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: func(t *testing.T) acctest.Diagnostics {
			_, met := diagnosticspage.At(t, diagnosticspage.NewRefold(), acctest.WithKey("tk-regenerated")).Import(typeName, "*")
			return met
		}},
		{Name: "An import of some with a refused key", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: func(t *testing.T) acctest.Diagnostics {
			_, met := diagnosticspage.At(t, diagnosticspage.NewRefold(), acctest.WithKey("tk-regenerated")).Import(typeName, "user_1")
			return met
		}},
		{Name: "An import of accounts that do not exist", Advice: diagnosticspage.Advice{Tests: "TestImportByIDsInsteadOfAll", Not: diagnosticspage.Outside}, Meet: importing("user_1,user_2")},
		{Name: "An import with an empty entry", Advice: diagnosticspage.Advice{Tests: "TestSplitIDs, TestImportByIDsInsteadOfAll"}, Meet: importing("user_1,")},
		{Name: "An import of an impossible id", Advice: diagnosticspage.Advice{Tests: "TestSplitIDs, TestImportByIDsInsteadOfAll"}, Meet: importing("user_1,..")},
		{Name: "An import id that cannot be read", Advice: diagnosticspage.Advice{Tests: "TestSplitIDs, TestImportByIDsInsteadOfAll"}, Meet: importing(`"user_1`)},
		{Name: "Ids that cannot be asked for, and no whole accounts", Advice: diagnosticspage.Advice{Not: diagnosticspage.Dashboard}, Meet: diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.List.FourFields = true })
			for _, id := range []string{" lead", "..", "tab\tx"} {
				api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: id})
			}
			_, met := provider.ReadDataSource(typeName, nil)
			return met
		})},
	}
}

// underPolicy plans a change of 40 accounts that were made under a deletion policy.
func underPolicy(policy string, change func(*acctest.Protocol, acctest.Instance) tftypes.Value) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		api := diagnosticspage.NewRefold()
		created, _ := applyTable(diagnosticspage.At(t, api), nil, users(40), acctest.Attributes{"deletion_policy": acctest.Text(policy)})
		provider := diagnosticspage.At(t, api)
		return provider.Plan(typeName, &created, change(provider, created)).Diagnostics
	}
}

// applyingLate applies a plan for three accounts, of which so many exist when it is made, and one
// more when it is applied.
func applyingLate(managed int) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		api := diagnosticspage.NewRefold()
		planning, applying := diagnosticspage.At(t, api), diagnosticspage.At(t, api)
		var prior *acctest.Instance
		if managed > 0 {
			created, _ := applyTable(planning, nil, users(managed))
			prior = &created
		}
		config := table(planning, users(3))
		plan := planning.Plan(typeName, prior, config)
		api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_2", Name: new("Somebody")})
		_, met := applying.ApplyPlanned(typeName, prior, plan, config)
		return met
	}
}

// planningBeside plans accounts, of which user_1 exists under this name.
func planningBeside(name string, elements acctest.Attributes, more ...acctest.Attributes) func(*testing.T) acctest.Diagnostics {
	return diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
		api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1", Name: &name})
		return provider.Plan(typeName, nil, table(provider, elements, more...)).Diagnostics
	})
}

// planningDeletions plans that three accounts are destroyed, or leave the map of a change. Two of
// them have connected apps.
func planningDeletions(more, change acctest.Attributes) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		api := diagnosticspage.NewRefold()
		created := connectedAccounts(t, api, more)
		provider := diagnosticspage.At(t, api)
		config := tftypes.NewValue(created.State.Type(), nil)
		if change != nil {
			config = table(provider, nil, change)
		}
		return provider.Plan(typeName, &created, config).Diagnostics
	}
}

func planningDeletionsWithoutKey(more acctest.Attributes) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		api := diagnosticspage.NewRefold()
		created := connectedAccounts(t, api, more)
		refused := diagnosticspage.At(t, api, acctest.WithKey("tk-regenerated"))
		return refused.Plan(typeName, &created, tftypes.NewValue(created.State.Type(), nil)).Diagnostics
	}
}

func connectedAccounts(t *testing.T, api *mockapi.Server, more acctest.Attributes) acctest.Instance {
	t.Helper()
	created, _ := applyTable(diagnosticspage.At(t, api), nil, users(3), more)
	api.Connect(mockapi.EnvironmentTest, "user_0", mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
	api.Connect(mockapi.EnvironmentTest, "user_2", mockapi.Integration{Type: "slack", Name: "Slack"})
	return created
}

func importing(id string) func(*testing.T) acctest.Diagnostics {
	return diagnosticspage.Meeting(func(_ *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
		_, met := provider.Import(typeName, id)
		return met
	})
}

func validatingAccounts(elements acctest.Attributes, more ...acctest.Attributes) func(*testing.T) acctest.Diagnostics {
	return diagnosticspage.Meeting(func(_ *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
		return provider.Validate(typeName, table(provider, elements, more...))
	})
}

// table is a configuration.
func table(provider *acctest.Protocol, elements acctest.Attributes, more ...acctest.Attributes) tftypes.Value {
	values := acctest.Attributes{"accounts": accounts(elements)}
	for _, further := range more {
		maps.Copy(values, further)
	}
	return provider.Config(typeName, values)
}

func applyTable(provider *acctest.Protocol, prior *acctest.Instance, elements acctest.Attributes, more ...acctest.Attributes) (acctest.Instance, acctest.Diagnostics) {
	return provider.Apply(typeName, prior, table(provider, elements, more...))
}

func readTable(provider *acctest.Protocol, from acctest.Instance) acctest.Diagnostics {
	_, met := provider.Read(typeName, from)
	return met
}

// users are so many accounts, and some more with these ids.
func users(size int, ids ...string) acctest.Attributes {
	elements := acctest.Attributes{}
	for n := range size {
		elements[fmt.Sprintf("user_%d", n)] = account(fmt.Sprintf("User %d", n), nil)
	}
	for _, id := range ids {
		elements[id] = account("User", nil)
	}
	return elements
}

func renamed(size int) acctest.Attributes {
	elements := acctest.Attributes{}
	for n := range size {
		elements[fmt.Sprintf("user_%d", n)] = account("Renamed", nil)
	}
	return elements
}

func accountCredentials(id string, values acctest.Attributes) tftypes.Value {
	texts := tftypes.Map{ElementType: tftypes.String}
	return tftypes.NewValue(tftypes.Map{ElementType: texts}, acctest.Attributes{id: tftypes.NewValue(texts, values)})
}
