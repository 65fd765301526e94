// SPDX-License-Identifier: MPL-2.0

package registered

import (
	"encoding/json"
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Config registers all kinds of the config.
func (objects) Config() battery.Object {
	return battery.Object{
		Resources:     []battery.Resource{configResource()},
		DataSources:   []battery.DataSource{configDataSource()},
		ListResources: []battery.ListResource{configListResource()},
		Known:         []func(*mockapi.Server){createKnownConfig},
	}
}

// createKnownConfig makes what examples import.
func createKnownConfig(refold *mockapi.Server) {
	refold.SetConfig(test, "initech", mockapi.Config{Slug: "hubspot", Values: map[string]any{"sync_interval": json.Number("30")}})
}

// hubspotWorkflow is one that the mock's HubSpot has.
const hubspotWorkflow = "6a313eda6d5528bdcf71eb01"

func configResource() battery.Resource {
	attributes := func(fields map[string]any, enabled bool) battery.Attributes {
		return battery.Attributes{
			"linked_account_id": "acme", "slug": "hubspot", "fields": fields, "workflows": map[string]any{hubspotWorkflow: enabled},
		}
	}
	block := func(interval int) string {
		return fmt.Sprintf("linked_account_id = \"acme\"\nslug = \"hubspot\"\nfields = { sync_interval = %d, owner_email = \"jo@acme.example\" }", interval)
	}
	return battery.Resource{
		Type:         "refold_config",
		Live:         battery.Live{Not: needsApp},
		World:        configWorld,
		Config:       attributes(map[string]any{"sync_interval": 30, "owner_email": "jo@acme.example", "lifecycle_stages": []any{"lead", "customer"}}, true),
		Changed:      attributes(map[string]any{"sync_interval": 45, "lifecycle_stages": []any{}}, false),
		Block:        block(30),
		ChangedBlock: block(45),
		NaturalKey:   true,
		InSteps:      true,
		RepeatedUnseen: map[string]string{
			"POST /config":                        "A config that is there is returned as it is, and compared (FACTS 2.7).",
			"PATCH /workflows/" + hubspotWorkflow: "A workflow is either as it is to be or as it was before.",
		},
		UnknownImportID: "nobody/hubspot",
	}
}

func configWorld(t battery.T) battery.World {
	refold, handler := start(t)
	for _, environment := range []string{test, mockapi.EnvironmentProduction} {
		refold.Create(environment, mockapi.Account{AccountID: "acme"})
		refold.Connect(environment, "acme", integrationByKeys("hubspot", "HubSpot"))
	}
	set := func(field string, value any) {
		config, _ := refold.Config(test, "acme", "hubspot", "acme")
		config.Values[field] = value
		refold.SetConfig(test, "acme", config)
	}
	has := func(field string, value any) bool {
		config, _ := refold.Config(test, "acme", "hubspot", "acme")
		return config.Values[field] == value
	}
	return battery.World{
		Handler: handler,
		Count:   func() int { return len(refold.Configs(test, "acme")) },
		Change:  func() { set("sync_interval", json.Number("99")) },
		PutIn: func() func() bool {
			set("owner_email", "chosen@acme.example")
			return func() bool { return has("owner_email", "chosen@acme.example") }
		},
		Remove: func() { refold.RemoveConfig(test, "acme", "hubspot", "acme") },
		MakeElsewhere: func() {
			refold.SetConfig(mockapi.EnvironmentProduction, "acme", mockapi.Config{Slug: "hubspot"})
		},
		ImportID: func() string { return "acme/hubspot" },
	}
}

func configDataSource() battery.DataSource {
	return battery.DataSource{
		Type: "refold_config",
		Live: battery.Live{Not: needsApp},
		World: func(t battery.T) battery.World {
			refold, handler := start(t)
			refold.Create(test, mockapi.Account{AccountID: "acme"})
			refold.SetConfig(test, "acme", mockapi.Config{Slug: "hubspot", ConfigID: "emea", Errors: []string{"Something is wrong."}})
			return battery.World{Handler: handler}
		},
		Config:  battery.Attributes{"linked_account_id": "acme", "slug": "hubspot", "config_id": "emea"},
		Shows:   battery.Attributes{"config_id": "emea", "field_errors": []any{"Something is wrong."}},
		Unknown: battery.Attributes{"linked_account_id": "acme", "slug": "hubspot"},
		Invalid: []battery.Attributes{
			{"linked_account_id": "kündin", "slug": "hubspot"}, {"linked_account_id": "acme", "slug": ".."}, {"linked_account_id": "acme", "slug": "hubspot", "config_id": ""},
		},
	}
}

func configListResource() battery.ListResource {
	const accounts = 30
	return battery.ListResource{
		Type: "refold_config",
		Live: battery.Live{Not: needsApp},
		World: func(t battery.T) battery.World {
			refold, handler := start(t)
			for number := range accounts {
				id := fmt.Sprintf("customer-%02d", number)
				refold.Create(test, account(id, fmt.Sprintf("Customer %d", number), "pro"))
				refold.Connect(test, id, integrationByKeys("hubspot", "HubSpot"))
				refold.SetConfig(test, id, mockapi.Config{
					Slug: "hubspot", Values: map[string]any{"sync_interval": json.Number("30"), "lifecycle_stages": []any{"lead", "customer"}, "field_mapping": map[string]any{"a": nil}},
					Enabled: map[string]bool{hubspotWorkflow: number%2 == 0},
				})
			}
			refold.Connect(test, "customer-07", integrationByKeys("zendesk", "Zendesk"))
			refold.SetConfig(test, "customer-07", mockapi.Config{Slug: "zendesk", ConfigID: "emea"})
			return battery.World{Handler: handler}
		},
		Objects: accounts + 1,
		// The page of the account, the ids of its configs, and the config.
		Requests: 3,
		Filters: []battery.Filter{
			{Arguments: battery.Attributes{"linked_account_id": "customer-07"}, Finds: 2},
			{Arguments: battery.Attributes{"slug": "zendesk"}, Finds: 1},
			{Arguments: battery.Attributes{"slug": "hubspot"}, Finds: accounts},
			{Arguments: battery.Attributes{"linked_account_id": "customer-08", "slug": "zendesk"}, Finds: 0},
			{Arguments: battery.Attributes{"slug": "nothing"}, Finds: 0},
		},
		Invalid: []battery.Attributes{{"linked_account_id": "kündin"}, {"slug": ".."}, {"slug": ""}},
	}
}
