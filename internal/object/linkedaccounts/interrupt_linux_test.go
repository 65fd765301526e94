// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"net/http"
	"strings"
	"syscall"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
)

const thousand = `terraform {
  required_providers {
    refold = { source = "gocobalt/refold" }
  }
}

provider "refold" {
  requests_per_second = 10000
  burst               = 1000
}

resource "refold_linked_accounts" "test" {
  accounts = { for i in range(1000) : "user_${i}" => { name = "User ${i}", udf = { seats = tostring(i) } } }
}
`

// An apply that is cut off half-way is finished by the next one: every account
// is there once, and none is lost.
func TestInterruptedApply(t *testing.T) {
	t.Parallel()
	const accounts, through, held = 1000, 500, 10
	for name, interrupt := range map[string]func(*acctest.Applying){
		"SIGINT":                  func(a *acctest.Applying) { a.SignalGroup(syscall.SIGINT) },
		"SIGKILL of the provider": func(a *acctest.Applying) { a.KillProvider() },
		"SIGKILL of the CLI":      func(a *acctest.Applying) { a.SignalCLI(syscall.SIGKILL) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name != "SIGKILL of the provider" {
				shortrun.Thorough(t, "the case \"SIGKILL of the provider\"")
			}
			server := acctest.StartRefold(t)
			workspace := server.Workspace(t, map[string]string{"main.tf": thousand})
			server.Interrupt(t, workspace, through, held, interrupt)
			before := born(server)
			if len(before) < through || len(before) == accounts {
				t.Errorf("%d accounts were created before the interruption", len(before))
			}
			server.ResetRequests()
			output := acctest.MustRunCLI(t, workspace, "apply", "-no-color", "-auto-approve")
			if !strings.Contains(output, "Took over an existing linked account") {
				t.Errorf("nothing had to be taken over:\n%s", output)
			}
			after := born(server)
			if len(after) != accounts {
				t.Errorf("%d accounts are at Refold, want %d", len(after), accounts)
			}
			for id, known := range before {
				if after[id] != known {
					t.Errorf("%s was created anew", id)
				}
			}
			// Fewer where the provider of a killed CLI went on for a moment.
			if puts := server.Count(http.MethodPut, ""); puts > accounts-len(before) {
				t.Errorf("%d PUT for %d accounts that were left", puts, accounts-len(before))
			}
			if deletions := server.Count(http.MethodDelete, ""); deletions > 0 {
				t.Errorf("%d deletions were asked for", deletions)
			}
			acctest.MustRunCLI(t, workspace, "plan", "-no-color", "-detailed-exitcode")
		})
	}
}

// born is Refold's own id of every account.
func born(server *acctest.Refold) map[string]string {
	ids := map[string]string{}
	for _, account := range server.Accounts(test) {
		ids[account.AccountID] = account.ID
	}
	return ids
}
