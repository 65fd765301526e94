// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// manyAccounts is a configuration of accounts with all that can be written. A
// create whose look at the organization's own app fails leaves the guard against
// deletions strict, so force_destroy lets them go.
func manyAccounts(count int) string {
	return `terraform {
  required_providers {
    refold = { source = "gocobalt/refold" }
  }
}

provider "refold" {
  requests_per_second = 10000
  burst               = 1000
}

resource "refold_linked_account" "test" {
  count             = ` + fmt.Sprint(count) + `
  linked_account_id = "user_${count.index}"
  name              = "Customer ${count.index}"
  udf               = { seats = count.index, plan = "pro" }
  force_destroy     = true
  your_app          = { auth_credentials_wo = { key = "secret ${count.index}" }, auth_credentials_wo_version = 1 }
}
`
}

// workspaceFor is a folder with manyAccounts in which a CLI is ready to apply.
func workspaceFor(t *testing.T, refold *acctest.Refold, count int) *cli.Workspace {
	t.Helper()
	return refold.Workspace(t, map[string]string{"main.tf": manyAccounts(count)})
}

var applyNow = []string{"apply", "-no-color", "-auto-approve"}

// checkAll checks that Refold holds exactly the accounts of manyAccounts.
func checkAll(t *testing.T, refold *acctest.Refold, count int) {
	t.Helper()
	stored := refold.Accounts(test)
	if len(stored) != count {
		t.Errorf("%d accounts are at Refold, want %d", len(stored), count)
	}
	for i := range count {
		id := fmt.Sprintf("user_%d", i)
		at, exists := refold.Account(test, id)
		seats := fmt.Sprint(at.UDFMap()["seats"])
		if !exists || orEmpty(at.Name) != fmt.Sprintf("Customer %d", i) || seats != fmt.Sprint(i) || at.UDFMap()["plan"] != "pro" {
			t.Errorf("%s at Refold: %+v", id, at)
		}
		if got := refold.Credentials(test, id); len(got) != 1 || got["key"] != fmt.Sprintf("secret %d", i) {
			t.Errorf("credentials of %s at Refold: %v", id, got)
		}
	}
}

// What TestChaos shows at the protocol, with a real CLI: applied until it
// succeeds, everything is there once, and destroyed until it succeeds, nothing.
func TestChaosWithCLI(t *testing.T) {
	shortrun.Thorough(t, "TestChaos")
	t.Parallel()
	const count, most = 10, 25
	refold := acctest.StartRefold(t)
	workspace := workspaceFor(t, refold, count)
	if acctest.IsRefused(t, workspace) {
		return
	}
	// Faults that ask for seconds of patience are left to TestChaos.
	quick := []mockapi.Fault{
		mockapi.FaultTruncated, mockapi.FaultHTML, mockapi.FaultContentType, mockapi.FaultMalformed,
		mockapi.FaultRedirect, mockapi.FaultRedirectElsewhere, mockapi.FaultGatewayTimeout,
	}
	refold.Inject(mockapi.Faults{Seed: 3, Rate: 0.2, Kinds: quick, Elsewhere: "http://127.0.0.1:1", Delay: time.Millisecond})
	born := map[string]string{}
	until := func(args ...string) {
		t.Helper()
		for attempt := 1; ; attempt++ {
			output, err := acctest.RunCLI(t.Context(), workspace, args...)
			for _, account := range refold.Accounts(test) {
				if known := born[account.AccountID]; known != "" && known != account.ID {
					t.Errorf("%s was created twice", account.AccountID)
				}
				born[account.AccountID] = account.ID
			}
			if err == nil {
				t.Logf("%s succeeded at attempt %d", args[0], attempt)
				return
			}
			if attempt == most {
				t.Fatalf("%v after %d attempts\n%s", err, attempt, output)
			}
		}
	}
	until(applyNow...)
	if len(born) != count {
		t.Errorf("%d accounts were created, want %d", len(born), count)
	}
	until("plan", "-no-color", "-detailed-exitcode")
	checkAll(t, refold, count)
	until("destroy", "-no-color", "-auto-approve")
	if left := refold.Accounts(test); len(left) > 0 {
		t.Errorf("%d accounts are left", len(left))
	}
	if !slices.ContainsFunc(refold.Requests(), func(r mockapi.Request) bool { return r.Fault != "" }) {
		t.Error("nothing went wrong, so this proves nothing")
	}
}
