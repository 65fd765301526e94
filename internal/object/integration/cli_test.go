// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
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
	workspace := acctest.NewWorkspace(t, map[string]string{"main.tf": configuration}, "REFOLD_API_KEY="+mockapi.TestKey, "REFOLD_BASE_URL="+server.URL)
	output, err := workspace.Output(t.Context(), "init", "-no-color")
	if !workspace.CLI.CanAct() {
		if err == nil || !strings.Contains(err.Error(), `Blocks of type "action" are not expected here`) {
			t.Errorf("%s: %v\n%s", workspace.CLI, err, output)
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
