// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	toBeRemoved = "The connection to be removed is not this resource's own"
	notOwn      = "The connection is not this resource's own"
)

// connectedAnew is an integration that the customer has connected anew, as two refreshes leave it.
func (w *world) connectedAnew(made acctest.Instance, slug string) acctest.Instance {
	w.Helper()
	w.byCustomer(slug, "keybased")
	read, met := w.read(made)
	acctest.WantDiagnostic(w, met, acctest.Warning, "The app was connected anew outside Terraform", "2026-11-27", "refused", "force_destroy")
	again, met := w.read(read)
	acctest.WantNoDiagnostics(w, met)
	return again
}

// A connection that the customer has made anew is not removed, on no way, and every plan says so.
func TestRemovalOfAnothersConnection(t *testing.T) {
	t.Parallel()
	config := hubSpot(1)
	for name, remove := range map[string]func(w *world, theirs acctest.Instance){
		"destroy": func(w *world, theirs acctest.Instance) {
			acctest.WantDiagnostic(w, w.planDeletion(theirs).Diagnostics, acctest.Warning, toBeRemoved, "refuses", "removed", "ABANDON", "credentials_wo_version")
			acctest.WantDiagnostic(w, w.destroy(theirs), acctest.Failure, notOwn, "2026-11-27", "force_destroy")
		},
		"an update between": func(w *world, theirs acctest.Instance) {
			switched := w.made(&theirs, hubSpot(1, attributes{"adopt_existing": acctest.Yes()}))
			acctest.WantDiagnostic(w, w.destroy(switched), acctest.Failure, notOwn)
		},
		"another app": func(w *world, theirs acctest.Instance) {
			other := keyed("acme-erp", map[string]string{"k": "v"})
			acctest.WantDiagnostic(w, w.plan(&theirs, other).Diagnostics, acctest.Warning, toBeRemoved, `"hubspot"`)
			process := w.process()
			first := process.Plan(typeName, &theirs, process.Config(typeName, other))
			acctest.WantNoDiagnostics(w, process.PlanReplacement(typeName, first, process.Config(typeName, other)).Diagnostics)
			acctest.WantDiagnostic(w, w.destroy(theirs), acctest.Failure, notOwn)
		},
		"replacement by itself": func(w *world, theirs acctest.Instance) {
			process := w.process()
			same := process.Config(typeName, config)
			first := process.Plan(typeName, &theirs, same)
			acctest.WantNoDiagnostics(w, first.Diagnostics)
			acctest.WantDiagnostic(w, process.PlanReplacement(typeName, first, same).Diagnostics, acctest.Failure, notOwn)
			acctest.WantDiagnostic(w, w.destroy(acctest.Instance{State: theirs.State, Private: first.PlannedPrivate}), acctest.Failure, notOwn)
		},
		"tainted": func(w *world, theirs acctest.Instance) {
			process := w.process()
			_, met := process.Read(typeName, theirs)
			acctest.WantNoDiagnostics(w, met)
			plan := process.Plan(typeName, nil, process.Config(typeName, config))
			acctest.WantDiagnostic(w, plan.Diagnostics, acctest.Warning, toBeRemoved)
			acctest.WantDiagnostic(w, w.destroy(acctest.Instance{State: theirs.State, Private: plan.PlannedPrivate}), acctest.Failure, notOwn)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within(t, mockapi.Behaviour{}, func(w *world) {
				remove(w, w.connectedAnew(w.made(nil, config), "hubspot"))
				w.wantTheirs("hubspot", "keybased")
			})
		})
	}
}

// What a state without a refresh does not have is foretold, and refused, whatever it has set.
func TestRemovalOfAnothersConnectionWithoutARefresh(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]attributes{"unset": hubSpot(1), "force_destroy": hubSpot(1, attributes{"force_destroy": acctest.Yes()})} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within(t, mockapi.Behaviour{}, func(w *world) {
				made := w.made(nil, config)
				w.byCustomer("hubspot", "keybased")
				acctest.WantDiagnostic(w, w.planDeletion(made).Diagnostics, acctest.Warning, "The connection is another one than before", "refuses", "-refresh-only")
				acctest.WantDiagnostic(w, w.destroy(made), acctest.Failure, "The connection is another one than before", "-refresh-only")
				w.wantTheirs("hubspot", "keybased")
			})
		})
	}
}

// It goes where that is wanted, and is this resource's own once keys were sent.
func TestWaysWithAnothersConnection(t *testing.T) {
	t.Parallel()
	forced := hubSpot(1, attributes{"force_destroy": acctest.Yes()})
	for name, act := range map[string]func(w *world, theirs acctest.Instance){
		"force_destroy": func(w *world, theirs acctest.Instance) {
			switched := w.made(&theirs, forced)
			acctest.WantDiagnostic(w, w.planDeletion(switched).Diagnostics, acctest.Warning, toBeRemoved, "`force_destroy` is set")
			process := w.process()
			same := process.Config(typeName, forced)
			acctest.WantNoDiagnostics(w, process.PlanReplacement(typeName, process.Plan(typeName, &switched, same), same).Diagnostics)
			acctest.WantNoDiagnostics(w, w.destroy(switched))
		},
		"other keys": func(w *world, theirs acctest.Instance) {
			rotated, met := w.apply(&theirs, hubSpot(2))
			acctest.WantNoDiagnostics(w, met)
			acctest.WantNoDiagnostics(w, w.planDeletion(rotated).Diagnostics)
			acctest.WantNoDiagnostics(w, w.destroy(rotated))
		},
		"gone meanwhile": func(w *world, theirs acctest.Instance) {
			w.Disconnect(test, "acme", "hubspot", "keybased")
			acctest.WantNoDiagnostics(w, w.destroy(theirs))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within(t, mockapi.Behaviour{}, func(w *world) {
				theirs := w.connectedAnew(w.made(nil, hubSpot(1)), "hubspot")
				acctest.WantDiagnostic(w, w.plan(&theirs, hubSpot(2)).Diagnostics, acctest.Warning, "Keys of somebody else are replaced", "2026-11-27")
				act(w, theirs)
				w.wantTypes("hubspot", "")
			})
		})
	}
}

// A change of type leaves another's connection, and says so in the plan and in the apply.
func TestChangeOfTypeOfAnothersConnection(t *testing.T) {
	t.Parallel()
	withTwoTypes(t, func(w *world) {
		const left = "A connection of the former type is left as it is"
		theirs := w.connectedAnew(w.made(nil, both("keybased", "1")), "both")
		acctest.WantDiagnostic(w, w.plan(&theirs, both("token", "2")).Diagnostics, acctest.Warning, left, `"keybased"`)
		changed, met := w.apply(&theirs, both("token", "2"))
		acctest.WantDiagnostic(w, met, acctest.Warning, left, `"keybased"`)
		w.wantTheirs("both", "keybased")
		acctest.WantNoDiagnostics(w, w.destroy(changed))
		w.wantTypes("both", "keybased")
	})
}

// leftOpen is an update that failed, and of which nobody can tell what it has done.
func (w *world) leftOpen(made acctest.Instance, config attributes, done func()) acctest.Instance {
	w.Helper()
	isSent := false
	w.Intercept(func(answer http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut && !isSent {
			isSent = true
			done()
		}
		if isSent {
			answering(http.StatusInternalServerError)(answer, r)
		}
		return isSent
	})
	open, met := w.apply(&made, config)
	acctest.WantDiagnostic(w, met, acctest.Failure, "Could not update integration")
	w.Intercept(nil)
	return open
}

// Who connects the app long after a change of type whose outcome is open has made that connection.
func TestCustomerConnectsAfterAnOpenChangeOfType(t *testing.T) {
	t.Parallel()
	const left = "A connection of the former type is left as it is"
	for name, next := range map[string]func(w *world, open acctest.Instance){
		"applied again": func(w *world, open acctest.Instance) {
			met := w.plan(&open, both("token", "2")).Diagnostics
			acctest.WantDiagnostic(w, met[:1], acctest.Warning, "An earlier update is completed")
			acctest.WantDiagnostic(w, met[1:], acctest.Failure, "The app is connected already", `"token"`)
		},
		"taken back": func(w *world, open acctest.Instance) {
			back, met := w.apply(&open, both("keybased", "1"))
			acctest.WantDiagnostic(w, met, acctest.Warning, left, `"token"`)
			acctest.WantNoDiagnostics(w, w.plan(&back, both("keybased", "1")).Diagnostics)
		},
		"destroyed, with configs that stay": func(w *world, open acctest.Instance) {
			w.SetConfig(test, "acme", mockapi.Config{Slug: "both"})
			acctest.WantNoDiagnostics(w, w.planDeletion(open).Diagnostics)
			acctest.WantDiagnostic(w, w.destroy(open), acctest.Warning, left, `"token"`)
			w.wantTypes("both", "token")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			withTwoTypes(t, func(w *world) {
				open := w.leftOpen(w.made(nil, both("keybased", "1")), both("token", "2"), func() {})
				w.byCustomer("both", "token")
				next(w, open)
				w.wantTheirs("both", "token")
			})
		})
	}
}

// The same for keys of the same type: what Refold holds since is the customer's.
func TestCustomerConnectsAfterAnOpenRotation(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		open := w.leftOpen(w.made(nil, hubSpot(1)), hubSpot(2), func() {})
		acctest.WantDiagnostic(w, w.plan(&open, hubSpot(1)).Diagnostics, acctest.Warning, "An earlier update is completed")
		w.byCustomer("hubspot", "keybased")
		acctest.WantDiagnostic(w, w.destroy(open), acctest.Failure, "The connection is another one than before")
		theirs, met := w.read(open)
		acctest.WantDiagnostic(w, met, acctest.Warning, "The app was connected anew outside Terraform")
		acctest.WantNoDiagnostics(w, w.plan(&theirs, hubSpot(1)).Diagnostics)
		acctest.WantDiagnostic(w, w.plan(&theirs, hubSpot(2)).Diagnostics, acctest.Warning, "Keys of somebody else are replaced")
		acctest.WantDiagnostic(w, w.destroy(theirs), acctest.Failure, notOwn)
		w.wantTheirs("hubspot", "keybased")
	})
}

// What such a rotation has made itself is this resource's own, with and without a refresh.
func TestOpenRotationThatArrived(t *testing.T) {
	t.Parallel()
	for name, refresh := range map[string]bool{"refreshed": true, "not refreshed": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within(t, mockapi.Behaviour{}, func(w *world) {
				made := w.made(nil, hubSpot(1))
				open := w.leftOpen(made, hubSpot(2), func() { w.connectAt("hubspot", "keybased", time.Now().Add(time.Second)) })
				if refresh {
					read, met := w.read(open)
					acctest.WantNoDiagnostics(w, met)
					open = read
				}
				acctest.WantNoDiagnostics(w, w.planDeletion(open).Diagnostics)
				acctest.WantNoDiagnostics(w, w.destroy(open))
				w.wantTypes("hubspot", "")
			})
		})
	}
}

// An import that sends keys says what it replaces, and one that sends none has nothing to say.
func TestImportThatSendsKeys(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		w.byCustomer("hubspot", "keybased")
		acctest.WantDiagnostic(w, w.plan(nil, hubSpot(1)).Diagnostics, acctest.Failure, "The app is connected already", "sends those keys", "leave both forms out")
		process := w.process()
		imported, met := process.Import(typeName, "acme/hubspot")
		acctest.WantNoDiagnostics(w, met)
		for name, config := range map[string]attributes{"write-only": hubSpot(1), "in the state": keyed("hubspot", map[string]string{"api_key": "k"})} {
			met := process.Plan(typeName, &imported, process.Config(typeName, config)).Diagnostics
			if acctest.WantDiagnostic(w, met, acctest.Warning, "Keys that are not from here are replaced", `"keybased"`, "made 2026-11-27") == "" {
				w.Errorf("that was %s", name)
			}
		}
		acctest.WantNoDiagnostics(w, w.plan(&imported, attributes{"linked_account_id": acctest.Text("acme"), "slug": acctest.Text("hubspot")}).Diagnostics)
		w.wantTheirs("hubspot", "keybased")
	})
}

// A connection that is there after the last attempt, which was not answered, may be another's.
func TestCustomerConnectsDuringTheLastAttempt(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		isSent := false
		w.Intercept(func(answer http.ResponseWriter, r *http.Request) bool {
			if r.Method != http.MethodPut || isSent {
				return false
			}
			isSent = true
			w.byCustomer("hubspot", "keybased")
			answering(http.StatusInternalServerError)(answer, r)
			return true
		})
		process := acctest.ProtocolOver(w, acctest.InProcess(w, w.Server), acctest.Attributes{"max_retries": tftypes.NewValue(tftypes.Number, 0)})
		_, met := process.Apply(typeName, nil, process.Config(typeName, hubSpot(1)))
		acctest.WantDiagnostic(w, met, acctest.Warning, "The app was connected while the keys were sent", "credentials_wo_version")
		w.wantTheirs("hubspot", "keybased")
	})
}

// Of two connections by keys, an import takes one: the other can only be adopted, and no list names
// it.
func TestTwoConnectionsByKeys(t *testing.T) {
	t.Parallel()
	withTwoTypes(t, func(w *world) {
		w.byCustomer("both", "keybased")
		w.byCustomer("both", "token")
		detail := acctest.WantDiagnostic(w, w.plan(nil, both("token", "2")).Diagnostics, acctest.Failure, "The app is connected already", `"token"`, "adopt_existing", "names no type")
		if strings.Contains(detail, "import {") {
			w.Errorf("an import is shown: %s", detail)
		}
		if detail := acctest.WantDiagnostic(w, w.plan(nil, both("keybased", "2")).Diagnostics, acctest.Failure, "The app is connected already", `"keybased"`); !strings.Contains(detail, "import {") {
			w.Errorf("no import is shown: %s", detail)
		}
		var names []string
		var met acctest.Diagnostics
		for listed := range w.process().List(typeName, acctest.Listing{}) {
			met = append(met, listed.Diagnostics...)
			if listed.DisplayName != "" {
				names = append(names, listed.DisplayName)
			}
		}
		acctest.WantDiagnostic(w, met, acctest.Warning, "A further connection is left out", `"keybased"`, "token", "adopt_existing")
		if !slices.Equal(names, []string{"Both of acme"}) {
			w.Errorf("listed %q", names)
		}

		process := w.process()
		imported, met := process.Import(typeName, "acme/both")
		acctest.WantNoDiagnostics(w, met)
		met = process.Plan(typeName, &imported, process.Config(typeName, both("token", "2"))).Diagnostics
		acctest.WantDiagnostic(w, met, acctest.Failure, "An import would remove the connection", "adopt_existing")
		w.made(nil, both("token", "2", attributes{"adopt_existing": acctest.Yes()}))
		w.wantKey("token", "2")
		w.wantTheirs("both", "keybased")
	})
}
