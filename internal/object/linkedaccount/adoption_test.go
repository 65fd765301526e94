// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

var existing = mockapi.Account{AccountID: "user_1", Name: new("Acme"), UDF: []mockapi.UDFEntry{{Key: "plan", Value: "pro"}}}

// An account that differs in anything from the configuration is never touched.
func TestExistingAccountIsRefused(t *testing.T) {
	t.Parallel()
	for name, lines := range map[string][]string{
		"other name":                {`name = "Other"`, `udf = { plan = "pro" }`},
		"other udf":                 {`name = "Acme"`, `udf = { plan = "free" }`},
		"other type":                {`name = "Acme"`, `udf = { plan = 5 }`},
		"udf not configured":        {`name = "Acme"`},
		"name not configured":       {`udf = { plan = "pro" }`},
		"nothing configured at all": {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			before := refold.Create(test, existing)
			acctest.Run(t,
				failing(refold.Provider()+account("user_1", lines...), "The linked account exists already"),
				after(refold.ResetRequests, failing(refold.Provider()+account("user_1", lines...), `import { to = refold_linked_account.NAME id = "user_1" }`)),
			)
			if got := mustAccount(t, refold, "user_1"); got.Version != before.Version || !got.UpdatedAt.Equal(before.UpdatedAt) {
				t.Errorf("the account was changed: %+v", got)
			}
			if counts := refold.CountByMethod(); counts[http.MethodPut]+counts[http.MethodDelete] > 0 {
				t.Errorf("requests: %v", counts)
			}
		})
	}
}

// An empty account without a name is not told from any other, so an account
// with nothing configured is not taken over either.
func TestNamelessExistingAccountIsRefused(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	refold.Create(test, mockapi.Account{AccountID: "user_1"})
	acctest.Run(t, failing(refold.Provider()+account("user_1"), "The linked account exists already"))
}

// A customer who connected an app is no leftover of an interrupted create.
func TestConnectedExistingAccountIsRefused(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	refold.Create(test, existing)
	refold.Connect(test, "user_1", mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
	acctest.Run(t, failing(refold.Provider()+account("user_1", `name = "Acme"`, `udf = { plan = "pro" }`), "The linked account exists already"))
}

// Where ids match without regard to case, another account is not adopted.
func TestAdoptionOfAnotherSpelling(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.Account.IDsIgnoreCase = true }))
	refold.Create(test, existing)
	acctest.Run(t, failing(refold.Provider()+account("USER_1", "udf = {}", "adopt_existing = true"), "the answer is about another account, user_1"))
	if got := refold.UDF("user_1"); len(got) != 1 {
		t.Errorf("udf of user_1: %v", got)
	}
}

// What an interrupted create leaves behind is taken over, and only what is missing is written.
func TestInterruptedCreateIsTakenOver(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	allGone(t, refold)
	refold.Create(test, existing)
	acctest.Run(t,
		counted(refold, applied(refold.Provider()+account("user_1", `name = "Acme"`, `udf = { plan = "pro" }`), plancheck.ResourceActionCreate), map[string]int{}),
	)
}

func TestTakeOverWritesMissingCredentials(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	allGone(t, refold)
	refold.Create(test, existing)
	config := refold.Provider() + account("user_1", `name = "Acme"`, `udf = { plan = "pro" }`, writeOnly(`{ key = "k", region = "eu" }`, "1"))
	isKnown := acctest.Run(t, applied(config, plancheck.ResourceActionCreate,
		storedUDF(refold, "user_1", map[string]any{"plan": "pro"}),
		storedCredentials(refold, "user_1", map[string]string{"key": "k", "region": "eu"})))
	if !isKnown {
		refold.Remove(test, "user_1")
	}
}

func TestAdoption(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"merge", "replace", "success answers"} {
		change := credentialModes[name]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t, behaving(change))
			allGone(t, refold)
			refold.Create(test, existing)
			config := refold.Provider() + account("user_1", `name = "Adopted"`, `udf = { seats = 5 }`, plain(`{ key = "k" }`), "adopt_existing = true")
			acctest.Run(t,
				counted(refold, applied(config, plancheck.ResourceActionCreate,
					storedUDF(refold, "user_1", map[string]any{"seats": "number 5"}),
					storedCredentials(refold, "user_1", map[string]string{"key": "k"})), map[string]int{"PUT": 1}),
			)
		})
	}
}

// Credentials that exist already are replaced one by one where the upsert refuses them.
func TestAdoptionWithStoredCredentials(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.Credential.Duplicates = mockapi.DuplicatesStored }))
	allGone(t, refold)
	config := func(credentials string) string {
		app := "your_app = { app_id = \"" + mockapi.DefaultAppID + "\", auth_credentials = " + credentials + " }"
		return refold.Provider() + account("user_1", `name = "Acme"`, app, "adopt_existing = true")
	}
	acctest.Run(t,
		applied(config(`{ key = "old" }`), plancheck.ResourceActionCreate),
		resource.TestStep{Config: refold.Provider() + "removed {\n  from = " + address + "\n  lifecycle { destroy = false }\n}\n"},
		applied(config(`{ key = "new" }`), plancheck.ResourceActionCreate, storedCredentials(refold, "user_1", map[string]string{"key": "new"})),
	)
}

// What equals the configuration may be another state's, made of the same file: it is taken over
// only as long as it can be the leftover of an apply that was interrupted.
func TestAccountOfAnotherStateIsRefused(t *testing.T) {
	t.Parallel()
	hubspot := mockapi.Integration{Type: "hubspot", Name: "Hubspot"}
	for reason, change := range map[string]func(*acctest.Refold){
		"it was created more than 24 hours ago": func(refold *acctest.Refold) {
			refold.Change(test, "user_1", func(a *mockapi.Account) { a.CreatedAt = time.Now().Add(-25 * time.Hour) })
		},
		"apps are connected to it": func(refold *acctest.Refold) { refold.Connect(test, "user_1", hubspot) },
		"Refold does not say which apps are connected to it": func(refold *acctest.Refold) {
			refold.Behave(func(b *mockapi.Behaviour) { b.Document.NoIntegrations = mockapi.NoIntegrationsNull })
		},
	} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			first := refold.Protocol(t)
			config := first.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Acme")})
			_, diagnostics := first.Apply(typeName, nil, config)
			acctest.WantNoDiagnostics(t, diagnostics)
			change(refold)
			refold.ResetRequests()
			second, diagnostics := refold.Protocol(t).Apply(typeName, nil, config)
			detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "The linked account exists already")
			if !strings.Contains(detail, reason) || !strings.Contains(detail, "import {") || !second.State.IsNull() {
				t.Errorf("state %s, detail: %s", second.State, detail)
			}
			if counts := refold.CountByMethod(); counts[http.MethodPut]+counts[http.MethodDelete] > 0 {
				t.Errorf("requests: %v", counts)
			}
		})
	}
}

// An account that nobody could see before it was written has been overwritten, which is an error.
// It is in no state, not even a tainted one, so that nothing deletes it.
func TestOverwrittenAccount(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]mockapi.WriteAnswer{"told": mockapi.AnswerFullNew, "by its date": mockapi.AnswerFull, "by its date, read back": mockapi.AnswerSuccess} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t, behaving(answering(form)))
			old := existing
			old.CreatedAt = time.Now().Add(-25 * time.Hour)
			refold.Intercept(func(_ http.ResponseWriter, request *http.Request) bool {
				if _, exists := refold.Account(test, "user_1"); request.Method == http.MethodPut && !exists {
					refold.Create(test, old)
				}
				return false
			})
			first := refold.Protocol(t)
			config := first.Config(typeName, map[string]tftypes.Value{"linked_account_id": acctest.Text("user_1"), "name": acctest.Text("Mine"), "udf": fields(nil)})
			left, diagnostics := first.Apply(typeName, nil, config)
			detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "An existing linked account was overwritten")
			if !strings.Contains(detail, "name, user-defined fields") || !left.State.IsNull() {
				t.Errorf("state %s, detail: %s", left.State, detail)
			}
			_, diagnostics = refold.Protocol(t).Apply(typeName, nil, config)
			acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "The linked account exists already")
			if counts := refold.CountByMethod(); counts[http.MethodPut] != 1 || counts[http.MethodDelete] > 0 {
				t.Errorf("requests: %v", counts)
			}
		})
	}
}
