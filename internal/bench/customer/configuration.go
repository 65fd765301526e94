// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"fmt"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/bed"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// appNames are the slugs of the apps that each customer has connected.
func appNames() []string { return []string{"crm", "erp", "helpdesk"} }

// workflowOf is the workflow of an app.
func workflowOf(app string) string { return "workflow-of-" + app }

// catalogue is what the organization offers.
func catalogue() []mockapi.App {
	var offered []mockapi.App
	for _, name := range appNames() {
		offered = append(offered, mockapi.App{
			Slug: name, Name: strings.ToUpper(name), AuthType: "keybased",
			Keys:         map[string][]mockapi.KeyField{"keybased": {{Name: "api_key", Required: true, Secret: true}}},
			ConfigFields: []mockapi.ConfigField{{ID: "sync_interval", Type: "number", Default: 60}, {ID: "region"}},
			Workflows:    []mockapi.Workflow{{ID: workflowOf(name), Name: "Sync", Published: true}},
		})
	}
	return offered
}

// definitions are the variables of the organization, those that are encrypted after the plain ones.
func definitions() []mockapi.VariableDefinition {
	return []mockapi.VariableDefinition{
		{ID: "6a1401de41e63efd08fb4e01", Name: "REGION", Scope: mockapi.ScopeLinkedAccount, Format: mockapi.FormatString},
		{ID: "6a1401de41e63efd08fb4e02", Name: "SEATS", Scope: mockapi.ScopeLinkedAccount, Format: mockapi.FormatNumber},
		{ID: "6a1401de41e63efd08fb4e03", Name: "CALLBACK", Scope: mockapi.ScopeLinkedAccount, Format: mockapi.FormatURL},
		{ID: "6a1401de41e63efd08fb4e04", Name: "SECRET", Scope: mockapi.ScopeLinkedAccount, Format: mockapi.FormatString, Encrypted: true},
	}
}

// valueOf is how a value is configured.
func valueOf(definition mockapi.VariableDefinition) string {
	switch {
	case definition.Encrypted:
		return "value_wo               = \"secret of ${each.key}\"\n  value_wo_version       = \"1\""
	case definition.Format == mockapi.FormatNumber:
		return "value                  = 25"
	case definition.Format == mockapi.FormatURL:
		return "value                  = \"https://example.com/${each.key}\""
	}
	return "value                  = \"eu\""
}

// configuration is that of the pages of the resources: references between what belongs to a
// customer, and nothing else to say in which order it comes.
func (s size) configuration() string {
	var text strings.Builder
	text.WriteString(bed.Provider(0, 0))
	fmt.Fprintf(&text, `
locals {
  customers = toset([for number in range(%d) : format("customer-%%03d", number)])
}

resource "refold_linked_account" "customer" {
  for_each = local.customers

  linked_account_id = each.key
  name              = "Customer ${each.key}"
}
`, s.accounts)
	for _, app := range appNames() {
		fmt.Fprintf(&text, `
resource "refold_integration" %[1]q {
  for_each = local.customers

  linked_account_id      = refold_linked_account.customer[each.key].linked_account_id
  slug                   = %[1]q
  credentials_wo         = { api_key = "key of ${each.key}" }
  credentials_wo_version = "1"
}

resource "refold_config" %[1]q {
  for_each = local.customers

  linked_account_id = refold_integration.%[1]s[each.key].linked_account_id
  slug              = refold_integration.%[1]s[each.key].slug
  fields            = { sync_interval = 30, region = "eu" }
  workflows         = { %[2]q = true }
}
`, app, workflowOf(app))
	}
	for _, definition := range definitions() {
		fmt.Fprintf(&text, `
resource "refold_variable_value" %q {
  for_each = local.customers

  variable_definition_id = %q
  linked_account_id      = refold_linked_account.customer[each.key].linked_account_id
  %s
}
`, strings.ToLower(definition.Name), definition.ID, valueOf(definition))
	}
	return text.String()
}
