// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const keysPath = accountPath + "/integration/save-key-credentials/"

// saveKeys saves keys for the account x.
func (c client) saveKeys(slug, body string) reply {
	c.t.Helper()
	return c.send(http.MethodPut, keysPath+slug, body, "linked_account_id", "x")
}

func TestSaveKeys(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	before := c.account("x").UpdatedAt
	const body = `{"subdomain":"acme","email":"a@b","api_token":"t1","more":"m"}`
	equal(t, "answer", c.saveKeys("zendesk", body).ok().body, `{"success":true}`)
	equal(t, "keys", c.api.Keys("test", "x", "zendesk", "keybased"), map[string]string{"subdomain": "acme", "email": "a@b", "api_token": "t1", "more": "m"})
	made := c.account("x").Integrations[0]
	equal(t, "type and name", made.Type+" "+made.Name, "zendesk Zendesk")
	equal(t, "auth types", made.AuthTypes, []string{"keybased"})
	equal(t, "identifier", made.Connections["keybased"].Identifier, any("acme"))
	if !c.account("x").UpdatedAt.After(before) || made.ID == "" || made.Connections["keybased"].ConnectedAt.IsZero() {
		t.Errorf("integration %+v", made)
	}

	c.api.RequireReauth("test", "x", "zendesk")
	c.saveKeys("zendesk?auth_type=keybased", `{"subdomain":"globex","email":"a@b","api_token":"t2"}`).ok()
	again := c.account("x").Integrations
	equal(t, "integrations", len(again), 1)
	equal(t, "replaced keys", c.api.Keys("test", "x", "zendesk", "keybased"), map[string]string{"subdomain": "globex", "email": "a@b", "api_token": "t2"})
	equal(t, "reauthentication", again[0].ReauthRequired, false)
	if again[0].ID != made.ID || !again[0].Connections["keybased"].ConnectedAt.After(made.Connections["keybased"].ConnectedAt) {
		t.Errorf("integration %+v after %+v", again[0], made)
	}
}

func TestKeysAreInNoAnswer(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	for _, form := range []mockapi.KeysAnswer{mockapi.KeysAnswerSuccess, mockapi.KeysAnswerApp, mockapi.KeysAnswerEmpty} {
		c.api.Behave(func(b *mockapi.Behaviour) { b.Integration.KeysAnswer = form })
		c.saveKeys("hubspot", `{"api_key":"s3cret","portal_id":"7"}`).ok()
	}
	c.send(http.MethodGet, appsPath+"?linked_account_id=x", "").ok()
	c.get("x").ok()
	c.send(http.MethodDelete, accountPath+"/integration/hubspot?linked_account_id=x", "").ok()
	for _, request := range c.api.Requests() {
		if strings.Contains(string(request.Answer), "s3cret") {
			t.Errorf("%s answers with a key: %s", request, request.Answer)
		}
	}
}

func TestKeysBesideAConnectionOfTheCustomer(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	for what, types := range map[string][]string{"named": {"oauth2"}, "of the app's own type": nil} {
		c.api.Create("test", mockapi.Account{AccountID: "x"})
		c.api.Connect("test", "x", mockapi.Integration{Type: "hubspot", Name: "HubSpot", AuthTypes: types})
		c.saveKeys("hubspot?auth_type=keybased", `{"api_key":"k"}`).ok()
		equal(t, what+": both", c.account("x").Integrations[0].AuthTypes, []string{"oauth2", "keybased"})
		equal(t, what+": keys of the customer's", c.api.Keys("test", "x", "hubspot", "oauth2"), map[string]string(nil))
		c.send(http.MethodDelete, accountPath+"/integration/hubspot?linked_account_id=x&auth_type=keybased", "").ok()
		equal(t, what+": left", c.account("x").Integrations[0].AuthTypes, []string{"oauth2"})
		equal(t, what+": keys", c.api.Keys("test", "x", "hubspot", "keybased"), map[string]string(nil))
		c.api.Remove("test", "x")
	}
}

func TestARemovalWithoutTypeRemovesAll(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.api.Connect("test", "x", mockapi.Integration{Type: "hubspot", Name: "HubSpot", AuthTypes: []string{"oauth2"}})
	c.saveKeys("hubspot", `{"api_key":"k"}`).ok()
	c.send(http.MethodDelete, accountPath+"/integration/hubspot?linked_account_id=x", "").ok().has("integrations", []any{})
}

func TestKeysOfOtherApps(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.saveKeys("freshdesk", `{"domain":"d","api_key":"k"}`).ok()
	equal(t, "keys of another type", c.api.Keys("test", "x", "freshdesk", "apikey"), map[string]string{"domain": "d", "api_key": "k"})
	c.saveKeys("acme-erp", `{"anything":"goes"}`).ok()
	equal(t, "keys of an app that lists none", c.api.Keys("test", "x", "acme-erp", "keybased"), map[string]string{"anything": "goes"})
	c.saveKeys(mockapi.CustomAppID, `{"token":"t"}`).ok()
	custom := c.account("x").Integrations[2]
	equal(t, "custom app", custom.Type+" "+*custom.AppID, "custom "+mockapi.CustomAppID)
	c.send(http.MethodDelete, accountPath+"/integration/"+mockapi.CustomAppID+"?linked_account_id=x&auth_type=keybased", "").ok()
	equal(t, "integrations left", len(c.account("x").Integrations), 2)
}

func TestSaveKeysRefuses(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	apps := c.api.Apps("test")
	apps[3].Verify = func(keys map[string]string) string {
		if keys["password"] == "wrong" {
			return "acme-erp says 401 to " + keys["password"]
		}
		return ""
	}
	c.api.SetApps("test", apps...)
	c.saveKeys("acme-erp", `{"password":"wrong"}`).fails(500, "SERVER_ERROR", "Failed to verify credentials: acme-erp says 401 to wrong")
	c.saveKeys("zendesk", `{"subdomain":"s","api_token":"t"}`).fails(500, "SERVER_ERROR", "Failed to verify credentials: email is required")
	c.saveKeys("slack", `{"k":"v"}`).fails(400, "SERVER_ERROR", "Slack does not support the auth type keybased")
	c.saveKeys("hubspot?auth_type=oauth2", `{"api_key":"k"}`).fails(400, "SERVER_ERROR", "HubSpot does not support the auth type oauth2")
	c.saveKeys("nope", `{}`).fails(404, "EXTERNAL_API_FAILURE", "Application with app_type 'nope' not found for org "+mockapi.OrganizationID)
	c.saveKeys("acme-erp", `{`).fails(400, "SERVER_ERROR", "Unexpected token in JSON")
	c.send(http.MethodPut, keysPath+"acme-erp", `{}`, "linked_account_id", "y").fails(404, "SERVER_ERROR",
		"Linked Account with account id y for org "+mockapi.OrganizationID+" in environment test not found")
	equal(t, "integrations", len(c.account("x").Integrations), 0)
	c.saveKeys("acme-erp", `{"password":"right"}`).ok()
}

func TestWhereSaveKeysFindsTheAccount(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Create("test", mockapi.Account{AccountID: "ä"})
	const target = keysPath + "acme-erp?linked_account_id=%C3%A4"
	c.send(http.MethodPut, target, `{}`).fails(404, "MISSING_REQUIRED_FIELD", "Linked account id is required with API Key, for this resource")
	equal(t, "status of a header in UTF-8", c.send(http.MethodPut, target, `{}`, "linked_account_id", "ä").status, 404)
	c.api.Behave(func(b *mockapi.Behaviour) { b.Integration.AccountInQuery = true })
	c.send(http.MethodPut, target, `{}`).ok()
	equal(t, "status where the header wins", c.send(http.MethodPut, target, `{}`, "linked_account_id", "ä").status, 404)
	equal(t, "integrations", len(c.account("ä").Integrations), 1)
}

func TestAnswersToSavedKeys(t *testing.T) {
	for form, want := range map[mockapi.KeysAnswer]string{
		mockapi.KeysAnswerSuccess: `{"success":true}`,
		mockapi.KeysAnswerApp:     `{"integration":{"name":"Acme ERP","verified_by":"api"},"scopes":["read","write"]}`,
		mockapi.KeysAnswerEmpty:   "",
	} {
		c := start(t, mockapi.Behaviour{Integration: mockapi.IntegrationBehaviour{KeysAnswer: form}})
		c.api.Create("test", mockapi.Account{AccountID: "x"})
		equal(t, fmt.Sprint("answer ", form), c.saveKeys("acme-erp", `{"a":"b"}`).ok().body, want)
		equal(t, fmt.Sprint("keys ", form), c.api.Keys("test", "x", "acme-erp", "keybased"), map[string]string{"a": "b"})
	}
}

func TestDisconnectBehindTheClientsBack(t *testing.T) {
	c := start(t, mockapi.Behaviour{ReadLag: 3})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.api.Connect("test", "x", mockapi.Integration{Type: "hubspot", Name: "HubSpot", AuthTypes: []string{"oauth2"}})
	c.saveKeys("hubspot", `{"api_key":"k"}`).ok()
	c.api.Disconnect("test", "x", "hubspot", "oauth2")
	connections := c.send(http.MethodGet, appsPath+"/hubspot?linked_account_id=x", "").ok().json()["connected_accounts"].([]any)
	equal(t, "connections", len(connections), 1)
	c.api.Disconnect("test", "x", "hubspot", "")
	c.get("x").ok().has("integrations", []any{})
	for name, misuse := range map[string]func(){
		"Disconnect":    func() { c.api.Disconnect("test", "x", "hubspot", "") },
		"RequireReauth": func() { c.api.RequireReauth("test", "x", "hubspot") },
	} {
		func() {
			defer func() {
				if text := fmt.Sprint(recover()); !strings.HasPrefix(text, "mockapi: "+name) {
					t.Errorf("panic %q", text)
				}
			}()
			misuse()
		}()
	}
	equal(t, "keys of nobody", c.api.Keys("test", "gone", "hubspot", "keybased"), map[string]string(nil))
}

func TestKeysAreCopies(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.saveKeys("acme-erp", `{"k":"v"}`).ok()
	c.api.Keys("test", "x", "acme-erp", "keybased")["k"] = "changed"
	c.account("x").Integrations[0].Connections["keybased"].Keys["k"] = "changed"
	equal(t, "key", c.api.Keys("test", "x", "acme-erp", "keybased"), map[string]string{"k": "v"})
}
