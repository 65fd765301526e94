// SPDX-License-Identifier: MPL-2.0

package registered

import (
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Application registers the data sources about apps.
func (objects) Application() battery.Object {
	return battery.Object{
		DataSources: []battery.DataSource{applicationDataSource(), applicationsDataSource()},
	}
}

func applicationDataSource() battery.DataSource {
	return battery.DataSource{
		Type:    "refold_application",
		Live:    battery.Live{Not: needsApp},
		World:   oneConnectedAccount,
		Config:  battery.Attributes{"linked_account_id": "acme", "slug": "hubspot"},
		Shows:   battery.Attributes{"type": "hubspot", "app_id": nil, "connected": true, "reauth_required": false},
		Unknown: battery.Attributes{"slug": "nothing"},
		Invalid: []battery.Attributes{{"slug": "custom"}, {"slug": "hubspot", "linked_account_id": ".."}},
	}
}

func applicationsDataSource() battery.DataSource {
	return battery.DataSource{
		Type:         "refold_applications",
		Live:         battery.Live{Not: needsApp},
		World:        oneConnectedAccount,
		Config:       battery.Attributes{"linked_account_id": "acme", "connected": true},
		Shows:        battery.Attributes{"slugs": []any{"hubspot"}},
		Unknown:      battery.Attributes{"tags": []any{"nothing"}},
		ShowsNothing: battery.Attributes{"slugs": []any{}, "applications": []any{}},
		Invalid:      []battery.Attributes{{"auth_type": ""}, {"connected": true}, {"tags": []any{""}}},
	}
}

// oneConnectedAccount is a Refold with the account acme, which has connected HubSpot.
func oneConnectedAccount(t battery.T) battery.World {
	refold, handler := start(t)
	refold.Create(test, mockapi.Account{AccountID: "acme"})
	refold.Connect(test, "acme", mockapi.Integration{Type: "hubspot", Name: "HubSpot", AuthTypes: []string{"oauth2"}})
	return battery.World{Handler: handler}
}
