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

func TestCreate(t *testing.T) {
	c := start(t, mockapi.Behaviour{}, mockapi.WithClock(fixedClock))
	answer := c.send(http.MethodPost, accountPath, `{"account_id":"a","name":"Acme","udf":{"plan":"pro"}}`).ok()
	id := c.account("a").ID
	want := `{"_id":"` + id + `","account_id":"a","name":"Acme","environment":"test","integrations":null}`
	equal(t, "answer", answer.body, want)
	equal(t, "content type", answer.header.Get("Content-Type"), "application/json; charset=utf-8")
	equal(t, "second in the id", id[:8], fmt.Sprintf("%08x", fixedClock().Unix()))

	c.send(http.MethodPost, accountPath, `{"linked_account_id":"a"}`).
		fails(400, "SERVER_ERROR", "Linked account with id a already exists in the test environment")
	equal(t, "name after a refused create", *c.account("a").Name, "Acme")

	c.api.Behave(func(b *mockapi.Behaviour) { b.Account.DuplicateAs409 = true })
	c.send(http.MethodPost, accountPath, `{"linked_account_id":"a"}`).
		fails(409, "SERVER_ERROR", "Linked account with id a already exists in the test environment")

	c.api.Behave(func(b *mockapi.Behaviour) { b.Account.CreateAdopts = true })
	c.send(http.MethodPost, accountPath, `{"linked_account_id":"a","name":"New"}`).ok().has("_id", id)
	equal(t, "name after an adopting create", *c.account("a").Name, "New")
}

func TestUpsertCreatesAndUpdates(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	created := c.upsert(`{"linked_account_id":"a","name":"Acme","udf":{"plan":"pro"}}`).ok()
	created.has("new_account", true)
	created.has("associated_org", mockapi.OrganizationID)
	created.has("environment", "test")
	created.has("__v", json.Number("0"))
	before := c.account("a")

	updated := c.upsert(`{"linked_account_id":"a","name":"Renamed"}`).ok()
	updated.has("new_account", false)
	updated.has("name", "Renamed")
	updated.has("_id", before.ID)
	updated.has("createdAt", created.json()["createdAt"])
	updated.has("__v", json.Number("1"))
	if _, shown := updated.json()["integrations"]; shown {
		t.Error("an upsert must not answer with integrations")
	}
	after := c.account("a")
	if !after.UpdatedAt.After(before.UpdatedAt) {
		t.Errorf("updatedAt went from %v to %v", before.UpdatedAt, after.UpdatedAt)
	}
	equal(t, "udf after an upsert without", after.UDFMap(), object{"plan": "pro"})
	equal(t, "time of the udf entry", after.UDF[0].UpdatedAt, after.UpdatedAt)
	if after.UDF[0].ID == before.UDF[0].ID {
		t.Error("a udf entry must get a new id on every write")
	}
	if _, ok := c.api.Account("production", "a"); ok {
		t.Error("the account is in the other environment too")
	}
}

func TestUpsertReadsThePayloadForm(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"a","name":"Flat","udf":{"x":1},"payload":{"name":"Nested","your_app":{"auth_credentials":{"k":"v"}}}}`).ok()
	equal(t, "name", *c.account("a").Name, "Nested")
	equal(t, "udf", c.account("a").UDFMap(), object{"x": json.Number("1")})
	equal(t, "credentials", c.api.Credentials("test", "a"), map[string]string{"k": "v"})
}

func TestWritesRefuseBadBodies(t *testing.T) {
	for _, method := range []string{http.MethodPost, http.MethodPut} {
		for _, test := range []struct {
			name, body, code, message string
		}{
			{"nothing", "", "INVALID_LINKED_ACCOUNT_ID", "linked_account_id required"},
			{"no id", `{}`, "INVALID_LINKED_ACCOUNT_ID", "linked_account_id required"},
			{"an array", `[1]`, "INVALID_LINKED_ACCOUNT_ID", "linked_account_id required"},
			{"empty id", `{"linked_account_id":""}`, "INVALID_LINKED_ACCOUNT_ID", "linked_account_id required"},
			{"number as id", `{"linked_account_id":5}`, "INVALID_LINKED_ACCOUNT_ID", "linked_account_id required"},
			{"tenant id", `{"linked_account_id":"` + mockapi.OrganizationID + `"}`, "INVALID_LINKED_ACCOUNT_ID", "linked_account_id must not be the tenant id"},
			{"half JSON", `{"linked_account_id":"a"`, "SERVER_ERROR", "Unexpected token in JSON"},
			{"a bare value", `"a"`, "SERVER_ERROR", "Unexpected token in JSON"},
			{"number as name", `{"linked_account_id":"a","name":5}`, "VALIDATION_ERROR", "name must be a string"},
			{"array as udf", `{"linked_account_id":"a","udf":[]}`, "VALIDATION_ERROR", "udf must be an object"},
		} {
			t.Run(method+" "+test.name, func(t *testing.T) {
				c := start(t, mockapi.Behaviour{})
				c.send(method, accountPath, test.body).fails(400, test.code, test.message)
				equal(t, "number of accounts", len(c.api.Accounts("test")), 0)
			})
		}
	}
}

func TestBodiesOfAnotherTypeAreNotRead(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.send(http.MethodPut, accountPath, `{"linked_account_id":"a"}`, "Content-Type", "text/plain").
		fails(400, "INVALID_LINKED_ACCOUNT_ID", "linked_account_id required")
}

func TestIDCharacters(t *testing.T) {
	c := start(t, mockapi.Behaviour{Account: mockapi.AccountBehaviour{IDsVisibleASCII: true}})
	c.upsert(`{"linked_account_id":"a@b/c%+"}`).ok()
	for _, id := range []string{"a b", "ä", "a\\u0000"} {
		c.upsert(`{"linked_account_id":"`+id+`"}`).
			fails(400, "INVALID_LINKED_ACCOUNT_ID", "linked_account_id contains characters that are not allowed")
	}
}

func TestIDCase(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"Acme"}`).ok()
	equal(t, "status for another case", c.get("acme").status, 404)
	c.api.Behave(func(b *mockapi.Behaviour) { b.Account.IDsIgnoreCase = true })
	c.get("acme").ok().has("account_id", "Acme")
	c.upsert(`{"linked_account_id":"ACME","name":"N"}`).ok().has("new_account", false)
	equal(t, "number of accounts", len(c.api.Accounts("test")), 1)
}

func TestEmptyName(t *testing.T) {
	for _, body := range []string{`{"linked_account_id":"a","name":""}`, `{"linked_account_id":"a","name":null}`} {
		c := start(t, mockapi.Behaviour{})
		c.api.Create("test", mockapi.Account{AccountID: "a", Name: new("Acme")})
		c.api.Behave(func(b *mockapi.Behaviour) { b.Account.EmptyName = mockapi.EmptyNameRejected })
		c.upsert(body).fails(400, "VALIDATION_ERROR", "name must not be empty")
		c.api.Behave(func(b *mockapi.Behaviour) { b.Account.EmptyName = mockapi.EmptyNameIgnored })
		c.upsert(body).ok().has("name", "Acme")
		c.api.Behave(func(b *mockapi.Behaviour) { b.Account.EmptyName = mockapi.EmptyNameStored })
		c.upsert(body).ok()
		if name := c.account("a").Name; name != nil && *name != "" {
			t.Errorf("%s left the name %q", body, *name)
		}
	}
}

func TestGetAndDeleteNotFound(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	const long = "Linked Account with account id gone for org " + mockapi.OrganizationID + " in environment test not found"
	c.get("gone").fails(404, "SERVER_ERROR", long)
	c.send(http.MethodDelete, accountPath+"/gone", "").fails(404, "SERVER_ERROR", long)
	c.send(http.MethodGet, accountPath+"/gone", "", "x-api-key", mockapi.ProductionKey).fails(404, "SERVER_ERROR",
		"Linked Account with account id gone for org "+mockapi.OrganizationID+" in environment production not found")
	c.api.Behave(func(b *mockapi.Behaviour) {
		b.Account.GetNotFoundAs500, b.Account.DeleteNotFoundAs500 = true, true
		b.Account.ShortNotFound = true
	})
	c.get("gone").fails(500, "SERVER_ERROR", "Linked Account with account id gone not found")
	c.send(http.MethodDelete, accountPath+"/gone", "").fails(500, "SERVER_ERROR", "Linked Account with account id gone not found")
}

func TestDelete(t *testing.T) {
	c := start(t, mockapi.Behaviour{Account: mockapi.AccountBehaviour{TestUser: "seed"}})
	c.upsert(`{"linked_account_id":"a"}`).ok()
	c.upsert(`{"linked_account_id":"b"}`).ok()
	c.upsert(`{"linked_account_id":"seed"}`).ok()
	equal(t, "answer", c.send(http.MethodDelete, accountPath+"/a", "").ok().body, `{"message":"User deleted successfully"}`)
	equal(t, "status of a second delete", c.send(http.MethodDelete, accountPath+"/a", "").status, 404)

	c.api.Behave(func(b *mockapi.Behaviour) { b.Account.DeleteAnswersText = true })
	text := c.send(http.MethodDelete, accountPath+"/b", "").ok()
	equal(t, "answer", text.body, "ok")
	equal(t, "content type", text.header.Get("Content-Type"), "text/html; charset=utf-8")

	c.send(http.MethodDelete, accountPath+"/seed", "").fails(400, "SERVER_ERROR", "The Refold test user cannot be deleted")
	c.account("seed")
}

func TestOldDeleteDoesNotFindEncodedIDs(t *testing.T) {
	c := start(t, mockapi.Behaviour{Account: mockapi.AccountBehaviour{DeleteEncodesTwice: true}})
	for _, id := range []string{"a@b", "a+b", "a b", "a%b"} {
		c.api.Create("test", mockapi.Account{AccountID: id})
		equal(t, "status for "+id, c.send(http.MethodDelete, accountPath+"/"+url.PathEscape(id), "").status, 404)
	}
	c.api.Create("test", mockapi.Account{AccountID: "plain-1"})
	c.send(http.MethodDelete, accountPath+"/plain-1", "").ok()
}

func TestIDsSurvivePathAndBody(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	for _, id := range []string{"a@b.example", "a+b", "a/b", "100%", "a b", "ä", "%2F", "account:1", "a?b#c", `a"b<c>&`} {
		body, err := json.Marshal(object{"linked_account_id": id})
		if err != nil {
			t.Fatal(err)
		}
		c.upsert(string(body)).ok().has("account_id", id)
		c.get(url.PathEscape(id)).ok().has("account_id", id)
		c.send(http.MethodDelete, accountPath+"/"+url.PathEscape(id), "").ok()
	}
	equal(t, "number of accounts", len(c.api.Accounts("test")), 0)
}

func TestDeleteIntegration(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"a","your_app":{"auth_credentials":{"k":"v"}}}`).ok()
	c.api.Connect("test", "a", mockapi.Integration{Type: "hubspot", Name: "Hubspot", AuthTypes: []string{"oauth2", "keybased"}})
	remove := func(slug, query string) reply {
		return c.send(http.MethodDelete, accountPath+"/integration/"+slug+query, "")
	}
	remove("hubspot", "").fails(400, "SERVER_ERROR", "Linked account id is required")
	equal(t, "status for an unknown account", remove("hubspot", "?linked_account_id=x").status, 404)

	version := c.account("a").Version
	remove("slack", "?linked_account_id=a").ok()
	equal(t, "version after an absent integration", c.account("a").Version, version)

	remove("hubspot", "?linked_account_id=a&auth_type=oauth2").ok()
	equal(t, "connections left", c.account("a").Integrations[1].AuthTypes, []string{"keybased"})
	left := remove("hubspot", "?linked_account_id=a&auth_type=keybased").ok()
	equal(t, "integrations left", len(left.json()["integrations"].([]any)), 1)

	remove("custom", "?linked_account_id=a").ok()
	if c.api.Credentials("test", "a") == nil {
		t.Error("a custom app must not be named by its type")
	}
	remove(mockapi.DefaultAppID, "?linked_account_id=a").ok().has("integrations", []any{})
	if c.api.Credentials("test", "a") != nil {
		t.Error("the credentials outlived the default app's integration")
	}
}

func TestReadLag(t *testing.T) {
	c := start(t, mockapi.Behaviour{ReadLag: 2})
	c.upsert(`{"linked_account_id":"a","name":"one"}`).ok()
	equal(t, "first read of a new account", c.get("a").status, 404)
	list := c.send(http.MethodGet, accountPath, "").ok()
	equal(t, "documents of a lagging list", list.json()["docs"], []any{})
	c.get("a").ok().has("name", "one")

	c.upsert(`{"linked_account_id":"a","name":"two"}`).ok().has("name", "two")
	c.get("a").ok().has("name", "one")
	c.get("a").ok().has("name", "one")
	c.get("a").ok().has("name", "two")

	c.send(http.MethodDelete, accountPath+"/a", "").ok()
	c.get("a").ok().has("name", "two")
	list = c.send(http.MethodGet, accountPath, "").ok()
	equal(t, "number of lagging documents", len(list.json()["docs"].([]any)), 1)
	equal(t, "read after the lag", c.get("a").status, 404)
}
