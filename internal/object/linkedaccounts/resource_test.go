// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const address = "refold_linked_accounts.test"

// block is a resource with these accounts, and further lines.
func block(accounts string, lines ...string) string {
	return fmt.Sprintf("resource \"refold_linked_accounts\" \"test\" {\n  accounts = %s\n  %s\n}\n", accounts, strings.Join(lines, "\n  "))
}

// applying applies a configuration and expects so many requests besides reads.
func applying(server *acctest.Refold, config string, puts, deletions int) resource.TestStep {
	return resource.TestStep{
		PreConfig: server.ResetRequests,
		Config:    server.Provider() + config,
		Check: func(*terraform.State) error {
			if got := server.CountByMethod(); got["PUT"] != puts || got["DELETE"] != deletions {
				return fmt.Errorf("requests: %v, want %d PUT and %d DELETE", got, puts, deletions)
			}
			return nil
		},
	}
}

// After every step, terraform-plugin-testing checks that the plan is empty.
func TestLifecycle(t *testing.T) {
	t.Parallel()
	server := acctest.StartRefold(t)
	created := applying(server, block(`{
    acme    = { name = "Acme", udf = { plan = "pro" } }
    globex  = { name = "Globex", udf = {} }
    initech = { name = null, udf = null }
  }`), 3, 0)
	created.ConfigStateChecks = []statecheck.StateCheck{
		statecheck.ExpectKnownValue(address, tfjsonpath.New("environment"), knownvalue.StringExact("test")),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("organization_id"), knownvalue.StringExact(mockapi.OrganizationID)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("max_deletions"), knownvalue.Int64Exact(10)),
	}
	refused := resource.TestStep{
		Config:      server.Provider() + block(`{}`, "max_deletions = 1"),
		ExpectError: regexp.MustCompile(`2 of 2 linked accounts would be deleted`),
	}
	acctest.Run(t,
		created,
		applying(server, block(`{
    acme    = { name = "Acme", udf = { plan = "free" } }
    globex  = { name = "Globex", udf = {} }
    umbrella = { name = "Umbrella", udf = { plan = "pro" } }
  }`), 2, 1),
		applying(server, block(`{
    acme    = { name = "Acme", udf = { plan = "free" } }
    globex  = { name = "Globex", udf = {} }
  }`), 0, 1),
		refused,
		applying(server, block(`{}`), 0, 2),
		applying(server, block(`{ acme = { name = "Acme", udf = null } }`), 1, 0),
	)
	if left := server.Accounts(test); len(left) > 0 {
		t.Errorf("%d accounts are left after destroy", len(left))
	}
}

// TestCSVThatWasCutOff: nine tenths of the customers are missing from it.
func TestCSVThatWasCutOff(t *testing.T) {
	t.Parallel()
	server := acctest.StartRefold(t)
	config := func(lines int) string {
		return fmt.Sprintf(`locals {
  csv = join("\n", concat(["linked_account_id,name,plan"], [for i in range(%d) : "user_${i},User ${i},pro"]))
}
`, lines) + block("provider::refold::parse_accounts_csv(local.csv)")
	}
	if !acctest.Run(t,
		applying(server, config(300), 300, 0),
		resource.TestStep{
			Config:      server.Provider() + config(30),
			ExpectError: regexp.MustCompile(`270 of 300 linked accounts would be deleted`),
		},
		// So that the test can end.
		applying(server, config(300)+"", 0, 0),
		applying(server, strings.Replace(config(300), "accounts =", "max_deletions = 300\n  accounts =", 1), 0, 0),
	) {
		return
	}
	if deletions := server.Count(http.MethodDelete, ""); deletions != 300 {
		t.Errorf("%d deletions, want those of the destroy at the end", deletions)
	}
}
