// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// Every resource and data source can be mocked in `terraform test`. Terraform itself mocks no
// ephemeral resources.
func TestMockProvider(t *testing.T) {
	t.Parallel()
	workspace, refold := exampleWorkspace(t, "provider")
	acctest.WriteFile(t, workspace, "objects.tf", `
resource "refold_linked_account" "one" {
  linked_account_id = "one"
  name              = "One"
  udf               = { plan = "pro", seats = 20, beta = true }
}

resource "refold_linked_accounts" "many" {
  accounts = { for number in range(20) : "customer-${number}" => { name = null, udf = { plan = "pro" } } }
}

data "refold_linked_account" "one" {
  linked_account_id = refold_linked_account.one.linked_account_id
}

data "refold_linked_accounts" "all" {}

output "plan" {
  value = refold_linked_account.one.udf.plan
}
`)
	acctest.WriteFile(t, workspace, "mock.tftest.hcl", `
mock_provider "refold" {}

run "plan" {
  command = plan

  assert {
    condition     = output.plan == "pro"
    error_message = "The fields are not planned."
  }
}

run "apply" {
  assert {
    condition     = length(refold_linked_accounts.many.accounts) == 20 && refold_linked_account.one.id != ""
    error_message = "The accounts are not made."
  }
}
`)
	succeed(t, workspace, "init", "-no-color")
	if !passes(t, workspace, "mock.tftest.hcl") {
		return
	}
	if sent := len(refold.Requests()); sent != 0 {
		t.Errorf("%d requests were sent", sent)
	}
}
