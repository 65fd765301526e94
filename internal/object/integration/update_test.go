// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// withTwoTypes is within, at a Refold that has the app both.
func withTwoTypes(t *testing.T, run func(w *world)) {
	t.Helper()
	within(t, mockapi.Behaviour{}, func(w *world) {
		w.SetApps(test, append(w.Apps(test), twoTypes())...)
		run(w)
	})
}

func (w *world) wantKey(authType, want string) {
	w.Helper()
	if got := w.Keys(test, "acme", "both", authType)["key"]; got != want {
		w.Errorf("the key of %s is %q, want %q", authType, got, want)
	}
}

// The new connection is made, then the old one removed; the customer's own stays.
func TestChangeOfType(t *testing.T) {
	t.Parallel()
	withTwoTypes(t, func(w *world) {
		w.Connect(test, "acme", byOAuth("both"))
		made := w.made(nil, both("keybased", "1"))
		w.ResetRequests()
		changed := w.made(&made, both("token", "2"))
		w.wantTypes("both", "oauth2+token")
		w.wantKey("token", "2")
		var writes []string
		for _, request := range w.Requests() {
			if request.Method != http.MethodGet {
				query, err := url.ParseQuery(request.RawQuery)
				if err != nil {
					w.Fatal(err)
				}
				writes = append(writes, request.Method+" "+query.Get("auth_type"))
			}
		}
		if got := strings.Join(writes, ", "); got != "PUT token, DELETE keybased" {
			w.Errorf("writes: %s", got)
		}
		acctest.WantNoDiagnostics(w, w.destroy(changed))
		w.wantTypes("both", "oauth2")
	})
}

// What is left of an update that failed after the new connection was made takes no keys any more.
func TestChangeOfTypeHalfWay(t *testing.T) {
	t.Parallel()
	withTwoTypes(t, func(w *world) {
		versioned := func(authType, version string, key tftypes.Value) attributes {
			return attributes{
				"linked_account_id": acctest.Text("acme"), "slug": acctest.Text("both"), "auth_type": acctest.Text(authType),
				"credentials_wo": key, "credentials_wo_version": acctest.Text(version),
			}
		}
		key, none := textMap(map[string]string{"key": "k"}), tftypes.NewValue(mapOfText, nil)
		made := w.made(nil, versioned("keybased", "1", key))
		w.refusing(http.MethodDelete, http.StatusForbidden)
		half, met := w.apply(&made, versioned("token", "1", key))
		acctest.WantDiagnostic(w, met, acctest.Failure, "The connection of the former type could not be removed", `"token"`, `"keybased"`)
		w.wantTypes("both", "keybased+token")
		if got := text(t, half, "auth_type"); got != "token" {
			w.Errorf("auth_type is %q", got)
		}
		w.Intercept(nil)
		plan := w.plan(&half, versioned("token", "1", none))
		acctest.WantDiagnostic(w, plan.Diagnostics, acctest.Warning, "An earlier update is completed", "keybased")
		w.ResetRequests()
		whole := w.made(&half, versioned("token", "1", none))
		w.wantTypes("both", "token")
		if sent := w.Count(http.MethodPut, ""); sent != 0 {
			w.Errorf("%d requests save keys", sent)
		}
		acctest.WantNoDiagnostics(w, w.plan(&whole, versioned("token", "1", none)).Diagnostics)
	})
}

// A destroy after it removes both.
func TestDestroyAfterAChangeOfTypeHalfWay(t *testing.T) {
	t.Parallel()
	withTwoTypes(t, func(w *world) {
		w.Connect(test, "acme", byOAuth("both"))
		made := w.made(nil, both("keybased", "1"))
		w.refusing(http.MethodDelete, http.StatusForbidden)
		half, _ := w.apply(&made, both("token", "2"))
		w.Intercept(nil)
		acctest.WantNoDiagnostics(w, w.destroy(half))
		w.wantTypes("both", "oauth2")
	})
}

// Saving keys over a connection that the customer made would replace it, also by an update.
func TestChangeToATypeOfTheCustomer(t *testing.T) {
	t.Parallel()
	withTwoTypes(t, func(w *world) {
		made := w.made(nil, both("keybased", "1"))
		process := w.process()
		config := process.Config(typeName, both("token", "2"))
		early := process.Plan(typeName, &made, config)
		acctest.WantNoDiagnostics(w, early.Diagnostics)

		w.byCustomer("both", "token")
		acctest.WantDiagnostic(w, w.plan(&made, both("token", "2")).Diagnostics, acctest.Failure, "The app is connected already", `"token"`, "adopt_existing", "-refresh=false")
		kept, met := w.process().ApplyPlanned(typeName, &made, early, config)
		acctest.WantDiagnostic(w, met, acctest.Failure, "The app is connected already")
		w.wantKey("token", "theirs")
		w.wantKey("keybased", "1")
		if got := text(t, kept, "auth_type"); got != "keybased" {
			w.Errorf("auth_type is %q", got)
		}

		adopting := attributes{"adopt_existing": unknown(tftypes.Bool)}
		acctest.WantDiagnostic(w, w.plan(&made, both("token", "2", adopting)).Diagnostics, acctest.Warning, "The app is connected already", "not known yet")
		adopting["adopt_existing"] = acctest.Yes()
		acctest.WantDiagnostic(w, w.plan(&made, both("token", "2", adopting)).Diagnostics, acctest.Warning, "An existing connection is adopted", `"token"`)
		w.made(&made, both("token", "2", adopting))
		w.wantKey("token", "2")
		w.wantTypes("both", "token")
	})
}

// The connection that an update may have made is its own in the next apply, and in a destroy.
func TestChangeOfTypeWhoseAnswerIsLost(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]func(*world, acctest.Instance){
		"applied again": func(w *world, half acctest.Instance) {
			acctest.WantDiagnostic(w, w.plan(&half, both("token", "2")).Diagnostics, acctest.Warning, "An earlier update is completed")
			w.made(&half, both("token", "2"))
			w.wantTypes("both", "token")
		},
		"taken back": func(w *world, half acctest.Instance) {
			w.made(&half, both("keybased", "1"))
			w.wantTypes("both", "keybased")
		},
		"destroyed": func(w *world, half acctest.Instance) {
			acctest.WantNoDiagnostics(w, w.destroy(half))
			w.wantTypes("both", "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			withTwoTypes(t, func(w *world) {
				made := w.made(nil, both("keybased", "1"))
				isSaved := false
				w.Intercept(func(answer http.ResponseWriter, r *http.Request) bool {
					switch {
					case r.Method == http.MethodPut && !isSaved:
						isSaved = true
						w.connectAt("both", "token", time.Now())
						fallthrough
					case isSaved:
						answering(http.StatusInternalServerError)(answer, r)
						return true
					}
					return false
				})
				half, met := w.apply(&made, both("token", "2"))
				if !acctest.HasFailure(met) || text(t, half, "auth_type") != "keybased" {
					w.Fatalf("state %s after %s", half.State, acctest.List(met))
				}
				w.Intercept(nil)
				next(w, half)
			})
		})
	}
}

// A type that is only known during the apply, and turns out to be another one, takes keys.
func TestTypeKnownLater(t *testing.T) {
	t.Parallel()
	withTwoTypes(t, func(w *world) {
		w.Connect(test, "acme", mockapi.Integration{Type: "both", Name: "Both", AuthTypes: []string{"keybased"}})
		process := w.process()
		imported, met := process.Import(typeName, "acme/both")
		acctest.WantNoDiagnostics(w, met)
		without := func(authType tftypes.Value) tftypes.Value {
			return process.Config(typeName, attributes{"linked_account_id": acctest.Text("acme"), "slug": acctest.Text("both"), "auth_type": authType})
		}
		plan := process.Plan(typeName, &imported, without(unknown(tftypes.String)))
		acctest.WantNoDiagnostics(w, plan.Diagnostics)
		kept, met := w.process().ApplyPlanned(typeName, &imported, plan, without(acctest.Text("token")))
		acctest.WantDiagnostic(w, met, acctest.Failure, "No keys to connect the app by")
		w.wantTypes("both", "keybased")
		if got := text(t, kept, "auth_type"); got != "keybased" {
			w.Errorf("auth_type is %q", got)
		}
		_, met = w.process().ApplyPlanned(typeName, &imported, plan, without(acctest.Text("keybased")))
		acctest.WantNoDiagnostics(w, met)
		w.wantTypes("both", "keybased")
	})
}

// Without a refresh, what Refold shows of the app may be other than the state says.
func TestUpdateOfARenamedApp(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1))
		apps := w.Apps(test)
		for i := range apps {
			apps[i].Name, apps[i].Icon = "Renamed", "https://app.refold.ai/icons/new.png"
		}
		w.SetApps(test, apps...)
		changed := w.made(&made, hubSpot(2))
		if got := text(t, changed, "name"); got != "Renamed" {
			w.Errorf("name is %q", got)
		}
	})
}

// Where Refold verifies keys with the app, a refusal is told in its words, without the keys, and
// the next apply sends them again.
func TestRefusedKeys(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		apps := w.Apps(test)
		for i := range apps {
			apps[i].Verify = func(keys map[string]string) string {
				if strings.HasPrefix(keys["api_key"], "wrong") {
					return "HubSpot said: " + keys["api_key"] + " is not a token of ours"
				}
				return ""
			}
		}
		w.SetApps(test, apps...)
		secret := func(version int, key string) attributes {
			return hubSpot(version, attributes{"credentials_wo": textMap(map[string]string{"api_key": key})})
		}
		refused := func(met acctest.Diagnostics) {
			w.Helper()
			detail := acctest.WantDiagnostic(w, met, acctest.Failure, "The app does not accept the keys", "HubSpot said: ", " is not a token of ours")
			if strings.Contains(detail, "wrong-key-1") {
				w.Errorf("the key is in the error: %s", detail)
			}
		}
		created, met := w.apply(nil, secret(1, "wrong-key-1"))
		refused(met)
		if !created.State.IsNull() {
			w.Errorf("a create that failed leaves %s", created.State)
		}
		w.wantTypes("hubspot", "")

		made := w.made(nil, secret(1, "good"))
		kept, met := w.apply(&made, secret(2, "wrong-key-1"))
		refused(met)
		if got := w.Keys(test, "acme", "hubspot", "keybased")["api_key"]; got != "good" {
			w.Errorf("the key is %q", got)
		}
		// Nothing is open after a refusal, so going back needs no keys.
		back := hubSpot(1, attributes{"credentials_wo": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, nil)})
		acctest.WantNoDiagnostics(w, w.plan(&kept, back).Diagnostics)
		again := w.made(&kept, secret(2, "better"))
		if got := w.Keys(test, "acme", "hubspot", "keybased")["api_key"]; got != "better" {
			w.Errorf("the key is %q", got)
		}
		acctest.WantNoDiagnostics(w, w.plan(&again, secret(2, "better")).Diagnostics)
	})
}

// Nothing is sent for what Refold does not know of, and keys that leave the configuration stay.
func TestUpdateOfSwitches(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1))
		w.ResetRequests()
		switched := w.made(&made, hubSpot(1, attributes{"force_destroy": acctest.Yes(), "adopt_existing": acctest.Yes()}))
		bare := w.made(&switched, attributes{"linked_account_id": acctest.Text("acme"), "slug": acctest.Text("hubspot")})
		w.wantRequests("an update of switches", map[string]int{})
		if bare.Attribute(t, "connected_at").Equal(made.Attribute(t, "connected_at")) != true {
			w.Errorf("connected_at was %s and is %s", made.Attribute(t, "connected_at"), bare.Attribute(t, "connected_at"))
		}
		if got := w.Keys(test, "acme", "hubspot", "keybased")["api_key"]; got != "k" {
			w.Errorf("the key is %q", got)
		}
	})
}
