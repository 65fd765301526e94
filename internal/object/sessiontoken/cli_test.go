// SPDX-License-Identifier: MPL-2.0

package sessiontoken_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// echoing puts what the ephemeral resource gives into a state, to be looked at.
const echoing = `
provider "echo" {
  data = ephemeral.refold_session_token.test
}

resource "echo" "test" {}
`

func session(lines string) string {
	return "ephemeral \"refold_session_token\" \"test\" {\n" + lines + "\n}\n"
}

func providers() map[string]func() (tfprotov6.ProviderServer, error) {
	all := acctest.Providers()
	all["echo"] = echoprovider.NewProviderServer()
	return all
}

func TestOpenByCLI(t *testing.T) {
	t.Parallel()
	server := start(t)
	result := func(name string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("echo.test", tfjsonpath.New("data").AtMapKey(name), check)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: providers(),
		Steps: []resource.TestStep{
			{
				Config:      server.Provider() + session("linked_account_id = \"user_2\"") + echoing,
				ExpectError: regexp.MustCompile(`There is no such linked account`),
			},
			{
				Config:      server.Provider() + session("linked_account_id = \"user_1\"\nrevoke_on_close = true") + echoing,
				ExpectError: regexp.MustCompile(`A shared session token would be revoked`),
			},
			{
				Config: server.Provider() + session("linked_account_id = \"user_1\"\nforce_refresh = true\nrevoke_on_close = true") + echoing,
				ConfigStateChecks: []statecheck.StateCheck{
					result("token", knownvalue.StringRegexp(regexp.MustCompile(`^eyJ.+\..+\..+$`))),
					result("refresh_token", knownvalue.StringRegexp(regexp.MustCompile(`^eyJ`))),
					result("expires_at", knownvalue.StringRegexp(regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`))),
				},
			},
		},
	})
	issued, revoked := 0, server.Count("POST", revokePath)
	for _, request := range server.Requests() {
		if request.Path == tokenPath && request.Status == 200 {
			issued++
		}
	}
	if issued == 0 || issued != revoked {
		t.Errorf("%d tokens were issued, and %d revoked", issued, revoked)
	}
}
