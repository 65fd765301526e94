// SPDX-License-Identifier: MPL-2.0

package registered

import (
	"encoding/json"
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// LinkedAccount registers all kinds of the linked account.
func (objects) LinkedAccount() battery.Object {
	return battery.Object{
		Resources:     []battery.Resource{linkedAccountResource()},
		DataSources:   []battery.DataSource{linkedAccountDataSource()},
		ListResources: []battery.ListResource{linkedAccountListResource()},
		Known:         []func(*mockapi.Server){createKnownAccounts},
	}
}

func linkedAccountResource() battery.Resource {
	config := func(name, plan, credential string, version string) battery.Attributes {
		return battery.Attributes{
			"linked_account_id": "acme", "name": name, "udf": map[string]any{"plan": plan, "seats": 20, "beta": true},
			"your_app": map[string]any{
				"auth_credentials_wo": map[string]any{"token": credential}, "auth_credentials_wo_version": version,
			},
		}
	}
	return battery.Resource{
		Type:            "refold_linked_account",
		World:           linkedAccountWorld,
		Config:          config("Acme", "pro", writeOnlySecret, "1"),
		Changed:         config("Acme Inc.", "free", writeOnlySecret, "2"),
		Block:           `linked_account_id = "acme"` + "\n" + `name = "Acme"` + "\n" + `udf = { plan = "pro" }`,
		ChangedBlock:    `linked_account_id = "acme"` + "\n" + `name = "Acme Inc."` + "\n" + `udf = { plan = "free", seats = 20 }`,
		NaturalKey:      true,
		NotReadBack:     []string{"your_app"},
		UnknownImportID: "nobody",
		WriteOnly:       []string{writeOnlySecret},
	}
}

func linkedAccountWorld(t battery.T) battery.World {
	refold, handler := start(t)
	return battery.World{
		Handler: handler,
		Count:   func() int { return len(refold.Accounts(test)) },
		Change: func() {
			refold.Change(test, "acme", func(a *mockapi.Account) {
				a.Name = new("Renamed in the dashboard")
				a.SetUDF("extra", "x")
			})
		},
		PutIn:         func() func() bool { return connectSlack(refold, "acme") },
		Remove:        func() { refold.Remove(test, "acme") },
		MakeElsewhere: func() { refold.Create(mockapi.EnvironmentProduction, account("acme", "Acme", "pro")) },
		ImportID:      func() string { return "acme" },
	}
}

func linkedAccountDataSource() battery.DataSource {
	return battery.DataSource{
		Type: "refold_linked_account",
		Live: battery.Live{Accounts: []battery.LiveAccount{liveAccount("acme", "Acme", "pro")}},
		World: func(t battery.T) battery.World {
			refold, handler := start(t)
			refold.Create(test, account("acme", "Acme", "pro"))
			refold.Connect(test, "acme", mockapi.Integration{Type: "slack", Name: "Slack"})
			return battery.World{Handler: handler}
		},
		Config:  battery.Attributes{"linked_account_id": "acme"},
		Shows:   battery.Attributes{"name": "Acme", "environment": test, "organization_id": mockapi.OrganizationID, "udf": map[string]any{"plan": "pro"}},
		Unknown: battery.Attributes{"linked_account_id": "nobody"},
		Invalid: []battery.Attributes{{"linked_account_id": ".."}},
	}
}

func linkedAccountListResource() battery.ListResource {
	const accounts = 150
	return battery.ListResource{
		Type: "refold_linked_account",
		Live: battery.Live{Accounts: []battery.LiveAccount{liveAccount("acme", "Acme", "pro"), liveAccount("globex", "Globex", "free")}},
		World: func(t battery.T) battery.World {
			refold, handler := start(t)
			for number := range accounts {
				refold.Create(test, account(fmt.Sprintf("customer-%03d", number), fmt.Sprintf("Customer %d", number), "pro"))
			}
			refold.Connect(test, "customer-007", mockapi.Integration{Type: "slack", Name: "Slack"})
			return battery.World{Handler: handler}
		},
		Objects: accounts,
		Filters: []battery.Filter{
			{Arguments: battery.Attributes{"search": "Customer 12"}, Finds: 11},
			{Arguments: battery.Attributes{"id_prefix": "customer-00"}, Finds: 10},
			{Arguments: battery.Attributes{"connected_app": "slack"}, Finds: 1},
			{Arguments: battery.Attributes{"search": "nobody"}, Finds: 0},
		},
		Invalid: []battery.Attributes{{"search": ""}, {"env_variable_value": "2"}},
	}
}

func liveAccount(id, name, plan string) battery.LiveAccount {
	return battery.LiveAccount{ID: id, Name: name, UDF: map[string]any{"plan": plan}}
}

func createKnownAccounts(refold *mockapi.Server) {
	initech := account("initech", "Initech", "pro")
	initech.SetUDF("seats", json.Number("20"))
	initech.SetUDF("beta", true)
	umbrella := account("umbrella", "Umbrella Corporation", "free")
	umbrella.SetUDF("seats", json.Number("5"))
	umbrella.SetUDF("beta", false)
	refold.Create(test, initech)
	refold.Create(test, umbrella)
}
