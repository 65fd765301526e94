// SPDX-License-Identifier: MPL-2.0

package registered

import (
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Workflow registers the data source about workflows.
func (objects) Workflow() battery.Object {
	return battery.Object{
		DataSources: []battery.DataSource{workflowsDataSource()},
	}
}

func workflowsDataSource() battery.DataSource {
	return battery.DataSource{
		Type: "refold_workflows",
		Live: battery.Live{Not: needsApp},
		World: func(t battery.T) battery.World {
			refold, handler := start(t)
			refold.SetApps(test, mockapi.App{Slug: "hubspot", Name: "HubSpot", AuthType: "oauth2", Workflows: []mockapi.Workflow{
				{ID: "6a313eda6d5528bdcf71eb01", Name: "Sync contacts", Slug: "hubspot", Published: true},
				{ID: "6a313eda6d5528bdcf71eb02", Name: "Sync deals", Slug: "hubspot", Published: true},
			}})
			refold.Create(test, mockapi.Account{AccountID: "acme"})
			refold.SetConfig(test, "acme", mockapi.Config{Slug: "hubspot", ConfigID: "acme", Enabled: map[string]bool{"6a313eda6d5528bdcf71eb02": true}})
			return battery.World{Handler: handler}
		},
		Config: battery.Attributes{"linked_account_id": "acme", "enabled": true},
		Shows: battery.Attributes{"workflows": []any{map[string]any{
			"id": "6a313eda6d5528bdcf71eb02", "name": "Sync deals", "slug": "hubspot", "published": true, "enabled": true,
		}}},
		Unknown:      battery.Attributes{"linked_account_id": "acme", "slug": "slack"},
		ShowsNothing: battery.Attributes{"workflows": []any{}},
		Invalid:      []battery.Attributes{{"linked_account_id": "kündin"}, {"linked_account_id": "acme", "slug": ""}},
	}
}
