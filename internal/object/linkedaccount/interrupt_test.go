// SPDX-License-Identifier: MPL-2.0

//go:build linux

package linkedaccount_test

import (
	"net/http"
	"strings"
	"syscall"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
)

// An apply that is cut off in the middle, in whatever way, is finished by the
// next one: every account is there once, none had to be imported by hand.
func TestInterruptedApply(t *testing.T) {
	t.Parallel()
	const count, through, held = 30, 12, 5
	for name, interrupt := range map[string]func(*acctest.Applying){
		"SIGINT": func(a *acctest.Applying) { a.SignalGroup(syscall.SIGINT) },
		"SIGINT twice": func(a *acctest.Applying) {
			a.SignalGroup(syscall.SIGINT)
			a.Output.Await("Interrupt received", a.Ended)
			a.SignalGroup(syscall.SIGINT)
		},
		"SIGKILL of the provider": func(a *acctest.Applying) { a.KillProvider() },
		"SIGKILL of the CLI":      func(a *acctest.Applying) { a.SignalCLI(syscall.SIGKILL) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name != "SIGKILL of the CLI" {
				shortrun.Thorough(t, "the case \"SIGKILL of the CLI\"")
			}
			refold := acctest.StartRefold(t)
			workspace := workspaceFor(t, refold, count)
			if acctest.IsRefused(t, workspace) {
				return
			}
			apply := refold.Interrupt(t, workspace, through, held, interrupt)
			before := map[string]string{}
			for _, account := range refold.Accounts(test) {
				before[account.AccountID] = account.ID
			}
			if len(before) == 0 || len(before) == count {
				t.Errorf("%d accounts were created before the interruption, which proves nothing", len(before))
			}
			output, err := acctest.RunCLI(t.Context(), workspace, applyNow...)
			if err != nil {
				t.Fatalf("the next apply: %v\n%s\nthe interrupted one:\n%s", err, output, apply.Output)
			}
			if !strings.Contains(output, "Took over an existing linked account") {
				t.Errorf("no account had to be taken over, which proves nothing:\n%s", output)
			}
			acctest.MustRunCLI(t, workspace, "plan", "-no-color", "-detailed-exitcode")
			checkAll(t, refold, count)
			for _, account := range refold.Accounts(test) {
				if known := before[account.AccountID]; known != "" && known != account.ID {
					t.Errorf("%s was created anew", account.AccountID)
				}
			}
			if deletions := refold.Count(http.MethodDelete, ""); deletions > 0 {
				t.Errorf("%d deletions were asked for", deletions)
			}
		})
	}
}
