// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	configPath  = "/api/v2/public/config"
	fieldPath   = configPath + "/field"
	hubSpotPath = "/api/v2/public/slug/hubspot"
	// Ids of the default catalogue's workflows.
	contactsID = "6a313eda6d5528bdcf71eb01"
	dealsID    = "6a313eda6d5528bdcf71eb02"
)

// startConfigs starts a mock with the account x, which has connected HubSpot.
func startConfigs(t *testing.T, behaviour mockapi.Behaviour) client {
	t.Helper()
	c := start(t, behaviour)
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.api.Connect("test", "x", mockapi.Integration{Type: "hubspot", Name: "HubSpot", AuthTypes: []string{"oauth2"}})
	return c
}

// of sends for the account x.
func (c client) of(method, target, body string, headers ...string) reply {
	c.t.Helper()
	return c.send(method, target, body, append([]string{"linked_account_id", "x"}, headers...)...)
}

func (c client) makeConfig(configID string) reply {
	c.t.Helper()
	return c.of(http.MethodPost, configPath, `{"slug":"hubspot","config_id":"`+configID+`"}`)
}

func (c client) readConfig(configID string, headers ...string) reply {
	c.t.Helper()
	return c.of(http.MethodGet, hubSpotPath+"/config/"+configID, "", headers...)
}

func (c client) toggle(method, workflowID, body string) reply {
	c.t.Helper()
	return c.of(method, hubSpotPath+"/config/x/workflows/"+workflowID, body)
}

// shownFields returns the fields of a config, or of its first workflow, by id.
func (r reply) shownFields() map[string]object {
	r.t.Helper()
	return byID(r.ok().json()["fields"])
}

func byID(list any) map[string]object {
	found := map[string]object{}
	for _, one := range list.([]any) {
		found[one.(object)["id"].(string)] = one.(object)
	}
	return found
}

func TestGetOrCreateConfig(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	made := c.makeConfig("emea").ok()
	made.has("slug", "hubspot")
	made.has("config_id", "emea")
	made.has("field_errors", []any{})
	for _, name := range []string{"org_id", "associated_org", "environment", "_id"} {
		made.has(name, nil)
	}
	equal(t, "interval", made.shownFields()["sync_interval"], object{
		"id": "sync_interval", "name": "Minutes between two runs", "field_type": "number", "required": true, "multiple": false, "hidden": false, "defaultValue": json.Number("60"),
	})
	equal(t, "contacts", byID(made.json()["workflows"])[contactsID]["enabled"], any(false))
	c.of(http.MethodPut, fieldPath+"/start_date?config_id=emea", `{"value":"2026-07-24"}`, "slug", "hubspot").ok()
	equal(t, "value that is there", c.makeConfig("emea").shownFields()["start_date"]["value"], any("2026-07-24"))
	equal(t, "number of configs", len(c.api.Configs("test", "x")), 1)
	c.of(http.MethodPost, configPath, `{"slug":"hubspot"}`).ok().has("config_id", "x")
	c.of(http.MethodGet, hubSpotPath+"/config", "").ok().has("config_id", "x")
	c.of(http.MethodPost, configPath, `{"slug":"`+mockapi.CustomAppID+`"}`).ok().has("slug", mockapi.CustomAppID)
	c.of(http.MethodDelete, hubSpotPath+"/config", "").ok().has("message", "Installation Deleted Success")
	_, isThere := c.api.Config("test", "x", "hubspot", "")
	equal(t, "deleted by default", isThere, false)
}

func TestConfigsThatAreNotThere(t *testing.T) {
	const noApp, noConfig = "Application with app_type 'nope' not found for org " + mockapi.OrganizationID, "Config with config id x not found"
	const noAccount = "Linked Account with account id y for org " + mockapi.OrganizationID + " in environment test not found"
	c := startConfigs(t, mockapi.Behaviour{})
	const nopePath = "/api/v2/public/slug/nope"
	for _, request := range [][3]string{
		{http.MethodGet, "/config/x", ""},
		{http.MethodDelete, "/config/x", ""},
		{http.MethodPatch, "/config/x/workflows/" + contactsID, `{"enabled":true}`},
		{http.MethodGet, "/configs", ""},
	} {
		c.of(request[0], nopePath+request[1], request[2]).failsE4(404, "INVALID_APP_ID", noApp)
		c.send(request[0], hubSpotPath+request[1], request[2], "linked_account_id", "y").failsE4(404, "SERVER_ERROR", noAccount)
		c.send(request[0], hubSpotPath+request[1], request[2]).failsE4(404, "MISSING_REQUIRED_FIELD", "Linked account id is required with API Key, for this resource")
		if request[1] != "/configs" {
			c.of(request[0], hubSpotPath+request[1], request[2]).failsE4(404, "RESOURCE_NOT_FOUND", noConfig)
		}
	}
	c.of(http.MethodPost, configPath, `{"slug":"nope"}`).failsE4(404, "INVALID_APP_ID", noApp)
	c.of(http.MethodPost, configPath, `{}`).failsE4(400, "SERVER_ERROR", "Missing Slug")
	c.of(http.MethodPost, configPath, `{`).failsE4(400, "SERVER_ERROR", "Unexpected token in JSON")
	equal(t, "list without any", c.of(http.MethodGet, hubSpotPath+"/configs", "").ok().body, "[]")

	c.api.Behave(func(b *mockapi.Behaviour) { b.Config.UnknownAccountAsNone = true })
	c.send(http.MethodGet, hubSpotPath+"/config/x", "", "linked_account_id", "y").failsE4(404, "RESOURCE_NOT_FOUND", noConfig)
	equal(t, "list of nobody", c.send(http.MethodGet, hubSpotPath+"/configs", "", "linked_account_id", "y").ok().body, "[]")
	c.send(http.MethodPost, configPath, `{"slug":"hubspot"}`, "linked_account_id", "y").failsE4(404, "SERVER_ERROR", noAccount)
}

func TestDeletionsOfConfigsRefusedAsEver(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{Config: mockapi.ConfigBehaviour{DeleteRefusalsAs400: true}})
	c.of(http.MethodDelete, hubSpotPath+"/config/c", "").failsE4(400, "SERVER_ERROR", "Application with slug hubspot not found")
	c.of(http.MethodDelete, "/api/v2/public/slug/nope/config/c", "").failsE4(400, "SERVER_ERROR", "Application with slug nope not found")
	c.send(http.MethodDelete, hubSpotPath+"/config/c", "").failsE4(400, "SERVER_ERROR", "linked_account_id is required")
	c.makeConfig("c").ok()
	c.of(http.MethodDelete, hubSpotPath+"/config/c", "").ok()
}

func TestEnvelopesOfObjects(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	c.readConfig("c", "x-api-key", "wrong").fails(401, "SERVER_ERROR", "Invalid Credentials")
	c.readConfig("c").failsE4(404, "RESOURCE_NOT_FOUND", "Config with config id c not found")
	c.api.Behave(func(b *mockapi.Behaviour) { b.Answer.Errors = mockapi.EnvelopeE1 })
	c.readConfig("c").has("error_type", "NOT_FOUND")
}

func TestListConfigs(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	c.makeConfig("emea")
	c.makeConfig("apac")
	c.of(http.MethodPost, configPath, `{"slug":"zendesk"}`).ok()
	list := func() []object {
		t.Helper()
		var entries []object
		if err := json.Unmarshal([]byte(c.of(http.MethodGet, hubSpotPath+"/configs", "").ok().body), &entries); err != nil {
			t.Fatal(err)
		}
		return entries
	}
	ids := func() (all []any) {
		for _, entry := range list() {
			all = append(all, entry["config_id"])
		}
		return all
	}
	equal(t, "ids", ids(), []any{"emea", "apac"})
	equal(t, "fields of an entry", len(list()[0]), 2)
	c.api.Behave(func(b *mockapi.Behaviour) { b.Config.ListWhole, b.Config.TenantConfig = true, true })
	equal(t, "ids with the tenant's", ids(), []any{"emea", "apac", mockapi.OrganizationID})
	equal(t, "whole", len(list()[1]["fields"].([]any)), 7)
	equal(t, "mark", list()[2]["tenant_config"], any(true))
	c.readConfig(mockapi.OrganizationID).failsE4(404, "RESOURCE_NOT_FOUND", "Config with config id "+mockapi.OrganizationID+" not found")
}

func TestToggleWorkflow(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	c.makeConfig("x")
	c.toggle(http.MethodPatch, dealsID, `{"enabled":true}`).ok().has("workflows", []any{
		object{"id": contactsID, "enabled": false, "data_slots": []any{}},
		object{"id": dealsID, "enabled": true, "data_slots": []any{}},
	})
	equal(t, "enabled", byID(c.readConfig("x").json()["workflows"])[dealsID]["enabled"], any(true))
	c.toggle(http.MethodPatch, dealsID, `{"enabled":false}`).ok()
	equal(t, "disabled", byID(c.readConfig("x").json()["workflows"])[dealsID]["enabled"], any(false))
	for _, body := range []string{`{}`, `{"enabled":null}`, `{"enabled":"true"}`, ``} {
		c.toggle(http.MethodPatch, dealsID, body).failsE4(400, "VALIDATION_ERROR", "enabled must be a boolean")
	}
	c.toggle(http.MethodPatch, "nope", `{"enabled":true}`).failsE4(404, "RESOURCE_NOT_FOUND", "Workflow with id nope not found")
	c.api.Behave(func(b *mockapi.Behaviour) { b.Config.ToggleUnknownIgnored = true })
	equal(t, "workflows", len(c.toggle(http.MethodPatch, "nope", `{"enabled":true}`).ok().json()["workflows"].([]any)), 2)

	equal(t, "type of the page", c.toggle(http.MethodPut, dealsID, `{"enabled":true}`).header.Get("Content-Type"), "text/html; charset=utf-8")
	c.api.Behave(func(b *mockapi.Behaviour) { b.Config.ToggleByPut = true })
	equal(t, "status of PATCH", c.toggle(http.MethodPatch, dealsID, `{"enabled":true}`).status, 404)
	c.toggle(http.MethodPut, dealsID, `{"enabled":true}`).ok()
}

func TestConfigsOfAppsThatAreNotConnected(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.makeConfig("x").ok()
	c.toggle(http.MethodPatch, dealsID, `{"enabled":true}`).failsE4(400, "SERVER_ERROR", "HubSpot is not connected")
	c.api.Behave(func(b *mockapi.Behaviour) { b.Config.ToggleUnconnectedAs500 = true })
	c.toggle(http.MethodPatch, dealsID, `{"enabled":true}`).failsE4(500, "SERVER_ERROR", "HubSpot is not connected")
	c.api.Behave(func(b *mockapi.Behaviour) { b.Config.ConnectedOnly = true })
	c.makeConfig("emea").failsE4(400, "SERVER_ERROR", "HubSpot is not connected")
	c.saveKeys("hubspot", `{"api_key":"k"}`).ok()
	c.makeConfig("emea").ok()
	c.toggle(http.MethodPatch, dealsID, `{"enabled":true}`).ok()
}

func TestConnectingConfigures(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.saveKeys("zendesk", `{"subdomain":"s","email":"e","api_token":"t"}`).ok()
	equal(t, "configs", len(c.api.Configs("test", "x")), 0)
	c.api.Behave(func(b *mockapi.Behaviour) { b.Integration.ConnectingConfigures = true })
	c.saveKeys("zendesk", `{"subdomain":"s","email":"e","api_token":"t"}`).ok()
	equal(t, "configs after a second time", len(c.api.Configs("test", "x")), 0)
	c.saveKeys("hubspot", `{"api_key":"k"}`).ok()
	c.readConfig("x").ok().has("slug", "hubspot")
}

// What takes the last connection of an app takes its configs, and nothing else does.
func TestConfigsGoWithTheLastConnection(t *testing.T) {
	remove := func(query string) func(client) {
		return func(c client) {
			c.send(http.MethodDelete, accountPath+"/integration/hubspot?linked_account_id=x"+query, "").ok()
		}
	}
	for name, test := range map[string]struct {
		act  func(client)
		left int
	}{
		"one of two":          {remove("&auth_type=keybased"), 3},
		"both":                {remove(""), 1},
		"one after the other": {func(c client) { remove("&auth_type=oauth2")(c); remove("&auth_type=keybased")(c) }, 1},
		"by the customer":     {func(c client) { c.api.Disconnect("test", "x", "hubspot", "") }, 1},
		"connected anew":      {func(c client) { c.api.Connect("test", "x", mockapi.Integration{Type: "hubspot"}) }, 3},
		"all integrations":    {func(c client) { c.api.Change("test", "x", func(a *mockapi.Account) { a.Integrations = nil }) }, 1},
		"account":             {func(c client) { c.send(http.MethodDelete, accountPath+"/x", "").ok() }, 0},
		"account in the dark": {func(c client) { c.api.Remove("test", "x") }, 0},
		"app without a config": {func(c client) {
			c.send(http.MethodDelete, accountPath+"/integration/slack?linked_account_id=x", "").ok()
		}, 3},
		"config":                 {func(c client) { c.of(http.MethodDelete, hubSpotPath+"/config/emea", "").ok() }, 2},
		"config by the customer": {func(c client) { c.api.RemoveConfig("test", "x", "hubspot", "") }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			c := startConfigs(t, mockapi.Behaviour{})
			c.saveKeys("hubspot", `{"api_key":"k"}`).ok()
			c.makeConfig("x").ok()
			c.makeConfig("emea").ok()
			c.of(http.MethodPost, configPath, `{"slug":"zendesk"}`).ok()
			c.api.Create("test", mockapi.Account{AccountID: "other"})
			c.api.SetConfig("test", "other", mockapi.Config{Slug: "hubspot"})
			test.act(c)
			equal(t, "configs", len(c.api.Configs("test", "x")), test.left)
			equal(t, "configs of another account", len(c.api.Configs("test", "other")), 1)
		})
	}
}

func TestConnectionsWithoutATypeAreOfTheAppsOwn(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	for slug, authType := range map[string]string{"slack": "oauth2", "zendesk": "keybased", "no-app": "oauth2"} {
		c.api.Connect("test", "x", mockapi.Integration{Type: slug, Name: slug})
		target := accountPath + "/integration/" + slug + "?linked_account_id=x&auth_type="
		equal(t, slug+": left of another type", len(c.send(http.MethodDelete, target+"other", "").ok().json()["integrations"].([]any)), 1)
		equal(t, slug+": left", len(c.send(http.MethodDelete, target+authType, "").ok().json()["integrations"].([]any)), 0)
	}
}

func TestConfigsLag(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{ReadLag: 1})
	value := func() any { t.Helper(); return c.readConfig("x").shownFields()["start_date"]["value"] }
	c.makeConfig("x").ok()
	equal(t, "status right after", c.readConfig("x").status, 404)
	equal(t, "value", value(), nil)
	c.of(http.MethodPut, fieldPath+"/start_date?config_id=x", `{"value":"d"}`, "slug", "hubspot").ok().has("value", "d")
	equal(t, "value right after", value(), nil)
	equal(t, "value later", value(), any("d"))
	c.toggle(http.MethodPatch, dealsID, `{"enabled":true}`).ok()
	equal(t, "enabled right after", c.of(http.MethodGet, workflowPath+"/enabled", "").ok().body, "[]")
	equal(t, "enabled later", len(c.enabled("x")), 1)
	c.makeConfig("x").ok()
	equal(t, "value after nothing was made", value(), any("d"))
	c.of(http.MethodDelete, fieldPath+"/start_date?config_id=x", "", "slug", "hubspot").ok()
	equal(t, "value right after it was cleared", value(), any("d"))
	equal(t, "value later", value(), nil)
	c.send(http.MethodDelete, accountPath+"/integration/hubspot?linked_account_id=x", "").ok()
	c.readConfig("x").ok()
	equal(t, "status later", c.readConfig("x").status, 404)
	c.makeConfig("x").ok()
	c.readConfig("x")
	c.send(http.MethodDelete, accountPath+"/x", "").ok()
	c.readConfig("x").ok()
	c.readConfig("x").failsE4(404, "SERVER_ERROR", "Linked Account with account id x for org "+mockapi.OrganizationID+" in environment test not found")
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.makeConfig("x").ok()
	c.api.SetConfig("test", "x", mockapi.Config{Slug: "hubspot", Values: object{"start_date": "e"}})
	equal(t, "value behind the back", value(), any("e"))
}

func TestWritesOfConfigsAnsweredInShort(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{Config: mockapi.ConfigBehaviour{AnswerSuccess: true}})
	const success = `{"success":true}`
	const interval = fieldPath + "/sync_interval?config_id=x"
	equal(t, "config", c.makeConfig("x").ok().body, success)
	equal(t, "value", c.of(http.MethodPut, interval, `{"value":5}`, "slug", "hubspot").ok().body, success)
	equal(t, "stored value", c.readConfig("x").shownFields()["sync_interval"]["value"], any(json.Number("5")))
	equal(t, "default", c.of(http.MethodDelete, interval, "", "slug", "hubspot").ok().body, success)
	equal(t, "switch", c.toggle(http.MethodPatch, dealsID, `{"enabled":true}`).ok().body, success)
	equal(t, "stored switch", len(c.enabled("x")), 1)
	equal(t, "deletion", c.of(http.MethodDelete, hubSpotPath+"/config/x", "").ok().body, success)
}

func TestFieldErrors(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	c.api.SetConfig("test", "x", mockapi.Config{Slug: "hubspot", Errors: []string{"Owner is unknown"}})
	c.readConfig("x").ok().has("field_errors", []any{object{"message": "Owner is unknown"}})
	c.api.Behave(func(b *mockapi.Behaviour) { b.Config.ErrorTexts = true })
	c.readConfig("x").ok().has("field_errors", []any{"Owner is unknown"})
}

// Ids go through paths, queries and headers whole.
func TestConfigsOfAnyID(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	const odd = "a/b +%2F@:c"
	c.api.SetApps("test", mockapi.App{
		Slug: odd, Name: "Odd", ConfigFields: []mockapi.ConfigField{{ID: odd}}, Workflows: []mockapi.Workflow{{ID: odd, Name: "Odd"}},
	})
	c.api.Create("test", mockapi.Account{AccountID: odd})
	c.api.Connect("test", odd, mockapi.Integration{Type: odd, Name: "Odd"})
	send := func(method, target, body string) reply {
		t.Helper()
		return c.send(method, target, body, "linked_account_id", odd, "slug", odd).ok()
	}
	path := "/api/v2/public/slug/" + url.PathEscape(odd) + "/config/" + url.PathEscape("größe "+odd)
	query := "?config_id=" + url.QueryEscape("größe "+odd)
	send(http.MethodPost, configPath, `{"slug":"`+odd+`","config_id":"größe `+odd+`"}`)
	send(http.MethodPut, fieldPath+"/"+url.PathEscape(odd)+query, `{"value":[]}`)
	send(http.MethodPatch, path+"/workflows/"+url.PathEscape(odd), `{"enabled":true}`)
	read := send(http.MethodGet, path, "")
	read.has("config_id", "größe "+odd)
	equal(t, "value", read.shownFields()[odd]["value"], any([]any{}))
	equal(t, "enabled", byID(read.json()["workflows"])[odd]["enabled"], any(true))
	send(http.MethodDelete, path, "")
	equal(t, "configs", len(c.api.Configs("test", odd)), 0)
}

func TestConfigsBySessionToken(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	c.makeConfig("x").ok()
	bearer := []string{"x-api-key", "", "Authorization", "Bearer " + c.send(http.MethodPost, tokenPath, `{"linked_account_id":"x"}`).ok().json()["token"].(string)}
	const toggled = hubSpotPath + "/config/x/workflows/" + dealsID
	c.send(http.MethodPatch, toggled, `{"enabled":true}`, bearer...).ok()
	c.send(http.MethodGet, hubSpotPath+"/configs", "", bearer...).ok()
	c.send(http.MethodPut, fieldPath+"/start_date", `{"value":"d"}`, append(bearer, "slug", "hubspot")...).ok()
	c.send(http.MethodGet, workflowPath+"/enabled", "", bearer...).ok()
	for _, method := range []string{http.MethodGet, http.MethodDelete} {
		equal(t, "status of "+method, c.send(method, hubSpotPath+"/config/x", "", bearer...).status, 401)
	}
}

func TestConfigsAreCopies(t *testing.T) {
	c := startConfigs(t, mockapi.Behaviour{})
	values, mapping := object{"sync_interval": 25, "field_mapping": object{"a": "b"}}, object{"a": "b"}
	c.api.SetConfig("test", "x", mockapi.Config{
		Slug: "hubspot", Values: values, WorkflowValues: map[string]map[string]any{contactsID: {"batch_size": 1 << 20}}, Enabled: map[string]bool{dealsID: true},
	})
	values["sync_interval"] = 26
	stored, _ := c.api.Config("test", "x", "hubspot", "x")
	stored.Values["field_mapping"].(object)["a"] = "!"
	stored.Enabled[dealsID] = false
	stored.WorkflowValues[contactsID]["batch_size"] = "!"
	equal(t, "config", c.api.Configs("test", "x"), []mockapi.Config{{
		Slug: "hubspot", ConfigID: "x", Values: object{"sync_interval": json.Number("25"), "field_mapping": mapping},
		WorkflowValues: map[string]map[string]any{contactsID: {"batch_size": json.Number("1048576")}}, Enabled: map[string]bool{dealsID: true},
	}})
	c.api.Apps("test")[1].ConfigFields[3].Options[0].(object)["value"] = "!"
	equal(t, "option", c.readConfig("x").shownFields()["lifecycle_stages"]["options"].([]any)[0], any(object{"name": "Lead", "value": "lead"}))
	before := c.readConfig("x").body
	c.api.SetConfig("test", "x", stored)
	equal(t, "number of configs", len(c.api.Configs("test", "x")), 1)
	if c.readConfig("x").body == before {
		t.Error("the config was not replaced")
	}
	c.api.RemoveConfig("test", "x", "hubspot", "x")
	_, isThere := c.api.Config("test", "x", "hubspot", "")
	equal(t, "removed", isThere, false)
}

func TestMisuseOfConfigsFailsLoudly(t *testing.T) {
	for name, misuse := range map[string]func(*mockapi.Server){
		"config of nobody": func(s *mockapi.Server) { s.SetConfig("test", "gone", mockapi.Config{Slug: "hubspot"}) },
		"config of no app": func(s *mockapi.Server) { s.SetConfig("test", "x", mockapi.Config{Slug: "nope"}) },
		"unknown field": func(s *mockapi.Server) {
			s.SetConfig("test", "x", mockapi.Config{Slug: "hubspot", Values: object{"f": 1}})
		},
		"unknown workflow": func(s *mockapi.Server) {
			s.SetConfig("test", "x", mockapi.Config{Slug: "hubspot", Enabled: map[string]bool{"w": true}})
		},
		"fields of no workflow": func(s *mockapi.Server) {
			s.SetConfig("test", "x", mockapi.Config{Slug: "hubspot", WorkflowValues: map[string]map[string]any{"w": nil}})
		},
		"no field of a workflow": func(s *mockapi.Server) {
			s.SetConfig("test", "x", mockapi.Config{Slug: "hubspot", WorkflowValues: map[string]map[string]any{dealsID: {"f": 1}}})
		},
		"removal of what is gone": func(s *mockapi.Server) { s.RemoveConfig("test", "x", "hubspot", "") },
		"field without id": func(s *mockapi.Server) {
			s.SetApps("test", mockapi.App{Slug: "a", ConfigFields: []mockapi.ConfigField{{Name: "n"}}})
		},
		"workflow twice": func(s *mockapi.Server) {
			s.SetApps("test", mockapi.App{Slug: "a", Workflows: []mockapi.Workflow{{ID: "w"}, {ID: "w"}}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			api := mockapi.New()
			api.Create("test", mockapi.Account{AccountID: "x"})
			defer func() {
				if text := fmt.Sprint(recover()); len(text) < 9 || text[:9] != "mockapi: " {
					t.Errorf("panic %q, want one of mockapi's own", text)
				}
				api.Accounts("test") // no lock was left behind
			}()
			misuse(api)
		})
	}
}
