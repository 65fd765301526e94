// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// credentialModes are the ways in which a server may treat credentials that an
// upsert sends (FACTS 4.4, 4.5), and the default app (FACTS 2.2).
var credentialModes = map[string]func(*mockapi.Behaviour){
	"merge":                 func(*mockapi.Behaviour) {},
	"replace":               func(b *mockapi.Behaviour) { b.Credential.Replace = true },
	"reject duplicates":     func(b *mockapi.Behaviour) { b.Credential.Duplicates = mockapi.DuplicatesStored },
	"last key removes":      func(b *mockapi.Behaviour) { b.Credential.LastKeyRemoves = true },
	"default app is hidden": func(b *mockapi.Behaviour) { b.Document.HideDefaultApp = true },
	"success answers":       answering(mockapi.AnswerSuccess),
}

func plain(credentials string) string {
	return "your_app = { auth_credentials = " + credentials + " }"
}

func writeOnly(credentials, version string) string {
	return "your_app = {\n    auth_credentials_wo = " + credentials + "\n    auth_credentials_wo_version = " + version + "\n  }"
}

// Each key is changed and removed on its own, and nothing else is touched.
func TestPlainCredentials(t *testing.T) {
	t.Parallel()
	for name, change := range credentialModes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			owner := owner{t: t, refold: acctest.StartRefold(t, behaving(change))}
			for _, step := range []struct {
				name        string
				credentials map[string]string
				sent        map[string]int
			}{
				{"Acme", map[string]string{"key": "k1", "region": "eu"}, map[string]int{"PUT": 1}},
				{"Acme", map[string]string{"key": "k2", "region": "eu"}, map[string]int{"PUT": 1}},
				{"Acme", map[string]string{"key": "k2"}, map[string]int{"DELETE": 1}},
				{"Acme", map[string]string{"other": "o"}, map[string]int{"PUT": 1, "DELETE": 1}},
				// An unrelated update leaves credentials alone.
				{"Acme Inc.", map[string]string{"other": "o"}, map[string]int{"PUT": 1}},
				{"Acme Inc.", nil, map[string]int{"DELETE": 1}},
				{"Acme Inc.", map[string]string{"key": "k3"}, map[string]int{"PUT": 1}},
			} {
				owner.apply(step.sent, map[string]tftypes.Value{"name": acctest.Text(step.name), "your_app": plainApp(step.credentials)})
				owner.holdsCredentials(step.credentials)
			}
			owner.destroy()
		})
	}
}

// TestWriteOnlyCredentials: without a new version nothing is sent. Between the
// two forms, all are sent, and removed as either form removes them.
func TestWriteOnlyCredentials(t *testing.T) {
	t.Parallel()
	for name, change := range credentialModes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			owner := owner{t: t, refold: acctest.StartRefold(t, behaving(change))}
			for _, step := range []struct {
				app  tftypes.Value
				sent map[string]int
				want map[string]string
			}{
				{writeOnlyApp(map[string]string{"key": "k1", "region": "eu"}, 1), map[string]int{"PUT": 1}, map[string]string{"key": "k1", "region": "eu"}},
				{writeOnlyApp(map[string]string{"key": "k2", "region": "eu"}, 1), nil, map[string]string{"key": "k1", "region": "eu"}},
				{writeOnlyApp(map[string]string{"key": "k2"}, 2), map[string]int{"PUT": 1, "DELETE": 1}, map[string]string{"key": "k2"}},
				{plainApp(map[string]string{"key": "k3", "extra": "x"}), map[string]int{"PUT": 2}, map[string]string{"key": "k3", "extra": "x"}},
				{writeOnlyApp(map[string]string{"extra": "y"}, 1), map[string]int{"PUT": 1, "DELETE": 1}, map[string]string{"extra": "y"}},
				{plainApp(nil), map[string]int{"DELETE": 1}, nil},
			} {
				owner.apply(step.sent, map[string]tftypes.Value{"your_app": step.app})
				owner.holdsCredentials(step.want)
			}
			owner.destroy()
		})
	}
}

// TestCredentialsByCLI is the life of both forms with a real CLI.
func TestCredentialsByCLI(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	allGone(t, refold)
	with := func(line string) string { return refold.Provider() + account("user_1", `name = "Acme"`, line) }
	stored := func(want map[string]string) resource.TestCheckFunc { return storedCredentials(refold, "user_1", want) }
	acctest.Run(t,
		counted(refold, applied(with(plain(`{ key = "k1", region = "eu" }`)), plancheck.ResourceActionCreate,
			stored(map[string]string{"key": "k1", "region": "eu"})), map[string]int{"PUT": 1}),
		counted(refold, applied(with(plain(`{ key = "k2" }`)), plancheck.ResourceActionUpdate,
			stored(map[string]string{"key": "k2"})), map[string]int{"PUT": 1, "DELETE": 1}),
		applied(with(writeOnly(`{ key = "k3" }`, "1")), plancheck.ResourceActionUpdate, stored(map[string]string{"key": "k3"})),
		// Without a new version nothing is sent.
		unchanged(with(writeOnly(`{ key = "k4" }`, "1"))),
		counted(refold, applied(with(writeOnly(`{ key = "k4" }`, "2")), plancheck.ResourceActionUpdate,
			stored(map[string]string{"key": "k4"})), map[string]int{"PUT": 1}),
		applied(with(plain(`{ key = "k5" }`)), plancheck.ResourceActionUpdate, stored(map[string]string{"key": "k5"})),
		applied(with(""), plancheck.ResourceActionUpdate, noCredentials(refold, "user_1")),
	)
}

// noCredentials accepts an empty default app as well as none.
func noCredentials(refold *acctest.Refold, id string) resource.TestCheckFunc {
	if refold.Credentials(test, id) == nil {
		return storedCredentials(refold, id, nil)
	}
	return storedCredentials(refold, id, map[string]string{})
}

// The default app can vanish behind Terraform's back, with all credentials:
// then all are seeded again, not only the changed one.
func TestCredentialsAreSeededAgain(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	with := func(credentials string) string { return refold.Provider() + account("user_1", plain(credentials)) }
	acctest.Run(t,
		applied(with(`{ key = "k1", region = "eu" }`), plancheck.ResourceActionCreate),
		after(func() {
			refold.Change(test, "user_1", func(account *mockapi.Account) { account.Integrations = nil })
		}, applied(with(`{ key = "k2", region = "eu" }`), plancheck.ResourceActionUpdate,
			storedCredentials(refold, "user_1", map[string]string{"key": "k2", "region": "eu"}))),
	)
}

// When one of several credential requests fails, the rest of the update is
// kept. Which credentials Refold holds is not certain then, so that the next
// plan sends them, whether the user goes on or back.
func TestCredentialFailureIsResumed(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]func(a, b, version string) string{
		"plain":      func(a, b, _ string) string { return plain(`{ a = "` + a + `", b = "` + b + `" }`) },
		"write-only": func(a, b, version string) string { return writeOnly(`{ a = "`+a+`", b = "`+b+`" }`, version) },
	} {
		for direction, last := range map[string]string{"on": "2", "back": "1"} {
			t.Run(name+" and "+direction, func(t *testing.T) {
				t.Parallel()
				refold := acctest.StartRefold(t)
				allGone(t, refold)
				with := func(name, value string) string {
					return refold.Provider("max_retries = 0") + account("user_1", "name = \""+name+"\"", form(value, value, value))
				}
				acctest.Run(t,
					applied(with("Acme", "1"), plancheck.ResourceActionCreate),
					after(func() { refold.Intercept(refusing(http.MethodPut, "/auth-credentials/b", http.StatusBadRequest)) },
						failing(with("Acme Inc.", "2"), `Could not store credential "b" of linked account`)),
					after(func() {
						refold.Intercept(nil)
						if got := *mustAccount(t, refold, "user_1").Name; got != "Acme Inc." {
							t.Errorf("name after the failed apply: %q", got)
						}
					}, counted(refold, applied(with("Acme Inc.", last), plancheck.ResourceActionUpdate,
						storedCredentials(refold, "user_1", map[string]string{"a": last, "b": last})), map[string]int{"PUT": 2})),
				)
			})
		}
	}
}

// Removing your_app after such a failure removes what is left of it.
func TestCredentialFailureThenRemoval(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	allGone(t, refold)
	with := func(lines ...string) string {
		return refold.Provider("max_retries = 0") + account("user_1", append(lines, `name = "Acme"`)...)
	}
	acctest.Run(t,
		applied(with(plain(`{ a = "1", b = "1" }`)), plancheck.ResourceActionCreate),
		after(func() { refold.Intercept(refusing(http.MethodPut, "/auth-credentials/b", http.StatusBadRequest)) },
			failing(with(plain(`{ a = "2", b = "2" }`)), `Could not store credential "b" of linked account`)),
		after(func() { refold.Intercept(nil) }, counted(refold, applied(with(), plancheck.ResourceActionUpdate,
			storedCredentials(refold, "user_1", map[string]string{})), map[string]int{"DELETE": 2})),
		unchanged(with()),
	)
}

// Where all are seeded again, none is sent a second time.
func TestSeedingSendsEachOnce(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	refold.Create(test, existing)
	config := refold.Provider() + account("user_1", `name = "Acme"`, `udf = { plan = "pro" }`, plain(`{ a = "1", b = "2", c = "3" }`))
	acctest.Run(t, counted(refold, applied(config, plancheck.ResourceActionCreate,
		storedCredentials(refold, "user_1", map[string]string{"a": "1", "b": "2", "c": "3"})), map[string]int{"PUT": 2}))
}

// refusing answers requests to paths that end so with an error of Refold's form.
func refusing(method, pathEnd string, status int) func(http.ResponseWriter, *http.Request) bool {
	return acctest.Instead(method, pathEnd, acctest.Answering(status,
		`{"status_code":400,"http_error_type":"BAD_REQUEST","error":"SERVER_ERROR","message":"refused by this test"}`))
}

func mustAccount(t *testing.T, refold *acctest.Refold, id string) mockapi.Account {
	t.Helper()
	account, ok := refold.Account(test, id)
	if !ok {
		t.Fatalf("there is no account %q at the server", id)
	}
	return account
}

// TestVersionsThatWereNumbers: earlier versions of the provider stored versions as numbers. The
// same number is no change.
func TestVersionsThatWereNumbers(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	run := refold.Protocol(t)
	config := run.Config(typeName, acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "your_app": writeOnlyApp(map[string]string{"key": "k"}, 3)})
	created, diagnostics := run.Apply(typeName, nil, config)
	acctest.WantNoDiagnostics(t, diagnostics)
	upgraded, diagnostics := run.Upgrade(typeName, `{"linked_account_id": "user_1", "your_app": {"auth_credentials_wo_version": 3}}`)
	acctest.WantNoDiagnostics(t, diagnostics)
	read := acctest.Instance{State: upgraded}.Attribute(t, "your_app")
	if !read.Equal(created.Attribute(t, "your_app")) {
		t.Errorf("read %s, want %s", read, created.Attribute(t, "your_app"))
	}
}

// TestVersionsAreTexts: whoever has a hash of the values need not count.
func TestVersionsAreTexts(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	allGone(t, refold)
	of := func(value string) string {
		return refold.Provider() + account("user_1", writeOnly(fmt.Sprintf(`{ key = %q }`, value), fmt.Sprintf("sha256(%q)", value)))
	}
	acctest.Run(t,
		applied(of("a"), plancheck.ResourceActionCreate, storedCredentials(refold, "user_1", map[string]string{"key": "a"})),
		applied(of("b"), plancheck.ResourceActionUpdate, storedCredentials(refold, "user_1", map[string]string{"key": "b"})),
		applied(of("b"), plancheck.ResourceActionNoop),
	)
}

// TestCredentialsOfReplacementThatCreatesFirst: with create_before_destroy, what replaces an
// account knows nothing of the credentials that the old state set up; its deletion removes what is
// no longer configured, and no more.
func TestCredentialsOfReplacementThatCreatesFirst(t *testing.T) {
	t.Parallel()
	before, after := map[string]string{"a": "1", "b": "2"}, map[string]string{"a": "1"}
	for name, app := range map[string]func(map[string]string) tftypes.Value{
		"plain": plainApp, "write-only": func(of map[string]string) tftypes.Value { return writeOnlyApp(of, 1) },
	} {
		for _, isRefused := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, refused %t", name, isRefused), func(t *testing.T) {
				t.Parallel()
				refold := acctest.StartRefold(t)
				run := refold.Protocol(t, acctest.Unpaced)
				config := func(of map[string]string) tftypes.Value {
					return run.Config(typeName, acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme"), "adopt_existing": acctest.Yes(), "your_app": app(of)})
				}
				old, met := run.Apply(typeName, nil, config(before))
				acctest.WantNoDiagnostics(t, met)
				run = refold.Protocol(t, acctest.Unpaced)
				_, met = run.Apply(typeName, nil, config(after))
				acctest.WantNoDiagnostics(t, met)
				want := after
				if isRefused {
					refold.Intercept(refusing(http.MethodDelete, "/auth-credentials/b", http.StatusBadRequest))
					want = before
				}
				left, met := run.Delete(typeName, old)
				if said := acctest.List(met); acctest.HasFailure(met) || !left.State.IsNull() || strings.Contains(said, "Credentials of a replaced resource may be left") != isRefused {
					t.Errorf("left is %s\n%s", left.State, said)
				}
				if got := refold.Credentials(test, "user_1"); !maps.Equal(got, want) {
					t.Errorf("at Refold are %v, want %v", got, want)
				}
			})
		}
	}
}

// nullForms are write-only credentials of a version whose values are null, as a variable that is
// not set leaves them.
func nullForms(version int) map[string]tftypes.Value {
	partly := secrets(map[string]string{"key": "k"})
	values := map[string]tftypes.Value{}
	if err := partly.As(&values); err != nil {
		panic(err)
	}
	values["key"] = tftypes.NewValue(tftypes.String, nil)
	null := tftypes.NewValue(partly.Type(), nil)
	app := func(writeOnly tftypes.Value) tftypes.Value {
		return acctest.Object(yourAppType, map[string]tftypes.Value{"auth_credentials_wo": writeOnly, "auth_credentials_wo_version": acctest.Version(version)})
	}
	return map[string]tftypes.Value{"null": app(null), "null within": app(tftypes.NewValue(partly.Type(), values))}
}

// TestNullWriteOnlyValues: whoever has not got the secret can plan, change and destroy what does
// not send it, and is told what is missing where it would be sent.
func TestNullWriteOnlyValues(t *testing.T) {
	t.Parallel()
	for name := range nullForms(1) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			run := refold.Protocol(t, acctest.Unpaced)
			config := func(name string, app tftypes.Value) tftypes.Value {
				return run.Config(typeName, acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text(name), "your_app": app})
			}
			without := nullForms(1)[name]
			acctest.WantNoDiagnostics(t, run.Validate(typeName, config("Acme", without)))
			refused := func(prior *acctest.Instance, app tftypes.Value) {
				t.Helper()
				plan := refold.Protocol(t, acctest.Unpaced).Plan(typeName, prior, config("Acme", app))
				acctest.WantDiagnostic(t, plan.Diagnostics, acctest.Failure, "Write-only credentials are null", `"user_1"`, "perhaps because a variable is")
			}
			refused(nil, without)
			created, met := run.Apply(typeName, nil, config("Acme", writeOnlyApp(map[string]string{"key": "k"}, 1)))
			acctest.WantNoDiagnostics(t, met)
			refused(&created, nullForms(2)[name])
			renamed, met := run.Apply(typeName, &created, config("Acme Inc.", without))
			acctest.WantNoDiagnostics(t, met)
			if account := mustAccount(t, refold, "user_1"); *account.Name != "Acme Inc." || !maps.Equal(refold.Credentials(test, "user_1"), map[string]string{"key": "k"}) {
				t.Errorf("at Refold are %+v, %v", account, refold.Credentials(test, "user_1"))
			}
			plan := run.Plan(typeName, &renamed, config("Acme Inc.", without))
			if planned, err := plan.PlannedState.Unmarshal(renamed.State.Type()); err != nil || !planned.Equal(renamed.State) || len(plan.Diagnostics) > 0 {
				t.Errorf("planned is %s, %v\n%s", planned, err, acctest.List(plan.Diagnostics))
			}
			_, met = refold.Protocol(t, acctest.Unpaced).Apply(typeName, &renamed, tftypes.NewValue(renamed.State.Type(), nil))
			if acctest.HasFailure(met) {
				t.Error(acctest.List(met))
			}
		})
	}
}

// TestNullWriteOnlyValuesInTheApply: values that were not known in the plan are looked at before
// anything is sent.
func TestNullWriteOnlyValuesInTheApply(t *testing.T) {
	t.Parallel()
	for name, without := range nullForms(2) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			run := refold.Protocol(t, acctest.Unpaced)
			config := func(app tftypes.Value) tftypes.Value {
				return run.Config(typeName, acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "your_app": app})
			}
			unknown := config(acctest.Object(yourAppType, map[string]tftypes.Value{
				"auth_credentials_wo":         tftypes.NewValue(secrets(nil).Type(), tftypes.UnknownValue),
				"auth_credentials_wo_version": acctest.Version(2),
			}))
			fails := func(prior *acctest.Instance) {
				t.Helper()
				refold.ResetRequests()
				plan := run.Plan(typeName, prior, unknown)
				acctest.WantNoDiagnostics(t, plan.Diagnostics)
				_, met := run.ApplyPlanned(typeName, prior, plan, config(without))
				acctest.WantDiagnostic(t, met, acctest.Failure, "Write-only credentials are null")
				if sent := refold.CountByMethod(); sent["PUT"] > 0 {
					t.Errorf("sent: %v", sent)
				}
			}
			fails(nil)
			created, met := run.Apply(typeName, nil, config(writeOnlyApp(map[string]string{"key": "k"}, 1)))
			acctest.WantNoDiagnostics(t, met)
			fails(&created)
		})
	}
}

// TestOwnAppThatIsOnlyNamed: app_id alone sends nothing, and tells the guard which app is the own
// one. Credentials that were there before are removed, as without your_app.
func TestOwnAppThatIsOnlyNamed(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	config := func(run *acctest.Protocol, app tftypes.Value) tftypes.Value {
		return run.Config(typeName, acctest.Attributes{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme"), "your_app": app})
	}
	named := acctest.Object(yourAppType, map[string]tftypes.Value{"app_id": acctest.Text(mockapi.DefaultAppID)})
	run := refold.Protocol(t, acctest.Unpaced)
	acctest.WantNoDiagnostics(t, run.Validate(typeName, config(run, named)))
	state, met := run.Apply(typeName, nil, config(run, tftypes.NewValue(yourAppType, nil)))
	acctest.WantNoDiagnostics(t, met)
	refold.Connect(test, "user_1", mockapi.Integration{Type: "custom", Name: "CRM", AppID: new(mockapi.DefaultAppID)})
	_, met = refold.Protocol(t, acctest.Unpaced).Apply(typeName, &state, tftypes.NewValue(state.State.Type(), nil))
	if said := acctest.List(met); !strings.Contains(said, "The customer still has connected apps") || !strings.Contains(said, "app_id = \"ID\"") {
		t.Errorf("said:\n%s", said)
	}
	refold.ResetRequests()
	run = refold.Protocol(t, acctest.Unpaced)
	state, met = run.Apply(typeName, &state, config(run, named))
	acctest.WantNoDiagnostics(t, met)
	if sent := refold.CountByMethod(); sent["PUT"]+sent["DELETE"] > 0 {
		t.Errorf("sent: %v", sent)
	}
	run = refold.Protocol(t, acctest.Unpaced)
	state, met = run.Apply(typeName, &state, config(run, plainApp(map[string]string{"key": "k"})))
	acctest.WantNoDiagnostics(t, met)
	run = refold.Protocol(t, acctest.Unpaced)
	state, met = run.Apply(typeName, &state, config(run, named))
	acctest.WantNoDiagnostics(t, met)
	if left := refold.Credentials(test, "user_1"); len(left) > 0 {
		t.Errorf("left are %v", left)
	}
	_, met = refold.Protocol(t, acctest.Unpaced).Apply(typeName, &state, tftypes.NewValue(state.State.Type(), nil))
	acctest.WantNoDiagnostics(t, met)
	if _, exists := refold.Account(test, "user_1"); exists {
		t.Error("the account was not deleted")
	}
}
