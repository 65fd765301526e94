// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// An account whose customer connected apps is deleted only when that was asked
// for and applied before.
func TestDeleteGuard(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	allGone(t, refold)
	config := func(lines ...string) string {
		return refold.Provider() + account("user_1", append(lines, `name = "Acme"`, plain(`{ key = "k" }`))...)
	}
	connect := func() {
		refold.Connect(test, "user_1", mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
		refold.Connect(test, "user_1", mockapi.Integration{Type: "custom", Name: "Acme CRM", AppID: new("6a05d19680458c9a09e79c99")})
	}
	acctest.Run(t,
		applied(config(), plancheck.ResourceActionCreate),
		after(connect, failing(refold.Provider(), "The customer still has connected apps")),
		failing(refold.Provider(), "- Hubspot (hubspot)"),
		failing(refold.Provider(), "- Acme CRM (custom, app 6a05d19680458c9a09e79c99)"),
		// Changing the id deletes too.
		failing(refold.Provider()+account("user_2", `name = "Acme"`), "The customer still has connected apps"),
		after(func() {
			if refold.Count(http.MethodDelete, "") > 0 {
				t.Error("a DELETE was sent despite the guard")
			}
		}, applied(config("force_destroy = true"), plancheck.ResourceActionUpdate)),
		counted(refold, resource.TestStep{Config: refold.Provider()}, map[string]int{"DELETE": 1}),
	)
}

// The account itself is asked for, and nothing else is believed: a list may be older than the
// connection, a namesake is another account, and what is not said may be connected.
func TestDeletionAsksForTheAccount(t *testing.T) {
	t.Parallel()
	hubspot := mockapi.Integration{Type: "hubspot", Name: "Hubspot"}
	for name, test := range map[string]struct {
		change  func(*acctest.Refold)
		summary string
	}{
		"connected after the list was read": {change: func(refold *acctest.Refold) { refold.Connect(test, "user_1", hubspot) }, summary: "The customer still has connected apps"},
		"made anew by somebody": {change: func(refold *acctest.Refold) {
			refold.Remove(test, "user_1")
			refold.Create(test, mockapi.Account{AccountID: "user_1", Name: new("Acme")})
		}, summary: "The linked account is not the one that Terraform knows"},
		"a server that does not say what is connected": {change: func(refold *acctest.Refold) {
			refold.Behave(func(b *mockapi.Behaviour) { b.Document.NoIntegrations = mockapi.NoIntegrationsAbsent })
		}, summary: "It is not known which apps the customer has connected"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			creating := refold.Protocol(t)
			var instances []acctest.Instance
			for number := range 5 {
				created, diagnostics := creating.Apply(typeName, nil, creating.Config(typeName, map[string]tftypes.Value{
					"linked_account_id": acctest.Text(fmt.Sprintf("user_%d", number)), "name": acctest.Text("Acme"),
				}))
				acctest.WantNoDiagnostics(t, diagnostics)
				instances = append(instances, created)
			}
			run := refold.Protocol(t)
			for _, instance := range instances {
				_, diagnostics := run.Read(typeName, instance)
				acctest.WantNoDiagnostics(t, diagnostics)
			}
			test.change(refold)
			refold.ResetRequests()
			_, diagnostics := run.Delete(typeName, instances[1])
			acctest.WantDiagnostic(t, diagnostics, acctest.Failure, test.summary)
			if counts := refold.CountByMethod(); counts[http.MethodGet] != 1 || counts[http.MethodDelete] > 0 {
				t.Errorf("requests: %v, want one GET", counts)
			}
		})
	}
}

// What was made anew is not deleted by the run whose refresh finds that out: nobody has seen it.
// The next one deletes it. So it is for an object that is tainted, which no plan is shown.
func TestNamesakeIsNotDeletedUnseen(t *testing.T) {
	t.Parallel()
	for name, planned := range map[string]func(*acctest.Protocol, acctest.Instance) acctest.Instance{
		"destroyed": func(run *acctest.Protocol, read acctest.Instance) acctest.Instance {
			read.Private = run.Plan(typeName, &read, nothing(read)).PlannedPrivate
			return read
		},
		"tainted": func(run *acctest.Protocol, read acctest.Instance) acctest.Instance {
			read.Private = run.Plan(typeName, nil, run.Config(typeName, asStored())).PlannedPrivate
			return read
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			creating := refold.Protocol(t)
			created, diagnostics := creating.Apply(typeName, nil, creating.Config(typeName, asStored()))
			acctest.WantNoDiagnostics(t, diagnostics)
			refold.Remove(test, "user_1")
			refold.Create(test, existing)
			run := refold.Protocol(t)
			read, diagnostics := run.Read(typeName, created)
			acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "The linked account is another one than before")
			left, diagnostics := refold.Protocol(t).Delete(typeName, planned(run, read))
			acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "The linked account is not the one that Terraform knows", "-refresh-only")
			if _, exists := refold.Account(test, "user_1"); !exists {
				t.Fatal("a namesake was deleted")
			}
			run = refold.Protocol(t)
			read, diagnostics = run.Read(typeName, left)
			acctest.WantNoDiagnostics(t, diagnostics)
			_, diagnostics = refold.Protocol(t).Delete(typeName, planned(run, read))
			acctest.WantNoDiagnostics(t, diagnostics)
			if _, exists := refold.Account(test, "user_1"); exists {
				t.Error("the account was not deleted")
			}
		})
	}
}

// A read that says "not found" is the end of it: the account would be another one by the time that
// a DELETE arrives, or the read was wrong.
func TestDeletionOfWhatIsNotFound(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	creating := refold.Protocol(t)
	created, diagnostics := creating.Apply(typeName, nil, creating.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme")}))
	acctest.WantNoDiagnostics(t, diagnostics)
	refold.Connect(test, "user_1", mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
	refold.Intercept(acctest.Instead(http.MethodGet, "/user_1", acctest.Answering(http.StatusNotFound,
		`{"status_code":404,"http_error_type":"NOT_FOUND","error":"SERVER_ERROR","message":"Linked Account with account id user_1 for org `+mockapi.OrganizationID+` in environment test not found"}`)))
	_, diagnostics = refold.Protocol(t).Delete(typeName, created)
	acctest.WantNoDiagnostics(t, diagnostics)
	if _, exists := refold.Account(test, "user_1"); !exists {
		t.Error("an account that was said not to exist was deleted, with its connections")
	}
}

// By force, nothing is asked, as before.
func TestForcedDeletionIsOneRequest(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.Document.NoIntegrations = mockapi.NoIntegrationsAbsent }))
	run := refold.Protocol(t)
	var instances []acctest.Instance
	for number := range 5 {
		created, diagnostics := run.Apply(typeName, nil, run.Config(typeName, acctest.Attributes{
			"linked_account_id": acctest.Text(fmt.Sprintf("user_%d", number)), "name": acctest.Text("Acme"), "force_destroy": acctest.Yes(),
		}))
		acctest.WantNoDiagnostics(t, diagnostics)
		instances = append(instances, created)
	}
	deleting := refold.Protocol(t)
	refold.ResetRequests()
	for _, instance := range instances {
		_, diagnostics := deleting.Delete(typeName, instance)
		acctest.WantNoDiagnostics(t, diagnostics)
	}
	if counts := refold.CountByMethod(); counts[http.MethodGet] != 1 || counts[http.MethodDelete] != len(instances) {
		t.Errorf("requests: %v, want a DELETE each and one GET for the key", counts)
	}
}

// The organization's own app, which your_app set up, is nobody's loss.
func TestDeleteGuardIgnoresOwnApp(t *testing.T) {
	t.Parallel()
	for name, appID := range map[string]string{"without app_id": "", "with app_id": "app_id = \"" + mockapi.DefaultAppID + "\", "} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			allGone(t, refold)
			acctest.Run(t,
				applied(refold.Provider()+account("user_1", `your_app = { `+appID+`auth_credentials = { key = "k" } }`), plancheck.ResourceActionCreate),
				counted(refold, resource.TestStep{Config: refold.Provider()}, map[string]int{"DELETE": 1}),
			)
		})
	}
}

// A not-found answer that does not say where it looked proves nothing.
func TestNotFoundWithoutScope(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true }))
	config := refold.Provider() + account("user_1", `name = "Acme"`)
	acctest.Run(t,
		applied(config, plancheck.ResourceActionCreate),
		after(func() { refold.Remove(test, "user_1") }, failing(config, "Refold does not say where it looked for the account")),
		after(func() { refold.Behave(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = false }) },
			applied(config, plancheck.ResourceActionCreate)),
	)
}

// Neither does it allow an update with another key, which no refresh precedes.
func TestSwappedKeyWithoutScope(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true }))
	mine := refold.Protocol(t)
	config := func(name string) tftypes.Value {
		return mine.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text(name)})
	}
	created, diagnostics := mine.Apply(typeName, nil, config("Acme"))
	acctest.WantNoDiagnostics(t, diagnostics)
	swapped := acctest.StartProtocol(t, map[string]tftypes.Value{"base_url": acctest.Text(refold.URL), "api_key": acctest.Text(mockapi.ProductionKey)})
	_, diagnostics = swapped.Apply(typeName, &created, config("Other"))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "Refold does not say where it looked for the account")
	if accounts := refold.Accounts(mockapi.EnvironmentProduction); len(accounts) > 0 {
		t.Errorf("%d accounts were created in production", len(accounts))
	}
}

// A write that could not be read back must not switch the guard off.
func TestSwappedKeyAfterWriteThatWasNotReadBack(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(answering(mockapi.AnswerMinimal)))
	written := false
	refold.Intercept(func(w http.ResponseWriter, request *http.Request) bool {
		written = written || request.Method == http.MethodPut
		if !written || request.Method != http.MethodGet {
			return false
		}
		acctest.Answering(http.StatusUnauthorized, `{"status_code":401,"http_error_type":"UNAUTHORIZED","error":"SERVER_ERROR","message":"not now"}`)(w, request)
		return true
	})
	mine := refold.Protocol(t)
	created, diagnostics := mine.Apply(typeName, nil, mine.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme")}))
	acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "The linked account was written, but could not be read back")
	refold.Intercept(nil)
	refold.Create(mockapi.EnvironmentProduction, existing)
	swapped := acctest.StartProtocol(t, map[string]tftypes.Value{"base_url": acctest.Text(refold.URL), "api_key": acctest.Text(mockapi.ProductionKey)})
	_, diagnostics = swapped.Read(typeName, created)
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "The API key belongs to another organization or environment")
	_, diagnostics = swapped.Apply(typeName, &created, tftypes.NewValue(created.State.Type(), nil))
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "The API key belongs to another organization or environment")
}

// An account that was deleted and created anew has lost its credentials, which the plan shows.
func TestAccountReplacedBehindTerraform(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	config := refold.Provider() + account("user_1", `name = "Acme"`, writeOnly(`{ key = "k" }`, "1"))
	acctest.Run(t,
		applied(config, plancheck.ResourceActionCreate),
		after(func() {
			refold.Remove(test, "user_1")
			refold.Create(test, mockapi.Account{AccountID: "user_1", Name: new("Acme")})
		}, applied(config, plancheck.ResourceActionUpdate, storedCredentials(refold, "user_1", map[string]string{"key": "k"}))),
		// Seen once more, it may be destroyed.
		resource.TestStep{RefreshState: true},
	)
}

// The guard stops before the first write, also where no other request would have been made.
func TestEnvironmentGuardWithoutLookUp(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	guarded := acctest.StartProtocol(t, map[string]tftypes.Value{
		"base_url": acctest.Text(refold.URL), "api_key": acctest.Text(mockapi.TestKey), "environment": acctest.Text("staging"),
	})
	_, diagnostics := guarded.Apply(typeName, nil, guarded.Config(typeName, map[string]tftypes.Value{
		"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme"), "udf": fields(nil), "adopt_existing": acctest.Yes(),
	}))
	if list := acctest.List(diagnostics); !strings.Contains(list, "Stopped before anything was written") {
		t.Errorf("diagnostics: %s", list)
	}
	if sent := refold.Count(http.MethodPut, ""); sent > 0 {
		t.Errorf("%d upserts were sent despite the guard", sent)
	}
}

// A custom app that the customer connected is never taken for the organization's
// own, also where that one is not listed, or was removed.
func TestDeleteGuardDoesNotGuess(t *testing.T) {
	t.Parallel()
	connect := func(refold *acctest.Refold) func() {
		return func() {
			refold.Connect(test, "user_1", mockapi.Integration{Type: "custom", Name: "Customer's own", AppID: new("6a05d19680458c9a09e79c99")})
		}
	}
	for name, mode := range map[string]struct {
		change func(*mockapi.Behaviour)
		before string
	}{
		"own app is not listed": {func(b *mockapi.Behaviour) { b.Document.HideDefaultApp = true }, plain(`{ key = "k" }`)},
		"own app was removed":   {func(b *mockapi.Behaviour) { b.Credential.LastKeyRemoves = true }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t, behaving(mode.change))
			allGone(t, refold)
			acctest.Run(t,
				applied(refold.Provider()+account("user_1", `name = "Acme"`, plain(`{ key = "k" }`)), plancheck.ResourceActionCreate),
				resource.TestStep{Config: refold.Provider() + account("user_1", `name = "Acme"`, mode.before)},
				after(connect(refold), failing(refold.Provider(), "- Customer's own (custom, app 6a05d19680458c9a09e79c99)")),
				applied(refold.Provider()+account("user_1", `name = "Acme"`, "force_destroy = true"), plancheck.ResourceActionUpdate),
			)
		})
	}
}

// Credentials that are added to an account later set up the own app just as
// well, and it is told from what was connected before.
func TestOwnAppThatIsSetUpLater(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	allGone(t, refold)
	acctest.Run(t,
		applied(refold.Provider()+account("user_1", `name = "Acme"`), plancheck.ResourceActionCreate),
		applied(refold.Provider()+account("user_1", `name = "Acme"`, plain(`{ key = "k" }`)), plancheck.ResourceActionUpdate),
		counted(refold, resource.TestStep{Config: refold.Provider()}, map[string]int{"DELETE": 1}),
	)
}

// The same account under two addresses of one run: what one takes over, the other must not delete.
func TestRunThatTakesOverAndDeletes(t *testing.T) {
	t.Parallel()
	block := func(name, extra string) string {
		return "resource \"refold_linked_account\" \"" + name + "\" {\n  linked_account_id = \"user_1\"\n  name = \"Acme\"\n  " + extra + "\n}\n"
	}
	const first = "lifecycle { create_before_destroy = true }"
	for name, extra := range map[string]string{"taken over": first, "adopted": "adopt_existing = true\n  " + first} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			allGone(t, refold)
			config := refold.Provider() + block("test", extra)
			var before mockapi.Account
			acctest.Run(t,
				resource.TestStep{Config: config},
				after(func() { before = mustAccount(t, refold, "user_1") }, resource.TestStep{
					Config: config, Taint: []string{address},
					Check: func(*terraform.State) error {
						if got, there := refold.Account(test, "user_1"); !there || got.ID != before.ID {
							return fmt.Errorf("the account was deleted: %+v", got)
						}
						return nil
					},
				}),
			)
		})
	}
}

// A replacement that depends on an id which is not known yet could not be reviewed.
func TestUnknownIDOfExistingAccount(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	config := func(trigger string) string {
		return refold.Provider() + "resource \"terraform_data\" \"id\" {\n  input = \"user_1\"\n  triggers_replace = \"" + trigger + "\"\n}\n" +
			"resource \"refold_linked_account\" \"test\" {\n  linked_account_id = terraform_data.id.output\n  name = \"Acme\"\n}\n"
	}
	acctest.Run(t,
		resource.TestStep{Config: config("1")},
		failing(config("2"), "The linked account id is not known yet"),
	)
}

// TestPlanNamesNamesakes: the plan to delete an account that the run finds made anew says what the
// apply does with it, also by the state from before the refresh, as Terraform 1.11 plans it.
func TestPlanNamesNamesakes(t *testing.T) {
	t.Parallel()
	for _, force := range []bool{false, true} {
		for _, isStale := range []bool{false, true} {
			t.Run(fmt.Sprintf("forced %t, stale %t", force, isStale), func(t *testing.T) {
				t.Parallel()
				refold := acctest.StartRefold(t)
				run := refold.Protocol(t, acctest.Unpaced)
				state, met := run.Apply(typeName, nil, run.Config(typeName, acctest.Attributes{
					"linked_account_id": acctest.Text("user_1"), "force_destroy": tftypes.NewValue(tftypes.Bool, force)}))
				acctest.WantNoDiagnostics(t, met)
				refold.Remove(test, "user_1")
				refold.Create(test, mockapi.Account{AccountID: "user_1"})
				planning := refold.Protocol(t, acctest.Unpaced)
				if !isStale {
					state, _ = planning.Read(typeName, state)
				}
				says := "1 linked account will not be deleted by this run"
				if force {
					says = "1 linked account to be deleted, and not the managed one"
				}
				acctest.WantDiagnostic(t, planning.Plan(typeName, &state, tftypes.NewValue(state.State.Type(), nil)).Diagnostics, acctest.Warning, says, `"user_1"`)
			})
		}
	}
}
