// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// changeSituations are about accounts that are updated or deleted.
func changeSituations() []situation {
	return []situation{
		{"The account vanished before the update", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			created, _ := m.create(named("Acme"))
			api.Intercept(beforeWrite(func() { api.Remove(mockapi.EnvironmentTest, "user_1") }))
			return m.update(created, named("Acme Inc."))
		})},
		{"An update that cleared user-defined fields", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.UDF.OmittedClears = true })
			with := named("Acme")
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, attributes{"plan": str("pro")})
			created, _ := m.create(with)
			return m.update(created, named("Acme Inc."))
		})},
		{"An update that lost user-defined fields", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.UDF.OmittedClears = true })
			with := named("Acme")
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, attributes{"plan": str("pro"), "seats": str("20")})
			created, _ := m.create(with)
			api.Intercept(refusingAfter(1))
			return m.update(created, named("Acme Inc."))
		})},
		{"An update of other parts that cannot be read back", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Account.UpsertAnswer = mockapi.AnswerMinimal })
			with := named("Acme")
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, attributes{"plan": str("pro"), "seats": str("20")})
			created, _ := m.create(with)
			api.Intercept(refusingAfter(1))
			return m.update(created, named("Acme Inc."))
		})},
		{"User-defined fields that stay", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.UDF.Merge, b.UDF.Null = true, mockapi.UDFNullIgnored })
			with := named("Acme")
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, attributes{"plan": str("pro")})
			created, _ := m.create(with)
			with["udf"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, attributes{})
			return m.update(created, with)
		})},
		{"The account has connected apps", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).create(named("Acme"))
			api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "hubspot", Name: "Hubspot"})
			return managing(t, api, mockapi.TestKey).destroy(created)
		}},
		{"The account was created in the same run under another address", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			created, _ := m.create(named("Acme"))
			return m.destroy(created)
		})},
		{"The account has the apps of customers and the organization's own", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).create(writeOnly("key"))
			api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "custom", Name: "Acme CRM", AppID: new("6a05d19680458c9a09e79c99")})
			return managing(t, api, mockapi.TestKey).destroy(created)
		}},
		{"An id that is not known before the apply", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			created, _ := m.create(named("Acme"))
			return m.plan(created, attributes{"linked_account_id": tftypes.NewValue(tftypes.String, tftypes.UnknownValue), "name": str("Acme")})
		})},
		{"The key stops working before an update", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).create(named("Acme"))
			return managing(t, api, "tk-regenerated").update(created, named("Acme Inc."))
		}},
		{"The key stops working before a deletion", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).create(named("Acme"))
			return managing(t, api, "tk-regenerated").destroy(created)
		}},
	}
}

// readSituations are about accounts, or data sources, that are read.
func readSituations() []situation {
	huge := answering(200, `{"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"6500a1b2c3d4e5f6a7b8c9d0","environment":"test","account_id":"user_1","udf":{"seats":1e9999999999}}`)
	return []situation{
		{"The account is gone", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			created, _ := m.create(named("Acme"))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			return m.read(created)
		})},
		{"The account was deleted and created anew", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			created, _ := m.create(named("Acme"))
			api.Remove(mockapi.EnvironmentTest, "user_1")
			replaced := stored("Acme")
			replaced.ID = ""
			api.Create(mockapi.EnvironmentTest, replaced)
			return m.read(created)
		})},
		{"An import of nothing", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			_, met := m.ImportByIdentity(accountType, tftypes.NewValue(
				tftypes.Object{AttributeTypes: map[string]tftypes.Type{"linked_account_id": tftypes.String}}, attributes{"linked_account_id": str("user_1")}))
			return met
		})},
		{"An import of an impossible id", onRefold(func(_ *mockapi.Server, m manager) diagnostics {
			_, met := m.Import(accountType, "user_1 ")
			return met
		})},
		{"The key stops working before a read", func(t *testing.T) diagnostics {
			api := newRefold()
			created, _ := managing(t, api, mockapi.TestKey).create(named("Acme"))
			return managing(t, api, "tk-regenerated").read(created)
		}},
		{"A value that Terraform cannot hold", func(t *testing.T) diagnostics {
			created, _ := managing(t, storing(`"udf":[]`), mockapi.TestKey).create(named("Acme"))
			return managing(t, huge, mockapi.TestKey).read(created)
		}},
		{"Data source: no such account", onRefold(func(_ *mockapi.Server, m manager) diagnostics { return m.readData() })},
		{"Data source: no such account, at an old server", onRefold(func(api *mockapi.Server, m manager) diagnostics {
			api.Behave(func(b *mockapi.Behaviour) { b.Account.ShortNotFound = true })
			return m.readData()
		})},
		{"Data source: the key is refused", func(t *testing.T) diagnostics { return managing(t, newRefold(), "tk-regenerated").readData() }},
		{"Data source: a value that Terraform cannot hold", func(t *testing.T) diagnostics { return managing(t, huge, mockapi.TestKey).readData() }},
	}
}
