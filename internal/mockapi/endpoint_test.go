// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestUnknownRoutes(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	for _, test := range []struct{ method, path, shown string }{
		{http.MethodGet, "/x", "/x"},
		{http.MethodGet, "//api/v2/public/linked-account", "//api/v2/public/linked-account"},
		{http.MethodPatch, accountPath, accountPath},
		{http.MethodDelete, accountPath + "/", accountPath + "/"},
		{http.MethodGet, accountPath + "/a/b", accountPath + "/a/b"},
		{http.MethodPut, strings.TrimSuffix(credentialPath, "/"), strings.TrimSuffix(credentialPath, "/")},
		{http.MethodGet, "/%3Cb%3E", "/%3Cb%3E"},
	} {
		answer := c.send(test.method, test.path, "", "x-api-key", "")
		equal(t, "status", answer.status, 404)
		equal(t, "content type", answer.header.Get("Content-Type"), "text/html; charset=utf-8")
		if want := "<pre>Cannot " + test.method + " " + test.shown + "</pre>"; !strings.Contains(answer.body, want) {
			t.Errorf("body %s, want %s", answer.body, want)
		}
	}
}

func TestRoutesMatchAsExpressDoes(t *testing.T) {
	c := start(t, mockapi.Behaviour{})
	c.upsert(`{"linked_account_id":"x"}`).ok()
	c.send(http.MethodGet, "/API/v2/Public/LINKED-account/x/", "").ok().has("account_id", "x")
	c.send(http.MethodGet, accountPath+"/", "").ok().has("totalDocs", c.send(http.MethodGet, accountPath, "").json()["totalDocs"])
	equal(t, "status for a path that is not UTF-8", c.send(http.MethodGet, accountPath+"/%FF", "").status, 400)
	c.api.Create("test", mockapi.Account{AccountID: "a+b%2F"})
	c.send(http.MethodGet, accountPath+"/a+b%252F", "").ok().has("account_id", "a+b%2F")
}

func TestBehindAPathPrefix(t *testing.T) {
	api := mockapi.New()
	server := httptest.NewServer(http.StripPrefix("/refold", api))
	t.Cleanup(server.Close)
	c := client{t, api, server.URL + "/refold"}
	api.Create("test", mockapi.Account{AccountID: "a/b"})
	c.get("a%2Fb").ok().has("account_id", "a/b")
	equal(t, "logged path", api.Requests()[0].Path, accountPath+"/a%2Fb")
}

func TestPathsAreLoggedAsSent(t *testing.T) {
	api := mockapi.New()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, accountPath+"/a|b", nil)
	api.ServeHTTP(httptest.NewRecorder(), request)
	equal(t, "logged path", api.Requests()[0].Path, accountPath+"/a|b")
}

func TestKeysSelectOrganizationAndEnvironment(t *testing.T) {
	other := mockapi.Key{Value: "tkother", OrganizationID: "6500a1b2c3d4e5f6a7b8c9ff", Environment: "test"}
	c := start(t, mockapi.Behaviour{}, mockapi.WithKeys(
		mockapi.Key{Value: mockapi.TestKey, OrganizationID: mockapi.OrganizationID, Environment: "test"}, other))
	c.upsert(`{"linked_account_id":"x"}`).ok()
	c.send(http.MethodGet, accountPath+"/x", "", "x-api-key", other.Value).fails(404, "SERVER_ERROR",
		"Linked Account with account id x for org 6500a1b2c3d4e5f6a7b8c9ff in environment test not found")
	equal(t, "accounts by environment", len(c.api.Accounts("test")), 1)
	equal(t, "accounts by key", len(c.api.Accounts(other.Value)), 0)
	equal(t, "status of a key that is not known", c.send(http.MethodGet, accountPath, "", "x-api-key", mockapi.ProductionKey).status, 401)
}
