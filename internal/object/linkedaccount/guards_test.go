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
		refold.Connect(test, "user_1", mockapi.Integration{Type: "custom", Name: "Acme CRM", AppID: text("6a05d19680458c9a09e79c99")})
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

// With the key of another environment, every account looks gone, or like
// another one of the same id. Neither may recreate, change or delete anything.
func TestSwappedKey(t *testing.T) {
	t.Parallel()
	for name, exists := range map[string]bool{"id unknown there": false, "same id there": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			if exists {
				refold.Create(mockapi.EnvironmentProduction, existing)
			}
			other := acctest.Provider(refold.URL, mockapi.ProductionKey)
			const swapped = "The API key belongs to another organization or environment"
			acctest.Run(t,
				applied(refold.Provider()+account("user_1", `name = "Acme"`), plancheck.ResourceActionCreate),
				after(refold.ResetRequests, failing(other+account("user_1", `name = "Acme"`), swapped)),
				failing(other+account("user_1", `name = "Acme"`), `environment "test". The current API key selects`),
				failing(other, swapped),
				after(func() {
					if counts := refold.CountByMethod(); counts[http.MethodPut]+counts[http.MethodDelete] > 0 {
						t.Errorf("requests with the wrong key: %v", counts)
					}
				}, unchanged(refold.Provider()+account("user_1", `name = "Acme"`))),
			)
		})
	}
}

// A not-found answer that does not say where it looked proves nothing.
func TestNotFoundWithoutScope(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) { b.Account.NotFound = mockapi.NotFoundShort }))
	config := refold.Provider() + account("user_1", `name = "Acme"`)
	acctest.Run(t,
		applied(config, plancheck.ResourceActionCreate),
		after(func() { refold.Remove(test, "user_1") }, failing(config, "Refold does not say where it looked for the account")),
		after(func() { refold.Behave(func(b *mockapi.Behaviour) { b.Account.NotFound = mockapi.NotFoundLong }) },
			applied(config, plancheck.ResourceActionCreate)),
	)
}

// An account that was deleted and created anew has lost its credentials, which
// the plan shows.
func TestAccountReplacedBehindTerraform(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	config := refold.Provider() + account("user_1", `name = "Acme"`, writeOnly(`{ key = "k" }`, "1"))
	acctest.Run(t,
		applied(config, plancheck.ResourceActionCreate),
		after(func() {
			refold.Remove(test, "user_1")
			refold.Create(test, mockapi.Account{AccountID: "user_1", Name: text("Acme")})
		}, applied(config, plancheck.ResourceActionUpdate, storedCredentials(refold, "user_1", map[string]string{"key": "k"}))),
	)
}

// The guard stops before the first write, also where no other request would
// have been made.
func TestEnvironmentGuard(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	guarded := refold.Provider(`environment = "staging"`)
	acctest.Run(t,
		failing(refold.Provider(`environment = "production"`)+account("user_1", `name = "Acme"`), "The API key belongs to another environment"),
		failing(guarded+account("user_1", `name = "Acme"`), `the API key belongs to environment "test", not "staging"`),
		failing(guarded+account("user_1", `name = "Acme"`, "udf = {}", "adopt_existing = true"), "Stopped before anything was written"),
		after(func() {
			if sent := refold.Count(http.MethodPut, ""); sent > 0 {
				t.Errorf("%d upserts were sent despite the guard", sent)
			}
		}, applied(refold.Provider(`environment = "test"`)+account("user_1", `name = "Acme"`), plancheck.ResourceActionCreate)),
	)
}
