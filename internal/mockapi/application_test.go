// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const appsPath = "/api/v2/public/application"

// apps returns the applications of an answer by their slugs, and the slugs in order.
func (r reply) apps() (map[string]object, []string) {
	r.t.Helper()
	var decoded []object
	if err := json.Unmarshal([]byte(r.ok().body), &decoded); err != nil {
		r.t.Fatalf("no list of applications: %v", err)
	}
	apps, slugs := map[string]object{}, []string{}
	for _, one := range decoded {
		slug := one["slug"].(string)
		apps[slug], slugs = one, append(slugs, slug)
	}
	return apps, slugs
}

func TestTheDefaultCatalogue(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	apps, slugs := c.send(http.MethodGet, appsPath, "").apps()
	equal(t, "slugs", slugs, []string{"slack", "hubspot", "zendesk", "acme-erp", "freshdesk", mockapi.CustomAppID})
	for slug, want := range map[string]struct{ kind, authType, options string }{
		"slack":             {"slack", "oauth2", "oauth2:"},
		"hubspot":           {"hubspot", "oauth2", "keybased:api_key*!,portal_id oauth2:"},
		"zendesk":           {"zendesk", "keybased", "keybased:subdomain*,email*,api_token*!"},
		"acme-erp":          {"acme-erp", "keybased", "keybased:"},
		"freshdesk":         {"freshdesk", "apikey", "apikey:domain*,api_key*!"},
		mockapi.CustomAppID: {"custom", "keybased", "keybased:token*!"},
	} {
		app := apps[slug]
		equal(t, slug+": type", app["type"], any(want.kind))
		equal(t, slug+": auth_type", app["auth_type"], any(want.authType))
		equal(t, slug+": options", optionsOf(app), want.options)
	}
	equal(t, "app_id of the custom app", apps[mockapi.CustomAppID]["app_id"], any(mockapi.CustomAppID))
	_, hasAppID := apps["slack"]["app_id"]
	equal(t, "app_id of another", hasAppID, false)
	equal(t, "environments share it", c.send(http.MethodGet, appsPath, "", "x-api-key", mockapi.ProductionKey).body, c.send(http.MethodGet, appsPath, "").body)
}

// optionsOf writes auth_type_options as "type:field*!,field", where * is required and ! secret.
func optionsOf(app object) string {
	options, _ := app["auth_type_options"].(object)
	text := fmt.Sprint(options)
	var parts []string
	for _, authType := range []string{"apikey", "keybased", "oauth2"} {
		if fields, ok := options[authType].([]any); ok {
			parts = append(parts, authType+":"+fieldsOf(fields))
		}
	}
	if strings.Count(text, ":[") != len(parts) {
		return text
	}
	return strings.Join(parts, " ")
}

func fieldsOf(fields []any) string {
	var names []string
	for _, one := range fields {
		known := one.(object)
		name := known["name"].(string)
		if known["required"] == true {
			name += "*"
		}
		if known["type"] == "password" {
			name += "!"
		}
		names = append(names, name)
	}
	return strings.Join(names, ",")
}

func TestApplicationFilters(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	for query, want := range map[string][]string{
		"slug=zendesk":                     {"zendesk"},
		"slug=" + mockapi.CustomAppID:      {mockapi.CustomAppID},
		"slug=custom":                      {},
		"tags=Support":                     {"zendesk", "freshdesk"},
		"tags=CRM,Communication":           {"slack", "hubspot"},
		"tags=support":                     {},
		"ecosystem=true":                   {"slack"},
		"ecosystem=false&tags=ERP":         {"acme-erp"},
		"auth_type=oauth2":                 {"slack", "hubspot"},
		"auth_type=apikey":                 {"freshdesk"},
		"auth_type=keybased&tags=Internal": {mockapi.CustomAppID},
	} {
		_, slugs := c.send(http.MethodGet, appsPath+"?"+query, "").apps()
		equal(t, query, slugs, want)
	}
	c.api.Behave(func(b *mockapi.Behaviour) { b.Application.IgnoreFilters = true })
	_, slugs := c.send(http.MethodGet, appsPath+"?slug=zendesk&tags=x&ecosystem=true&auth_type=y", "").apps()
	equal(t, "number without filters", len(slugs), 6)
}

func TestOneApplication(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.send(http.MethodGet, appsPath+"/slack", "").ok().has("name", "Slack")
	c.send(http.MethodGet, appsPath+"/"+mockapi.CustomAppID, "").ok().has("type", "custom")
	answered := c.send(http.MethodGet, appsPath+"/nope", "")
	answered.fails(404, "EXTERNAL_API_FAILURE", "Application with app_type 'nope' not found for org "+mockapi.OrganizationID)
	answered.has("http_error_type", "EXTERNAL_API_ERROR")
	equal(t, "status of a type", c.send(http.MethodGet, appsPath+"/custom", "").status, 404)
	equal(t, "status of the default app", c.send(http.MethodGet, appsPath+"/"+mockapi.DefaultAppID, "").status, 404)
}

func TestApplicationsSelectTheAccount(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	for _, id := range []string{"ä", "a b", "Ã¤"} {
		c.api.Create("test", mockapi.Account{AccountID: id})
	}
	c.api.Connect("test", "ä", mockapi.Integration{Type: "slack", Name: "Slack"})
	c.api.Connect("test", "a b", mockapi.Integration{Type: "zendesk", Name: "Zendesk"})
	c.api.Connect("test", "Ã¤", mockapi.Integration{Type: "hubspot", Name: "HubSpot"})
	for _, test := range []struct {
		what, query string
		headers     []string
		want        string
	}{
		{"nobody", "", nil, ""},
		{"query", "?linked_account_id=" + url.QueryEscape("ä"), nil, "slack"},
		{"header", "", []string{"linked_account_id", "a b"}, "zendesk"},
		{"header over query", "?linked_account_id=" + url.QueryEscape("ä"), []string{"linked_account_id", "a b"}, "zendesk"},
		{"header in latin1", "", []string{"linked_account_id", "ä"}, "hubspot"},
	} {
		apps, slugs := c.send(http.MethodGet, appsPath+test.query, "", test.headers...).apps()
		var connected []string
		for _, slug := range slugs {
			if apps[slug]["connected"] == true {
				connected = append(connected, slug)
			}
		}
		equal(t, test.what, strings.Join(connected, " "), test.want)
	}
}

func TestApplicationsOfAnUnknownAccount(t *testing.T) {
	const one, all = appsPath + "/slack?linked_account_id=x", appsPath + "?linked_account_id=x"
	const long = "Linked Account with account id x for org " + mockapi.OrganizationID + " in environment test not found"
	c := start(t, mockapi.Behaviour{})
	for _, target := range []string{one, all} {
		c.api.Behave(func(b *mockapi.Behaviour) { b.Application.UnknownAccount = mockapi.UnknownAccountLong })
		c.send(http.MethodGet, target, "").fails(404, "SERVER_ERROR", long)
		c.api.Behave(func(b *mockapi.Behaviour) { b.Application.UnknownAccount = mockapi.UnknownAccountShort })
		c.send(http.MethodGet, target, "").fails(404, "SERVER_ERROR", "Linked Account with account id x not found")
		c.api.Behave(func(b *mockapi.Behaviour) { b.Application.UnknownAccount = mockapi.UnknownAccountCatalogue })
		equal(t, "catalogue", c.send(http.MethodGet, target, "").ok().body, c.send(http.MethodGet, strings.TrimSuffix(target, "?linked_account_id=x"), "").ok().body)
	}
}

func TestApplicationsMayWantAnAccount(t *testing.T) {
	c := start(t, mockapi.Behaviour{Application: mockapi.ApplicationBehaviour{AccountRequired: true}})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	for _, target := range []string{appsPath, appsPath + "/slack"} {
		c.send(http.MethodGet, target, "").fails(404, "MISSING_REQUIRED_FIELD", "Linked account id is required with API Key, for this resource")
		c.send(http.MethodGet, target+"?linked_account_id=x", "").ok()
	}
}

func TestConnectionsOfApplications(t *testing.T) {
	c := start(t, mockapi.Behaviour{}, mockapi.WithClock(fixedClock))
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.api.Connect("test", "x", mockapi.Integration{
		Type: "hubspot", Name: "HubSpot", AuthTypes: []string{"oauth2", "keybased"},
		Connections: map[string]mockapi.Connection{"oauth2": {Identifier: object{"hub": 1}}, "keybased": {Identifier: "emea"}},
	})
	app := c.send(http.MethodGet, appsPath+"/hubspot?linked_account_id=x", "").ok()
	app.has("connected", true)
	app.has("reauth_required", false)
	app.has("connected_accounts", []any{
		object{"identifier": object{"hub": json.Number("1")}, "connectedAt": "2026-07-24T09:30:17.526Z", "status": "active", "auth_type": "oauth2"},
		object{"identifier": "emea", "connectedAt": "2026-07-24T09:30:17.526Z", "status": "active", "auth_type": "keybased"},
	})
	for _, word := range []string{"org_id", "environment", "associated_org", mockapi.OrganizationID} {
		if strings.Contains(app.body, word) {
			t.Errorf("%s is in %s", word, app.body)
		}
	}
	c.api.RequireReauth("test", "x", "hubspot")
	c.send(http.MethodGet, appsPath+"/hubspot?linked_account_id=x", "").ok().has("reauth_required", true)
	c.api.Behave(func(b *mockapi.Behaviour) { b.Application.IdentifierObject = true })
	connections := c.send(http.MethodGet, appsPath+"/hubspot?linked_account_id=x", "").ok().json()["connected_accounts"].([]any)
	equal(t, "identifier of a text", connections[1].(object)["identifier"], any(object{"name": "emea"}))
}

func TestAppsThatAreNotConnected(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	for name, test := range map[string]struct {
		rules mockapi.ApplicationBehaviour
		want  object
	}{
		"absent":           {mockapi.ApplicationBehaviour{}, object{}},
		"shown":            {mockapi.ApplicationBehaviour{ShowUnconnected: true}, object{"connected": false, "connected_accounts": []any{}, "reauth_required": false}},
		"reauthentication": {mockapi.ApplicationBehaviour{ReauthUnconnected: true}, object{"reauth_required": true}},
	} {
		c.api.Behave(func(b *mockapi.Behaviour) { b.Application = test.rules })
		app := c.send(http.MethodGet, appsPath+"/slack?linked_account_id=x", "").ok().json()
		for _, field := range []string{"connected", "connected_accounts", "reauth_required"} {
			equal(t, name+": "+field, app[field], test.want[field])
		}
	}
}

func TestWhereKeyFieldsStand(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	const fields = "api_key*!,portal_id"
	for where, want := range map[mockapi.KeyFields]struct{ options, inputs string }{
		mockapi.KeyFieldsInBoth:     {"keybased:" + fields + " oauth2:", fields},
		mockapi.KeyFieldsInOptions:  {"keybased:" + fields + " oauth2:", ""},
		mockapi.KeyFieldsInInputMap: {"", fields},
		mockapi.KeyFieldsNowhere:    {"", ""},
	} {
		c.api.Behave(func(b *mockapi.Behaviour) { b.Application.KeyFields = where })
		app := c.send(http.MethodGet, appsPath+"/hubspot", "").ok().json()
		inputs, _ := app["auth_input_map"].([]any)
		equal(t, fmt.Sprint(where, ": options"), optionsOf(app), want.options)
		equal(t, fmt.Sprint(where, ": inputs"), fieldsOf(inputs), want.inputs)
		_, hasOptions := app["auth_type_options"]
		equal(t, fmt.Sprint(where, ": has options"), hasOptions, want.options != "")
	}
}

func TestSetApps(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.SetApps("test", mockapi.App{Slug: "only", Name: "Only", Keys: map[string][]mockapi.KeyField{"b": nil, "a": nil}}, mockapi.App{Slug: "plain", Name: "Plain"},
		mockapi.App{Slug: "both", Name: "Both", Keys: map[string][]mockapi.KeyField{"apikey": nil, "keybased": nil}})
	apps, slugs := c.send(http.MethodGet, appsPath, "").apps()
	equal(t, "slugs", slugs, []string{"only", "plain", "both"})
	equal(t, "auth type among several", apps["both"]["auth_type"], any("keybased"))
	equal(t, "auth type with keys", apps["only"]["auth_type"], any("a"))
	equal(t, "auth type without", apps["plain"]["auth_type"], any("oauth2"))
	equal(t, "apps of the other environment", len(c.api.Apps("production")), 6)
	c.api.SetApps("test")
	equal(t, "empty catalogue", c.send(http.MethodGet, appsPath, "").ok().body, "[]")
	for name, apps := range map[string][]mockapi.App{"no name": {{Name: "n"}}, "one name": {{Slug: "a"}, {Slug: "a"}}} {
		func() {
			defer func() {
				if text := fmt.Sprint(recover()); !strings.HasPrefix(text, "mockapi: SetApps: ") {
					t.Errorf("%s: panic %q", name, text)
				}
			}()
			c.api.SetApps("test", apps...)
		}()
	}
}

func TestApplicationsLag(t *testing.T) {
	c := start(t, mockapi.Behaviour{ReadLag: 1})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	const target = appsPath + "/acme-erp?linked_account_id=x"
	c.saveKeys("acme-erp", `{"k":"v"}`).ok()
	c.send(http.MethodGet, target, "").ok().has("connected", nil)
	c.send(http.MethodGet, target, "").ok().has("connected", true)
	c.send(http.MethodDelete, accountPath+"/integration/acme-erp?linked_account_id=x", "").ok()
	c.send(http.MethodGet, target, "").ok().has("connected", true)
	c.send(http.MethodGet, target, "").ok().has("connected", nil)
}
