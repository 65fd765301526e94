// SPDX-License-Identifier: MPL-2.0

package linkedaccount_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const dataAddress = "data.refold_linked_account.test"

func dataSource(id string) string {
	return "data \"refold_linked_account\" \"test\" {\n  linked_account_id = \"" + id + "\"\n}\n"
}

func TestDataSource(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	known := existing
	known.UDF = []mockapi.UDFEntry{{Key: "plan", Value: "pro"}, {Key: "beta", Value: true}}
	refold.Create(test, known)
	refold.Connect(test, "user_1", mockapi.Integration{Type: "hubspot", Name: "Hubspot", Icon: "https://example.com/hubspot.png", ReauthRequired: true})
	refold.Connect(test, "user_1", mockapi.Integration{Type: "custom", Name: "Acme CRM", AppID: new("6a05d19680458c9a09e79c99")})
	value := func(name string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(dataAddress, tfjsonpath.New(name), check)
	}
	acctest.Run(t, resource.TestStep{
		Config: refold.Provider() + dataSource("user_1"),
		ConfigStateChecks: []statecheck.StateCheck{
			value("id", knownvalue.StringRegexp(objectID)),
			value("name", knownvalue.StringExact("Acme")),
			value("environment", knownvalue.StringExact("test")),
			value("organization_id", knownvalue.StringExact(mockapi.OrganizationID)),
			value("created_at", knownvalue.StringRegexp(timestamp)),
			value("updated_at", knownvalue.StringRegexp(timestamp)),
			value("udf", knownvalue.ObjectExact(map[string]knownvalue.Check{"plan": knownvalue.StringExact("pro"), "beta": knownvalue.Bool(true)})),
			value("integrations", knownvalue.ListPartial(map[int]knownvalue.Check{
				0: knownvalue.ObjectPartial(map[string]knownvalue.Check{
					"type": knownvalue.StringExact("hubspot"), "name": knownvalue.StringExact("Hubspot"), "app_id": knownvalue.Null(),
				}),
				1: knownvalue.ObjectPartial(map[string]knownvalue.Check{
					"type": knownvalue.StringExact("custom"), "app_id": knownvalue.StringExact("6a05d19680458c9a09e79c99"),
				}),
			})),
		},
	})
}

// Absent, null and empty are the same for what an account does not have.
func TestDataSourceOfBareAccount(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*mockapi.Behaviour){
		"absent": func(b *mockapi.Behaviour) { b.Document.NoIntegrations = mockapi.NoIntegrationsAbsent },
		"null": func(b *mockapi.Behaviour) {
			b.Document.NoIntegrations, b.Document.UnsetName = mockapi.NoIntegrationsNull, mockapi.UnsetNameNull
		},
		"empty": func(b *mockapi.Behaviour) { b.Document.UnsetName = mockapi.UnsetNameEmpty },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refold := acctest.StartRefold(t, behaving(change))
			refold.Create(test, mockapi.Account{AccountID: "user_1"})
			acctest.Run(t, resource.TestStep{
				Config: refold.Provider() + dataSource("user_1"),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(dataAddress, tfjsonpath.New("name"), knownvalue.Null()),
					statecheck.ExpectKnownValue(dataAddress, tfjsonpath.New("udf"), knownvalue.ObjectExact(nil)),
					statecheck.ExpectKnownValue(dataAddress, tfjsonpath.New("integrations"), knownvalue.ListSizeExact(0)),
				},
			})
		})
	}
}

func TestDataSourceOfOddIDs(t *testing.T) {
	t.Parallel()
	refold := acctest.StartRefold(t)
	for _, id := range oddIDs {
		refold.Create(test, mockapi.Account{AccountID: id, Name: new("named " + id)})
	}
	acctest.Run(t, resource.TestStep{
		Config: refold.Provider() + fmt.Sprintf(`
locals {
  ids = [for id in %s : base64decode(id)]
}

data "refold_linked_account" "odd" {
  count             = length(local.ids)
  linked_account_id = local.ids[count.index]
}

output "wrong" {
  value = [for account in data.refold_linked_account.odd : account.name if account.name != "named ${account.linked_account_id}"]
}

output "count" {
  value = length(data.refold_linked_account.odd)
}
`, encodedIDs()),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownOutputValue("wrong", knownvalue.TupleSizeExact(0)),
			statecheck.ExpectKnownOutputValue("count", knownvalue.Int64Exact(int64(len(oddIDs)))),
		},
	})
}
