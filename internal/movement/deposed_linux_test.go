// SPDX-License-Identifier: MPL-2.0

//go:build linux

package movement_test

import (
	"fmt"
	"strings"
	"syscall"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// A replacement that creates first and is cut off leaves a deposed object, which the next apply is
// to delete. Its accounts are those of the resource itself.
func TestDeposedObjectOfAnInterruptedReplacement(t *testing.T) {
	t.Parallel()
	ids := ""
	for number := range 12 { // more than max_deletions
		ids += fmt.Sprintf(" customer-%02d", number)
	}
	config := func(trigger, more string) string {
		return fmt.Sprintf("resource \"terraform_data\" \"trigger\" {\n  input = %q\n}\n", trigger) +
			pluralBlock("x", ids, "lifecycle {\n    replace_triggered_by = [terraform_data.trigger]\n    create_before_destroy = true\n  }") + more
	}
	w := startTerraform(t, config("1", ""))
	before := w.accounts()
	// The deposed object waits for what depends on the new one.
	w.write(config("2", singleBlock("y", "a", "depends_on = [refold_linked_accounts.x]")))
	w.refold.Interrupt(t, w.workspace, 0, 1, func(a *acctest.Applying) { a.SignalGroup(syscall.SIGINT) })
	w.write(config("2", ""))
	w.refuses([]string{summary, "12 linked accounts", "deposed object", "terraform state rm ADDRESS"}, "apply", "-auto-approve")
	w.keeps(before)

	w.run("state", "rm", "refold_linked_accounts.x")
	w.run("import", "refold_linked_accounts.x", strings.Join(strings.Fields(ids), ","))
	w.run("apply", "-auto-approve")
	w.keeps(before)
	w.settled()
}
