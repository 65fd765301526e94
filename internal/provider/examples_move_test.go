// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// Accounts move from single resources into the plural one and one of them back, as the guide about
// thousands of accounts shows it. Nothing is written to Refold, let alone deleted.
func TestMoveExamples(t *testing.T) {
	t.Parallel()
	workspace, refold := exampleWorkspace(t, "guides/existing-organization")
	if acctest.IsRefused(t, workspace) {
		return
	}
	succeed(t, workspace, "init", "-no-color")
	succeed(t, workspace, "apply", "-no-color", "-auto-approve")
	wantState(t, workspace, `refold_linked_account.customer["initech"]`, `refold_linked_account.customer["umbrella"]`)

	if !move(t, workspace, refold, "guides/single-to-plural") {
		return
	}
	wantState(t, workspace, "refold_linked_accounts.customers")

	move(t, workspace, refold, "guides/plural-to-single")
	wantState(t, workspace, "refold_linked_account.initech", "refold_linked_accounts.others")
}

// move applies an example to what another has left, and is false of a CLI that does not know all of
// it.
func move(t *testing.T, workspace *cli.Workspace, refold *acctest.Refold, folder string) bool {
	t.Helper()
	refold.ResetRequests()
	acctest.WriteFile(t, workspace, "main.tf", read(t, filepath.Join(examples, folder, "main.tf")))
	if acctest.IsRefused(t, workspace) {
		return false
	}
	if output := succeed(t, workspace, "apply", "-no-color", "-auto-approve"); !strings.Contains(output, " imported, 0 added, 0 changed, 0 destroyed") {
		t.Errorf("%s does more than move:\n%s", folder, output)
	}
	succeed(t, workspace, "plan", "-no-color", "-detailed-exitcode")
	wantOnlyReads(t, refold)
	return true
}

func wantState(t *testing.T, workspace *cli.Workspace, want ...string) {
	t.Helper()
	if got := strings.Fields(succeed(t, workspace, "state", "list")); !slices.Equal(got, want) {
		t.Errorf("in the state: %q, not %q", got, want)
	}
}
