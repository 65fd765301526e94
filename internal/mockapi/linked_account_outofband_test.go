// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestCreateBehindTheClientsBack(t *testing.T) {
	api := mockapi.New(mockapi.WithClock(fixedClock))
	created := api.Create("production", mockapi.Account{
		AccountID: "x", UDF: []mockapi.UDFEntry{{Key: "seats", Value: 20}, {Key: "big", Value: json.Number("12345678901234567890")}},
	})
	equal(t, "environment", created.Environment, "production")
	equal(t, "organization", created.OrganizationID, mockapi.OrganizationID)
	equal(t, "udf", created.UDFMap(), object{"seats": json.Number("20"), "big": json.Number("12345678901234567890")})
	for what, id := range map[string]string{"account": created.ID, "udf entry": created.UDF[0].ID} {
		if len(id) != 24 || strings.Trim(id, "0123456789abcdef") != "" {
			t.Errorf("the %s has the id %q", what, id)
		}
	}
	equal(t, "time", created.CreatedAt, fixedClock().Truncate(time.Millisecond))
	stored, _ := api.Account("production", "x")
	equal(t, "stored", stored, created)
	equal(t, "requests", api.Count("", ""), 0)
}

func TestChangeBehindTheClientsBack(t *testing.T) {
	c := start(t, mockapi.Behaviour{ReadLag: 3})
	c.upsert(`{"linked_account_id":"x","name":"old","udf":{"a":1,"b":2}}`).ok()
	before := c.account("x")
	c.api.Change("test", "x", func(a *mockapi.Account) {
		a.Name = new("new")
		a.SetUDF("a", "one")
		a.RemoveUDF("b")
		a.RemoveUDF("absent")
		a.SetUDF("c", true)
	})
	answer := c.get("x").ok()
	answer.has("name", "new")
	equal(t, "udf", answer.udf(), object{"a": "one", "c": true})
	after := c.account("x")
	if !after.UpdatedAt.After(before.UpdatedAt) || after.Version != before.Version+1 {
		t.Errorf("updatedAt %v -> %v, version %d -> %d", before.UpdatedAt, after.UpdatedAt, before.Version, after.Version)
	}
}

func TestAccountsAreCopies(t *testing.T) {
	api := mockapi.New()
	api.Create("test", mockapi.Account{
		AccountID: "x", Name: new("n"), UDF: []mockapi.UDFEntry{{Key: "a", Value: object{"k": "v"}}},
		Integrations: []mockapi.Integration{{Type: "custom", AppID: new("id"), AuthTypes: []string{"oauth2"}}},
		EnvVariables: map[string]string{"e": "v"}, TenantAccountID: new("t"),
	})
	want := fmt.Sprintf("%+v", api.Accounts("test")[0].UDF)
	changed, _ := api.Account("test", "x")
	*changed.Name, *changed.TenantAccountID, *changed.Integrations[0].AppID = "!", "!", "!"
	changed.UDF[0].Value.(object)["k"] = "!"
	changed.Integrations[0].AuthTypes[0] = "!"
	changed.EnvVariables["e"] = "!"
	stored, _ := api.Account("test", "x")
	equal(t, "udf", fmt.Sprintf("%+v", stored.UDF), want)
	equal(t, "name", *stored.Name, "n")
	equal(t, "tenant", *stored.TenantAccountID, "t")
	equal(t, "app", *stored.Integrations[0].AppID, "id")
	equal(t, "connections", stored.Integrations[0].AuthTypes, []string{"oauth2"})
	equal(t, "variables", stored.EnvVariables, map[string]string{"e": "v"})
}

func TestConnectBehindTheClientsBack(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	before := c.account("x").UpdatedAt
	c.api.Connect("test", "x", mockapi.Integration{Type: "slack", Name: "Slack"})
	c.api.Connect("test", "x", mockapi.Integration{Type: "custom", Name: "Own", AppID: new("1")})
	c.api.Connect("test", "x", mockapi.Integration{Type: "custom", Name: "Other", AppID: new("2")})
	c.api.Connect("test", "x", mockapi.Integration{Type: "slack", Name: "Slack", ReauthRequired: true})
	account := c.account("x")
	equal(t, "integrations", len(account.Integrations), 3)
	equal(t, "replaced integration", account.Integrations[0].ReauthRequired, true)
	if !account.UpdatedAt.After(before) || account.Integrations[0].ID == "" {
		t.Errorf("account %+v", account)
	}
	c.api.Connect("test", "x", mockapi.Integration{Type: "custom", Name: "Default", AppID: new(mockapi.DefaultAppID)})
	equal(t, "credentials", c.api.Credentials("test", "x"), map[string]string{})
	c.api.Change("test", "x", func(a *mockapi.Account) { a.Integrations = nil })
	if c.api.Credentials("test", "x") != nil {
		t.Error("the credentials outlived the default app's integration")
	}
}

func TestRemoveBehindTheClientsBack(t *testing.T) {
	c := start(t, mockapi.Behaviour{ReadLag: 3})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	c.api.Remove("test", "x")
	equal(t, "status", c.get("x").status, 404)
	if _, ok := c.api.Account("test", "x"); ok {
		t.Error("the account is still there")
	}
	if c.api.Credentials("test", "x") != nil {
		t.Error("a removed account has credentials")
	}
}

func TestCredentialsAreCopies(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"x","your_app":{"auth_credentials":{"k":"v"}}}`).ok()
	c.api.Credentials("test", "x")["k"] = "changed"
	equal(t, "credential", c.api.Credentials("test", "x")["k"], "v")
}

func TestMisuseFailsLoudly(t *testing.T) {
	nothing := func(*mockapi.Account) {}
	for name, misuse := range map[string]func(*mockapi.Server){
		"unknown environment":   func(s *mockapi.Server) { s.Accounts("staging") },
		"change of nobody":      func(s *mockapi.Server) { s.Change("test", "gone", nothing) },
		"connection of nobody":  func(s *mockapi.Server) { s.Connect("test", "gone", mockapi.Integration{}) },
		"removal of nobody":     func(s *mockapi.Server) { s.Remove("test", "gone") },
		"empty id":              func(s *mockapi.Server) { s.Create("test", mockapi.Account{}) },
		"taken id":              func(s *mockapi.Server) { s.Create("test", mockapi.Account{AccountID: "x"}) },
		"renamed account":       func(s *mockapi.Server) { s.Change("test", "x", func(a *mockapi.Account) { a.AccountID = "y" }) },
		"value that is no JSON": func(s *mockapi.Server) { s.Change("test", "x", func(a *mockapi.Account) { a.SetUDF("k", func() {}) }) },
		"incomplete key":        func(*mockapi.Server) { mockapi.New(mockapi.WithKeys(mockapi.Key{Value: "k"})) },
	} {
		t.Run(name, func(t *testing.T) {
			api := mockapi.New()
			api.Create("test", mockapi.Account{AccountID: "x"})
			defer func() {
				if text := fmt.Sprint(recover()); !strings.HasPrefix(text, "mockapi: ") {
					t.Errorf("panic %q, want one of mockapi's own", text)
				}
				api.Accounts("test") // no lock was left behind
			}()
			misuse(api)
		})
	}
}
