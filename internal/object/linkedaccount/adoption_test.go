// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"testing"

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
	acctest.Run(t, applied(config, plancheck.ResourceActionCreate,
		storedUDF(refold, "user_1", map[string]any{"plan": "pro"}),
		storedCredentials(refold, "user_1", map[string]string{"key": "k", "region": "eu"})))
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

// An account that appears between look-up and upsert is not lost: the upsert
// has made it what the configuration says.
func TestAccountThatAppearsMeanwhile(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	allGone(t, refold)
	appear := func(_ http.ResponseWriter, request *http.Request) bool {
		if _, exists := refold.Account(test, "user_1"); request.Method == http.MethodPut && !exists {
			refold.Create(test, existing)
		}
		return false
	}
	refold.Intercept(appear)
	acctest.Run(t, applied(refold.Provider()+account("user_1", `name = "Mine"`, "udf = {}"), plancheck.ResourceActionCreate,
		storedUDF(refold, "user_1", map[string]any{})))
}
