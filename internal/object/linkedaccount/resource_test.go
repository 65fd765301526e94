// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

var (
	objectID  = regexp.MustCompile(`^[0-9a-f]{24}$`)
	timestamp = regexp.MustCompile(`^\d{4}-\d\d-\d\dT[\d:.]+Z$`)
)

// One request each, and an empty plan after every apply, which
// terraform-plugin-testing checks by itself.
func TestLifecycle(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	allGone(t, refold)
	created := applied(refold.Provider()+account("user_1", `name = "Acme"`, `udf = { plan = "pro", seats = 20, beta = true }`),
		plancheck.ResourceActionCreate,
		storedUDF(refold, "user_1", map[string]any{"plan": "pro", "seats": "number 20", "beta": true}))
	created.ConfigStateChecks = []statecheck.StateCheck{
		statecheck.ExpectKnownValue(address, tfjsonpath.New("id"), knownvalue.StringRegexp(objectID)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("organization_id"), knownvalue.StringExact(mockapi.OrganizationID)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("environment"), knownvalue.StringExact("test")),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("created_at"), knownvalue.StringRegexp(timestamp)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("updated_at"), knownvalue.StringRegexp(timestamp)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("udf").AtMapKey("seats"), knownvalue.Int64Exact(20)),
	}
	acctest.Run(t,
		counted(refold, created, map[string]int{"PUT": 1}),
		counted(refold, applied(refold.Provider()+account("user_1", `name = "Acme Inc."`, `udf = { plan = "free", seats = 20 }`),
			plancheck.ResourceActionUpdate,
			storedUDF(refold, "user_1", map[string]any{"plan": "free", "seats": "number 20"})), map[string]int{"PUT": 1}),
		counted(refold, applied(refold.Provider()+account("user_1", `name = "Acme Inc."`, `udf = { plan = "free", seats = 20 }`, `force_destroy = true`),
			plancheck.ResourceActionUpdate), map[string]int{}),
		counted(refold, resource.TestStep{Config: refold.Provider()}, map[string]int{"DELETE": 1}),
	)
}

// The smallest configuration manages the account's existence, and leaves name and udf to others.
func TestUnmanagedAttributesAreLeftAlone(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	allGone(t, refold)
	config := refold.Provider() + account("user_1")
	acctest.Run(t,
		counted(refold, applied(config, plancheck.ResourceActionCreate), map[string]int{"PUT": 1}),
		after(func() {
			refold.Change(test, "user_1", func(account *mockapi.Account) {
				account.Name = new("Named in the dashboard")
				account.UDF = []mockapi.UDFEntry{{Key: "plan", Value: "pro"}}
			})
		}, unchanged(config)),
		counted(refold, applied(refold.Provider()+account("user_1", `name = "Acme"`), plancheck.ResourceActionUpdate,
			storedUDF(refold, "user_1", map[string]any{"plan": "pro"})), map[string]int{"PUT": 1}),
		// No longer configured is not the same as cleared.
		unchanged(config),
		applied(refold.Provider()+account("user_1", `udf = {}`), plancheck.ResourceActionUpdate, storedUDF(refold, "user_1", map[string]any{})),
	)
}

// Old servers say not found with 500 (FACTS 1.6).
func TestDisappearsAtOldServer(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, behaving(func(b *mockapi.Behaviour) {
		b.Account.GetNotFoundAs500, b.Account.DeleteNotFoundAs500 = true, true
	}))
	allGone(t, refold)
	config := refold.Provider() + account("user_1", `name = "Acme"`)
	acctest.Run(t,
		applied(config, plancheck.ResourceActionCreate),
		after(func() { refold.Remove(test, "user_1") },
			counted(refold, applied(config, plancheck.ResourceActionCreate), map[string]int{"PUT": 1})),
	)
}

// Deleting what is gone already is success, whether the guard's look-up or the
// deletion itself finds out.
func TestDeleteOfGoneAccount(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodGet, http.MethodDelete} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t)
			seen := map[string]int{}
			vanish := func(_ http.ResponseWriter, request *http.Request) bool {
				seen[request.Method]++
				// The first read is the refresh, which has to find the account.
				if request.Method == method && (method == http.MethodDelete || seen[method] == 2) {
					refold.Remove(test, "user_1")
				}
				return false
			}
			acctest.Run(t,
				applied(refold.Provider()+account("user_1", `name = "Acme"`), plancheck.ResourceActionCreate),
				after(func() { refold.Intercept(vanish) }, resource.TestStep{Config: refold.Provider()}),
			)
			if _, left := refold.Account(test, "user_1"); left {
				t.Error("the account did not vanish as this test needs it")
			}
		})
	}
}
