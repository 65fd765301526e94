// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// A file that was cut off must not wipe out customers.
func TestMaxDeletions(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(100)))
	for left, summary := range map[int]string{89: "11 of 100 linked accounts would be deleted", 10: "90 of 100 linked accounts would be deleted", 0: "100 of 100 linked accounts would be deleted"} {
		detail := acctest.WantDiagnostic(t, o.plan(state, o.config(many(left))), acctest.Failure, summary)
		if named := strings.Count(detail, "customer-"); named != 10 {
			t.Errorf("%d accounts are named in: %s", named, detail)
		}
	}
	acctest.WantDiagnostic(t, o.plan(state, o.config(many(90))), acctest.Warning, "10 of 100 linked accounts are to be deleted")
	raise := set("max_deletions", acctest.Number(11))
	acctest.WantDiagnostic(t, o.plan(state, o.config(many(89), raise)), acctest.Warning, "11 of 100 linked accounts are to be deleted")
	none := tftypes.NewValue(state.State.Type(), nil)
	acctest.WantDiagnostic(t, o.plan(state, none), acctest.Failure, "100 of 100 linked accounts would be deleted")
	raised := o.apply(&state, o.config(many(100), set("max_deletions", acctest.Number(100))))
	o.sent(0, 0)
	o.apply(&raised, none)
	o.sent(0, 100)
	if left := o.Accounts(test); len(left) > 0 {
		t.Errorf("%d accounts are left", len(left))
	}
}

// TestMapThatTurnsOutShort: what was not known in the plan is checked before anything is deleted.
func TestMapThatTurnsOutShort(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(3)))
	unknown := tftypes.NewValue(accountsType(), tftypes.UnknownValue)
	limit := set("max_deletions", acctest.Number(0))
	plan := o.protocol.Plan(typeName, &state, o.protocol.Config(typeName, map[string]tftypes.Value{"accounts": unknown, "max_deletions": acctest.Number(0)}))
	acctest.WantNoDiagnostics(t, plan.Diagnostics)
	o.ResetRequests()
	_, diagnostics := o.protocol.ApplyPlanned(typeName, &state, plan, o.config(many(2), limit))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 3 linked accounts would be deleted")
	o.sent(0, 0)
}

// TestReplacement: a replacement deletes without a plan of the deletion.
func TestReplacement(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(11)))
	o.ResetRequests()
	left, diagnostics := o.protocol.Delete(typeName, state)
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "11 of 11 linked accounts would be deleted")
	o.sent(0, 0)
	holds(t, left, many(11))
}

// TestReplacementThatCreatesFirst: create_before_destroy deletes none of the accounts, however many
// there are. Its apply asks for the plan of the deletion too, after the creation.
func TestReplacementThatCreatesFirst(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(11)))
	run := o.Protocol(t, acctest.Unpaced)
	_, diagnostics := run.Apply(typeName, nil, o.config(many(11)))
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "Took over an existing linked account")
	planned := run.Plan(typeName, &state, tftypes.NewValue(state.State.Type(), nil))
	acctest.WantNoDiagnostics(t, planned.Diagnostics)
	left, diagnostics := run.Delete(typeName, state)
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "The linked account was not deleted")
	if acctest.HasFailure(diagnostics) || !left.State.IsNull() || len(o.Accounts(test)) != 11 {
		t.Errorf("%s; the state is %s, and %d accounts are at Refold", acctest.List(diagnostics), left.State, len(o.Accounts(test)))
	}
}

// TestReplacementWithAConnectedApp: a replacement deletes all or none, as Terraform would not
// create again what was deleted beside an account that is refused. A destruction deletes what it
// may.
func TestReplacementWithAConnectedApp(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(3)))
	o.Connect(test, id(1), mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
	left, diagnostics := o.Protocol(t, acctest.Unpaced).Delete(typeName, state)
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "A replacement would delete accounts with connected apps", id(1), "terraform untaint")
	if len(o.Accounts(test)) != 3 {
		t.Fatalf("%d of 3 accounts are left", len(o.Accounts(test)))
	}
	holds(t, left, many(3))
	left, diagnostics = o.try(&left, tftypes.NewValue(state.State.Type(), nil))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 3 linked accounts failed")
	o.sent(0, 2)
	// What marked the destruction ends with it.
	_, diagnostics = o.Protocol(t, acctest.Unpaced).Delete(typeName, left)
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "A replacement would delete accounts with connected apps", id(1))
}

// TestRepeatedDeletion: before a deletion is sent again, the account is looked at again. The
// earlier one may have been carried out, and somebody may have made the account anew, or the
// customer may have connected an app while the server asked to wait.
func TestRepeatedDeletion(t *testing.T) {
	t.Parallel()
	connect := func(o organization) { o.Connect(test, id(1), mockapi.Integration{Type: "hubspot", Name: "Hubspot"}) }
	for name, meanwhile := range map[string]struct {
		change func(organization)
		// isSilent is true where the connection is closed, else the server asks to wait.
		isSilent, force bool
		// says is of the error, and empty where the account is gone without one.
		says string
	}{
		"made anew":             {func(o organization) { o.makeAnew(id(1)) }, true, false, "is not the one that Terraform knows"},
		"made anew, by force":   {func(o organization) { o.makeAnew(id(1)) }, true, true, "is not the one that Terraform knows"},
		"connected":             {connect, false, false, "The customer still has connected apps"},
		"connected, by force":   {connect, false, true, ""},
		"carried out":           {func(o organization) { o.Remove(test, id(1)) }, true, false, ""},
		"carried out, by force": {func(o organization) { o.Remove(test, id(1)) }, true, true, ""},
		"nothing":               {func(organization) {}, false, false, ""},
		"nothing, but a new name": {func(o organization) {
			o.Change(test, id(1), func(account *mockapi.Account) { account.Name = new("New") })
		}, true, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			state := o.apply(nil, o.config(many(2), acctest.Attributes{"force_destroy": tftypes.NewValue(tftypes.Bool, meanwhile.force)}))
			var sent atomic.Int32
			o.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method != http.MethodDelete || sent.Add(1) > 1 {
					return false
				}
				meanwhile.change(o)
				if meanwhile.isSilent {
					panic(http.ErrAbortHandler)
				}
				w.Header().Set("Retry-After", "0")
				w.WriteHeader(http.StatusTooManyRequests)
				return true
			})
			_, diagnostics := o.try(&state, o.config(many(1), acctest.Attributes{"force_destroy": tftypes.NewValue(tftypes.Bool, meanwhile.force)}))
			_, isThere := o.Account(test, id(1))
			if said := acctest.List(diagnostics); meanwhile.says == "" && (len(diagnostics) > 0 || isThere) || !strings.Contains(said, meanwhile.says) || isThere != (meanwhile.says != "") {
				t.Errorf("the account is there: %t\n%s", isThere, said)
			}
		})
	}
}

func TestConnectedAppsAreGuarded(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(3)))
	o.Connect(test, id(1), mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
	left, diagnostics := o.try(&state, o.config(many(1)))
	detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 2 linked accounts failed")
	for _, part := range []string{id(1), "Hubspot", "force_destroy", "1 was carried out"} {
		if !strings.Contains(detail, part) {
			t.Errorf("the detail lacks %q: %s", part, detail)
		}
	}
	o.sent(0, 1)
	holds(t, left, many(2))
	forced := o.apply(&left, o.config(many(2), set("force_destroy", acctest.Yes())))
	final := o.apply(&forced, o.config(many(1), set("force_destroy", acctest.Yes())))
	o.sent(0, 1)
	holds(t, final, many(1))
}

// TestRefusedForceIsNotKept: force_destroy that came together with a deletion, which was refused
// for the lack of it, does not let the same apply delete when it is tried again.
func TestRefusedForceIsNotKept(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2)))
	o.Connect(test, id(1), mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
	forced := o.config(many(1), set("force_destroy", acctest.Yes()))
	for range 3 {
		left, diagnostics := o.try(&state, forced)
		acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 1 linked accounts failed")
		holds(t, left, many(2))
		state = left
	}
	o.sent(0, 0)
}

// TestWithdrawnForceIsKept: where a deletion by force has failed, the next one is not by force, if
// the apply was to end that.
func TestWithdrawnForceIsKept(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2), set("force_destroy", acctest.Yes())))
	o.Intercept(acctest.Instead(http.MethodDelete, "", acctest.Answering(http.StatusForbidden, `{"message":"no"}`)))
	left, diagnostics := o.try(&state, o.config(many(1)))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 1 linked accounts failed")
	holds(t, left, many(2))
	if forced := left.Attribute(t, "force_destroy"); forced.Equal(acctest.Yes()) {
		t.Error("the next deletion would be by force")
	}
}

// TestDeletionAsksForEachAccount: a list may be older than a connection, a namesake is another
// account, and what is not said may be connected.
func TestDeletionAsksForEachAccount(t *testing.T) {
	t.Parallel()
	hubspot := mockapi.Integration{Type: "hubspot", Name: "Hubspot"}
	for name, test := range map[string]struct {
		change func(organization)
		want   string
	}{
		"connected after the list was read": {func(o organization) { o.Connect(test, id(1), hubspot) }, "The customer still has connected apps"},
		"made anew by somebody":             {func(o organization) { o.makeAnew(id(1)) }, "The linked account is not the one that Terraform knows"},
		"a server that does not say what is connected": {func(o organization) {
			o.Behave(func(b *mockapi.Behaviour) { b.Document.NoIntegrations = mockapi.NoIntegrationsNull })
		}, "It is not known which apps the customer has connected"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			state := o.apply(nil, o.config(many(5)))
			run := o.Protocol(t, acctest.Unpaced)
			read, diagnostics := run.Read(typeName, state)
			acctest.WantNoDiagnostics(t, diagnostics)
			test.change(o)
			smaller := many(5)
			delete(smaller, id(1))
			left, diagnostics := run.Apply(typeName, &read, o.config(smaller))
			detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 1 linked accounts failed")
			if _, exists := o.Account(mockapi.EnvironmentTest, id(1)); !exists || !strings.Contains(detail, test.want) {
				t.Errorf("the account exists: %v; detail: %s", exists, detail)
			}
			holds(t, left, many(5))
		})
	}
}

// TestDeletionOfWhatIsNotFound: a read that says so is the end of it.
func TestDeletionOfWhatIsNotFound(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2)))
	o.Intercept(acctest.Instead(http.MethodGet, "/"+id(1), acctest.Answering(http.StatusNotFound,
		`{"status_code":404,"http_error_type":"NOT_FOUND","error":"SERVER_ERROR","message":"Linked Account with account id `+id(1)+` for org `+mockapi.OrganizationID+` in environment test not found"}`)))
	o.apply(&state, o.config(many(1)))
	o.sent(0, 0)
}

// TestRequestsOfADestroy: one to look and one to delete, and the latter alone by force.
func TestRequestsOfADestroy(t *testing.T) {
	t.Parallel()
	const size = 200
	for name, test := range map[string]struct {
		isForced bool
		most     int
	}{"with a look at each": {false, size * 21 / 10}, "by force": {true, size + 5}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			attributes := acctest.Attributes{"max_deletions": acctest.Number(size)}
			if test.isForced {
				attributes["force_destroy"] = acctest.Yes()
			}
			state := o.apply(nil, o.config(many(size), attributes))
			o.apply(&state, tftypes.NewValue(state.State.Type(), nil))
			if requests := len(o.Requests()); requests > test.most {
				t.Errorf("%d requests were sent, want at most %d", requests, test.most)
			}
			o.sent(0, size)
		})
	}
}

func TestDestroyThatFailsForSome(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(5)))
	o.Connect(test, id(3), mockapi.Integration{Type: "slack", Name: "Slack"})
	left, diagnostics := o.try(&state, tftypes.NewValue(state.State.Type(), nil))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 5 linked accounts failed")
	holds(t, left, map[string]tftypes.Value{id(3): many(5)[id(3)]})
}

// TestDeletionsWaitForWrites: an account that got another id exists under the new one first.
func TestDeletionsWaitForWrites(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2)))
	moved := map[string]tftypes.Value{id(0): many(1)[id(0)], id(2): account("Customer 1", fields("pro"))}
	o.refuse(func(request *http.Request) bool { return o.numberIn(request) == 2 })
	left, diagnostics := o.try(&state, o.config(moved))
	detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "2 of 2 linked accounts failed")
	if !strings.Contains(detail, "1 that leaves the map was held back") {
		t.Errorf("detail: %s", detail)
	}
	o.sent(1, 0)
	holds(t, left, many(2))
	o.Intercept(nil)
	o.apply(&left, o.config(moved))
	o.sent(1, 1)
}

// TestDeletionsWaitForProof: an answer that shows nothing is no account under the new id.
func TestDeletionsWaitForProof(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{"success": `{"success":true}`, "nothing": ``} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			state := o.apply(nil, o.config(many(2)))
			moved := map[string]tftypes.Value{id(0): many(1)[id(0)], id(2): account("Customer 1", fields("pro"))}
			o.Intercept(acctest.Instead(http.MethodPut, "/linked-account", acctest.Answering(http.StatusOK, body)))
			left, diagnostics := o.try(&state, o.config(moved))
			detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "2 of 2 linked accounts failed")
			if !strings.Contains(detail, "1 that leaves the map was held back") {
				t.Errorf("detail: %s", detail)
			}
			o.sent(1, 0)
			holds(t, left, many(2))
			o.Intercept(nil)
			o.apply(&left, o.config(moved))
			o.sent(1, 1)
		})
	}
}

// TestOverwrittenAccounts: what nobody could see before it was written is an error, is in no state,
// and keeps deletions back.
func TestOverwrittenAccounts(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2)))
	wanted := many(5)
	delete(wanted, id(1))
	hide := func(_ http.ResponseWriter, request *http.Request) bool {
		if _, exists := o.Account(test, id(3)); request.Method == http.MethodPut && o.numberIn(request) == 3 && !exists {
			o.Create(test, mockapi.Account{AccountID: id(3), Name: new("Somebody"), CreatedAt: time.Now().Add(-48 * time.Hour)})
		}
		return false
	}
	o.Intercept(hide)
	left, diagnostics := o.try(&state, o.config(wanted))
	detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "2 of 4 linked accounts failed")
	if !strings.Contains(detail, "An existing linked account was overwritten") || !strings.Contains(detail, "1 that leaves the map was held back") {
		t.Errorf("detail: %s", detail)
	}
	o.sent(3, 0)
	kept := many(5)
	delete(kept, id(3))
	holds(t, left, kept)

	// The next plan refuses to take it over, and nothing is deleted.
	_, diagnostics = o.try(&left, o.config(wanted))
	acctest.WantDiagnostic(t, costOf(diagnostics), acctest.Failure, "1 of 1 linked accounts exists already", id(3))
	o.sent(0, 0)
}

// TestListThatHidesAccounts: the first account that a list did not show ends the trust in it; those
// that are not under way by then are looked at, and left alone.
func TestListThatHidesAccounts(t *testing.T) {
	t.Parallel()
	const size = 300
	o := startOrganization(t)
	state := o.apply(nil, o.config(nil))
	for number := range size {
		o.Create(test, mockapi.Account{AccountID: id(number), Name: new("Somebody"), CreatedAt: time.Now().Add(-48 * time.Hour)})
	}
	o.Intercept(acctest.Instead(http.MethodGet, "/linked-account", acctest.Answering(http.StatusOK, `{"docs":[],"totalDocs":0,"limit":100,"page":1,"hasNextPage":false}`)))
	_, diagnostics := o.try(&state, o.config(many(size)))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "300 of 300 linked accounts failed")
	if written := o.Count(http.MethodPut, ""); written > 64 {
		t.Errorf("%d accounts were overwritten, want those that were under way", written)
	}
}

// TestUpdatedAndDroppedInOneRun: an account that moves between two blocks is
// kept by the one that has it, also when that could not write it.
func TestUpdatedAndDroppedInOneRun(t *testing.T) {
	t.Parallel()
	for name, isRefused := range map[string]bool{"updated": false, "update refused": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := startOrganization(t)
			dropping := o.apply(nil, o.config(many(2)))
			keeping, diagnostics := o.Protocol(t, acctest.Unpaced).Import(typeName, id(1))
			acctest.WantNoDiagnostics(t, diagnostics)
			run := o.Protocol(t, acctest.Unpaced)
			o.refuse(func(request *http.Request) bool { return isRefused && request.Method == http.MethodPut })
			_, diagnostics = run.Apply(typeName, &keeping, o.config(map[string]tftypes.Value{id(1): account("Renamed", nil)}))
			if isRefused {
				acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 1 linked accounts failed")
			} else {
				acctest.WantNoDiagnostics(t, diagnostics)
			}
			o.ResetRequests()
			// Which of the two goes first in an apply is not known to a plan that did not see both.
			drop := o.Protocol(t, acctest.Unpaced).Plan(typeName, &dropping, o.config(many(1)))
			_, diagnostics = run.ApplyPlanned(typeName, &dropping, drop, o.config(many(1)))
			acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "The linked account was not deleted")
			o.sent(0, 0)
		})
	}
}

// TestTwoResourcesCreateTheSameAccount: whichever comes second must not overwrite
// what the first has just written, although its list did not show the account.
func TestTwoResourcesCreateTheSameAccount(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	run := o.Protocol(t, acctest.Unpaced)
	alone := o.config(map[string]tftypes.Value{"shared": account("Small", fields("small"))})
	unseen := o.Protocol(t, acctest.Unpaced).Plan(typeName, nil, alone)
	var once sync.Once
	var small []*tfprotov6.Diagnostic
	o.Intercept(func(_ http.ResponseWriter, request *http.Request) bool {
		if request.Method == http.MethodPut && o.numberIn(request) >= 0 {
			once.Do(func() {
				_, small = run.ApplyPlanned(typeName, nil, unseen, alone)
			})
		}
		return false
	})
	// So many that the shared one is hardly among the first that are taken up.
	both := many(1000)
	both["shared"] = account("Large", fields("large"))
	existing := o.apply(nil, o.config(nil))
	state, large := run.Apply(typeName, &existing, o.config(both))
	stored, _ := o.Account(test, "shared")
	if acctest.HasFailure(small) {
		acctest.WantNoDiagnostics(t, large)
		if *stored.Name != "Large" {
			t.Errorf("the name is %q", *stored.Name)
		}
		return
	}
	detail := acctest.WantDiagnostic(t, large, acctest.Failure, "1 of 1001 linked accounts failed")
	if !strings.Contains(detail, "Two resources manage the same linked account") || *stored.Name != "Small" {
		t.Errorf("the name is %q; detail: %s", *stored.Name, detail)
	}
	delete(both, "shared")
	holds(t, state, both)
}

// TestCustomersAppIsNotTakenForTheOwn: at a server that does not list the own app, the only custom
// app of an account that is taken over is the customer's, and guarded.
func TestCustomersAppIsNotTakenForTheOwn(t *testing.T) {
	t.Parallel()
	app := "6a05d19680458c9a09e7ffff"
	o := startOrganization(t, mockapi.WithBehaviour(mockapi.Behaviour{Document: mockapi.DocumentBehaviour{HideDefaultApp: true}}))
	o.Create(test, mockapi.Account{AccountID: id(0), Name: new("Customer 0"), UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}}})
	o.Connect(test, id(0), mockapi.Integration{Type: "custom", Name: "Customer's CRM", AppID: &app})
	state, diagnostics := o.try(nil, o.config(many(1), set("auth_credentials", credentials(map[string]keys{id(0): {"token": "secret"}}))))
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "Took over an existing linked account")
	_, diagnostics = o.try(&state, tftypes.NewValue(state.State.Type(), nil))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 1 linked accounts failed")
	if _, exists := o.Account(test, id(0)); !exists {
		t.Error("an account with a connected app was deleted")
	}
}

// TestOwnAppIsToldOfThoseTakenOver: what was taken over before the first new
// account showed the own app's id can be deleted later all the same.
func TestOwnAppIsToldOfThoseTakenOver(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	with := set("auth_credentials", credentials(map[string]keys{id(0): {"token": "a"}, id(1): {"token": "b"}}))
	o.apply(nil, o.config(many(1), with))
	state, diagnostics := o.try(nil, o.config(many(2), with))
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "Took over an existing linked account")
	o.try(&state, tftypes.NewValue(state.State.Type(), nil))
	if left := o.Accounts(test); len(left) > 0 {
		t.Errorf("%d accounts are left", len(left))
	}
}

// TestDestroyWithSwappedKey: one request tells, and not one for each account.
func TestDestroyWithSwappedKey(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(200), set("max_deletions", acctest.Number(200))))
	o.ResetRequests()
	left, diagnostics := o.swapped().Delete(typeName, state)
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "The API key belongs to another organization or environment")
	if requests := len(o.Requests()); requests > 2 || !left.State.Equal(state.State) {
		t.Errorf("%d requests were sent; the state is the same: %t", requests, left.State.Equal(state.State))
	}
}

// TestOwnAppIsToldByItsID: an account that was imported has apps of which this
// resource set up none.
func TestOwnAppIsToldByItsID(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	own := "6a05d19680458c9a09e79c99"
	state := o.apply(nil, o.config(many(2)))
	o.Connect(test, id(1), mockapi.Integration{Type: "custom", Name: "Our app", AppID: &own})
	state, diagnostics := o.try(&state, o.config(many(1)))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "1 of 1 linked accounts failed")
	state = o.apply(&state, o.config(many(2), set("app_id", acctest.Text(own))))
	o.apply(&state, o.config(many(1), set("app_id", acctest.Text(own))))
	o.sent(0, 1)
}
