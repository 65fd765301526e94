// SPDX-License-Identifier: MPL-2.0

package config_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// as is a situation of a user whose account has connected HubSpot.
func as(run func(*user) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		api := diagnosticspage.NewRefold()
		api.SetApps(test, crm())
		api.Create(test, mockapi.Account{AccountID: "user_1"})
		connect(api, "user_1")
		return run(&user{T: t, api: api, network: acctest.InProcess(t, api)})
	}
}

func advice(tests, not string) diagnosticspage.Advice {
	return diagnosticspage.Advice{Tests: tests, Not: not}
}

// applying applies configurations one after the other, and returns what the last one says.
func applying(more ...func(*user) attributes) func(*testing.T) acctest.Diagnostics {
	return as(func(u *user) (met acctest.Diagnostics) {
		for _, configured := range more {
			met = u.apply(configured(u))
		}
		return met
	})
}

// inJSON are fields of a configuration.
func inJSON(text string) func(*user) attributes {
	return func(u *user) attributes { return withFields(u, text) }
}

func adding(text string, more attributes) func(*user) attributes {
	return func(u *user) attributes { return both(withFields(u, text), more) }
}

// validating checks a configuration without Refold.
func validating(more func(*user) attributes) func(*testing.T) acctest.Diagnostics {
	return as(func(u *user) acctest.Diagnostics {
		process := u.process()
		return process.Validate(configType, process.Config(configType, written(more(u))))
	})
}

func fieldsOf(elements map[string]tftypes.Value) func(*user) attributes {
	return func(*user) attributes { return attributes{"fields": objectOf(elements)} }
}

func exactly(values attributes) func(*user) attributes {
	return func(*user) attributes { return values }
}

// validationSituations are about the resource block alone.
func validationSituations() []diagnosticspage.Situation {
	right := validating(inJSON(`{"region":"eu"}`))
	return []diagnosticspage.Situation{
		{Name: "Fields that are a text", Mended: right, Meet: validating(exactly(attributes{"fields": acctest.Text("{}")}))},
		{Name: "A field without an id", Mended: right, Meet: validating(fieldsOf(map[string]tftypes.Value{"": acctest.Yes()}))},
		{Name: "A number that JSON cannot hold", Mended: validating(inJSON(`{"zip":"1e400"}`)), Meet: validating(inJSON(`{"zip":1e400}`))},
		{Name: "A number that may be stored rounded", Mended: validating(inJSON(`{"zip":"9007199254740993"}`)), Meet: validating(inJSON(`{"zip":9007199254740993}`))},
		{Name: "An id of a config that begins with a space", Mended: right, Meet: validating(exactly(attributes{"config_id": acctest.Text(" emea")}))},
		{Name: "An account that no header can carry, in a resource", Mended: right, Meet: validating(exactly(attributes{"linked_account_id": acctest.Text("kündin")}))},
	}
}

// planSituations are about what a plan finds at Refold.
func planSituations() []diagnosticspage.Situation {
	unknown := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	silent := func(u *user) {
		u.api.Intercept(acctest.Instead(http.MethodGet, "/config/user_1", acctest.Answering(http.StatusBadGateway, "")))
	}
	existing := func(configured func(*user) attributes) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.choose("region", "ap")
			_, met := u.plan(configured(u))
			return met
		})
	}
	running := func(more attributes) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			return deletingUnseen(u, more, func(u *user) { u.set(func(config *mockapi.Config) { config.Enabled["w2"] = true }) })
		})
	}
	wrong := func(texts []string, configured func(*user) attributes) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.apply(configured(u))
			u.set(func(config *mockapi.Config) { config.Errors = texts })
			_, met := u.plan(configured(u))
			return met
		})
	}
	ours, theirs := inJSON(`{"region":"eu"}`), inJSON(`{"region":"ap"}`)
	late := fieldsOf(map[string]tftypes.Value{"region": unknown})
	replacing := func(more attributes) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.apply(adding(`{"region":"eu"}`, attributes{"config_id": acctest.Text("emea")})(u))
			_, met := u.plan(more)
			return met
		})
	}
	return []diagnosticspage.Situation{
		{Name: "The config that a plan creates exists", Mended: existing(adding(`{"region":"eu"}`, attributes{"adopt_existing": acctest.Yes()})), Advice: advice("TestImport", ""), Meet: existing(ours)},
		{Name: "The config that a plan creates will be taken over", Mended: as(func(u *user) acctest.Diagnostics {
			u.apply(ours(u))
			return u.apply(ours(u))
		}), Meet: existing(theirs)},
		{Name: "The config that a plan creates will be adopted", Advice: advice("TestConfigOfTheCustomer", diagnosticspage.WhoseIsIt), Meet: existing(adding(`{"region":"eu"}`, attributes{"adopt_existing": acctest.Yes()}))},
		{Name: "The config that a plan creates exists, and its fields are not known yet", Advice: advice("TestUnknownValuesOfAConfigThatExists", ""), Meet: existing(late)},
		{Name: "The config that a plan creates cannot be looked up", Advice: advice("TestPlanWithoutAnswer", ""), Meet: as(func(u *user) acctest.Diagnostics {
			silent(u)
			_, met := u.plan(ours(u))
			return met
		})},
		{Name: "A config of an app that is not in the catalogue", Mended: applying(ours), Meet: applying(exactly(attributes{"slug": acctest.Text("HubSpot")}))},
		{Name: "Fields and workflows that the app does not have", Mended: existing(func(u *user) attributes { return both(theirs(u), switched("w1")) }), Meet: existing(func(u *user) attributes {
			return both(withFields(u, `{"Region":"ap"}`), switched("w3"))
		})},
		{Name: "A workflow of an app that has none", Mended: as(func(u *user) acctest.Diagnostics { return u.apply(nil) }), Meet: as(func(u *user) acctest.Diagnostics {
			u.api.SetApps(test, mockapi.App{Slug: "hubspot", Name: "HubSpot"})
			return u.apply(switched("w3"))
		})},
		{Name: "What is imported is taken out", Advice: advice("TestFieldsThatAreTakenOut", diagnosticspage.Dashboard), Meet: as(func(u *user) acctest.Diagnostics {
			u.set(func(config *mockapi.Config) { config.Values["region"], config.Enabled["w1"] = "ap", true })
			u.importAs("user_1/hubspot")
			_, met := u.plan(nil)
			return met
		})},
		{Name: "A field that comes under management has a value already", Mended: as(func(u *user) acctest.Diagnostics {
			u.settled(withFields(u, `{"region":"eu"}`))
			u.choose("zip", "00025")
			return u.apply(withFields(u, `{"region":"eu","zip":"00025"}`))
		}), Meet: as(func(u *user) acctest.Diagnostics {
			u.settled(withFields(u, `{"region":"eu"}`))
			u.choose("zip", "00025")
			_, met := u.plan(withFields(u, `{"region":"eu","zip":"99999"}`))
			return met
		})},
		{Name: "A plan deletes a config that was imported", Advice: advice("TestCustomersValuesBeside, TestLifeOnAnyServer", ""), Meet: as(func(u *user) acctest.Diagnostics {
			u.choose("region", "ap")
			u.importAs("user_1/hubspot")
			return u.process().Plan(configType, u.instance, tftypes.NewValue(u.instance.State.Type(), nil)).Diagnostics
		})},
		{Name: "An import of another config than the configured one", Mended: importingAs("user_1/hubspot/emea", "emea"), Meet: importingAs("user_1/hubspot/user_1", "emea")},
		{Name: "An import of a config that is to be replaced", Mended: importingAs("user_1/hubspot/emea", "emea"), Meet: as(func(u *user) acctest.Diagnostics {
			u.set(func(*mockapi.Config) {})
			process := u.process()
			imported, _ := process.Import(configType, "user_1/hubspot")
			config := process.Config(configType, written(nil))
			return process.PlanReplacement(configType, process.Plan(configType, &imported, config), config).Diagnostics
		})},
		{Name: "It is not known which config a plan is about", Mended: replacing(attributes{"config_id": acctest.Text("emea")}), Meet: replacing(attributes{"config_id": unknown})},
		{Name: "A plan deletes a config that holds the customer's values", Advice: advice("TestForceDestroy", ""), Meet: as(func(u *user) acctest.Diagnostics {
			return deletingUnseen(u, nil, func(u *user) {
				u.set(func(config *mockapi.Config) {
					config.Values["zip"], config.Enabled["w2"], config.WorkflowValues["w1"] = "00025", true, map[string]any{"depth": json.Number("5")}
				})
			})
		})},
		{Name: "A plan deletes a config that holds the customer's values by force", Advice: advice("TestForceDestroy", "it is what was asked for"), Meet: as(func(u *user) acctest.Diagnostics {
			return deleting(u, attributes{"force_destroy": acctest.Yes()})
		})},
		{Name: "A plan deletes a config in which the customer has switched a workflow on", Mended: running(attributes{"deletion_policy": acctest.Text("ABANDON")}), Meet: running(nil)},
		{Name: "Refold finds something wrong with what a plan leaves as it is", Mended: wrong(nil, inJSON(`{"region":"us"}`)), Advice: advice("", diagnosticspage.WhoseIsIt), Meet: wrong([]string{"Region eu is not served"}, ours)},
		{Name: "What a deletion costs cannot be found out", Advice: advice("TestPlanWithoutAnswer", ""), Meet: as(func(u *user) acctest.Diagnostics { return deletingUnseen(u, nil, silent) })},
		{Name: "What a deletion by force costs cannot be found out", Advice: advice("TestForceDestroy", "it is what was asked for"), Meet: as(func(u *user) acctest.Diagnostics {
			return deletingUnseen(u, attributes{"force_destroy": acctest.Yes()}, silent)
		})},
		{Name: "The key is not known when a deletion is planned", Advice: advice("TestPlanWithoutAnswer", ""), Meet: as(func(u *user) acctest.Diagnostics {
			u.apply(withFields(u, `{"region":"eu"}`))
			process := acctest.ProtocolOver(u.T, u.network, attributes{"api_key": unknown})
			return process.Plan(configType, u.instance, tftypes.NewValue(u.instance.State.Type(), nil)).Diagnostics
		})},
	}
}

// importingAs imports, and plans the config of an id in the same run.
func importingAs(importID, configID string) func(*testing.T) acctest.Diagnostics {
	return as(func(u *user) acctest.Diagnostics {
		for _, id := range []string{"user_1", "emea"} {
			u.api.SetConfig(test, "user_1", mockapi.Config{Slug: "hubspot", ConfigID: id})
		}
		process := u.process()
		imported, _ := process.Import(configType, importID)
		return process.Plan(configType, &imported, process.Config(configType, written(attributes{"config_id": acctest.Text(configID)}))).Diagnostics
	})
}

// deleting plans the deletion of a config in which the customer has set something.
func deleting(u *user, more attributes) acctest.Diagnostics {
	return deletingUnseen(u, more, func(u *user) { u.choose("zip", "00025") })
}

func deletingUnseen(u *user, more attributes, happens func(*user)) acctest.Diagnostics {
	u.apply(both(withFields(u, `{"region":"eu"}`), more))
	happens(u)
	return u.process().Plan(configType, u.instance, tftypes.NewValue(u.instance.State.Type(), nil)).Diagnostics
}

// changeSituations are about what goes wrong in an apply.
func changeSituations() []diagnosticspage.Situation {
	refused := func(method, ending string, status int, configured func(*user) attributes) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.api.Intercept(acctest.Instead(method, ending, acctest.Answering(status, `{"error_code":"FORBIDDEN","message":"no"}`)))
			return u.apply(configured(u))
		})
	}
	both := func(u *user) attributes { return both(withFields(u, `{"region":"eu"}`), switched("w1")) }
	lostRead := func(after func(*user)) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			isWritten := false
			u.api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				isWritten = isWritten || r.Method == http.MethodPut
				if !isWritten || r.Method != http.MethodGet {
					return false
				}
				acctest.Answering(http.StatusForbidden, `{"error_code":"FORBIDDEN","message":"no"}`)(w, r)
				return true
			})
			met := u.apply(both(u))
			after(u)
			if u.instance == nil {
				return met
			}
			return nil
		})
	}
	anotherForm := func(then func(*user) attributes) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodPut {
					u.choose("limit", "25")
					acctest.Answering(http.StatusOK, `{"success":true}`)(w, r)
				}
				return r.Method == http.MethodPut
			})
			return u.apply(then(u))
		})
	}
	return []diagnosticspage.Situation{
		{Name: "A config of an account that does not exist", Mended: applying(both), Meet: applying(exactly(attributes{"linked_account_id": acctest.Text("user_2")}))},
		{Name: "A config that Refold does not make", Advice: advice("TestAppThatIsNotConnected", diagnosticspage.Outside), Meet: refused(http.MethodPost, "/config", http.StatusBadRequest, both)},
		{Name: "A field that Refold does not take", Advice: advice("TestFailedCreate", diagnosticspage.Outside), Meet: refused(http.MethodPut, "/field/region", http.StatusBadRequest, both)},
		{Name: "A workflow that Refold does not switch", Advice: advice("TestAppThatIsNotConnected", diagnosticspage.Outside), Meet: refused(http.MethodPatch, "/workflows/w1", http.StatusBadRequest, both)},
		{Name: "A config that cannot be read after a write", Mended: lostRead(func(u *user) {
			u.api.Intercept(nil)
			u.apply(both(u))
		}), Meet: lostRead(func(*user) {})},
		{Name: "A value that Refold keeps in another form", Mended: anotherForm(inJSON(`{"limit":"25"}`)), Meet: anotherForm(inJSON(`{"limit":25}`))},
		{Name: "Fields that turn out to be none in the apply", Mended: applying(both), Meet: as(func(u *user) acctest.Diagnostics {
			planned, _ := u.plan(attributes{"fields": tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue)})
			return u.carryOut(planned, attributes{"fields": acctest.Text("{}")})
		})},
		{Name: "A deletion of a config that holds the customer's values", Mended: as(func(u *user) acctest.Diagnostics {
			deleting(u, attributes{"force_destroy": acctest.Yes()})
			_, met := u.process().Delete(configType, *u.instance)
			return met
		}), Advice: advice("TestCustomersValuesBeside", ""), Meet: as(func(u *user) acctest.Diagnostics {
			deleting(u, nil)
			_, met := u.process().Delete(configType, *u.instance)
			return met
		})},
		{Name: "A deletion of a config in which a value was set since its plan", Mended: as(func(u *user) acctest.Diagnostics {
			u.apply(inJSON(`{"zip":"ours"}`)(u))
			u.choose("zip", "mine")
			return u.destroy()
		}), Meet: as(func(u *user) acctest.Diagnostics {
			u.apply(inJSON(`{"zip":"ours"}`)(u))
			u.choose("zip", "mine")
			_, met := u.process().Delete(configType, *u.instance)
			return met
		})},
		{Name: "A deletion that Refold refuses", Advice: advice("TestPlanWithoutAnswer", diagnosticspage.Outside), Meet: as(func(u *user) acctest.Diagnostics {
			u.apply(both(u))
			u.api.Intercept(acctest.Instead(http.MethodDelete, "/config/user_1", acctest.Answering(http.StatusForbidden, `{"error_code":"FORBIDDEN","message":"no"}`)))
			_, met := u.process().Delete(configType, *u.instance)
			return met
		})},
		{Name: "Two resources create the same config in one run", Mended: applying(both), Meet: as(func(u *user) acctest.Diagnostics {
			process := u.process()
			config := process.Config(configType, written(withFields(u, `{"region":"eu"}`)))
			first, second := process.Plan(configType, nil, config), u.process().Plan(configType, nil, config)
			process.ApplyPlanned(configType, nil, first, config)
			_, met := process.ApplyPlanned(configType, nil, second, config)
			return met
		})},
		{Name: "One address deletes what another has just created", Mended: applying(both), Meet: as(func(u *user) acctest.Diagnostics {
			u.apply(withFields(u, `{"region":"eu"}`))
			process := u.process()
			config := process.Config(configType, written(withFields(u, `{"region":"eu"}`)))
			process.ApplyPlanned(configType, nil, u.process().Plan(configType, nil, config), config)
			_, met := process.Delete(configType, *u.instance)
			return met
		})},
	}
}

// policySituations are about what Terraform gives up.
func policySituations() []diagnosticspage.Situation {
	under := func(policies ...string) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			for _, policy := range policies {
				u.apply(both(withFields(u, `{"region":"eu"}`), attributes{"deletion_policy": acctest.Text(policy)}))
			}
			return u.process().Plan(configType, u.instance, tftypes.NewValue(u.instance.State.Type(), nil)).Diagnostics
		})
	}
	return []diagnosticspage.Situation{
		{Name: "A block that is removed, under PREVENT", Mended: under("PREVENT", "DELETE"), Meet: under("PREVENT")},
		{Name: "A block that is removed, under ABANDON", Mended: under("ABANDON", "DELETE"), Meet: under("ABANDON")},
	}
}

// tooLarge is a number that Terraform would take hours to write.
const tooLarge = json.Number("1e600000000")

// readSituations are about a refresh, and an import.
func readSituations() []diagnosticspage.Situation {
	managing := func(happens func(*user), then func(*user) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.apply(withFields(u, `{"region":"eu"}`))
			happens(u)
			return then(u)
		})
	}
	refresh := func(u *user) acctest.Diagnostics { return u.refresh(u.process()) }
	again := func(u *user) acctest.Diagnostics {
		u.apply(withFields(u, `{"region":"eu"}`))
		return refresh(u)
	}
	gone := func(u *user) { u.api.RemoveConfig(test, "user_1", "hubspot", "user_1") }
	importing := func(id string) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.set(func(*mockapi.Config) {})
			return u.importAs(id)
		})
	}
	right := importing("user_1/hubspot")
	unreadable := func(u *user) { u.choose("region", tooLarge) }
	return []diagnosticspage.Situation{
		{Name: "A config that is gone", Mended: managing(gone, again), Meet: managing(gone, refresh)},
		{Name: "A config whose account is gone", Mended: managing(func(u *user) {
			u.api.Remove(test, "user_1")
			refresh(u)
			u.api.Create(test, mockapi.Account{AccountID: "user_1"})
		}, again), Meet: managing(func(u *user) { u.api.Remove(test, "user_1") }, refresh)},
		{Name: "A config that Refold does not show", Advice: advice("TestWrongServers", diagnosticspage.Outside), Meet: managing(func(u *user) {
			u.api.Intercept(acctest.Instead(http.MethodGet, "/config/user_1", acctest.Answering(http.StatusForbidden, `{"error_code":"FORBIDDEN","message":"no"}`)))
		}, refresh)},
		{Name: "A value that Terraform cannot hold", Mended: managing(func(u *user) {
			unreadable(u)
			u.choose("region", "eu")
		}, refresh), Advice: advice("", diagnosticspage.Dashboard), Meet: managing(unreadable, refresh)},
		{Name: "An import of a config that does not exist", Mended: right, Meet: importing("user_1/hubspot/emea")},
		{Name: "An import by an id of one part", Mended: right, Meet: importing("user_1")},
		{Name: "An import of an account that no header can carry", Mended: right, Meet: importing("kündin/hubspot")},
	}
}

// listSituations are about the list resource.
func listSituations() []diagnosticspage.Situation {
	listing := func(arguments attributes, happens func(*user)) func(*testing.T) acctest.Diagnostics {
		return as(func(u *user) acctest.Diagnostics {
			u.set(func(*mockapi.Config) {})
			happens(u)
			var met acctest.Diagnostics
			for listed := range u.process().List(configType, acctest.Listing{Arguments: arguments, IncludeResource: true}) {
				met = slices.Concat(met, listed.Diagnostics)
			}
			return met
		})
	}
	nothing := func(*user) {}
	refusing := func(ending string) func(*user) {
		return func(u *user) {
			u.api.Intercept(acctest.Instead(http.MethodGet, ending, acctest.Answering(http.StatusForbidden, `{"error_code":"FORBIDDEN","message":"no"}`)))
		}
	}
	return []diagnosticspage.Situation{
		{Name: "A list of the configs of an unknown account", Mended: listing(nil, nothing), Meet: listing(attributes{"linked_account_id": acctest.Text("user_2")}, nothing)},
		{Name: "A list of the configs of an unknown app", Mended: listing(nil, nothing), Meet: listing(attributes{"linked_account_id": acctest.Text("user_1"), "slug": acctest.Text("HubSpot")}, nothing)},
		{Name: "A list of configs that Refold refuses", Advice: advice("", diagnosticspage.Outside), Meet: listing(nil, refusing("/configs"))},
		{Name: "A list of accounts that Refold refuses", Advice: advice("", diagnosticspage.Outside), Meet: listing(nil, refusing("/linked-account"))},
		{Name: "A config in a list that Refold does not show", Advice: advice("", diagnosticspage.Outside), Meet: listing(nil, refusing("/config/user_1"))},
		{Name: "An account in a list that no header can carry", Advice: advice("", diagnosticspage.Dashboard), Meet: listing(nil, func(u *user) {
			u.api.Create(test, mockapi.Account{AccountID: "kündin"})
		})},
		{Name: "A config in a list that Terraform cannot name", Advice: advice("", diagnosticspage.Dashboard), Meet: listing(nil, func(u *user) {
			u.api.SetConfig(test, "user_1", mockapi.Config{Slug: "hubspot", ConfigID: " emea"})
		})},
		{Name: "A config in a list that Terraform cannot hold", Advice: advice("", diagnosticspage.Dashboard), Meet: listing(nil, func(u *user) { u.choose("region", tooLarge) })},
	}
}
