// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// byCustomer connects an app by keys, as the customer does in the dashboard, long after all else.
func (w *world) byCustomer(slug, authType string) {
	w.Helper()
	w.connectAt(slug, authType, time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC))
}

// connectAt connects an app by the customer's keys at a moment.
func (w *world) connectAt(slug, authType string, at time.Time) {
	w.Helper()
	made := mockapi.Connection{ConnectedAt: at, Keys: map[string]string{"key": "theirs", "api_key": "theirs"}}
	acme, _ := w.Account(test, "acme")
	for _, known := range acme.Integrations {
		if known.Type != slug {
			continue
		}
		types := map[string]mockapi.Connection{authType: made}
		for _, other := range known.AuthTypes {
			if _, isThere := types[other]; !isThere {
				types[other] = known.Connections[other]
			}
		}
		known.Connections, known.AuthTypes = types, nil
		for other := range types {
			known.AuthTypes = append(known.AuthTypes, other)
		}
		w.Connect(test, "acme", known)
		return
	}
	w.Connect(test, "acme", mockapi.Integration{
		Type: slug, Name: slug, AuthTypes: []string{authType}, Connections: map[string]mockapi.Connection{authType: made},
	})
}

func (w *world) wantTheirs(slug, authType string) {
	w.Helper()
	keys := w.Keys(test, "acme", slug, authType)
	if keys["key"] != "theirs" && keys["api_key"] != "theirs" {
		w.Errorf("the customer's connection %s of %s is lost: %v", authType, slug, keys)
	}
}

// After a change of type that Refold has refused, nothing of that type is this resource's.
func TestCustomerConnectsAfterARefusedChangeOfType(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"bad request": http.StatusBadRequest, "forbidden": http.StatusForbidden, "server fault": http.StatusInternalServerError} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			withTwoTypes(t, func(w *world) {
				made := w.made(nil, both("keybased", "1"))
				w.refusing(http.MethodPut, status)
				left, met := w.apply(&made, both("token", "2"))
				acctest.WantDiagnostic(w, met, acctest.Failure, "Could not update integration")
				w.Intercept(nil)
				w.byCustomer("both", "token")
				acctest.WantDiagnostic(w, w.plan(&left, both("token", "2")).Diagnostics, acctest.Failure, "The app is connected already", "auth_type")
				back := w.made(&left, both("keybased", "1"))
				w.wantTheirs("both", "token")
				acctest.WantNoDiagnostics(w, w.destroy(back))
				w.wantTypes("both", "token")
				w.wantTheirs("both", "token")
			})
		})
	}
}

// The connection of a former type that could not be removed is the customer's once they have made
// it anew.
func TestCustomerConnectsTheFormerTypeAnew(t *testing.T) {
	t.Parallel()
	withTwoTypes(t, func(w *world) {
		made := w.made(nil, both("keybased", "1"))
		w.refusing(http.MethodDelete, http.StatusForbidden)
		half, _ := w.apply(&made, both("token", "2"))
		w.Intercept(nil)
		w.byCustomer("both", "keybased")
		whole, met := w.apply(&half, both("token", "2"))
		acctest.WantDiagnostic(w, met, acctest.Warning, "A connection of the former type is left as it is", `"keybased"`)
		w.wantTheirs("both", "keybased")
		acctest.WantNoDiagnostics(w, w.destroy(whole))
		w.wantTheirs("both", "keybased")
	})
}

// What the customer connects between a plan and its apply is neither replaced nor removed.
func TestCustomerConnectsBetweenPlanAndApply(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1))
		planned := w.plan(&made, hubSpot(2))
		w.byCustomer("hubspot", "keybased")
		process := w.process()
		_, met := process.ApplyPlanned(typeName, &made, planned, process.Config(typeName, hubSpot(2)))
		acctest.WantDiagnostic(w, met, acctest.Failure, "The connection is another one than before")
		acctest.WantDiagnostic(w, w.destroy(made), acctest.Failure, "The connection is another one than before")
		w.wantTheirs("hubspot", "keybased")

		read, met := w.read(made)
		acctest.WantDiagnostic(w, met, acctest.Warning, "The app was connected anew outside Terraform")
		planned, process = w.plan(&read, hubSpot(2)), w.process()
		w.Disconnect(test, "acme", "hubspot", "keybased")
		_, met = process.ApplyPlanned(typeName, &read, planned, process.Config(typeName, hubSpot(2)))
		acctest.WantDiagnostic(w, met, acctest.Failure, "The connection is gone")
		w.wantTypes("hubspot", "")
	})
}

// A connection that appears after a save was throttled is the customer's: nothing else can have
// made it.
func TestCustomerConnectsAfterThrottling(t *testing.T) {
	t.Parallel()
	for name, update := range map[string]bool{"create": false, "update": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within(t, mockapi.Behaviour{}, func(w *world) {
				var own *acctest.Instance
				if update {
					made := w.made(nil, hubSpot(1))
					own = &made
				}
				w.connectingBefore(http.StatusTooManyRequests)
				left, met := w.apply(own, hubSpot(2))
				acctest.WantDiagnostic(w, met, acctest.Failure, "The app was connected by somebody else meanwhile")
				if left.State.IsNull() == update {
					w.Errorf("the state after it is %v", left.State)
				}
				w.wantTheirs("hubspot", "keybased")
			})
		})
	}
}

// A save that was not answered is not repeated over a connection that was made meanwhile.
func TestCustomerConnectsBetweenAttempts(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		w.connectingBefore(http.StatusInternalServerError)
		_, met := w.apply(nil, hubSpot(1))
		acctest.WantDiagnostic(w, met, acctest.Warning, "The app was connected while the keys were sent", "credentials_wo_version")
		w.wantTheirs("hubspot", "keybased")
	})
}
