// SPDX-License-Identifier: MPL-2.0

//go:build unix

package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

func TestPlanShowsDrift(t *testing.T) {
	const change = `{"resource_changes": [{"address": %q, "mode": "managed", "change": {"actions": [%q]}}]}`
	tests := map[string]struct {
		exitCode int
		shown    string
		want     string // in the error; "" means that the step passes
	}{
		"the changed account":  {2, fmt.Sprintf(change, changedAddress, "update"), ""},
		"nothing":              {0, "{}", "the plan is empty"},
		"another account":      {2, fmt.Sprintf(change, "refold_linked_account.in_state", "update"), "refold_linked_account.in_state"},
		"a replacement":        {2, fmt.Sprintf(change, changedAddress, "delete"), "delete"},
		"only an output":       {2, `{"output_changes": {"x": {}}}`, "instead of"},
		"a plan that fails":    {1, "{}", "exit status 1"},
		"an unreadable answer": {2, "Error", "decode the plan"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			fakeCLI(t, fmt.Sprintf(`case $1 in plan) exit %d;; show) echo '%s';; esac`, test.exitCode, test.shown))
			found, err := cli.Find(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var out output
			s := &stage{out: &out, workspace: &cli.Workspace{CLI: found, Folder: t.TempDir()}}
			switch err := planShowsDrift(t.Context(), s); {
			case test.want == "" && err != nil:
				t.Errorf("the step failed: %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}
