// SPDX-License-Identifier: MPL-2.0

package registered

import (
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// manyAccounts are more than begin before a stop, and not more than may be deleted by default.
const manyAccounts = 10

func customer(number int) string { return fmt.Sprintf("customer-%02d", number) }

// LinkedAccounts registers all kinds of many linked accounts.
func (objects) LinkedAccounts() battery.Object {
	return battery.Object{
		Resources:   []battery.Resource{linkedAccountsResource()},
		DataSources: []battery.DataSource{linkedAccountsDataSource()},
		Functions:   []battery.Function{parseAccountsCSVFunction()},
	}
}

func linkedAccountsResource() battery.Resource {
	config := func(plan string, version string) battery.Attributes {
		accounts, credentials := map[string]any{}, map[string]any{}
		for number := range manyAccounts {
			accounts[customer(number)] = map[string]any{"name": "Customer", "udf": map[string]any{"plan": plan}}
		}
		credentials[customer(0)] = map[string]any{"token": writeOnlySecret}
		return battery.Attributes{
			"accounts":            accounts,
			"auth_credentials_wo": credentials, "auth_credentials_wo_version": version,
		}
	}
	block := func(plan string) string {
		return fmt.Sprintf("accounts = { for i in range(%d) : format(\"customer-%%02d\", i) => { name = \"Customer\", udf = { plan = %q } } }", manyAccounts, plan)
	}
	return battery.Resource{
		Type:            "refold_linked_accounts",
		World:           linkedAccountsWorld,
		Config:          config("pro", "1"),
		Changed:         config("free", "2"),
		Block:           block("pro"),
		ChangedBlock:    block("free"),
		NaturalKey:      true,
		Objects:         manyAccounts,
		NotReadBack:     []string{"auth_credentials_wo", "auth_credentials_wo_version"},
		UnknownImportID: "nobody",
		WriteOnly:       []string{writeOnlySecret},
	}
}

func linkedAccountsWorld(t battery.T) battery.World {
	refold, handler := start(t)
	return battery.World{
		Handler: handler,
		Count:   func() int { return len(refold.Accounts(test)) },
		Change: func() {
			refold.Change(test, customer(7), func(a *mockapi.Account) { a.SetUDF("plan", "changed in the dashboard") })
		},
		PutIn: func() func() bool { return connectSlack(refold, customer(7)) },
		Remove: func() {
			for number := range manyAccounts {
				refold.Remove(test, customer(number))
			}
		},
		MakeElsewhere: func() {
			for number := range manyAccounts {
				refold.Create(mockapi.EnvironmentProduction, account(customer(number), "Customer", "pro"))
			}
		},
		ImportID: func() string { return "*" },
	}
}

func linkedAccountsDataSource() battery.DataSource {
	return battery.DataSource{
		Type: "refold_linked_accounts",
		Live: battery.Live{Accounts: []battery.LiveAccount{liveAccount("globex", "Globex", "free"), liveAccount("acme", "Acme", "pro")}},
		World: func(t battery.T) battery.World {
			refold, handler := start(t)
			refold.Create(test, account("globex", "Globex", "free"))
			refold.Create(test, account("acme", "Acme", "pro"))
			refold.Create(test, account("initech", "Initech", "pro"))
			return battery.World{Handler: handler}
		},
		Config:       battery.Attributes{"id_prefix": "a"},
		Shows:        battery.Attributes{"ids": []any{"acme"}},
		Unknown:      battery.Attributes{"id_prefix": "nobody"},
		ShowsNothing: battery.Attributes{"ids": []any{}, "linked_accounts": []any{}},
		Invalid:      []battery.Attributes{{"connected_app": ""}, {"env_variable_value": "2"}},
	}
}

func parseAccountsCSVFunction() battery.Function {
	return battery.Function{
		Name: "parse_accounts_csv",
		Calls: []battery.Call{
			{Arguments: []any{"linked_account_id,name,plan\nacme,\"Acme, Inc.\",${pro}\nglobex,,\n"}, Result: map[string]any{
				"acme":   map[string]any{"name": "Acme, Inc.", "udf": map[string]any{"plan": "${pro}"}},
				"globex": map[string]any{"name": nil, "udf": map[string]any{}},
			}},
			{Arguments: []any{"linked_account_id\nacme\n"}, Result: map[string]any{"acme": map[string]any{"name": nil, "udf": nil}}},
			{Arguments: []any{"linked_account_id,name,plan\n"}, Result: map[string]any{}},
			{Arguments: []any{"linked_account_id;name\r\nacme;Acme,\r\n"}, Result: map[string]any{"acme": map[string]any{"name": "Acme,", "udf": nil}}},
		},
		Refused: []battery.RefusedCall{
			{Arguments: []any{""}, Text: "there is no header"},
			{Arguments: []any{"linked_account_id\nacme\nacme\n"}, Text: `line 3: linked_account_id "acme" stands on line 2 already`},
		},
	}
}
