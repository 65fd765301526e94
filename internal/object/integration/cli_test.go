// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// References are enough to make an account before its integrations, also anew, and to remove them
// before it. What a plan or an apply refused is made after what was advised.
func TestLifeByCLI(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	integration := func(accountID, slug string) string {
		return fmt.Sprintf(`
resource "refold_integration" "test" {
  linked_account_id = %s
  slug              = %q
  credentials       = { api_key = "k" }
}
`, accountID, slug)
	}
	const account = `
resource "refold_linked_account" "acme" {
  linked_account_id = "acme"
}
`
	both := refold.Provider() + integration("refold_linked_account.acme.linked_account_id", "hubspot") + account
	creating := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
		plancheck.ExpectResourceAction("refold_integration.test", plancheck.ResourceActionCreate),
		plancheck.ExpectResourceAction("refold_linked_account.acme", plancheck.ResourceActionCreate),
	}}
	isConnected := func(*terraform.State) error {
		if acme, _ := refold.Account(test, "acme"); len(acme.Integrations) != 1 {
			return fmt.Errorf("acme has connected %v", acme.Integrations)
		}
		return nil
	}
	acctest.Run(t,
		resource.TestStep{Config: refold.Provider() + integration(`"acme"`, "hubspott"), ExpectError: acctest.Wrapped("There is no such app")},
		resource.TestStep{Config: refold.Provider() + integration(`"acme"`, "hubspot"), ExpectError: acctest.Wrapped("refer to the resource's `linked_account_id`")},
		resource.TestStep{Config: both, ConfigPlanChecks: creating, Check: isConnected},
		resource.TestStep{Config: both, PreConfig: func() { refold.Remove(test, "acme") }, ConfigPlanChecks: creating, Check: isConnected},
		resource.TestStep{Config: both, PlanOnly: true},
		resource.TestStep{Config: both, PreConfig: refold.ResetRequests, Destroy: true},
	)
	if left := refold.Accounts(test); len(left) > 0 || refold.Count(http.MethodDelete, "") != 2 {
		t.Errorf("accounts %v after %v", left, refold.CountByMethod())
	}
	for _, request := range refold.Requests() {
		if request.Status >= http.StatusBadRequest {
			t.Errorf("%s is answered with %d", request, request.Status)
		}
	}
}
