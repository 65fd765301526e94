// SPDX-License-Identifier: MPL-2.0

package config_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// everyValue has each type of JSON, and ids of many characters.
const everyValue = `{"number":25,"text":"25","big":1152921504606846976,"fraction":0.1,"bool":true,"no":false,"list":[],"object":{},"empty":"",
	"null within":{"a":null,"b":[null]},"nested":[{"a":[1,"x",{"b":[]}]},[]],"a/b":1,"a b":2,"a.b":3,"50%":4,"a+b":5,"a@b:c":6,"größe":7}`

// startWithEveryField has an app with a field for each value of everyValue.
func startWithEveryField(u *user) {
	app := crm()
	app.ConfigFields = nil
	for id := range decode(u, everyValue).(map[string]any) {
		app.ConfigFields = append(app.ConfigFields, mockapi.ConfigField{ID: id, Type: "json"})
	}
	u.api.SetApps(test, app)
}

// Values of every type come out as they went in: by a create, a refresh, after drift, and by an
// import, and what Refold has of them is not sent again.
func TestValuesOfEveryType(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]mockapi.Behaviour{
		"as today":        {},
		"numbers rounded": {Config: mockapi.ConfigBehaviour{RoundNumbers: true}},
		"all shown":       {Config: mockapi.ConfigBehaviour{Values: mockapi.ShownValuesAll}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, behaviour, func(u *user) {
				startWithEveryField(u)
				configured, want := withFields(u, everyValue), decode(u, everyValue)
				u.settled(configured)
				if !behaviour.Config.RoundNumbers {
					u.wantStored(everyValue)
				}
				if shown := any(u.shownFields()); !reflect.DeepEqual(shown, want) {
					u.Errorf("the state holds %v, want %v", shown, want)
				}
				for id, other := range map[string]any{"number": "25", "text": json.Number("25"), "bool": "true", "list": map[string]any{}, "object": []any{}, "null within": map[string]any{"b": []any{nil}}, "größe": nil} {
					u.choose(id, other)
					planned, met := u.plan(configured)
					acctest.WantNoDiagnostics(u, met)
					if !u.changes(planned) {
						u.Errorf("%s = %v is no drift", id, other)
					}
					u.settled(configured)
				}
				acctest.WantNoDiagnostics(u, u.importAs("user_1/hubspot"))
				u.wantNoChange(configured)
			})
		})
	}
}

// What means the same is no change: a map in place of an object, 25.0 for 25, and what is null.
func TestTheSameInOtherWords(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(withFields(u, `{"limit":25,"batch/size":26}`))
		numbers := map[string]tftypes.Value{"limit": acctest.Number(25), "batch/size": acctest.Number(26)}
		u.wantNoChange(attributes{"fields": tftypes.NewValue(tftypes.Map{ElementType: tftypes.Number}, numbers)})
		u.choose("limit", json.Number("25.0"))
		u.wantNoChange(withFields(u, `{"limit":25,"batch/size":26,"zip":null}`))
		u.settled(withFields(u, `{"limit":null,"batch/size":26}`))
		u.wantStored(`{"batch/size":26}`)
		u.settled(attributes{"fields": tftypes.NewValue(tftypes.String, nil)})
		u.wantStored(`{}`)
		process := u.process()
		met := process.Validate(configType, process.Config(configType, written(attributes{"fields": acctest.Number(25)})))
		acctest.WantDiagnostic(u, met, acctest.Failure, "Fields must be an object or a map")
	})
}

// What Refold holds already is not sent, and a refresh is one request for a config.
func TestFewRequests(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.api.ResetRequests()
		planned, met := u.plan(both(withFields(u, `{"region":"eu"}`), switched("w1")))
		acctest.WantNoDiagnostics(u, met)
		u.wantSent("GET")
		u.carryOut(planned, both(withFields(u, `{"region":"eu"}`), switched("w1")))
		u.wantSent("GET", "POST", "PUT", "PATCH", "GET")
		u.wantNoChange(both(withFields(u, `{"region":"eu"}`), switched("w1")))
		u.wantSent("GET")
		// The default, and a workflow that is off, are there already.
		u.apply(both(withFields(u, `{"region":"eu","batch/size":25}`), switched("w1", "!w2")))
		u.wantSent("GET", "GET")
		u.wantStored(`{"region":"eu"}`)
		u.apply(both(withFields(u, `{"region":"us"}`), switched("w1"), attributes{"adopt_existing": acctest.Yes()}))
		u.wantSent("GET", "GET", "PUT", "GET")
		u.apply(both(withFields(u, `{"region":"us"}`), switched("w1"), attributes{"force_destroy": acctest.Yes()}))
		u.wantSent("GET")
		u.destroy()
		u.wantSent("GET", "GET", "DELETE")
	})
}

// Nothing is looked for in accounts that are planned to be created.
func TestPlanForNewAccounts(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		process := u.process()
		for _, id := range []string{"new_1", "new_2", "new_3"} {
			account := attributes{"linked_account_id": acctest.Text(id)}
			acctest.WantNoDiagnostics(u, process.Plan("refold_linked_account", nil, process.Config("refold_linked_account", account)).Diagnostics)
			u.wantSent()
			acctest.WantNoDiagnostics(u, process.Plan(configType, nil, process.Config(configType, of(id, "hubspot", ""))).Diagnostics)
			u.wantSent()
		}
	})
}

// An apply plans once more what it makes, and that look serves for the creation, for a while.
func TestOneLookBeforeACreation(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		more := withFields(u, `{"region":"eu"}`)
		process := u.process()
		config := process.Config(configType, written(more))
		u.api.ResetRequests()
		made, met := process.Apply(configType, nil, config)
		acctest.WantNoDiagnostics(u, met)
		u.wantSent("GET", "POST", "PUT", "GET")
		_, met = process.Delete(configType, made)
		acctest.WantNoDiagnostics(u, met)
		u.wantSent("GET", "DELETE")

		process = u.process()
		planned := process.Plan(configType, nil, config)
		acctest.WantNoDiagnostics(u, planned.Diagnostics)
		time.Sleep(time.Minute)
		u.choose("zip", "00025")
		_, met = process.ApplyPlanned(configType, nil, planned, config)
		acctest.WantDiagnostic(u, met, acctest.Failure, "The config exists already", `"zip"`)
		u.wantSent("GET", "GET")
	})
}

// A config that holds what is not configured is the customer's, in the plan and in the apply.
func TestConfigOfTheCustomer(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		set   func(*mockapi.Config)
		names string
	}{
		"another value":          {func(c *mockapi.Config) { c.Values["region"] = "ap" }, `"region"`},
		"another type":           {func(c *mockapi.Config) { c.Values["limit"] = "25" }, `"limit"`},
		"another field":          {func(c *mockapi.Config) { c.Values["zip"] = "00025" }, `"zip"`},
		"a field of a workflow":  {func(c *mockapi.Config) { c.WorkflowValues["w1"] = map[string]any{"depth": json.Number("5")} }, `"w1: depth"`},
		"a workflow, against it": {func(c *mockapi.Config) { c.Enabled["w2"] = true }, `"w2 (switched on)"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				configured := both(withFields(u, `{"region":"eu","limit":25}`), switched("w1", "!w2"))
				early, met := u.plan(configured)
				acctest.WantNoDiagnostics(u, met)
				u.set(test.set)
				before, _ := u.api.Config("test", "user_1", "hubspot", "user_1")
				_, met = u.plan(configured)
				acctest.WantDiagnostic(u, met, acctest.Failure, "The config exists already", "or an apply that failed", test.names, `id = "user_1/hubspot/user_1"`, "adopt_existing")
				acctest.WantDiagnostic(u, u.carryOut(early, configured), acctest.Failure, "The config exists already", test.names)
				if after, _ := u.api.Config("test", "user_1", "hubspot", "user_1"); u.instance != nil || !reflect.DeepEqual(after, before) {
					u.Errorf("the config was %v, and is %v", before, after)
				}
				adopting := both(configured, attributes{"adopt_existing": acctest.Yes()})
				acctest.WantDiagnostic(u, u.apply(adopting), acctest.Warning, "An existing config is adopted", test.names)
				u.wantNoChange(adopting)
			})
		})
	}
}

// One that holds nothing else is taken over: Refold has made it, or an apply that was interrupted.
func TestTakeOver(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.set(func(config *mockapi.Config) {
			config.Values["region"], config.Values["batch/size"], config.Enabled["w2"] = "eu", json.Number("25.0"), true
		})
		acctest.WantDiagnostic(u, u.apply(withFields(u, `{"region":"eu","zip":"1"}`)), acctest.Warning, "An existing config is taken over")
		u.wantEnabled("w2")
		u.wantNoChange(withFields(u, `{"region":"eu","zip":"1"}`))
	})
}

// The customer's values beside those that are managed outlive every update.
func TestCustomersValuesBeside(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(both(withFields(u, `{"region":"eu","limit":1}`), switched("w1")))
		u.set(func(config *mockapi.Config) {
			config.Values["zip"], config.Enabled["w2"], config.WorkflowValues["w1"] = "00025", true, map[string]any{"depth": json.Number("5")}
		})
		u.wantNoChange(both(withFields(u, `{"region":"eu","limit":1}`), switched("w1")))
		u.settled(both(withFields(u, `{"limit":2}`), switched("w1")))
		u.wantStored(`{"limit":2,"zip":"00025"}`)
		u.wantEnabled("w1", "w2")
		acctest.WantDiagnostic(u, u.destroy()[:1], acctest.Warning, "Values of the customer go with the config", `"zip"`, "\"w1: depth\" (`WORKFLOW: FIELD` is a field of a workflow", `A workflow is switched on in it and not managed here, and goes with it: "w2"`)
		u.wantStored(`{"limit":2,"zip":"00025"}`)
		if u.instance == nil {
			u.Fatal("a deletion that was refused left the state")
		}
		u.settled(both(withFields(u, `{"limit":2}`), switched("w1"), attributes{"deletion_policy": acctest.Text("ABANDON")}))
		if met := u.destroy(); acctest.HasFailure(met) || u.instance != nil {
			u.Error(acctest.List(met))
		}
		u.wantStored(`{"limit":2,"zip":"00025"}`)
	})
}

// A plan shows a field that comes under management as if nothing was there.
func TestValuesOfOthersThatAreReplaced(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(withFields(u, `{"region":"eu"}`))
		u.choose("zip", "00025")
		more := withFields(u, `{"region":"eu","zip":"99999"}`)
		_, met := u.plan(more)
		acctest.WantDiagnostic(u, met, acctest.Warning, "Values that others have set are replaced", `"zip"`)
		_, met = u.plan(withFields(u, `{"region":"eu","zip":"00025"}`))
		acctest.WantNoDiagnostics(u, met)
		u.set(func(config *mockapi.Config) { delete(config.Values, "zip") })
		planned, met := u.plan(more)
		acctest.WantNoDiagnostics(u, met)
		u.choose("zip", "00026")
		acctest.WantDiagnostic(u, u.carryOut(planned, more), acctest.Warning, "Values that others have set are replaced", `"zip"`)
		u.wantStored(`{"region":"eu","zip":"99999"}`)
		u.settled(more)

		less := withFields(u, `{"zip":"11111"}`)
		planned, met = u.plan(less)
		acctest.WantNoDiagnostics(u, met)
		u.choose("zip", "00027")
		u.choose("region", "ap")
		acctest.WantDiagnostic(u, u.carryOut(planned, less), acctest.Warning, "Values that others have set are replaced", `"region", "zip"`)
		u.wantStored(`{"zip":"11111"}`)
	})
}

// Workflows that are switched on are no obstacle to a deletion, and the plan says that they go.
func TestWorkflowsThatGo(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		configured := both(withFields(u, `{"region":"eu"}`), switched("w1"))
		u.settled(configured)
		u.set(func(config *mockapi.Config) { config.Enabled["w2"] = true })
		u.wantNoChange(configured)
		acctest.WantDiagnostic(u, u.destroy(), acctest.Warning, "Workflows go with the config", `goes with it: "w2"`)
		u.wantStored("")
		u.settled(switched("!w1", "w2"))
		acctest.WantNoDiagnostics(u, u.destroy())
	})
}

// What Refold finds wrong is said after each apply that has written, and in each plan that does
// not.
func TestFieldErrors(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		const summary = "Refold finds something wrong with fields"
		wrong := func(texts ...string) {
			u.set(func(config *mockapi.Config) { config.Errors = texts })
		}
		wrong("Region is not served")
		configured := withFields(u, `{"region":"eu"}`)
		planned, met := u.plan(configured)
		acctest.WantDiagnostic(u, met, acctest.Warning, "An existing config is taken over")
		acctest.WantDiagnostic(u, u.carryOut(planned, configured), acctest.Warning, summary, "\n  - Region is not served", "data source `refold_config`")
		wrong("Zip is short", "Limit is high")
		planned, met = u.plan(configured)
		acctest.WantDiagnostic(u, met, acctest.Warning, summary, "  - Zip is short\n  - Limit is high")
		if u.changes(planned) {
			u.Error("errors are planned to be changed")
		}
		corrected := withFields(u, `{"region":"us","zip":"00025"}`)
		planned, met = u.plan(corrected)
		acctest.WantNoDiagnostics(u, met)
		acctest.WantDiagnostic(u, u.carryOut(planned, corrected), acctest.Warning, summary, "Zip is short")
		wrong()
		u.settled(corrected)
	})
}

func TestForceDestroy(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(withFields(u, `{"region":"eu"}`))
		u.choose("zip", "00025")
		acctest.WantDiagnostic(u, u.destroy()[1:], acctest.Failure, "The config holds values that are not managed here", `"zip"`, "force_destroy")
		u.settled(both(withFields(u, `{"region":"eu"}`), attributes{"force_destroy": acctest.Yes()}))
		if met := u.destroy(); acctest.HasFailure(met) {
			u.Error(acctest.List(met))
		}
		u.wantStored("")
	})
}

// A replacement deletes as carefully as a destroy.
func TestReplacement(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(withFields(u, `{"region":"eu"}`))
		u.choose("zip", "00025")
		other := both(withFields(u, `{"region":"eu"}`), attributes{"config_id": acctest.Text("emea")})
		planned, met := u.plan(other)
		acctest.WantDiagnostic(u, met, acctest.Warning, "Values of the customer go with the config", `"zip"`)
		if len(planned.RequiresReplace) == 0 {
			u.Error("another config_id is no replacement")
		}
		_, met = u.process().Delete(configType, *u.instance)
		acctest.WantDiagnostic(u, met, acctest.Failure, "The config holds values that are not managed here", `"zip"`)
		u.wantStored(`{"region":"eu","zip":"00025"}`)
		u.api.SetConfig(test, "user_1", mockapi.Config{Slug: "hubspot", ConfigID: "emea", Values: map[string]any{"limit": json.Number("3")}})
		_, met = u.plan(other)
		acctest.WantDiagnostic(u, met[1:], acctest.Failure, "The config exists already", `"hubspot/emea"`, `"limit"`)
		u.api.RemoveConfig(test, "user_1", "hubspot", "emea")
		letGo := attributes{"deletion_policy": acctest.Text("ABANDON")}
		u.settled(both(withFields(u, `{"region":"eu"}`), letGo))
		_, met = u.plan(both(other, letGo))
		acctest.WantDiagnostic(u, met, acctest.Warning, "Let go, and left at Refold", "stays as it is. Terraform")
	})
}

// An id that is not configured any more stays, and that of another account is not taken along.
func TestConfigIDByDefault(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.api.Create(test, mockapi.Account{AccountID: "user_2"})
		u.settled(attributes{"config_id": acctest.Text("emea")})
		u.wantNoChange(nil)
		planned, _ := u.plan(attributes{"linked_account_id": acctest.Text("user_2")})
		process := u.process()
		again := process.PlanReplacement(configType, planned, process.Config(configType, written(attributes{"linked_account_id": acctest.Text("user_2")})))
		for _, response := range []tftypes.Value{u.planned(planned), u.planned(again)} {
			if got := (acctest.Instance{State: response}).Attribute(u, "config_id"); !got.Equal(acctest.Text("user_2")) {
				u.Errorf("config_id is planned as %s", got)
			}
		}
		unknown := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
		_, met := u.plan(attributes{"config_id": unknown})
		acctest.WantDiagnostic(u, met, acctest.Failure, "It is not known yet which config it is", `"hubspot/emea"`)
	})
}

// A field that an apply has put under management goes back to its default when it is taken out,
// and only then: what was there before, or came after, is the customer's.
func TestFieldsThatAreTakenOut(t *testing.T) {
	t.Parallel()
	t.Run("applied", func(t *testing.T) {
		t.Parallel()
		inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
			u.settled(withFields(u, `{"region":"eu","zip":"1","limit":1}`))
			u.settled(withFields(u, `{"zip":"1"}`))
			u.wantStored(`{"zip":"1"}`)
			u.choose("region", "ap")
			u.settled(withFields(u, `{"zip":"2"}`))
			u.wantStored(`{"region":"ap","zip":"2"}`)
			u.settled(nil)
			u.wantStored(`{"region":"ap"}`)
		})
	})
	t.Run("imported", func(t *testing.T) {
		t.Parallel()
		inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
			u.set(func(config *mockapi.Config) {
				config.Values["region"], config.Values["zip"], config.Enabled["w1"] = "ap", "1", true
			})
			acctest.WantNoDiagnostics(u, u.importAs("user_1/hubspot"))
			acctest.WantDiagnostic(u, u.apply(withFields(u, `{"zip":"1"}`)), acctest.Warning, "What is taken out stays at Refold", `"region", "w1"`, "Refold keeps their values")
			u.wantStored(`{"region":"ap","zip":"1"}`)
			u.wantEnabled("w1")
			u.wantNoChange(withFields(u, `{"zip":"1"}`))
			u.settled(nil) // An apply has put zip under management.
			u.wantStored(`{"region":"ap"}`)
			u.settled(switched("w2"))
			acctest.WantDiagnostic(u, u.apply(nil), acctest.Warning, "What is taken out stays at Refold", `"w2"`, "Refold keeps its value")
			u.wantEnabled("w1", "w2")
		})
	})
	t.Run("while it had no value", func(t *testing.T) {
		t.Parallel()
		inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
			u.settled(withFields(u, `{"zip":"1","limit":1}`))
			u.set(func(config *mockapi.Config) { delete(config.Values, "limit") })
			u.settled(withFields(u, `{"zip":"1"}`))
			u.choose("limit", json.Number("2"))
			u.settled(withFields(u, `{"zip":"2"}`))
			u.wantStored(`{"zip":"2","limit":2}`)
		})
	})
	t.Run("null in the end", func(t *testing.T) {
		t.Parallel()
		inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
			u.settled(withFields(u, `{"zip":"1","limit":1}`))
			late := objectOf(map[string]tftypes.Value{"zip": acctest.Text("1"), "limit": tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue)})
			_, met := u.plan(attributes{"fields": late})
			acctest.WantNoDiagnostics(u, met)
			acctest.WantNoDiagnostics(u, u.carryOutLate(withFields(u, `{"zip":"1","limit":null}`)))
			u.wantStored(`{"zip":"1"}`)
			u.wantNoChange(withFields(u, `{"zip":"1","limit":null}`))
		})
	})
}

// refusing answers one request of a kind so, and lets all others through.
func (u *user) refusing(method, ending string) {
	u.api.Intercept(acctest.Instead(method, ending, acctest.Answering(http.StatusForbidden, `{"error":"FORBIDDEN","message":"no"}`)))
}

// A failed update keeps what was done, the next plan sees what is left, and nothing that was not
// sent counts as managed.
func TestFailedUpdate(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(withFields(u, `{"region":"eu","batch/size":30,"map.v2":{"a":1}}`))
		u.set(func(config *mockapi.Config) { delete(config.Values, "batch/size"); config.Values["zip"] = "mine" })
		u.refusing(http.MethodPut, "/field/zip")
		next := withFields(u, `{"limit":1,"map.v2":{"a":2},"zip":"ours"}`)
		met := u.apply(next)
		acctest.WantDiagnostic(u, met[:1], acctest.Warning, "Values that others have set are replaced", `"zip"`)
		acctest.WantDiagnostic(u, met[1:], acctest.Failure, "Could not update config", `field "zip"`)
		u.wantStored(`{"region":"eu","limit":1,"map.v2":{"a":2},"zip":"mine"}`)
		if shown := any(u.shownFields()); !reflect.DeepEqual(shown, decode(u, `{"region":"eu","limit":1,"map.v2":{"a":2},"batch/size":25}`)) {
			u.Errorf("the state holds %v", shown)
		}
		u.api.Intercept(nil)
		acctest.WantDiagnostic(u, u.apply(next)[:1], acctest.Warning, "Values that others have set are replaced", `"zip"`)
		u.wantNoChange(next)
		u.wantStored(`{"limit":1,"map.v2":{"a":2},"zip":"ours"}`)
	})
}

// A field of a failed update that was never sent is still the customer's.
func TestFailedUpdateThatIsGivenUp(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(withFields(u, `{"limit":1,"batch/size":30}`))
		u.choose("zip", "mine")
		u.refusing(http.MethodPut, "/field/region")
		met := u.apply(withFields(u, `{"region":"eu","limit":2,"zip":"ours"}`))
		acctest.WantDiagnostic(u, met[1:], acctest.Failure, "Could not update config", `field "region"`)
		u.api.Intercept(nil)
		met = u.apply(withFields(u, `{"limit":1}`))
		if acctest.HasFailure(met) {
			u.Error(acctest.List(met))
		}
		u.wantStored(`{"limit":1,"zip":"mine"}`)
	})
	// What went back to its default before the failure, and came again, is the customer's, too.
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(both(withFields(u, `{"limit":1}`), switched("w1")))
		u.refusing(http.MethodPatch, "/workflows/w1")
		acctest.WantDiagnostic(u, u.apply(switched("!w1")), acctest.Failure, "Could not update config", `workflow "w1"`)
		u.choose("limit", json.Number("5"))
		u.api.Intercept(nil)
		met := u.apply(switched("!w1"))
		if acctest.HasFailure(met) {
			u.Error(acctest.List(met))
		}
		u.wantStored(`{"limit":5}`)
		u.wantEnabled()
	})
}

// A field whose write was refused is the customer's, on every way on from there; one whose answer
// was lost is ours where Refold shows our value.
func TestFieldThatWasRefused(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"refused":    acctest.Answering(http.StatusBadRequest, `{"error":"SERVER_ERROR","message":"no"}`),
		"not served": acctest.Answering(http.StatusServiceUnavailable, ""),
	} {
		trying := func(u *user) {
			u.settled(withFields(u, `{"limit":1}`))
			u.choose("zip", "mine")
			u.network = acctest.InProcess(u.T, u.api)
			u.api.Intercept(acctest.Instead(http.MethodPut, "/field/zip", answer))
			if met := u.apply(withFields(u, `{"limit":1,"zip":"ours"}`)); !acctest.HasFailure(met) {
				u.Errorf("%s: %s", name, acctest.List(met))
			}
			u.api.Intercept(nil)
		}
		inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
			trying(u)
			u.settled(withFields(u, `{"limit":1}`))
			u.wantStored(`{"limit":1,"zip":"mine"}`)
		})
		inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
			trying(u)
			met := u.destroy()
			acctest.WantDiagnostic(u, met[:1], acctest.Warning, "Values of the customer go with the config", `"zip"`)
			acctest.WantDiagnostic(u, met[1:], acctest.Failure, "The config holds values that are not managed here", `"zip"`)
			u.wantStored(`{"limit":1,"zip":"mine"}`)
		})
	}
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(withFields(u, `{"limit":1}`))
		u.network = acctest.InProcess(u.T, u.api)
		u.api.Intercept(u.losing("/field/zip"))
		if met := u.apply(withFields(u, `{"limit":1,"zip":"ours"}`)); !acctest.HasFailure(met) {
			u.Error(acctest.List(met))
		}
		u.api.Intercept(nil)
		u.wantStored(`{"limit":1,"zip":"ours"}`)
		u.settled(withFields(u, `{"limit":1}`))
		u.wantStored(`{"limit":1}`)
	})
}

// losing carries out what ends so, and answers nothing that counts.
func (u *user) losing(ending string) mockapi.Interceptor {
	return func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPut || !strings.HasSuffix(r.URL.Path, ending) {
			return false
		}
		u.choose("zip", "ours")
		w.WriteHeader(http.StatusBadGateway)
		return true
	}
}

// What the customer sets between two attempts of one request is not written over.
func TestFieldThatIsSetMeanwhile(t *testing.T) {
	t.Parallel()
	for name, configured := range map[string]string{"set": `{"region":"eu","zip":"ours"}`, "cleared": `{"region":"eu"}`} {
		inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
			u.settled(withFields(u, `{"region":"eu","zip":"before"}`))
			u.network = acctest.InProcess(u.T, u.api)
			isFirst := true
			u.api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodGet || !strings.HasSuffix(r.URL.Path, "/field/zip") || !isFirst {
					return false
				}
				isFirst = false
				u.choose("zip", "mine")
				w.WriteHeader(http.StatusBadGateway)
				return true
			})
			acctest.WantDiagnostic(u, u.apply(withFields(u, configured)), acctest.Failure, "Could not update config", `field "zip"`, "somebody else has set it meanwhile", "whose value it is")
			if config, _ := u.api.Config(test, "user_1", "hubspot", "user_1"); config.Values["zip"] != "mine" {
				u.Errorf("%s: Refold holds %v", name, config.Values)
			}
		})
	}
}

// A config that somebody makes between the look and the request that makes it is held against what
// is configured, too.
func TestConfigThatAppears(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.api.Intercept(func(_ http.ResponseWriter, r *http.Request) bool {
			if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/config") {
				u.set(func(config *mockapi.Config) { config.Values["zip"] = "mine"; config.Enabled["w1"] = true })
			}
			return false
		})
		configured := both(withFields(u, `{"zip":"ours"}`), switched("!w1"))
		acctest.WantDiagnostic(u, u.apply(configured), acctest.Failure, "The config exists already", `"zip"`, `"w1 (switched on)"`)
		u.wantStored(`{"zip":"mine"}`)
		u.wantEnabled("w1")
	})
}

// A saved plan neither deletes nor switches what was chosen since without a word.
func TestChosenSinceThePlan(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(both(withFields(u, `{"zip":"ours"}`), switched("w1")))
		u.choose("zip", "mine")
		_, met := u.process().Delete(configType, *u.instance)
		acctest.WantDiagnostic(u, met, acctest.Failure, "The config holds other values than those that were planned to go", `"zip"`)
		u.wantStored(`{"zip":"mine"}`)
		acctest.WantNoDiagnostics(u, u.destroy())
		u.wantStored("")
	})
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(both(withFields(u, `{"zip":"ours"}`), switched("w1")))
		next := both(withFields(u, `{"zip":"1"}`), switched("w1"))
		planned, met := u.plan(next)
		acctest.WantNoDiagnostics(u, met)
		u.set(func(config *mockapi.Config) { config.Enabled["w1"] = false })
		acctest.WantDiagnostic(u, u.carryOut(planned, next), acctest.Warning, "Values that others have set are replaced", `"w1"`)
		u.wantEnabled("w1")
	})
}

// A failed create leaves no state, and the next one takes over what it left.
func TestFailedCreate(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		configured := both(withFields(u, `{"region":"eu","zip":"1"}`), switched("w1"))
		u.refusing(http.MethodPut, "/field/zip")
		acctest.WantDiagnostic(u, u.apply(configured), acctest.Failure, "Could not create config", `field "zip"`)
		if u.instance != nil {
			u.Errorf("a failed create left %s", u.instance.State)
		}
		u.api.Intercept(nil)
		acctest.WantDiagnostic(u, u.apply(configured), acctest.Warning, "An existing config is taken over")
		u.wantNoChange(configured)
		u.wantStored(`{"region":"eu","zip":"1"}`)
		acctest.WantNoDiagnostics(u, u.destroy())
		u.wantStored("")
	})
}

// Unknown ids are errors of the plan where there is a config, else of the apply.
func TestUnknownIDs(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		wrong := both(withFields(u, `{"Region":"eu"}`), switched("w3"))
		met := u.apply(wrong)
		acctest.WantDiagnostic(u, met[:1], acctest.Failure, "There is no such field", `"Region"`, `"region"`, `"batch/size"`)
		acctest.WantDiagnostic(u, met[1:], acctest.Failure, "There is no such workflow", `"w3"`, `"w1", "w2"`)
		u.wantStored(`{}`)
		u.api.ResetRequests()
		_, met = u.plan(wrong)
		acctest.WantDiagnostic(u, met[:1], acctest.Failure, "There is no such field", "-refresh=false")
		acctest.WantDiagnostic(u, met[1:], acctest.Failure, "There is no such workflow")
		u.wantSent("GET")
		unknown := attributes{"fields": tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue), "workflows": tftypes.NewValue(tftypes.Map{ElementType: tftypes.Bool}, tftypes.UnknownValue)}
		planned, met := u.plan(unknown)
		acctest.WantDiagnostic(u, met, acctest.Warning, "An existing config is taken over")
		acctest.WantNoDiagnostics(u, u.carryOut(planned, both(withFields(u, `{"region":"eu"}`), switched("w1"))))
		u.wantEnabled("w1")
		planned, met = u.plan(unknown)
		acctest.WantNoDiagnostics(u, met)
		met = u.carryOut(planned, both(withFields(u, `{"Region":"eu"}`), switched("w1")))
		acctest.WantDiagnostic(u, met, acctest.Failure, "There is no such field", `"Region"`)
		u.settled(both(withFields(u, `{"region":"eu"}`), switched("w1")))
	})
}

// What is unknown does not keep a plan from saying what exists.
func TestUnknownValuesOfAConfigThatExists(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.choose("zip", "mine")
		late := attributes{"fields": objectOf(map[string]tftypes.Value{"zip": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)})}
		_, met := u.plan(late)
		acctest.WantDiagnostic(u, met, acctest.Warning, "The config exists already", `"zip"`, "not known yet")
		acctest.WantDiagnostic(u, u.carryOutLate(withFields(u, `{"zip":"ours"}`)), acctest.Failure, "The config exists already")
		acctest.WantNoDiagnostics(u, u.carryOutLate(withFields(u, `{"zip":"mine"}`)))
		u.wantStored(`{"zip":"mine"}`)
	})
}

// A plan that Refold does not answer goes on, with a warning.
func TestPlanWithoutAnswer(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		silent := acctest.Instead(http.MethodGet, "/config/user_1", acctest.Answering(http.StatusForbidden, `{"error":"FORBIDDEN","message":"no"}`))
		u.api.Intercept(silent)
		_, met := u.plan(withFields(u, `{"region":"eu"}`))
		acctest.WantDiagnostic(u, met, acctest.Warning, "The config could not be looked up", "The apply looks again")
		u.api.Intercept(nil)
		u.settled(withFields(u, `{"region":"eu"}`))
		u.api.Intercept(silent)
		process := u.process()
		for _, configured := range []attributes{withFields(u, `{"region":"us"}`), both(withFields(u, `{"region":"eu"}`), switched("w1"))} {
			planned := process.Plan(configType, u.instance, process.Config(configType, written(configured)))
			acctest.WantDiagnostic(u, planned.Diagnostics, acctest.Warning, "The config could not be looked up")
		}
		planned := u.process().Plan(configType, u.instance, tftypes.NewValue(u.instance.State.Type(), nil))
		acctest.WantDiagnostic(u, planned.Diagnostics, acctest.Warning, "What goes with the config is not known", "refuses while nobody can tell")
		_, met = u.process().Delete(configType, *u.instance)
		acctest.WantDiagnostic(u, met, acctest.Failure, "Could not delete config")
		u.wantStored(`{"region":"eu"}`)
	})
}

// A Refold that does not answer is asked once in a plan, however many configs are planned.
func TestPlanAsksASilentRefoldOnce(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.network = acctest.InProcess(u.T, u.api)
		u.api.Intercept(acctest.Instead(http.MethodGet, "/config/user_1", acctest.Answering(http.StatusBadGateway, "")))
		process := u.process()
		planning := func() {
			planned := process.Plan(configType, nil, process.Config(configType, written(nil)))
			acctest.WantDiagnostic(u, planned.Diagnostics, acctest.Warning, "The config could not be looked up", "HTTP 502")
		}
		planning()
		sent := len(u.api.Requests())
		planning()
		if more := len(u.api.Requests()) - sent; more > 0 {
			u.Errorf("the second plan sent %d requests", more)
		}
	})
}

// What replaces a tainted config deletes it: the plan says what goes with it, and does not take it
// for somebody else's.
func TestTaintedConfig(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		configured := withFields(u, `{"region":"eu"}`)
		u.settled(configured)
		replacing := func() acctest.Diagnostics {
			process := u.process()
			u.refresh(process)
			return process.Plan(configType, nil, process.Config(configType, written(configured))).Diagnostics
		}
		acctest.WantNoDiagnostics(u, replacing())
		u.choose("zip", "00025")
		acctest.WantDiagnostic(u, replacing(), acctest.Warning, "Values of the customer go with the config", `"zip"`)
	})
}

// Hosts that keep one process see what there is now, and not what they saw before a write.
func TestOneProcess(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		process := u.process()
		config := process.Config(configType, written(withFields(u, `{"region":"eu"}`)))
		created, met := process.Apply(configType, nil, config)
		acctest.WantNoDiagnostics(u, met)
		read, met := process.Read(configType, created)
		acctest.WantNoDiagnostics(u, met)
		_, met = process.Delete(configType, read)
		acctest.WantNoDiagnostics(u, met)
		u.choose("zip", "00025")
		acctest.WantNoDiagnostics(u, process.Configure(both(acctest.WithKey(mockapi.TestKey), attributes{"base_url": acctest.Text("https://refold.test")})))
		planned := process.Plan(configType, nil, config)
		acctest.WantDiagnostic(u, planned.Diagnostics, acctest.Failure, "The config exists already", `"zip"`)
	})
}

// A config that is gone, with its account or alone, is planned for creation, and no error of a
// destroy.
func TestVanished(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.settled(withFields(u, `{"region":"eu"}`))
		u.api.RemoveConfig(test, "user_1", "hubspot", "user_1")
		kept := *u.instance
		acctest.WantDiagnostic(u, u.apply(withFields(u, `{"region":"eu"}`)), acctest.Warning, "The config is not found", `"hubspot"`)
		u.wantStored(`{"region":"eu"}`)
		u.api.RemoveConfig(test, "user_1", "hubspot", "user_1")
		_, met := u.process().Delete(configType, kept)
		acctest.WantNoDiagnostics(u, met)
		u.api.Remove(test, "user_1")
		_, met = u.process().Delete(configType, kept)
		acctest.WantNoDiagnostics(u, met)
		_, met = u.plan(nil)
		acctest.WantDiagnostic(u, met, acctest.Warning, "The linked account is not found", `"user_1"`)
		acctest.WantDiagnostic(u, u.apply(nil), acctest.Failure, "There is no such linked account")
	})
}

// Ids of all characters that can travel, in every part.
func TestIDsOfManyCharacters(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		const odd = "a/b 50%25+ann@acme:c"
		app := crm()
		app.Slug = odd
		app.ConfigFields = []mockapi.ConfigField{{ID: odd}, {ID: "größe"}}
		app.Workflows[0].ID, app.Workflows[0].Slug = odd, odd
		u.api.SetApps(test, app)
		u.api.Create(test, mockapi.Account{AccountID: odd})
		u.api.Connect(test, odd, mockapi.Integration{Type: odd, Name: "Odd"})
		for _, configID := range []string{odd, "größe/" + odd} {
			more := both(switched(odd), attributes{
				"linked_account_id": acctest.Text(odd), "slug": acctest.Text(odd), "config_id": acctest.Text(configID),
				"fields": objectOf(map[string]tftypes.Value{odd: acctest.Text("x"), "größe": acctest.Number(1)}),
			})
			u.instance = nil
			u.settled(more)
			stored, exists := u.api.Config(test, odd, odd, configID)
			if !exists || stored.Values[odd] != "x" || stored.Values["größe"] != json.Number("1") || !stored.Enabled[odd] {
				u.Fatalf("Refold holds %v", stored)
			}
			kept := *u.instance
			escaped := strings.NewReplacer("%", "%25", "/", "%2F")
			acctest.WantNoDiagnostics(u, u.importAs(escaped.Replace(odd)+"/"+escaped.Replace(odd)+"/"+escaped.Replace(configID)))
			u.wantNoChange(more)
			u.instance = &kept
			if met := u.destroy(); acctest.HasFailure(met) {
				u.Error(acctest.List(met))
			}
			if _, exists := u.api.Config(test, odd, odd, configID); exists {
				u.Errorf("%q was not deleted", configID)
			}
		}
	})
}

// What no header can carry is refused before anything is sent.
func TestResourceOfAnAccountThatNoHeaderCanCarry(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.api.Create(test, mockapi.Account{AccountID: "kündin"})
		u.api.ResetRequests()
		process := u.process()
		for name, text := range map[string]string{"linked_account_id": "kündin", "slug": "größe"} {
			met := process.Validate(configType, process.Config(configType, written(attributes{name: acctest.Text(text)})))
			acctest.WantDiagnostic(u, met, acctest.Failure, "Cannot travel in a header", text)
		}
		unknown := attributes{"linked_account_id": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}
		planned := process.Plan(configType, nil, process.Config(configType, written(unknown)))
		acctest.WantNoDiagnostics(u, planned.Diagnostics)
		u.wantSent()
		met := u.importAs("kündin/hubspot")
		acctest.WantDiagnostic(u, met, acctest.Failure, "Cannot travel in a header", "kündin")
		u.wantSent()
	})
}

// An import of another config than the configured one deletes nothing. A later run says what goes
// with what was imported.
func TestImportNeverDeletes(t *testing.T) {
	t.Parallel()
	for name, configured := range map[string]attributes{"another config": {"config_id": acctest.Text("emea")}, "another app": {"slug": acctest.Text("other")}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
				u.api.SetApps(test, crm(), mockapi.App{Slug: "other", Name: "Other"})
				u.choose("region", "ap")
				process := u.process()
				imported, met := process.Import(configType, "user_1/hubspot")
				acctest.WantNoDiagnostics(u, met)
				planned := process.Plan(configType, &imported, process.Config(configType, written(configured)))
				acctest.WantDiagnostic(u, planned.Diagnostics, acctest.Failure, "An import would delete the config", `Config "hubspot" of linked account "user_1" is imported`, "-refresh=false")
				same := process.Config(configType, written(withFields(u, `{"region":"ap"}`)))
				planned = process.Plan(configType, &imported, same)
				acctest.WantNoDiagnostics(u, planned.Diagnostics)
				acctest.WantDiagnostic(u, process.PlanReplacement(configType, planned, same).Diagnostics, acctest.Failure, "An import would delete the config", "without `-replace`")
				u.instance = &imported
				_, met = u.plan(configured)
				acctest.WantDiagnostic(u, met, acctest.Warning, "Imported values go with the config", `"region"`)
			})
		})
	}
}

func TestImport(t *testing.T) {
	t.Parallel()
	inVirtualTime(t, mockapi.Behaviour{}, func(u *user) {
		u.set(func(config *mockapi.Config) {
			config.Values["region"], config.Values["batch/size"], config.Enabled["w2"] = "eu", json.Number("25"), true
		})
		for _, id := range []string{"user_1/hubspot", "user_1/hubspot/user_1"} {
			acctest.WantNoDiagnostics(u, u.importAs(id))
			u.wantNoChange(both(withFields(u, `{"region":"eu"}`), switched("w2")))
		}
		// To look at it changes nothing, and neither does an apply of what is there.
		u.wantStored(`{"region":"eu","batch/size":25}`)
		for id, want := range map[string]string{
			"user_1": "Not usable as an import id", "user_1/hubspot/a/b": "Not usable as an import id", "user_1/%zz": "Not usable as an import id",
			"user_1/hubspot/emea": "There is no such config to import", "user_1/HubSpot": "There is no such config to import", "user_2/hubspot": "There is no such config to import",
		} {
			acctest.WantDiagnostic(u, u.importAs(id), acctest.Failure, want)
		}
	})
}
