// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// What the catalogue shows is an error of the plan, whether the account exists, does not exist yet,
// or is not known yet; and also of a change.
func TestPlanErrorsOfTheCatalogue(t *testing.T) {
	t.Parallel()
	zendesk := map[string]string{"subdomain": "acme", "email": "a@b", "api_token": "t"}
	for name, test := range map[string]struct {
		config  attributes
		summary string
		texts   []string
	}{
		"unknown slug": {keyed("hubspott", zendesk), "There is no such app", []string{`"hubspott"`, `"hubspot"`, `"zendesk"`, mockapi.CustomAppID}},
		"no keys":      {keyed("slack", zendesk), "The app is not connected by keys", []string{"Slack", "refold_connect_url"}},
		"missing keys": {
			keyed("zendesk", map[string]string{"subdomain": "acme"}), "Not the keys that the app takes",
			[]string{`"email", "api_token" are missing`, `"subdomain" (Subdomain)`},
		},
		"unknown keys": {
			keyed("hubspot", map[string]string{"api_key": "k", "api_secret": "s"}), "Not the keys that the app takes",
			[]string{`does not know "api_secret"`, `"portal_id" (Portal ID, optional)`},
		},
		"unknown type":       {keyed("hubspot", nil, attributes{"credentials": textMap(map[string]string{"api_key": "k"}), "auth_type": acctest.Text("token")}), "The app has no such type of connection", []string{`"token"`, "keybased"}},
		"app without a list": {keyed("acme-erp", map[string]string{"anything": "goes"}), "", nil},
		"own type":           {keyed("freshdesk", map[string]string{"domain": "d", "api_key": "k"}), "", nil},
		"custom app":         {keyed(mockapi.CustomAppID, map[string]string{"token": "t"}), "", nil},
	} {
		for who, account := range map[string]tftypes.Value{"an account": acctest.Text("acme"), "a new account": acctest.Text("new"), "an unknown account": unknown(tftypes.String)} {
			t.Run(name+" of "+who, func(t *testing.T) {
				t.Parallel()
				within(t, mockapi.Behaviour{}, func(w *world) {
					config := maps.Clone(test.config)
					config["linked_account_id"] = account
					plan := w.plan(nil, config)
					if test.summary == "" {
						acctest.WantNoDiagnostics(w, plan.Diagnostics)
						return
					}
					acctest.WantDiagnostic(w, plan.Diagnostics, acctest.Failure, test.summary, append(test.texts, "-refresh=false")...)
				})
			})
		}
	}
}

func TestPlanErrorsOfAChange(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, keyed("hubspot", map[string]string{"api_key": "k"}))
		acctest.WantDiagnostic(w, w.plan(&made, keyed("hubspot", map[string]string{"key": "k"})).Diagnostics, acctest.Failure, "Not the keys that the app takes")
		acctest.WantDiagnostic(w, w.plan(&made, keyed("zendesk", map[string]string{"api_key": "k"})).Diagnostics, acctest.Failure, "Not the keys that the app takes")
		none := attributes{"linked_account_id": acctest.Text("acme"), "slug": acctest.Text("zendesk")}
		acctest.WantDiagnostic(w, w.plan(&made, none).Diagnostics, acctest.Failure, "No keys to connect the app by")
		w.Create(test, mockapi.Account{AccountID: "other"})
		w.Connect(test, "other", byOAuth("hubspot", "keybased"))
		other := keyed("hubspot", map[string]string{"api_key": "k"}, attributes{"linked_account_id": acctest.Text("other")})
		acctest.WantDiagnostic(w, w.plan(&made, other).Diagnostics, acctest.Failure, "The app is connected already", `"other"`)
	})
}

// A plan of what is neither made nor changed asks for nothing, and repeats without a refresh that
// the app has to be connected again.
func TestPlanOfNothing(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1))
		w.ResetRequests()
		acctest.WantNoDiagnostics(w, w.plan(&made, hubSpot(1)).Diagnostics)
		w.wantRequests("a plan of nothing", map[string]int{})

		w.RequireReauth(test, "acme", "hubspot")
		seen, met := w.read(made)
		acctest.WantNoDiagnostics(w, met)
		for range 2 {
			w.ResetRequests()
			plan := w.plan(&seen, hubSpot(1))
			acctest.WantDiagnostic(w, plan.Diagnostics, acctest.Warning, "The app has to be connected again", "credentials_wo_version")
			if planned, err := plan.PlannedState.Unmarshal(seen.State.Type()); err != nil || !planned.Equal(seen.State) {
				w.Errorf("planned %s (%v), want %s", planned, err, seen.State)
			}
			w.wantRequests("a plan of nothing", map[string]int{})
		}
		rotated := w.made(&seen, hubSpot(2))
		acctest.WantNoDiagnostics(w, w.plan(&rotated, hubSpot(2)).Diagnostics)
	})
}

// While anything is unknown that a check needs, it is skipped.
func TestPlanOfWhatIsUnknown(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1))
		text, oneUnknown := tftypes.String, tftypes.NewValue(mapOfText, map[string]tftypes.Value{"api_key": unknown(tftypes.String)})
		for name, config := range map[string]attributes{
			"the app":      hubSpot(2, attributes{"slug": unknown(text), "linked_account_id": acctest.Text("new")}),
			"the account":  hubSpot(2, attributes{"linked_account_id": unknown(text)}),
			"the keys":     hubSpot(2, attributes{"linked_account_id": acctest.Text("new"), "credentials_wo": unknown(mapOfText)}),
			"one key":      hubSpot(2, attributes{"linked_account_id": acctest.Text("new"), "credentials_wo": oneUnknown}),
			"the version":  hubSpot(2, attributes{"linked_account_id": acctest.Text("new"), "credentials_wo_version": unknown(text)}),
			"the type":     hubSpot(2, attributes{"linked_account_id": acctest.Text("new"), "auth_type": unknown(text)}),
			"plain keys":   keyed("hubspot", nil, attributes{"linked_account_id": acctest.Text("new"), "credentials": unknown(mapOfText)}),
			"no slug, key": keyed("nothing", nil, attributes{"slug": unknown(text), "credentials": oneUnknown}),
		} {
			if met := w.plan(nil, config).Diagnostics; len(met) > 0 {
				w.Errorf("%s: %s", name, acctest.List(met))
			}
		}
		acctest.WantNoDiagnostics(w, w.plan(&made, hubSpot(1, attributes{"credentials_wo_version": unknown(text), "credentials_wo": unknown(mapOfText)})).Diagnostics)
		acctest.WantDiagnostic(w, w.plan(&made, hubSpot(1, attributes{"slug": unknown(text)})).Diagnostics, acctest.Failure, "The account or the app is not known yet")

		// The provider's key is not known either.
		w.ResetRequests()
		process := w.process(acctest.Attributes{"api_key": unknown(text)})
		acctest.WantNoDiagnostics(w, process.Plan(typeName, nil, process.Config(typeName, keyed("nothing", map[string]string{"a": "b"}))).Diagnostics)
		acctest.WantNoDiagnostics(w, process.Plan(typeName, &made, process.Config(typeName, hubSpot(2))).Diagnostics)
		process = w.process(acctest.Attributes{"api_key": unknown(text)})
		acctest.WantNoDiagnostics(w, process.Plan(typeName, &made, tftypes.NewValue(made.State.Type(), nil)).Diagnostics)
		w.wantRequests("a plan without a key", map[string]int{})
	})
}

// A plan does not fail because Refold cannot answer.
func TestPlanWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1))
		w.refusing(http.MethodGet, http.StatusForbidden)
		acctest.WantDiagnostic(w, w.plan(nil, keyed("zendesk", map[string]string{"a": "b"})).Diagnostics, acctest.Warning, "The app could not be looked up")
		acctest.WantDiagnostic(w, w.plan(&made, hubSpot(2)).Diagnostics, acctest.Warning, "The app could not be looked up")
		acctest.WantDiagnostic(w, w.planDeletion(made).Diagnostics, acctest.Warning, "What goes with the connection is not known")
		acctest.WantNoDiagnostics(w, w.plan(&made, hubSpot(1)).Diagnostics)
	})
}

// Where nobody answers, one plan finds it out for all.
func TestPlansWithoutAServer(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1))
		given := w.made(nil, keyed("acme-erp", map[string]string{"k": "v"}))
		w.Intercept(func(answer http.ResponseWriter, r *http.Request) bool {
			answering(http.StatusInternalServerError)(answer, r)
			return true
		})
		process := w.process()
		plan := func(account string) {
			w.Helper()
			config := process.Config(typeName, hubSpot(1, attributes{"linked_account_id": acctest.Text(account)}))
			acctest.WantDiagnostic(w, process.Plan(typeName, nil, config).Diagnostics, acctest.Warning, "The app could not be looked up")
		}
		plan("new_1")
		w.ResetRequests()
		plan("new_2")
		acctest.WantDiagnostic(w, process.Plan(typeName, &made, process.Config(typeName, hubSpot(2))).Diagnostics, acctest.Warning, "The app could not be looked up")
		acctest.WantDiagnostic(w, process.Plan(typeName, &given, tftypes.NewValue(given.State.Type(), nil)).Diagnostics, acctest.Warning, "What goes with the connection is not known")
		w.wantRequests("a plan after one without an answer", map[string]int{})
	})
}

// One answer about an account serves all its integrations in a refresh, and one catalogue all
// that are planned for new accounts.
func TestRequests(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		apps := map[string]map[string]string{
			"hubspot": {"api_key": "k"}, "zendesk": {"subdomain": "s", "email": "e", "api_token": "t"}, "acme-erp": {"x": "y"}, "freshdesk": {"domain": "d", "api_key": "k"},
		}
		var made []acctest.Instance
		w.Create(test, mockapi.Account{AccountID: "globex"})
		for slug, keys := range apps {
			for _, account := range []string{"acme", "globex"} {
				made = append(made, w.made(nil, keyed(slug, keys, attributes{"linked_account_id": acctest.Text(account)})))
			}
		}
		w.ResetRequests()
		process := w.process()
		for _, one := range made {
			current, met := process.Read(typeName, one)
			acctest.WantNoDiagnostics(w, met)
			if !current.State.Equal(one.State) {
				w.Errorf("read\n%s\nwant\n%s", current.State, one.State)
			}
			acctest.WantNoDiagnostics(w, process.Plan(typeName, &current, process.Config(typeName, keyed(text(t, one, "slug"), apps[text(t, one, "slug")], attributes{"linked_account_id": acctest.Text(text(t, one, "linked_account_id"))}))).Diagnostics)
		}
		counted := map[string]int{}
		for _, request := range w.Requests() {
			counted[request.Method+" "+request.Path]++
		}
		// The account is asked for once, because no answer about apps names the environment.
		if len(counted) != 2 || counted["GET /api/v2/public/application"] != 2 || len(w.Requests()) != 3 {
			w.Errorf("a refresh of %d integrations sends %v", len(made), counted)
		}

		w.ResetRequests()
		process = w.process()
		for slug, keys := range apps {
			for number := range 3 {
				config := keyed(slug, keys, attributes{"linked_account_id": acctest.Text(fmt.Sprintf("new_%d", number))})
				acctest.WantNoDiagnostics(w, process.Plan(typeName, nil, process.Config(typeName, config)).Diagnostics)
			}
		}
		asked := map[string]int{}
		for _, request := range w.Requests() {
			asked[request.RawQuery]++
		}
		for query, times := range asked {
			if times > 1 {
				w.Errorf("%q is asked for %d times", query, times)
			}
		}
	})
}

// The apps of accounts that are planned to be created are looked up in the catalogue alone.
func TestPlanForNewAccounts(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		process := w.process()
		for number := range 3 {
			id := attributes{"linked_account_id": acctest.Text(fmt.Sprintf("new_%d", number))}
			acctest.WantNoDiagnostics(w, process.Plan("refold_linked_account", nil, process.Config("refold_linked_account", id)).Diagnostics)
			acctest.WantNoDiagnostics(w, process.Plan(typeName, nil, process.Config(typeName, hubSpot(1, id))).Diagnostics)
		}
		asked := 0
		for _, request := range w.Requests() {
			if strings.HasSuffix(request.Path, "/application") {
				asked++
			}
		}
		if asked != 1 {
			w.Errorf("apps are asked for %d times: %v", asked, w.Requests())
		}
	})
}

// Ids travel as they are, wherever they go.
func TestIDs(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"user/1", "100%", "a+b@c.example", "org:7", "two words", "a%2Fb", "münchen", "日本/東京"} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			within(t, mockapi.Behaviour{Integration: mockapi.IntegrationBehaviour{AccountInQuery: true}}, func(w *world) {
				slug := "odd/app 1%+@:"
				odd := mockapi.App{Slug: slug, Name: "Odd", Keys: map[string][]mockapi.KeyField{"keybased": nil}}
				w.SetApps(test, append(w.Apps(test), odd)...)
				w.Create(test, mockapi.Account{AccountID: id})
				config := keyed(slug, map[string]string{"k": "v"}, attributes{"linked_account_id": acctest.Text(id)})
				made := w.made(nil, config)
				if got := w.types(id, slug); got != "keybased" {
					w.Fatalf("connected by %q", got)
				}
				escaped := strings.NewReplacer("%", "%25", "/", "%2F")
				imported, met := w.process().Import(typeName, escaped.Replace(id)+"/"+escaped.Replace(slug))
				acctest.WantNoDiagnostics(w, met)
				if text(t, imported, "linked_account_id") != id || text(t, imported, "slug") != slug {
					w.Errorf("imported %s", imported.State)
				}
				changed := w.made(&made, keyed(slug, map[string]string{"k": "w"}, attributes{"linked_account_id": acctest.Text(id), "force_destroy": acctest.Yes()}))
				acctest.WantNoDiagnostics(w, w.destroy(changed))
				if got := w.types(id, slug); got != "" {
					w.Errorf("still connected by %q", got)
				}
			})
		})
	}
}

// An import whose configuration names another integration or type, or which a replacement follows,
// would remove what it has just taken in.
func TestImportNeverRemoves(t *testing.T) {
	t.Parallel()
	withTwoTypes(t, func(w *world) {
		const summary = "An import would remove the connection"
		w.Connect(test, "acme", mockapi.Integration{Type: "both", Name: "Both", AuthTypes: []string{"keybased"}})
		importing := func() (*acctest.Protocol, acctest.Instance) {
			process := w.process()
			imported, met := process.Import(typeName, "acme/both")
			acctest.WantNoDiagnostics(w, met)
			return process, imported
		}
		for name, config := range map[string]attributes{
			"slug":              hubSpot(1),
			"linked_account_id": both("keybased", "1", attributes{"linked_account_id": acctest.Text("new")}),
			"auth_type":         both("token", "1"),
		} {
			process, imported := importing()
			acctest.WantDiagnostic(w, process.Plan(typeName, &imported, process.Config(typeName, config)).Diagnostics, acctest.Failure, summary, "`"+name+"` is ", "-refresh=false")
			// The mark of an import goes no further than its own plan.
			acctest.WantNoDiagnostics(w, w.plan(&imported, config).Diagnostics)
		}
		process, imported := importing()
		same := process.Config(typeName, both("keybased", "1"))
		first := process.Plan(typeName, &imported, same)
		acctest.WantDiagnostic(w, first.Diagnostics, acctest.Warning, "Keys that are not from here are replaced")
		acctest.WantDiagnostic(w, process.PlanReplacement(typeName, first, same).Diagnostics, acctest.Failure, summary, "-replace")

		process, imported = importing()
		abandoning := process.Config(typeName, hubSpot(1, attributes{"deletion_policy": acctest.Text("ABANDON")}))
		if met := process.Plan(typeName, &imported, abandoning).Diagnostics; !acctest.HasFailure(met) {
			w.Errorf("a policy that is not applied yet counts: %s", acctest.List(met))
		}
	})
}
