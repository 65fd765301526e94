// SPDX-License-Identifier: MPL-2.0

package dependant_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestMain(m *testing.M) { acctest.Main(m) }

const (
	test = mockapi.EnvironmentTest
	file = "main.tf"
	// customer is an account with an app, its config and a value of a variable, which refer to each
	// other.
	customer = `
terraform {
  required_providers {
    refold = { source = "gocobalt/refold" }
  }
}

provider "refold" {}

resource "refold_linked_account" "acme" {
  linked_account_id = "acme / 1"
  name              = "Acme"
}

resource "refold_integration" "hubspot" {
  linked_account_id = refold_linked_account.acme.linked_account_id
  slug              = "hubspot"
  credentials       = { api_key = "secret" }
}

resource "refold_config" "hubspot" {
  linked_account_id = refold_integration.hubspot.linked_account_id
  slug              = refold_integration.hubspot.slug
  fields            = { sync_interval = 30 }
  workflows         = { "6a313eda6d5528bdcf71eb01" = true }
}

resource "refold_variable_value" "region" {
  linked_account_id      = refold_config.hubspot.linked_account_id
  variable_definition_id = "6a1401de41e63efd08fb3e01"
  value                  = "eu"
}
`
)

// writes are the requests that changed something, by their method and the last word of what they
// were about, in order.
func writes(refold *acctest.Refold) []string {
	var sent []string
	for _, request := range refold.Requests() {
		if request.Method == http.MethodGet {
			continue
		}
		about := "account"
		for _, noun := range []string{"workflows", "config", "integration", "values"} {
			if strings.Contains(request.Path, "/"+noun) {
				about = noun
				break
			}
		}
		sent = append(sent, request.Method+" "+about)
	}
	return sent
}

// References are enough to create and to destroy in the right order, and no request fails.
func TestOrderOfACustomerByCLI(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t, mockapi.WithBehaviour(mockapi.Behaviour{Integration: mockapi.IntegrationBehaviour{ConnectingConfigures: true}}))
	workspace := refold.Workspace(t, map[string]string{file: customer})
	acctest.MustRunCLI(t, workspace, "apply", "-auto-approve", "-no-color")
	acctest.MustRunCLI(t, workspace, "plan", "-detailed-exitcode", "-no-color")
	acctest.MustRunCLI(t, workspace, "destroy", "-auto-approve", "-no-color")
	want := []string{
		"PUT account", "PUT integration", "PUT config", "PATCH workflows", "POST values",
		"DELETE values", "DELETE config", "DELETE integration", "DELETE account",
	}
	if got := writes(refold); !slices.Equal(got, want) {
		t.Errorf("written were %q, want %q", got, want)
	}
	for _, request := range refold.Requests() {
		if request.Method != http.MethodGet && request.Status >= http.StatusBadRequest {
			t.Errorf("%s %s was answered with %d", request.Method, request.Path, request.Status)
		}
	}
}

// What went with an account is not said for each object of it, and does not stand in the way.
func TestVanishedAccountByCLI(t *testing.T) {
	t.Parallel()
	for _, showsCatalogue := range []bool{false, true} {
		behaviour := mockapi.Behaviour{}
		if showsCatalogue {
			behaviour.Application.UnknownAccount = mockapi.UnknownAccountCatalogue
			behaviour.Config.UnknownAccountAsNone = true
		}
		refold := acctest.StartRefold(t, mockapi.WithBehaviour(behaviour))
		workspace := refold.Workspace(t, map[string]string{file: customer})
		acctest.MustRunCLI(t, workspace, "apply", "-auto-approve", "-no-color")
		refold.Remove(test, "acme / 1")
		output := acctest.MustRunCLI(t, workspace, "plan", "-no-color")
		if warnings := strings.Count(output, "Warning:"); warnings != 1 || !strings.Contains(output, "4 to add, 0 to change, 0 to destroy") {
			t.Errorf("%d warnings are given:\n%s", warnings, output)
		}
		output = acctest.MustRunCLI(t, workspace, "destroy", "-auto-approve", "-no-color")
		if !strings.Contains(output, "0 destroyed") {
			t.Errorf("something is destroyed:\n%s", output)
		}
	}
}

// Without references, Terraform deletes what belongs to an account in any order, and at once.
func TestDestroyWithoutReferencesByCLI(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	literal := strings.NewReplacer("refold_integration.hubspot.linked_account_id", `"acme / 1"`, "refold_integration.hubspot.slug", `"hubspot"`).Replace(customer)
	literal = strings.Replace(literal, "  workflows ", "  depends_on        = [refold_linked_account.acme]\n  #", 1)
	workspace := refold.Workspace(t, map[string]string{file: literal})
	acctest.MustRunCLI(t, workspace, "apply", "-auto-approve", "-no-color")
	acctest.MustRunCLI(t, workspace, "destroy", "-auto-approve", "-no-color")
	if accounts := refold.Accounts(test); len(accounts) != 0 {
		t.Errorf("left are %v", accounts)
	}
}

// A config that stays is not lost with the connection of its app, whoever set what it holds.
func TestRemovedIntegrationOfAConfigThatStaysByCLI(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	literal := strings.NewReplacer("refold_integration.hubspot.linked_account_id", "refold_linked_account.acme.linked_account_id", "refold_integration.hubspot.slug", `"hubspot"`).Replace(customer)
	literal = strings.Replace(literal, "  workflows ", "  #", 1)
	workspace := refold.Workspace(t, map[string]string{file: literal})
	acctest.MustRunCLI(t, workspace, "apply", "-auto-approve", "-no-color")
	from, to := strings.Index(literal, `resource "refold_integration"`), strings.Index(literal, `resource "refold_config"`)
	acctest.WriteFile(t, workspace, file, strings.Replace(literal[:from]+literal[to:], "sync_interval = 30", "sync_interval = 45", 1))
	output, err := acctest.RunCLI(t.Context(), workspace, "apply", "-auto-approve", "-no-color")
	if err == nil || !acctest.Wrapped("The app's configurations hold values").MatchString(output) {
		t.Errorf("%v\n%s", err, output)
	}
	config, exists := refold.Config(test, "acme / 1", "hubspot", "acme / 1")
	if !exists || fmt.Sprint(config.Values["sync_interval"]) != "45" {
		t.Errorf("the config exists: %t, %v", exists, config.Values)
	}
}
