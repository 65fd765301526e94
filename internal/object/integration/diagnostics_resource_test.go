// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// meeting is a situation at a Refold with the account acme, and an app of two types.
func meeting(run func(w *world) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		w := &world{t, diagnosticspage.NewRefold()}
		w.Create(test, mockapi.Account{AccountID: "acme"})
		w.SetApps(test, append(w.Apps(test), twoTypes())...)
		return run(w)
	}
}

// planning plans a creation.
func planning(config attributes) func(*testing.T) acctest.Diagnostics {
	return meeting(func(w *world) acctest.Diagnostics { return w.plan(nil, config).Diagnostics })
}

// creating plans and applies, after something happened.
func creating(config attributes, before func(*world)) func(*testing.T) acctest.Diagnostics {
	return meeting(func(w *world) acctest.Diagnostics {
		before(w)
		_, met := w.apply(nil, config)
		return met
	})
}

func nothing(*world) {}

// having does something with an integration that was made.
func having(config attributes, then func(*world, acctest.Instance) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
	return meeting(func(w *world) acctest.Diagnostics { return then(w, w.made(nil, config)) })
}

// validationSituations are about the block alone.
func validationSituations() []diagnosticspage.Situation {
	validating := func(config attributes) func(*testing.T) acctest.Diagnostics {
		return meeting(func(w *world) acctest.Diagnostics {
			process := w.process()
			return process.Validate(typeName, process.Config(typeName, config))
		})
	}
	right := validating(hubSpot(1))
	key, none := textMap(map[string]string{"api_key": "k"}), tftypes.NewValue(mapOfText, nil)
	return []diagnosticspage.Situation{
		{Name: "Both forms of keys", Mended: right, Meet: validating(hubSpot(1, attributes{"credentials": key}))},
		{Name: "Write-only keys without a version", Mended: right, Meet: validating(hubSpot(1, attributes{"credentials_wo_version": tftypes.NewValue(tftypes.String, nil)}))},
		{Name: "A version with keys in the state", Mended: right, Meet: validating(hubSpot(1, attributes{"credentials": key, "credentials_wo": none}))},
		{Name: "A key that is null", Mended: right, Meet: validating(keyed("hubspot", nil, attributes{"credentials": tftypes.NewValue(mapOfText, map[string]tftypes.Value{"api_key": tftypes.NewValue(tftypes.String, nil)})}))},
		{Name: "No keys at all", Mended: right, Meet: validating(keyed("hubspot", map[string]string{}))},
		{Name: "A key without a name", Mended: right, Meet: validating(keyed("hubspot", map[string]string{"": "k"}))},
		{Name: "A version that is empty", Mended: right, Meet: validating(hubSpot(1, attributes{"credentials_wo_version": acctest.Text("")}))},
		{Name: "A type that is empty", Mended: right, Meet: validating(hubSpot(1, attributes{"auth_type": acctest.Text("")}))},
		{Name: "A slug that names no app", Mended: right, Meet: validating(keyed("custom", map[string]string{"token": "t"}))},
	}
}

// planSituations are about what a plan foresees.
func planSituations() []diagnosticspage.Situation {
	refused := func(w *world) { w.refusing(http.MethodGet, http.StatusForbidden) }
	connected := func(config attributes) func(*testing.T) acctest.Diagnostics {
		return meeting(func(w *world) acctest.Diagnostics {
			w.Connect(test, "acme", byOAuth("hubspot", "keybased"))
			return w.plan(nil, config).Diagnostics
		})
	}
	right := planning(hubSpot(1))
	bare := attributes{"linked_account_id": acctest.Text("acme"), "slug": acctest.Text("hubspot")}
	imported := meeting(func(w *world) acctest.Diagnostics {
		w.Connect(test, "acme", byOAuth("hubspot", "keybased"))
		process := w.process()
		instance, met := process.Import(typeName, "acme/hubspot")
		return append(met, process.Plan(typeName, &instance, process.Config(typeName, bare)).Diagnostics...)
	})
	return []diagnosticspage.Situation{
		{Name: "An unknown app", Mended: right, Advice: diagnosticspage.Advice{Tests: "TestLifeByCLI"}, Meet: planning(keyed("hubspott", map[string]string{"api_key": "k"}))},
		{Name: "An app without keys", Advice: diagnosticspage.Advice{Not: "the customer connects it"}, Meet: planning(keyed("slack", map[string]string{"api_key": "k"}))},
		{Name: "A type that the app does not have", Mended: right, Meet: planning(hubSpot(1, attributes{"auth_type": acctest.Text("token")}))},
		{Name: "Other keys than the app takes", Mended: right, Meet: planning(keyed("zendesk", map[string]string{"subdomain": "acme", "token": "t"}))},
		{Name: "No keys", Mended: right, Meet: planning(attributes{"linked_account_id": acctest.Text("acme"), "slug": acctest.Text("hubspot")})},
		{Name: "Write-only keys that are null", Mended: right, Meet: planning(hubSpot(1, attributes{"credentials_wo": tftypes.NewValue(mapOfText, nil)}))},
		{Name: "The app is connected already", Mended: imported, Meet: connected(hubSpot(1))},
		{Name: "The app is connected already by keys of two types", Advice: diagnosticspage.Advice{Tests: "TestTwoConnectionsByKeys"}, Meet: meeting(func(w *world) acctest.Diagnostics {
			w.Connect(test, "acme", byOAuth("both", "keybased", "token"))
			return w.plan(nil, both("token", "1")).Diagnostics
		})},
		{Name: "An import together with keys", Mended: imported, Meet: meeting(func(w *world) acctest.Diagnostics {
			w.Connect(test, "acme", byOAuth("hubspot", "keybased"))
			process := w.process()
			instance, _ := process.Import(typeName, "acme/hubspot")
			return process.Plan(typeName, &instance, process.Config(typeName, hubSpot(1))).Diagnostics
		})},
		{Name: "The app is connected already, and nobody knows whether to adopt it", Mended: connected(hubSpot(1, attributes{"adopt_existing": acctest.Yes()})), Meet: connected(hubSpot(1, attributes{"adopt_existing": unknown(tftypes.Bool)}))},
		{Name: "An existing connection is adopted", Advice: diagnosticspage.Advice{Not: "it is to ask the customer"}, Meet: connected(hubSpot(1, attributes{"adopt_existing": acctest.Yes()}))},
		{Name: "Refold does not answer", Mended: right, Meet: meeting(func(w *world) acctest.Diagnostics {
			refused(w)
			return w.plan(nil, hubSpot(1)).Diagnostics
		})},
		{Name: "The app has to be connected again", Mended: having(hubSpot(1), func(w *world, made acctest.Instance) acctest.Diagnostics {
			w.RequireReauth(test, "acme", "hubspot")
			expired, _ := w.read(made)
			return w.plan(&expired, hubSpot(2)).Diagnostics
		}), Meet: having(hubSpot(1), func(w *world, made acctest.Instance) acctest.Diagnostics {
			w.RequireReauth(test, "acme", "hubspot")
			expired, _ := w.read(made)
			return w.plan(&expired, hubSpot(1)).Diagnostics
		})},
		{Name: "The name of one that exists is not known yet", Mended: having(hubSpot(1), func(w *world, made acctest.Instance) acctest.Diagnostics {
			return w.plan(&made, hubSpot(1)).Diagnostics
		}), Meet: having(hubSpot(1), func(w *world, made acctest.Instance) acctest.Diagnostics {
			return w.plan(&made, hubSpot(1, attributes{"linked_account_id": unknown(tftypes.String)})).Diagnostics
		})},
	}
}

// writeSituations are about connections that are made or changed.
func writeSituations() []diagnosticspage.Situation {
	verifying := func(w *world) {
		apps := w.Apps(test)
		for i := range apps {
			apps[i].Verify = func(keys map[string]string) string {
				if keys["api_key"] == "wrong" {
					return "401 from api.hubapi.com: wrong is no token"
				}
				return ""
			}
		}
		w.SetApps(test, apps...)
	}
	notReadBack := func(w *world) {
		isSaved := false
		w.Intercept(func(answer http.ResponseWriter, r *http.Request) bool {
			if r.Method == http.MethodPut {
				isSaved = true
				return false
			}
			if isSaved {
				answering(http.StatusForbidden)(answer, r)
			}
			return isSaved
		})
	}
	halfWay := func(w *world, then func(acctest.Instance) acctest.Diagnostics) acctest.Diagnostics {
		made := w.made(nil, both("keybased", "1"))
		w.refusing(http.MethodDelete, http.StatusForbidden)
		half, met := w.apply(&made, both("token", "2"))
		if then == nil {
			return met
		}
		w.Intercept(nil)
		return then(half)
	}
	unanswered := answering(http.StatusInternalServerError)
	return []diagnosticspage.Situation{
		{Name: "No such account", Advice: diagnosticspage.Advice{Tests: "TestLifeByCLI"}, Meet: creating(hubSpot(1, attributes{"linked_account_id": acctest.Text("nobody")}), nothing)},
		{Name: "The app refuses the keys", Mended: creating(hubSpot(1), verifying), Meet: creating(keyed("hubspot", map[string]string{"api_key": "wrong"}), verifying)},
		{Name: "Refold refuses to save the keys", Mended: creating(hubSpot(1), nothing), Meet: creating(hubSpot(1), func(w *world) { w.refusing(http.MethodPut, http.StatusForbidden) })},
		{Name: "The answer to the keys says nothing", Mended: creating(hubSpot(1), nothing), Meet: creating(hubSpot(1), func(w *world) {
			w.Intercept(acctest.Instead(http.MethodPut, "", acctest.Answering(http.StatusOK, "")))
		})},
		{Name: "The connection is not read back", Advice: diagnosticspage.Advice{Not: "there is nothing to do"}, Meet: creating(hubSpot(1), notReadBack)},
		{Name: "The connection of the former type stays", Mended: meeting(func(w *world) acctest.Diagnostics {
			return halfWay(w, func(half acctest.Instance) acctest.Diagnostics {
				_, met := w.apply(&half, both("token", "2"))
				return met
			})
		}), Meet: meeting(func(w *world) acctest.Diagnostics { return halfWay(w, nil) })},
		{Name: "An update failed half-way", Advice: diagnosticspage.Advice{Tests: "TestChangeOfTypeHalfWay"}, Meet: meeting(func(w *world) acctest.Diagnostics {
			return halfWay(w, func(half acctest.Instance) acctest.Diagnostics { return w.plan(&half, both("token", "2")).Diagnostics })
		})},
		{Name: "A change to a type that the customer has connected", Advice: diagnosticspage.Advice{Tests: "TestChangeToATypeOfTheCustomer"}, Meet: having(both("keybased", "1"), func(w *world, made acctest.Instance) acctest.Diagnostics {
			w.byCustomer("both", "token")
			return w.plan(&made, both("token", "2")).Diagnostics
		})},
		{Name: "The connection of a former type was made anew", Advice: diagnosticspage.Advice{Not: "there is nothing to do"}, Meet: meeting(func(w *world) acctest.Diagnostics {
			return halfWay(w, func(half acctest.Instance) acctest.Diagnostics {
				w.byCustomer("both", "keybased")
				_, met := w.apply(&half, both("token", "2"))
				return met
			})
		})},
		{Name: "A change of type of a connection that another has made", Advice: diagnosticspage.Advice{Not: "there is nothing to do"}, Meet: having(both("keybased", "1"), func(w *world, made acctest.Instance) acctest.Diagnostics {
			w.byCustomer("both", "keybased")
			read, _ := w.read(made)
			return w.plan(&read, both("token", "2")).Diagnostics
		})},
		{Name: "Keys for a connection that another has made", Advice: diagnosticspage.Advice{Not: "it is to ask the customer"}, Meet: having(hubSpot(1), func(w *world, made acctest.Instance) acctest.Diagnostics {
			w.byCustomer("hubspot", "keybased")
			read, _ := w.read(made)
			return w.plan(&read, hubSpot(2)).Diagnostics
		})},
		{Name: "The connection is gone since the plan", Mended: creating(hubSpot(2), nothing), Meet: having(hubSpot(1), func(w *world, made acctest.Instance) acctest.Diagnostics {
			planned, process := w.plan(&made, hubSpot(2)), w.process()
			w.Disconnect(test, "acme", "hubspot", "keybased")
			_, met := process.ApplyPlanned(typeName, &made, planned, process.Config(typeName, hubSpot(2)))
			return met
		})},
		{Name: "The app is connected between two attempts", Advice: diagnosticspage.Advice{Not: "it is to know whether somebody else has connected it"}, Meet: creating(hubSpot(1), func(w *world) {
			w.connectingBefore(http.StatusInternalServerError)
		})},
		{Name: "The app is connected after the keys were throttled", Advice: diagnosticspage.Advice{Not: "it is to look at a plan"}, Meet: creating(hubSpot(1), func(w *world) {
			w.connectingBefore(http.StatusTooManyRequests)
		})},
		{Name: "The keys replace another connection of the app", Advice: diagnosticspage.Advice{Not: "it is to tell the customer"}, Meet: meeting(func(w *world) acctest.Diagnostics {
			w.Connect(test, "acme", byOAuth("hubspot"))
			w.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodPut {
					w.Intercept(nil)
					w.Disconnect(test, "acme", "hubspot", "oauth2")
				}
				return false
			})
			_, met := w.apply(nil, hubSpot(1))
			return met
		})},
		{Name: "An update whose keys may have arrived", Advice: diagnosticspage.Advice{Tests: "TestChangeOfTypeWhoseAnswerIsLost"}, Meet: having(hubSpot(1), func(w *world, made acctest.Instance) acctest.Diagnostics {
			w.Intercept(acctest.Instead(http.MethodPut, "", unanswered))
			half, _ := w.apply(&made, hubSpot(2))
			w.Intercept(nil)
			return w.plan(&half, hubSpot(2)).Diagnostics
		})},
		{Name: "The same integration twice in a run", Advice: diagnosticspage.Advice{Tests: "movement.TestMovesByCLI"}, Meet: meeting(func(w *world) acctest.Diagnostics {
			process := w.process()
			first := process.Config(typeName, hubSpot(1))
			one, two := process.Plan(typeName, nil, first), w.process().Plan(typeName, nil, first)
			process.ApplyPlanned(typeName, nil, one, first)
			_, met := process.ApplyPlanned(typeName, nil, two, first)
			return met
		})},
		{Name: "A state that is damaged", Advice: diagnosticspage.Advice{Not: "it takes another version of the provider, or a backup"}, Meet: having(hubSpot(1), func(w *world, made acctest.Instance) acctest.Diagnostics {
			made.Private = []byte(`{"unsettled":"NQ=="}`)
			return w.plan(&made, hubSpot(2)).Diagnostics
		})},
	}
}

// removalSituations are about connections that are given up.
func removalSituations() []diagnosticspage.Situation {
	holding := func(w *world) {
		w.SetConfig(test, "acme", mockapi.Config{Slug: "hubspot", Values: map[string]any{"owner_email": "a@b", "start_date": "2026-07-24"}})
	}
	forced := hubSpot(1, attributes{"force_destroy": acctest.Yes()})
	removing := func(config attributes, before func(*world)) func(*testing.T) acctest.Diagnostics {
		return having(config, func(w *world, made acctest.Instance) acctest.Diagnostics {
			before(w)
			return w.destroy(made)
		})
	}
	planningRemoval := func(config attributes, before func(*world)) func(*testing.T) acctest.Diagnostics {
		return having(config, func(w *world, made acctest.Instance) acctest.Diagnostics {
			before(w)
			return w.planDeletion(made).Diagnostics
		})
	}
	noConfigs := func(w *world) {
		w.Intercept(acctest.Instead(http.MethodGet, "/configs", answering(http.StatusForbidden)))
	}
	anew := func(w *world) {
		isLost := false
		w.Intercept(func(answer http.ResponseWriter, r *http.Request) bool {
			if r.Method != http.MethodDelete || isLost {
				return false
			}
			isLost = true
			w.Disconnect(test, "acme", "hubspot", "keybased")
			w.Connect(test, "acme", mockapi.Integration{Type: "hubspot", Name: "HubSpot", Identifier: "another", AuthTypes: []string{"keybased"}})
			answering(http.StatusInternalServerError)(answer, r)
			return true
		})
	}
	anothers := func(config attributes, then func(*world, acctest.Instance) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
		return having(config, func(w *world, made acctest.Instance) acctest.Diagnostics {
			w.byCustomer("hubspot", "keybased")
			read, _ := w.read(made)
			return then(w, read)
		})
	}
	under := func(policy string) attributes { return hubSpot(1, attributes{"deletion_policy": acctest.Text(policy)}) }
	return []diagnosticspage.Situation{
		{Name: "The last connection of an app, whose configs hold nothing", Advice: diagnosticspage.Advice{Not: "it says what the apply does"}, Meet: planningRemoval(hubSpot(1), func(w *world) { w.SetConfig(test, "acme", mockapi.Config{Slug: "hubspot"}) })},
		{Name: "The last connection of an app, whose configs hold values", Mended: planningRemoval(hubSpot(1), nothing), Advice: diagnosticspage.Advice{Tests: "TestForceDestroy"}, Meet: planningRemoval(hubSpot(1), holding)},
		{Name: "The same, with force_destroy", Advice: diagnosticspage.Advice{Not: "it says what the apply does"}, Meet: planningRemoval(forced, holding)},
		{Name: "Nobody knows what the configs hold", Advice: diagnosticspage.Advice{Tests: "TestForceDestroy"}, Meet: planningRemoval(hubSpot(1), noConfigs)},
		{Name: "Nobody knows what the configs hold, with force_destroy", Advice: diagnosticspage.Advice{Tests: "TestForceDestroy"}, Meet: planningRemoval(forced, noConfigs)},
		{Name: "The removal takes values along", Mended: removing(forced, holding), Advice: diagnosticspage.Advice{Tests: "TestAbandon"}, Meet: removing(hubSpot(1), holding)},
		{Name: "The removal may take values along", Mended: removing(forced, noConfigs), Meet: removing(hubSpot(1), noConfigs)},
		{Name: "The app was connected anew meanwhile", Advice: diagnosticspage.Advice{Tests: "TestRemovalThatIsRepeated, TestWaysWithAnothersConnection", Not: "it is to find out who connected it"}, Meet: removing(hubSpot(1), anew)},
		{Name: "The app was connected anew since the state was refreshed", Advice: diagnosticspage.Advice{Tests: "TestWaysWithAnothersConnection", Not: "it is to find out who connected it"}, Meet: planningRemoval(hubSpot(1), func(w *world) { w.byCustomer("hubspot", "keybased") })},
		{Name: "Another has made the connection", Advice: diagnosticspage.Advice{Tests: "TestWaysWithAnothersConnection", Not: "it is to find out who connected it"}, Meet: anothers(hubSpot(1), func(w *world, read acctest.Instance) acctest.Diagnostics { return w.planDeletion(read).Diagnostics })},
		{Name: "Another has made the connection, with force_destroy", Advice: diagnosticspage.Advice{Tests: "TestWaysWithAnothersConnection", Not: "it is to find out who connected it"}, Meet: anothers(forced, func(w *world, read acctest.Instance) acctest.Diagnostics { return w.planDeletion(read).Diagnostics })},
		{Name: "A removal of a connection that another has made", Mended: anothers(forced, func(w *world, read acctest.Instance) acctest.Diagnostics { return w.destroy(read) }), Advice: diagnosticspage.Advice{Tests: "TestWaysWithAnothersConnection"}, Meet: anothers(hubSpot(1), func(w *world, read acctest.Instance) acctest.Diagnostics { return w.destroy(read) })},
		{Name: "A removal that Refold refuses", Mended: removing(hubSpot(1), nothing), Meet: removing(hubSpot(1), func(w *world) { w.refusing(http.MethodDelete, http.StatusForbidden) })},
		{Name: "A removal of what the run has made", Advice: diagnosticspage.Advice{Tests: "movement.TestMovesByCLI"}, Meet: having(hubSpot(1), func(w *world, made acctest.Instance) acctest.Diagnostics {
			process := w.process()
			config := process.Config(typeName, hubSpot(1, attributes{"adopt_existing": acctest.Yes()}))
			plan := w.process().Plan(typeName, nil, config)
			process.ApplyPlanned(typeName, nil, plan, config)
			_, met := process.Delete(typeName, made)
			return met
		})},
		{Name: "A block that is removed, under PREVENT", Advice: diagnosticspage.Advice{Tests: "object/linkedaccount.TestPrevent"}, Meet: planningRemoval(under("PREVENT"), nothing)},
		{Name: "A block that is removed, under ABANDON", Mended: planningRemoval(under("DELETE"), nothing), Meet: planningRemoval(under("ABANDON"), nothing)},
	}
}

// readSituations are about connections that are read, imported and listed.
func readSituations() []diagnosticspage.Situation {
	importing := func(id string, before func(*world)) func(*testing.T) acctest.Diagnostics {
		return meeting(func(w *world) acctest.Diagnostics {
			before(w)
			_, met := w.process().Import(typeName, id)
			return met
		})
	}
	reading := func(before func(*world), block ...acctest.Attributes) func(*testing.T) acctest.Diagnostics {
		return having(hubSpot(1), func(w *world, made acctest.Instance) acctest.Diagnostics {
			before(w)
			_, met := w.process(block...).Read(typeName, made)
			return met
		})
	}
	listing := func(arguments attributes, before func(*world)) func(*testing.T) acctest.Diagnostics {
		return meeting(func(w *world) acctest.Diagnostics {
			before(w)
			var met acctest.Diagnostics
			for listed := range w.process().List(typeName, acctest.Listing{Arguments: arguments}) {
				met = append(met, listed.Diagnostics...)
			}
			return met
		})
	}
	theirs := func(w *world) { w.Connect(test, "acme", byOAuth("hubspot")) }
	ours := func(w *world) { w.Connect(test, "acme", byOAuth("hubspot", "keybased")) }
	again := creating(hubSpot(1), nothing)
	right := importing("acme/hubspot", ours)
	listed := listing(attributes{"linked_account_id": acctest.Text("acme")}, nothing)
	refused := func(w *world) { w.refusing(http.MethodGet, http.StatusForbidden) }
	return []diagnosticspage.Situation{
		{Name: "The connection is gone", Mended: again, Meet: reading(func(w *world) { w.Disconnect(test, "acme", "hubspot", "keybased") })},
		{Name: "The app was connected anew", Advice: diagnosticspage.Advice{Not: "it is to find out who connected it"}, Meet: reading(func(w *world) { w.byCustomer("hubspot", "keybased") })},
		{Name: "The account is gone", Advice: diagnosticspage.Advice{Tests: "TestLifeByCLI"}, Meet: reading(func(w *world) { w.Remove(test, "acme") })},
		{Name: "The organization does not offer the app any more", Advice: diagnosticspage.Advice{Tests: "TestAppThatIsNotOfferedAnyMore", Not: diagnosticspage.Dashboard}, Meet: reading(func(w *world) { w.SetApps(test) })},
		{Name: "A read that Refold refuses", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: reading(refused)},
		{Name: "The API key was swapped", Advice: diagnosticspage.Advice{Tests: "movement.TestTwoEnvironmentsByCLI"}, Meet: reading(nothing, acctest.WithKey(mockapi.ProductionKey))},
		{Name: "An import of what is not connected", Mended: right, Meet: importing("acme/hubspot", nothing)},
		{Name: "An import of a connection of the customer's own", Mended: right, Meet: importing("acme/hubspot", theirs)},
		{Name: "An import of an unknown app", Mended: right, Meet: importing("acme/hubspott", ours)},
		{Name: "An import for an unknown account", Mended: right, Meet: importing("nobody/hubspot", ours)},
		{Name: "An import of another integration than is configured", Mended: right, Meet: meeting(func(w *world) acctest.Diagnostics {
			ours(w)
			process := w.process()
			imported, _ := process.Import(typeName, "acme/hubspot")
			return process.Plan(typeName, &imported, process.Config(typeName, both("keybased", "1"))).Diagnostics
		})},
		{Name: "An import by an id of one part", Mended: right, Meet: importing("hubspot", ours)},
		{Name: "A list for an unknown account", Mended: listed, Meet: listing(attributes{"linked_account_id": acctest.Text("nobody")}, nothing)},
		{Name: "A list of an app with two connections by keys", Advice: diagnosticspage.Advice{Tests: "TestTwoConnectionsByKeys"}, Meet: listing(nil, func(w *world) { w.Connect(test, "acme", byOAuth("both", "keybased", "token")) })},
		{Name: "A list that Refold refuses", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: listing(nil, refused)},
		{Name: "A list with an account that cannot be named", Advice: diagnosticspage.Advice{Not: diagnosticspage.Dashboard}, Meet: listing(nil, func(w *world) {
			w.Create(test, mockapi.Account{AccountID: " lead"})
			w.Connect(test, " lead", byOAuth("hubspot", "keybased"))
		})},
	}
}
