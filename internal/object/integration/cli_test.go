// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const configuration = `
terraform {
  required_providers {
    refold = { source = "gocobalt/refold" }
  }
}

action "refold_disconnect_integration" "slack" {
  config {
    linked_account_id = "user_1"
    slug              = "slack"
  }
}
`

// A CLI that knows actions invokes it; another one says what it does not know.
func TestInvokeByCLI(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.Behaviour{})
	found, err := cli.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	source := t.TempDir()
	if err := os.WriteFile(filepath.Join(source, "main.tf"), []byte(configuration), 0o600); err != nil {
		t.Fatal(err)
	}
	workspace, err := cli.NewWorkspace(t.Context(), found, source, "REFOLD_API_KEY="+mockapi.TestKey, "REFOLD_BASE_URL="+server.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := workspace.Close(); err != nil {
			t.Error(err)
		}
	})
	output, err := workspace.Output(t.Context(), "init", "-no-color")
	if !found.CanAct() {
		if err == nil || !strings.Contains(err.Error(), `Blocks of type "action" are not expected here`) {
			t.Errorf("%s: %v\n%s", found, err, output)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	output, err = workspace.Output(t.Context(), "apply", "-no-color", "-auto-approve", "-invoke=action.refold_disconnect_integration.slack")
	if err != nil || !strings.Contains(output, `Removing app "slack"`) {
		t.Errorf("%v\n%s", err, output)
	}
	if left := connected(server); strings.Contains(left, "Slack") {
		t.Errorf("left %s", left)
	}
}
