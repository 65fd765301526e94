// SPDX-License-Identifier: MPL-2.0

package variablevalue_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestDiagnostics(t *testing.T) {
	diagnosticspage.Test(t, diagnosticspage.Page{
		Chapters: []diagnosticspage.Chapter{
			{Title: "The resource block", Situations: validationSituations()},
			{Title: "Plan", Names: "variable", Situations: planSituations()},
			{Title: "Create, update and delete", Situations: changeSituations()},
			{Title: "Deletion policies", Names: "user_1", Situations: policySituations()},
			{Title: "Read and import", Situations: readSituations()},
			{Title: "Lists", Situations: listSituations()},
		},
	})
}

// as is a situation of a user with two accounts.
func as(run func(*user) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
	return at(mockapi.Behaviour{}, run)
}

func at(behaviour mockapi.Behaviour, run func(*user) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		api := diagnosticspage.NewRefold()
		if behaviour != (mockapi.Behaviour{}) {
			api = mockapi.New(mockapi.WithBehaviour(behaviour))
		}
		for _, id := range []string{"user_1", "user_2"} {
			api.Create(test, mockapi.Account{AccountID: id})
		}
		return run(&user{T: t, api: api, network: acctest.InProcess(t, api)})
	}
}

func advice(tests, not string) diagnosticspage.Advice {
	return diagnosticspage.Advice{Tests: tests, Not: not}
}

// applying applies configurations one after the other, and returns what the last one says.
func applying(configured ...attributes) func(*testing.T) acctest.Diagnostics {
	return as(func(u *user) (met acctest.Diagnostics) {
		for _, one := range configured {
			met = u.apply(one)
		}
		return met
	})
}

func validating(configured attributes) func(*testing.T) acctest.Diagnostics {
	return as(func(u *user) acctest.Diagnostics {
		process := u.process()
		return process.Validate(valueType, process.Config(valueType, configured))
	})
}

func forbidden() http.HandlerFunc {
	return acctest.Answering(http.StatusForbidden, `{"error_code":"FORBIDDEN","message":"no"}`)
}

// validationSituations are about the resource block alone.
func validationSituations() []diagnosticspage.Situation {
	right := validating(planned("eu"))
	return []diagnosticspage.Situation{
		{Name: "An account and a workflow", Mended: right, Meet: validating(both(planned("eu"), ofWorkflow(region)))},
		{Name: "Both forms of a value", Mended: right, Meet: validating(both(planned("eu"), writeOnly("eu", "1")))},
		{Name: "A write-only value without a version", Mended: validating(hidden("one", "1")), Meet: validating(both(ofAccount(secret), attributes{"value_wo": acctest.Text("one")}))},
		{Name: "A version without a write-only value", Mended: right, Meet: validating(both(planned("eu"), attributes{"value_wo_version": acctest.Text("1")}))},
		{Name: "An empty version", Mended: validating(hidden("one", "1")), Meet: validating(hidden("one", ""))},
		{Name: "An id that no definition can have", Mended: right, Meet: validating(both(ofAccount(".."), plain("eu")))},
		{Name: "An id that no workflow can have", Mended: validating(both(ofWorkflow(batch), plain("5"))), Meet: validating(both(ofAll(batch), plain("5"), attributes{"workflow_id": acctest.Text("")}))},
		{Name: "An account that no header can carry", Mended: right, Meet: validating(both(planned("eu"), attributes{"linked_account_id": acctest.Text("kündin")}))},
	}
}

// planSituations are about what a plan finds at Refold.
func planSituations() []diagnosticspage.Situation {
	existing := func(definitionID, stored string, configured attributes) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.set(definitionID, stored)
			return u.met(configured)
		})
	}
	changing := func(configured attributes) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.apply(planned("eu"))
			return u.met(configured)
		})
	}
	right := applying(planned("eu"))
	silent := func(path string) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.api.Intercept(acctest.Instead(http.MethodGet, path, acctest.Answering(http.StatusBadGateway, "")))
			return u.met(planned("eu"))
		})
	}
	importing := func(id string, accountID string) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			for _, one := range []string{"user_1", "user_2"} {
				u.api.SetVariableValue(test, mockapi.VariableValue{DefinitionID: region, AccountID: one, Value: "eu"})
			}
			process := u.process()
			imported, _ := process.Import(valueType, id)
			configured := both(planned("eu"), attributes{"linked_account_id": acctest.Text(accountID)})
			return process.Plan(valueType, &imported, process.Config(valueType, configured)).Diagnostics
		})
	}
	pin := both(ofAccount(mockapi.AccessPINVariableID), writeOnly("many", "1"))
	return []diagnosticspage.Situation{
		{Name: "A name in the place of a definition's id", Mended: right, Meet: applying(both(ofAccount("REGION"), plain("eu")))},
		{Name: "An organization without definitions", Advice: advice("", diagnosticspage.Dashboard), Meet: as(func(u *user) acctest.Diagnostics {
			u.api.SetVariableDefinitions(test)
			return u.apply(planned("eu"))
		})},
		{Name: "A value of a variable of accounts, without one", Mended: right, Meet: applying(both(ofAll(region), plain("eu")))},
		{Name: "A value of a variable of workflows, without one", Mended: applying(both(ofWorkflow(batch), plain("5"))), Meet: applying(both(ofAccount(batch), plain("5")))},
		{Name: "A value of a variable of the workspace, for an account", Mended: applying(both(ofAll(support), plain("a@b.c"))), Meet: applying(both(ofAccount(support), plain("a@b.c")))},
		{Name: "A plain value of an encrypted variable", Mended: applying(hidden("one", "1")), Meet: applying(both(ofAccount(secret), plain("one")))},
		{Name: "A text for a variable that is a number", Mended: applying(both(ofAccount(seats), plain("7"))), Meet: applying(both(ofAccount(seats), plain("many")))},
		{Name: "A write-only text for a variable that is a number", Mended: applying(both(pin, writeOnly("7", "1"))), Meet: applying(pin)},
		{Name: "A text for a variable that is a URL", Mended: applying(both(ofAccount(callback), plain("https://acme.example/"))), Meet: applying(both(ofAccount(callback), plain("nowhere")))},
		{Name: "No value", Mended: right, Meet: applying(ofAccount(region))},
		{Name: "A write-only value that is null", Mended: applying(hidden("one", "1")), Meet: applying(both(ofAccount(secret), attributes{"value_wo_version": acctest.Text("1")}))},
		{Name: "The value that a plan sets is set already, to another one", Mended: existing(region, "us", both(planned("eu"), adopting())), Advice: advice("TestImport", ""), Meet: existing(region, "us", planned("eu"))},
		{Name: "The value that a plan sets is set already, and encrypted", Mended: existing(secret, "one", both(hidden("two", "1"), adopting())), Advice: advice("TestImport", ""), Meet: existing(secret, "one", hidden("one", "1"))},
		{Name: "The value that a plan sets is set already, to the same", Advice: advice("", "there is nothing to do"), Meet: existing(region, "eu", planned("eu"))},
		{Name: "The value that a plan sets is set already, and will be adopted", Advice: advice("TestValueThatExists", diagnosticspage.WhoseIsIt), Meet: existing(region, "us", both(planned("eu"), adopting()))},
		{Name: "The value that a plan sets is set already, and not known yet", Mended: existing(region, "us", planned("us")), Meet: existing(region, "us", both(ofAccount(region), attributes{"value": unknown()}))},
		{Name: "The definitions cannot be looked up", Advice: advice("TestPlanWithoutAnswers, TestWrongServers", ""), Meet: silent("/env/definitions")},
		{Name: "The value cannot be looked up", Advice: advice("TestPlanWithoutAnswers, TestWrongServers", ""), Meet: silent("/env/values/linked_account")},
		{Name: "A value is taken out", Mended: changing(planned("us")), Meet: changing(ofAccount(region))},
		{Name: "It is not known which value a plan is about", Mended: changing(planned("eu")), Meet: changing(both(planned("eu"), attributes{"linked_account_id": unknown()}))},
		{Name: "An import of another value than the configured one", Mended: importing(region+"/user_2", "user_2"), Meet: importing(region+"/user_1", "user_2")},
		{Name: "An import of a value that is to be replaced", Mended: importing(region+"/user_1", "user_1"), Meet: as(func(u *user) acctest.Diagnostics {
			u.set(region, "eu")
			process := u.process()
			imported, _ := process.Import(valueType, region+"/user_1")
			config := process.Config(valueType, planned("eu"))
			return process.PlanReplacement(valueType, process.Plan(valueType, &imported, config), config).Diagnostics
		})},
		{Name: "An update before has failed", Advice: advice("TestRotationThatFails", ""), Meet: as(func(u *user) acctest.Diagnostics {
			u.apply(hidden("one", "1"))
			u.api.Intercept(acctest.Instead(http.MethodPost, "/env/values", acctest.Answering(http.StatusServiceUnavailable, "", "Date", later().Format(http.TimeFormat))))
			u.apply(hidden("two", "2"))
			u.api.Intercept(nil)
			return u.met(hidden("one", "1"))
		})},
	}
}

// changeSituations are about what goes wrong in an apply.
func changeSituations() []diagnosticspage.Situation {
	refused := func(method, ending string, status int, before ...attributes) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) (met acctest.Diagnostics) {
			for _, one := range before {
				u.apply(one)
			}
			u.api.Intercept(acctest.Instead(method, ending, acctest.Answering(status, `{"error_code":"FORBIDDEN","message":"no"}`)))
			if len(before) > 0 {
				return u.apply(planned("us"))
			}
			return u.apply(planned("eu"))
		})
	}
	meanwhile := func(before, after attributes, happens func(*user)) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.apply(before)
			return u.applyAfter(after, func() { happens(u) })
		})
	}
	remade := func(u *user) { u.api.ReplaceVariableValue("test", region, "user_1", "") }
	right := applying(planned("eu"))
	deletingLate := func(happens func(*user), again bool) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.apply(planned("eu"))
			met := u.destroyAfter(func() { happens(u) })
			if again {
				met = u.destroy()
			}
			return met
		})
	}
	setSince := func(u *user) { u.set(region, "us") }
	noID := func(configured attributes) func(*testing.T) acctest.Diagnostics {
		return at(mockapi.Behaviour{Variable: mockapi.VariableBehaviour{HideTarget: true}}, func(u *user) acctest.Diagnostics {
			u.set(region, "eu")
			u.importAs(region + "/user_1")
			u.apply(configured)
			_, met := u.process().Delete(valueType, *u.instance)
			return met
		})
	}
	return []diagnosticspage.Situation{
		{Name: "A value of an account that does not exist", Mended: right, Meet: applying(both(planned("eu"), attributes{"linked_account_id": acctest.Text("user_3")}))},
		{Name: "A value that Refold does not take", Mended: applying(both(ofAccount(seats), plain("31"))), Meet: applying(both(ofAccount(seats), plain("0x1F")))},
		{Name: "A value that Refold does not set", Advice: advice("", diagnosticspage.Outside), Meet: refused(http.MethodPost, "/env/values", http.StatusForbidden)},
		{Name: "A value that Refold does not change", Advice: advice("", diagnosticspage.Outside), Meet: refused(http.MethodPost, "/env/values", http.StatusForbidden, planned("eu"))},
		{Name: "A definition that cannot be read", Advice: advice("", diagnosticspage.Outside), Meet: as(func(u *user) acctest.Diagnostics {
			return u.applyAfter(planned("eu"), func() {
				u.api.Intercept(acctest.Instead(http.MethodGet, "/env/definitions", forbidden()))
			})
		})},
		{Name: "An encrypted value whose answer was lost", Advice: advice("TestLostCreate", diagnosticspage.WhoseIsIt), Meet: as(func(u *user) acctest.Diagnostics {
			u.losing(http.MethodPost, 1)
			return u.apply(hidden("one", "1"))
		})},
		{Name: "A value that somebody else has set is replaced", Advice: advice("", diagnosticspage.WhoseIsIt), Meet: meanwhile(planned("eu"), planned("us"), func(u *user) { u.set(region, "theirs") })},
		{Name: "A value that Refold keeps in another form", Advice: advice("TestValueThatIsKeptInAnotherForm", ""), Meet: as(func(u *user) acctest.Diagnostics {
			u.api.Intercept(acctest.Instead(http.MethodPost, "/env/values", acctest.Answering(http.StatusOK,
				`{"_id":"6a314b06d396207fd24fb16b","variable_definition_id":"`+region+`","linked_account_id":"user_1","value":"EU"}`)))
			return u.apply(planned("eu"))
		})},
		{Name: "A value that is gone when it is to be changed", Mended: as(func(u *user) acctest.Diagnostics {
			u.apply(planned("eu"))
			u.api.RemoveVariableValue(test, region, "user_1", "")
			return u.apply(planned("us"))
		}), Meet: meanwhile(planned("eu"), planned("us"), func(u *user) { u.api.RemoveVariableValue("test", region, "user_1", "") })},
		{Name: "A value that was made anew when it is to be changed", Mended: as(func(u *user) acctest.Diagnostics {
			u.apply(planned("eu"))
			u.applyAfter(planned("us"), func() { remade(u) })
			return u.apply(planned("us"))
		}), Advice: advice("TestUpdateOfWhatOthersSet", ""), Meet: meanwhile(planned("eu"), planned("us"), remade)},
		{Name: "A deletion of what somebody else has set since", Mended: deletingLate(setSince, true), Meet: deletingLate(setSince, false)},
		{Name: "A deletion without an id", Mended: noID(both(planned("eu"), attributes{"deletion_policy": acctest.Text("ABANDON")})), Advice: advice("", diagnosticspage.Dashboard), Meet: noID(planned("eu"))},
		{Name: "A deletion that Refold refuses", Advice: advice("", diagnosticspage.Outside), Meet: as(func(u *user) acctest.Diagnostics {
			u.apply(planned("eu"))
			id := u.text("id")
			u.api.Intercept(acctest.Instead(http.MethodDelete, "/env/values/"+id, forbidden()))
			_, met := u.process().Delete(valueType, *u.instance)
			return met
		})},
		{Name: "Two resources create the same value in one run", Mended: right, Meet: as(func(u *user) acctest.Diagnostics {
			process := u.process()
			config := process.Config(valueType, planned("eu"))
			first, second := process.Plan(valueType, nil, config), u.process().Plan(valueType, nil, config)
			process.ApplyPlanned(valueType, nil, first, config)
			_, met := process.ApplyPlanned(valueType, nil, second, config)
			return met
		})},
	}
}

// policySituations are about what Terraform gives up.
func policySituations() []diagnosticspage.Situation {
	under := func(policies ...string) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			for _, policy := range policies {
				u.apply(both(planned("eu"), attributes{"deletion_policy": acctest.Text(policy)}))
			}
			return u.process().Plan(valueType, u.instance, tftypes.NewValue(u.instance.State.Type(), nil)).Diagnostics
		})
	}
	return []diagnosticspage.Situation{
		{Name: "A block that is removed, under PREVENT", Mended: under("PREVENT", "DELETE"), Meet: under("PREVENT")},
		{Name: "A block that is removed, under ABANDON", Mended: under("ABANDON", "DELETE"), Meet: under("ABANDON")},
	}
}

// readSituations are about a refresh, and an import.
func readSituations() []diagnosticspage.Situation {
	managing := func(configured attributes, happens func(*user), then func(*user) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.apply(configured)
			happens(u)
			return then(u)
		})
	}
	refresh := func(u *user) acctest.Diagnostics { return u.refresh(u.process()) }
	again := func(configured attributes) func(*user) acctest.Diagnostics {
		return func(u *user) acctest.Diagnostics {
			refresh(u)
			return u.apply(configured)
		}
	}
	gone := func(u *user) { u.api.RemoveVariableValue(test, region, "user_1", "") }
	encrypted := func(u *user) {
		u.define(region, func(one *mockapi.VariableDefinition) bool { one.Encrypted = true; return true })
	}
	theirs := func(definitionID string) func(*user) {
		return func(u *user) {
			u.api.SetVariableValue(test, mockapi.VariableValue{DefinitionID: definitionID, AccountID: "user_1", Value: "theirs", UpdatedAt: later()})
		}
	}
	setElsewhere := theirs(secret)
	importing := func(id string) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.setAll()
			return u.importAs(id)
		})
	}
	right := importing(region + "/user_1")
	return []diagnosticspage.Situation{
		{Name: "A value that is gone", Mended: managing(planned("eu"), gone, again(planned("eu"))), Meet: managing(planned("eu"), gone, refresh)},
		{Name: "A value whose account is gone", Mended: managing(planned("eu"), func(u *user) {
			u.api.Remove(test, "user_1")
			refresh(u)
			u.api.Create(test, mockapi.Account{AccountID: "user_1"})
		}, again(planned("eu"))), Meet: managing(planned("eu"), func(u *user) { u.api.Remove(test, "user_1") }, refresh)},
		{Name: "A value that Refold does not show", Advice: advice("TestWrongServers", diagnosticspage.Outside), Meet: managing(planned("eu"), func(u *user) {
			u.api.Intercept(acctest.Instead(http.MethodGet, "/env/values/linked_account", forbidden()))
		}, refresh)},
		{Name: "A write-only value that somebody else has set", Mended: managing(hidden("one", "1"), setElsewhere, again(hidden("one", "2"))), Meet: managing(hidden("one", "1"), setElsewhere, refresh)},
		{Name: "A plan deletes a write-only value that somebody else has set", Advice: advice("TestHiddenValueThatOthersSet", diagnosticspage.WhoseIsIt), Meet: managing(hidden("one", "1"), func(u *user) {
			setElsewhere(u)
			refresh(u)
		}, func(u *user) acctest.Diagnostics {
			return u.process().Plan(valueType, u.instance, tftypes.NewValue(u.instance.State.Type(), nil)).Diagnostics
		})},
		{Name: "A plan replaces a write-only value that somebody else has set", Advice: advice("TestAnothersValueThatIsReplacedLater", diagnosticspage.WhoseIsIt), Meet: managing(hidden("one", "1"), func(u *user) {
			setElsewhere(u)
			refresh(u)
		}, func(u *user) acctest.Diagnostics {
			_, met := u.plan(hidden("two", "2"))
			return met
		})},
		{Name: "A write-only value that somebody else has set is replaced by itself", Mended: managing(hidden("one", "1"), setElsewhere, again(hidden("one", "2"))), Meet: managing(hidden("one", "1"), func(u *user) {
			setElsewhere(u)
			refresh(u)
		}, func(u *user) acctest.Diagnostics {
			process := u.process()
			config := process.Config(valueType, hidden("one", "1"))
			return process.PlanReplacement(valueType, process.Plan(valueType, u.instance, config), config).Diagnostics
		})},
		{Name: "A value that somebody else sets between two attempts", Mended: managing(planned("eu"), theirs(region), again(planned("us"))), Meet: managing(planned("eu"), func(u *user) {
			u.failingOnce(http.MethodPost, func() { theirs(region)(u) })
		}, again(planned("us")))},
		{Name: "A write-only value that somebody else sets between two attempts", Advice: advice("TestUpdateThatIsRepeated", diagnosticspage.WhoseIsIt), Meet: managing(hidden("one", "1"), func(u *user) {
			u.failingOnce(http.MethodPost, func() { theirs(secret)(u) })
		}, again(hidden("two", "2")))},
		{Name: "A variable that became encrypted", Mended: managing(planned("eu"), encrypted, again(both(ofAccount(region), writeOnly("us", "1")))), Meet: managing(planned("eu"), encrypted, refresh)},
		{Name: "A variable whose definition is not listed any more", Advice: advice("TestValueThatLeavesTheState", ""), Meet: managing(planned("eu"), hideDefinitions, refresh)},
		{Name: "An import of a value that is not set", Mended: right, Meet: importing(region + "/user_2")},
		{Name: "An import of a value without its account", Mended: right, Meet: importing(region)},
		{Name: "An import of a value without its workflow", Mended: importing(batch + "/" + workflow), Meet: importing(batch)},
		{Name: "An import of a value of the workspace with an account", Mended: importing(support), Meet: importing(support + "/user_1")},
		{Name: "An import by an id of three parts", Mended: right, Meet: importing(region + "/user_1/x")},
		{Name: "An import by the name of the variable", Mended: right, Meet: importing("REGION/user_1")},
		{Name: "An import of an account that no header can carry", Mended: right, Meet: importing(region + "/kündin")},
	}
}

// listSituations are about the list resource.
func listSituations() []diagnosticspage.Situation {
	listing := func(arguments attributes, happens func(*user)) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.setAll()
			happens(u)
			_, _, met := u.listed(arguments)
			return met
		})
	}
	nothing := func(*user) {}
	right := listing(nil, nothing)
	refusing := func(path string) func(*user) {
		return func(u *user) { u.api.Intercept(acctest.Instead(http.MethodGet, path, forbidden())) }
	}
	return []diagnosticspage.Situation{
		{Name: "A list of the values of an unknown account", Mended: right, Meet: listing(attributes{"linked_account_id": acctest.Text("user_3")}, nothing)},
		{Name: "A list of the values of an unknown variable", Mended: listing(ofAll(region), nothing), Meet: listing(ofAll("REGION"), nothing)},
		{Name: "A list of an account and a workflow", Mended: right, Meet: listing(both(ofAccount(region), ofWorkflow(region)), nothing)},
		{Name: "A list of a variable of workflows, without one", Mended: listing(ofWorkflow(batch), nothing), Meet: listing(ofAll(batch), nothing)},
		{Name: "A list of a variable that accounts have no values of", Mended: listing(ofAll(support), nothing), Meet: listing(ofAccount(support), nothing)},
		{Name: "A list of values that Refold refuses", Advice: advice("", diagnosticspage.Outside), Meet: listing(nil, refusing("/env/values/linked_account"))},
		{Name: "A value in a list whose account no header can carry", Advice: advice("TestListLeavesOut", diagnosticspage.Dashboard), Meet: listing(nil, func(u *user) {
			u.api.Create(test, mockapi.Account{AccountID: "kündin"})
			u.api.SetVariableValue(test, mockapi.VariableValue{DefinitionID: region, AccountID: "kündin", Value: "eu"})
		})},
		{Name: "Values in a list that do not say whose they are", Advice: advice("TestServerThatHidesTargets", ""), Meet: at(mockapi.Behaviour{Variable: mockapi.VariableBehaviour{HideTarget: true}}, func(u *user) acctest.Diagnostics {
			u.set(region, "eu")
			_, _, met := u.listed(nil)
			return met
		})},
	}
}
