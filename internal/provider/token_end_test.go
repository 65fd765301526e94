// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// A CLI does not close an ephemeral resource whose consumer failed, so that its token is revoked at
// the end of the provider's process.
func TestTokenEndsAfterAConsumerThatFails(t *testing.T) {
	t.Parallel()
	const path = "/api/v2/public/session-token"
	refold := acctest.StartRefold(t)
	refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "initech"})
	refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "umbrella"})
	workspace := acctest.NewWorkspace(t, map[string]string{"main.tf": strings.Replace(tokenConfiguration, `command = "test`, `command = "false && test`, 1)},
		"REFOLD_API_KEY="+mockapi.TestKey, "REFOLD_BASE_URL="+refold.URL)
	if acctest.IsRefused(t, workspace) {
		return
	}
	acctest.MustRunCLI(t, workspace, "init", "-no-color")
	output, err := acctest.RunCLI(t.Context(), workspace, "apply", "-no-color", "-auto-approve")
	if err == nil || !strings.Contains(output, "local-exec") {
		t.Fatalf("the consumer did not fail: %v\n%s", err, output)
	}
	var fresh, revoked int
	for _, request := range refold.Requests() {
		switch {
		case request.Method != http.MethodPost:
		case request.Path == path && strings.Contains(request.RawQuery, "force_refresh=true"):
			fresh++
		case request.Path == path+"/revoke":
			revoked++
		}
	}
	if fresh != 2 || revoked != fresh {
		t.Errorf("%d tokens of a plan and an apply were to be revoked, and %d were", fresh, revoked)
	}
}
