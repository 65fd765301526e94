// SPDX-License-Identifier: MPL-2.0

package registered

import (
	"fmt"
	"slices"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Integration registers an app that is connected by keys.
func (objects) Integration() battery.Object {
	return battery.Object{
		Resources:     []battery.Resource{integrationResource()},
		ListResources: []battery.ListResource{integrationListResource()},
		Known:         []func(*mockapi.Server){createKnownIntegration},
	}
}

// createKnownIntegration makes what examples import.
func createKnownIntegration(refold *mockapi.Server) {
	refold.Connect(test, "initech", integrationByKeys("hubspot", "HubSpot"))
}

func integrationByKeys(slug, name string) mockapi.Integration {
	return mockapi.Integration{Type: slug, Name: name, AuthTypes: []string{"keybased"}}
}

func integrationResource() battery.Resource {
	config := func(version string) battery.Attributes {
		return battery.Attributes{
			"linked_account_id": "acme", "slug": "hubspot",
			"credentials_wo": map[string]any{"api_key": writeOnlySecret}, "credentials_wo_version": version,
		}
	}
	block := func(key string) string {
		return `linked_account_id = "acme"` + "\n" + `slug = "hubspot"` + "\n" + `credentials = { api_key = "` + key + `" }`
	}
	return battery.Resource{
		Type:            "refold_integration",
		Live:            battery.Live{Not: needsApp},
		World:           integrationWorld,
		Config:          config("1"),
		Changed:         config("2"),
		Block:           block("first"),
		ChangedBlock:    block("second"),
		NaturalKey:      true,
		NoDrift:         "Refold never shows keys, and what it shows of a connection is not configured.",
		NotReadBack:     []string{"credentials", "credentials_wo", "credentials_wo_version"},
		UnknownImportID: "nobody/hubspot",
		WriteOnly:       []string{writeOnlySecret},
	}
}

func integrationWorld(t battery.T) battery.World {
	refold, handler := start(t)
	refold.Create(test, mockapi.Account{AccountID: "acme"})
	return battery.World{
		Handler: handler,
		Count: func() int {
			acme, _ := refold.Account(test, "acme")
			return len(acme.Integrations)
		},
		PutIn: func() func() bool {
			refold.Connect(test, "acme", integrationByKeys("hubspot", "HubSpot"))
			return func() bool { return isConnected(refold, "acme", "hubspot") }
		},
		Remove: func() { refold.Disconnect(test, "acme", "hubspot", "keybased") },
		MakeElsewhere: func() {
			refold.Create(mockapi.EnvironmentProduction, mockapi.Account{AccountID: "acme"})
			refold.Connect(mockapi.EnvironmentProduction, "acme", integrationByKeys("hubspot", "HubSpot"))
		},
		ImportID: func() string { return "acme/hubspot" },
	}
}

// isConnected reports whether an account has connected an app, by whatever type.
func isConnected(refold *mockapi.Server, accountID, slug string) bool {
	account, _ := refold.Account(test, accountID)
	return slices.ContainsFunc(account.Integrations, func(one mockapi.Integration) bool { return one.Type == slug })
}

// connectSlack connects an app of the customer's, and returns whether it is still connected.
func connectSlack(refold *mockapi.Server, accountID string) (isThere func() bool) {
	refold.Connect(test, accountID, mockapi.Integration{Type: "slack", Name: "Slack"})
	return func() bool { return isConnected(refold, accountID, "slack") }
}

func integrationListResource() battery.ListResource {
	const accounts = 4
	return battery.ListResource{
		Type: "refold_integration",
		Live: battery.Live{Not: needsApp},
		World: func(t battery.T) battery.World {
			refold, handler := start(t)
			for number := range accounts {
				id := fmt.Sprintf("customer-%d", number)
				refold.Create(test, mockapi.Account{AccountID: id})
				refold.Connect(test, id, integrationByKeys("hubspot", "HubSpot"))
				refold.Connect(test, id, integrationByKeys("zendesk", "Zendesk"))
				refold.Connect(test, id, mockapi.Integration{Type: "slack", Name: "Slack", AuthTypes: []string{"oauth2"}})
			}
			return battery.World{Handler: handler}
		},
		Objects: 2 * accounts,
		// The page of the account, and its apps.
		Requests: 2,
		Filters: []battery.Filter{
			{Arguments: battery.Attributes{"linked_account_id": "customer-2"}, Finds: 2},
			{Arguments: battery.Attributes{"slug": "zendesk"}, Finds: accounts},
			{Arguments: battery.Attributes{"slug": "slack"}, Finds: 0},
			{Arguments: battery.Attributes{"linked_account_id": "customer-2", "slug": "hubspot"}, Finds: 1},
		},
		Invalid: []battery.Attributes{{"linked_account_id": ".."}, {"slug": "custom"}},
	}
}
