// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	invalidApp   = "Valid App ID and Auth credentials required in your_app"
	duplicateKey = "Duplicate Auth key_name not allowed"
	noDefaultApp = "Default app integration not found for linked account x"
)

func seeded(t *testing.T, rules mockapi.CredentialBehaviour) client {
	t.Helper()
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"x","your_app":{"auth_credentials":{"api_key":"one","region":"eu"}}}`).ok()
	c.api.Behave(func(b *mockapi.Behaviour) { b.Credential = rules })
	return c
}

func (c client) put(key, value string, headers ...string) reply {
	c.t.Helper()
	return c.send(http.MethodPut, credentialPath+key+"?linked_account_id=x", `{"value":`+value+`}`, headers...)
}

func TestCredentialsOnUpsert(t *testing.T) {
	const same, different, folded = `{"api_key":"two"}`, `{"secret":"s"}`, `{" API_KEY":"two"}`
	for _, test := range []struct {
		name  string
		rules mockapi.CredentialBehaviour
		sent  string
		want  map[string]string // nil: refused as a duplicate
	}{
		{"merge", mockapi.CredentialBehaviour{}, same, map[string]string{"api_key": "two", "region": "eu"}},
		{"merge adds", mockapi.CredentialBehaviour{}, different, map[string]string{"api_key": "one", "region": "eu", "secret": "s"}},
		{"merge, folded", mockapi.CredentialBehaviour{}, folded, nil},
		{"replace", mockapi.CredentialBehaviour{Replace: true}, different, map[string]string{"secret": "s"}},
		{"replace, folded", mockapi.CredentialBehaviour{Replace: true}, folded, map[string]string{" API_KEY": "two"}},
		{"replace, folded in one body", mockapi.CredentialBehaviour{Replace: true}, `{"a":"1","A":"2"}`, nil},
		{"stored", mockapi.CredentialBehaviour{Duplicates: mockapi.DuplicatesStored}, same, nil},
		{"stored adds", mockapi.CredentialBehaviour{Duplicates: mockapi.DuplicatesStored}, different, map[string]string{"api_key": "one", "region": "eu", "secret": "s"}},
		{"stored, replace", mockapi.CredentialBehaviour{Replace: true, Duplicates: mockapi.DuplicatesStored}, same, nil},
		{"allowed", mockapi.CredentialBehaviour{Duplicates: mockapi.DuplicatesAllowed}, folded, map[string]string{"api_key": "one", "region": "eu", " API_KEY": "two"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := seeded(t, test.rules)
			answer := c.upsert(`{"linked_account_id":"x","name":"new","your_app":{"auth_credentials":` + test.sent + `}}`)
			if test.want == nil {
				answer.fails(400, "SERVER_ERROR", duplicateKey)
				equal(t, "name", c.account("x").Name, (*string)(nil))
				test.want = map[string]string{"api_key": "one", "region": "eu"}
			}
			equal(t, "credentials", c.api.Credentials("test", "x"), test.want)
		})
	}
}

func TestUpsertWithoutYourAppKeepsCredentials(t *testing.T) {
	c := seeded(t, mockapi.CredentialBehaviour{Replace: true})
	c.upsert(`{"linked_account_id":"x","name":"new"}`).ok()
	equal(t, "credentials", len(c.api.Credentials("test", "x")), 2)
}

func TestEmptyYourApp(t *testing.T) {
	for _, app := range []string{`{}`, `{"auth_credentials":{}}`, `{"auth_credentials":null}`} {
		c := start(t, mockapi.Behaviour{})
		body := `{"linked_account_id":"x","your_app":` + app + `}`
		c.upsert(body).fails(500, "SERVER_ERROR", invalidApp)
		c.send(http.MethodPost, accountPath, body).fails(500, "SERVER_ERROR", invalidApp)
		c.api.Behave(func(b *mockapi.Behaviour) { b.Credential.AcceptEmptyApp = true })
		c.upsert(body).ok()
		if c.api.Credentials("test", "x") != nil {
			t.Errorf("%s made a default-app integration", app)
		}
	}
	start(t, mockapi.Behaviour{}).upsert(`{"linked_account_id":"x","your_app":"text"}`).fails(500, "SERVER_ERROR", invalidApp)
}

func TestAppIDRequired(t *testing.T) {
	c := start(t, mockapi.Behaviour{Credential: mockapi.CredentialBehaviour{RequireAppID: true}})
	for _, id := range []string{``, `"app_id":"other",`} {
		refused := c.upsert(`{"linked_account_id":"x","your_app":{` + id + `"auth_credentials":{"k":"v"}}}`)
		refused.fails(500, "INTERNAL_SERVER_ERROR", "A valid app_id is required")
		refused.has("http_error_type", "BAD_REQUEST")
	}
	c.upsert(`{"linked_account_id":"x","your_app":{"app_id":"` + mockapi.DefaultAppID + `","auth_credentials":{"k":"v"}}}`).ok()
}

func TestDefaultAppIsAnIntegration(t *testing.T) {
	c := seeded(t, mockapi.CredentialBehaviour{})
	shown := c.get("x").ok().json()["integrations"].([]any)
	equal(t, "number of integrations", len(shown), 1)
	equal(t, "type", shown[0].(object)["type"], "custom")
	equal(t, "app_id", shown[0].(object)["app_id"], mockapi.DefaultAppID)
	c.api.Behave(func(b *mockapi.Behaviour) { b.Document.HideDefaultApp = true })
	c.get("x").ok().has("integrations", []any{})
}

func TestPutCredential(t *testing.T) {
	c := seeded(t, mockapi.CredentialBehaviour{})
	before := c.account("x")
	equal(t, "answer", c.put("token", `"t"`).ok().body,
		`{"success":true,"message":"Auth credential 'token' added successfully","action":"added"}`)
	equal(t, "answer", c.put("token", `"u"`).ok().body,
		`{"success":true,"message":"Auth credential 'token' updated successfully","action":"updated"}`)
	c.put("a%2Fb%20%C3%A4", `12345678901234567890`).ok()
	c.put("flag", `true`).ok()
	equal(t, "credentials", c.api.Credentials("test", "x"), map[string]string{
		"api_key": "one", "region": "eu", "token": "u", "a/b ä": "12345678901234567890", "flag": "true",
	})
	if after := c.account("x"); !after.UpdatedAt.After(before.UpdatedAt) || after.Version != before.Version+4 {
		t.Errorf("updatedAt %v -> %v, version %d -> %d", before.UpdatedAt, after.UpdatedAt, before.Version, after.Version)
	}
	c.put("k", `null`).fails(400, "VALIDATION_ERROR", "value is required")
	c.send(http.MethodPut, credentialPath+"k?linked_account_id=x", `{}`).fails(400, "VALIDATION_ERROR", "value is required")
}

func TestDeleteCredential(t *testing.T) {
	c := seeded(t, mockapi.CredentialBehaviour{})
	remove := func(key string) reply {
		return c.send(http.MethodDelete, credentialPath+key+"?linked_account_id=x", "")
	}
	equal(t, "answer", remove("region").ok().body, `{"success":true,"message":"Auth credential 'region' deleted successfully"}`)
	remove("region").fails(404, "RESOURCE_NOT_FOUND", "Auth credential key 'region' not found")
	remove("api_key").ok()
	equal(t, "credentials", c.api.Credentials("test", "x"), map[string]string{})

	c.put("api_key", `"v"`).ok()
	c.api.Behave(func(b *mockapi.Behaviour) { b.Credential.LastKeyRemoves = true })
	remove("api_key").ok()
	if c.api.Credentials("test", "x") != nil || len(c.account("x").Integrations) != 0 {
		t.Error("the integration outlived its last key")
	}
	remove("api_key").fails(404, "RESOURCE_NOT_FOUND", noDefaultApp)
	c.put("api_key", `"v"`).fails(404, "RESOURCE_NOT_FOUND", noDefaultApp)
}

func TestCredentialOfAnUnknownAccount(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.put("k", `"v"`).fails(404, "SERVER_ERROR",
		"Linked Account with account id x for org "+mockapi.OrganizationID+" in environment test not found")
	c.api.Behave(func(b *mockapi.Behaviour) { b.Credential.UnknownAccountAsDefaultApp = true })
	c.put("k", `"v"`).fails(404, "RESOURCE_NOT_FOUND", noDefaultApp)
}

func TestCredentialSelectsTheAccount(t *testing.T) {
	c := seeded(t, mockapi.CredentialBehaviour{})
	c.send(http.MethodPut, credentialPath+"k", `{"value":"v"}`).
		fails(404, "MISSING_REQUIRED_FIELD", "Linked account id is required with API Key, for this resource")
	c.send(http.MethodPut, credentialPath+"k", `{"value":"v"}`, "linked_account_id", "x").ok()
	equal(t, "status when the header names another account", c.put("k", `"v"`, "linked_account_id", "other").status, 404)

	c.upsert(`{"linked_account_id":"ä","your_app":{"auth_credentials":{"k":"v"}}}`).ok()
	const target = credentialPath + "k?linked_account_id=%C3%A4"
	c.send(http.MethodPut, target, `{"value":"query"}`).ok()
	utf8 := c.send(http.MethodPut, target, `{"value":"v"}`, "linked_account_id", "ä")
	if utf8.status != 404 || !strings.Contains(utf8.body, "Ã¤") {
		t.Errorf("a UTF-8 header must be read as latin1, answer %d: %s", utf8.status, utf8.body)
	}
	c.send(http.MethodPut, target, `{"value":"latin1"}`, "linked_account_id", "\xe4").ok()
	equal(t, "credential", c.api.Credentials("test", "ä")["k"], "latin1")
}

func TestNoAnswerHoldsACredential(t *testing.T) {
	const secret = "sÉcret-value"
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"x","your_app":{"auth_credentials":{"secret_key":"` + secret + `"}}}`).ok()
	c.put("other", `"`+secret+`"`).ok()
	c.get("x").ok()
	c.send(http.MethodGet, accountPath, "").ok()
	for _, request := range c.api.Requests() {
		if strings.Contains(string(request.Answer), secret) || strings.Contains(string(request.Answer), "secret_key") {
			t.Errorf("%s %s answers with a credential: %s", request.Method, request.Path, request.Answer)
		}
	}
}
