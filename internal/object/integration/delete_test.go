// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// What the customer has connected beside is no drift, and nothing takes it away.
func TestConnectionOfTheCustomerBeside(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		w.Connect(test, "acme", byOAuth("hubspot"))
		made := w.made(nil, hubSpot(1))
		w.wantTypes("hubspot", "oauth2+keybased")
		read, met := w.read(made)
		acctest.WantNoDiagnostics(w, met)
		if !read.State.Equal(made.State) {
			w.Errorf("read\n%s\nwant\n%s", read.State, made.State)
		}
		changed := w.made(&made, hubSpot(2))
		w.wantTypes("hubspot", "oauth2+keybased")
		plan := w.planDeletion(changed)
		acctest.WantNoDiagnostics(w, plan.Diagnostics)
		acctest.WantNoDiagnostics(w, w.destroy(changed))
		w.wantTypes("hubspot", "oauth2")

		// Alone, it is nothing to be imported, and no obstacle to a creation.
		_, met = w.process().Import(typeName, "acme/hubspot")
		acctest.WantDiagnostic(w, met, acctest.Failure, "There is no such integration to import", "oauth2", "the customer's own")
	})
}

// A customer who connects the app by another type instead has taken the resource's connection
// away. It is made anew beside theirs.
func TestConnectedByAnotherTypeInstead(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1))
		w.Disconnect(test, "acme", "hubspot", "keybased")
		w.Connect(test, "acme", byOAuth("hubspot"))
		process := w.process()
		gone, met := process.Read(typeName, made)
		acctest.WantDiagnostic(w, met, acctest.Warning, "The integration is not found", `"hubspot"`)
		if !gone.State.IsNull() {
			w.Fatalf("state %s", gone.State)
		}
		again := w.made(nil, hubSpot(1))
		w.wantTypes("hubspot", "oauth2+keybased")
		w.Disconnect(test, "acme", "hubspot", "keybased")
		acctest.WantNoDiagnostics(w, w.destroy(again))
		w.wantTypes("hubspot", "oauth2")
	})
}

// A create over a connection of the same type is refused, in the plan and in the apply.
func TestExistingConnection(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		process := w.process()
		early := process.Plan(typeName, nil, process.Config(typeName, hubSpot(1)))
		acctest.WantNoDiagnostics(w, early.Diagnostics)
		theirs := mockapi.Integration{Type: "hubspot", Name: "HubSpot", AuthTypes: []string{"keybased"}, Connections: map[string]mockapi.Connection{"keybased": {Keys: map[string]string{"api_key": "theirs"}}}}
		w.Connect(test, "acme", theirs)
		acctest.WantDiagnostic(w, w.plan(nil, hubSpot(1)).Diagnostics, acctest.Failure, "The app is connected already", `id = "acme/hubspot"`, "-refresh=false")
		late := w.process()
		none, met := late.ApplyPlanned(typeName, nil, early, late.Config(typeName, hubSpot(1)))
		acctest.WantDiagnostic(w, met, acctest.Failure, "The app is connected already", `id = "acme/hubspot"`)
		if !none.State.IsNull() || w.Keys(test, "acme", "hubspot", "keybased")["api_key"] != "theirs" {
			w.Errorf("state %s, keys %v", none.State, w.Keys(test, "acme", "hubspot", "keybased"))
		}
		adopting := hubSpot(1, attributes{"adopt_existing": acctest.Yes()})
		acctest.WantDiagnostic(w, w.plan(nil, adopting).Diagnostics, acctest.Warning, "An existing connection is adopted")
		w.made(nil, adopting)
		if got := w.Keys(test, "acme", "hubspot", "keybased")["api_key"]; got != "k" {
			w.Errorf("the key is %q", got)
		}
	})
}

// The last connection stays while the app's configs hold values, and says which.
func TestForceDestroy(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1))
		w.SetConfig(test, "acme", mockapi.Config{Slug: "hubspot"})
		acctest.WantDiagnostic(w, w.planDeletion(made).Diagnostics, acctest.Warning, "Configurations go with the connection", "1 configuration")

		w.SetConfig(test, "acme", mockapi.Config{
			Slug: "hubspot", ConfigID: "emea/2", Values: map[string]any{"owner_email": "a@b"},
			WorkflowValues: map[string]map[string]any{"6a313eda6d5528bdcf71eb01": {"batch_size": 7}},
			Enabled:        map[string]bool{"6a313eda6d5528bdcf71eb01": true},
		})
		acctest.WantDiagnostic(w, w.planDeletion(made).Diagnostics, acctest.Warning, "Configurations go with the connection", `"emea/2"`, `"owner_email"`, `switched on: "6a313eda6d5528bdcf71eb01"`, "refuses")
		met := w.destroy(made)
		acctest.WantDiagnostic(w, met, acctest.Failure, "The app's configurations hold values", `"emea/2"`, `"owner_email"`, "batch_size", "force_destroy")
		w.wantTypes("hubspot", "keybased")
		if len(w.Configs(test, "acme")) != 2 {
			w.Errorf("configs %v", w.Configs(test, "acme"))
		}

		// What the same run deletes a moment later is no loss.
		go func() {
			time.Sleep(100 * time.Millisecond)
			w.RemoveConfig(test, "acme", "hubspot", "emea/2")
		}()
		acctest.WantNoDiagnostics(w, w.destroy(made))
		made = w.made(nil, hubSpot(1))
		w.SetConfig(test, "acme", mockapi.Config{Slug: "hubspot"})
		w.SetConfig(test, "acme", mockapi.Config{Slug: "hubspot", ConfigID: "emea/2", Values: map[string]any{"owner_email": "a@b"}})

		// Where nobody can tell, it stays as well.
		for _, ending := range []string{"/configs", "/emea/2"} {
			w.Intercept(acctest.Instead(http.MethodGet, ending, answering(http.StatusForbidden)))
			acctest.WantDiagnostic(w, w.destroy(made), acctest.Failure, "What would be lost could not be found out")
			acctest.WantDiagnostic(w, w.planDeletion(made).Diagnostics, acctest.Warning, "What goes with the connection is not known")
		}
		w.Intercept(nil)

		// A connection of the customer's keeps the configs.
		w.byCustomer("hubspot", "oauth2")
		acctest.WantNoDiagnostics(w, w.destroy(made))
		w.wantTypes("hubspot", "oauth2")
		if len(w.Configs(test, "acme")) != 2 {
			w.Errorf("configs %v", w.Configs(test, "acme"))
		}
		w.Disconnect(test, "acme", "hubspot", "oauth2")

		again := w.made(nil, hubSpot(1, attributes{"force_destroy": acctest.Yes()}))
		w.SetConfig(test, "acme", mockapi.Config{Slug: "hubspot", Values: map[string]any{"owner_email": "a@b"}})
		acctest.WantDiagnostic(w, w.planDeletion(again).Diagnostics, acctest.Warning, "Configurations go with the connection", "`force_destroy` is set")
		acctest.WantNoDiagnostics(w, w.destroy(again))
		w.wantTypes("hubspot", "")
	})
}

// A removal looks once at the app, once at its configs, and once at the account, which names the
// environment.
func TestOneLookBeforeARemoval(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1))
		w.ResetRequests()
		acctest.WantNoDiagnostics(w, w.destroy(made))
		w.wantRequests("a removal", map[string]int{http.MethodGet: 3, http.MethodDelete: 1})
		w.wantTypes("hubspot", "")
	})
}

// What is let go stays, with its values, and nobody is asked about it.
func TestAbandon(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1, attributes{"deletion_policy": acctest.Text("ABANDON")}))
		w.SetConfig(test, "acme", mockapi.Config{Slug: "hubspot", Values: map[string]any{"owner_email": "a@b"}})
		w.ResetRequests()
		acctest.WantDiagnostic(w, w.planDeletion(made).Diagnostics, acctest.Warning, "Let go, and left at Refold", "Where the same run deletes its linked account, Refold deletes it all the same.")
		acctest.WantNoDiagnostics(w, w.destroy(made))
		w.wantRequests("a deletion under ABANDON", map[string]int{})
		w.wantTypes("hubspot", "keybased")
	})
}

// With the account, its integrations are gone: one warning says so, and a destroy works.
func TestAccountThatVanished(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]mockapi.ApplicationBehaviour{
		"long message":  {},
		"short message": {UnknownAccount: mockapi.UnknownAccountShort},
		"catalogue":     {UnknownAccount: mockapi.UnknownAccountCatalogue},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within(t, mockapi.Behaviour{Application: behaviour}, func(w *world) {
				first := w.made(nil, hubSpot(1))
				second := w.made(nil, keyed("acme-erp", map[string]string{"k": "v"}))
				w.Remove(test, "acme")
				process := w.process()
				gone, met := process.Read(typeName, first)
				acctest.WantDiagnostic(w, met, acctest.Warning, "The linked account is not found", `"acme"`)
				also, met := process.Read(typeName, second)
				acctest.WantNoDiagnostics(w, met)
				if !gone.State.IsNull() || !also.State.IsNull() {
					w.Errorf("states %s and %s", gone.State, also.State)
				}
				acctest.WantNoDiagnostics(w, process.Plan(typeName, nil, process.Config(typeName, hubSpot(1))).Diagnostics)
				acctest.WantNoDiagnostics(w, w.planDeletion(first).Diagnostics)
				w.ResetRequests()
				acctest.WantNoDiagnostics(w, w.destroy(first))
				if sent := w.Count(http.MethodDelete, ""); sent > 0 {
					w.Errorf("%d deletions of what is gone", sent)
				}
				_, met = w.apply(nil, hubSpot(1))
				if !acctest.HasFailure(met) {
					w.Errorf("an integration of no account is made")
				}
			})
		})
	}
}

// What was connected before the organization took the app away is kept, and removed by its type.
func TestAppThatIsNotOfferedAnyMore(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1))
		w.Connect(test, "acme", byOAuth("hubspot", "keybased"))
		w.SetApps(test)
		kept, met := w.read(made)
		acctest.WantDiagnostic(w, met, acctest.Warning, "The app is not offered any more")
		if !kept.State.Equal(made.State) {
			w.Errorf("read\n%s\nwant\n%s", kept.State, made.State)
		}
		acctest.WantNoDiagnostics(w, w.plan(&kept, hubSpot(1)).Diagnostics)
		acctest.WantDiagnostic(w, w.plan(&kept, hubSpot(2)).Diagnostics, acctest.Failure, "There is no such app")

		imported, met := w.process().Import(typeName, "acme/hubspot")
		acctest.WantDiagnostic(w, met, acctest.Warning, "The app is not offered any more")
		if got := text(t, imported, "auth_type"); got != "keybased" {
			w.Errorf("auth_type is %q", got)
		}
		bare := attributes{"linked_account_id": acctest.Text("acme"), "slug": acctest.Text("hubspot")}
		planned, err := w.plan(&imported, bare).PlannedState.Unmarshal(imported.State.Type())
		if err != nil || !planned.Equal(imported.State) {
			w.Errorf("planned %s (%v), want %s", planned, err, imported.State)
		}
		acctest.WantNoDiagnostics(w, w.destroy(imported))
		w.wantTypes("hubspot", "oauth2")
	})
}

// A removal that is sent again, because its answer was lost, leaves alone what was made since.
func TestRemovalThatIsRepeated(t *testing.T) {
	t.Parallel()
	for name, since := range map[string]func(*world){
		"arrived": func(w *world) { w.Disconnect(test, "acme", "hubspot", "keybased") },
		"connected anew": func(w *world) {
			w.Disconnect(test, "acme", "hubspot", "keybased")
			w.Connect(test, "acme", mockapi.Integration{Type: "hubspot", Name: "HubSpot", Identifier: "another", AuthTypes: []string{"keybased"}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within(t, mockapi.Behaviour{}, func(w *world) {
				made := w.made(nil, hubSpot(1))
				isLost := false
				w.Intercept(func(answer http.ResponseWriter, r *http.Request) bool {
					if r.Method != http.MethodDelete || isLost {
						return false
					}
					isLost = true
					since(w)
					answering(http.StatusInternalServerError)(answer, r)
					return true
				})
				met := w.destroy(made)
				if name == "arrived" {
					acctest.WantNoDiagnostics(w, met)
					return
				}
				acctest.WantDiagnostic(w, met, acctest.Failure, "The connection is another one than before", "It was not touched")
				w.wantTypes("hubspot", "keybased")
			})
		})
	}
}

// An import by no type takes the connection of the app's usual type, else one by other keys.
func TestImportOfAnotherType(t *testing.T) {
	t.Parallel()
	withTwoTypes(t, func(w *world) {
		w.Connect(test, "acme", mockapi.Integration{Type: "both", Name: "Both", AuthTypes: []string{"oauth2", "token"}})
		imported, met := w.process().Import(typeName, "acme/both")
		acctest.WantNoDiagnostics(w, met)
		if got := text(t, imported, "auth_type"); got != "token" {
			w.Errorf("auth_type is %q", got)
		}
		bare := attributes{"linked_account_id": acctest.Text("acme"), "slug": acctest.Text("both")}
		acctest.WantNoDiagnostics(w, w.plan(&imported, bare).Diagnostics)
		none := tftypes.NewValue(imported.State.Type(), nil)
		process := w.process()
		_, met = process.Apply(typeName, &imported, none)
		acctest.WantNoDiagnostics(w, met)
		w.wantTypes("both", "oauth2")
	})
}

// A tainted integration is removed and made anew; its plan, which is not shown its state, says what
// goes with it.
func TestTaintedIntegration(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1))
		plan := func() acctest.Diagnostics {
			process := w.process()
			_, met := process.Read(typeName, made)
			return append(met, process.Plan(typeName, nil, process.Config(typeName, hubSpot(1))).Diagnostics...)
		}
		acctest.WantNoDiagnostics(w, plan())
		w.SetConfig(test, "acme", mockapi.Config{Slug: "hubspot", Values: map[string]any{"owner_email": "a@b"}})
		acctest.WantDiagnostic(w, plan(), acctest.Warning, "Configurations go with the connection", `"owner_email"`, "refuses")
		made = w.made(&made, hubSpot(1, attributes{"deletion_policy": acctest.Text("ABANDON")}))
		acctest.WantNoDiagnostics(w, plan())
	})
}
