// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestApplicationRequests(t *testing.T) {
	checkRequests(t, []requestTest{
		{name: "catalogue", method: http.MethodGet, target: appsPath},
		{name: "apps of an account", method: http.MethodGet, target: appsPath + "?linked_account_id=%C3%A4&ecosystem=true&slug=s&tags=t&auth_type=a"},
		{name: "apps by header", method: http.MethodGet, target: appsPath, headers: []string{"linked_account_id", "a b"}},
		{name: "apps by a header that does not arrive", method: http.MethodGet, target: appsPath, headers: []string{"linked_account_id", "ä"}, want: `header parameter "linked_account_id"`},
		{name: "apps by another ecosystem", method: http.MethodGet, target: appsPath + "?ecosystem=yes", want: `query parameter "ecosystem"`},
		{name: "apps that are connected", method: http.MethodGet, target: appsPath + "?connected=true", want: `query parameter "connected" is not in the contract`},
		{name: "pages of apps", method: http.MethodGet, target: appsPath + "?page=1", want: `query parameter "page" is not in the contract`},
		{name: "one app", method: http.MethodGet, target: appsPath + "/slack?linked_account_id=x"},
		{name: "filter of one app", method: http.MethodGet, target: appsPath + "/slack?tags=t", want: `query parameter "tags" is not in the contract`},
	})
}

func TestApplicationAnswers(t *testing.T) {
	loaded := load(t)
	connection := func(more string) string { return `{"name":"n","connected_accounts":[{"auth_type":"a"` + more + `}]}` }
	for name, test := range map[string]struct{ body, want string }{
		"short":                    {`{"name":"n"}`, ""},
		"a field of the app's own": {`{"name":"n","upstream":{"a":[1]}}`, ""},
		"identifier text":          {connection(`,"identifier":"i"`), ""},
		"identifier object":        {connection(`,"identifier":{"id":1}`), ""},
		"identifier number":        {connection(`,"identifier":1`), `at ["connected_accounts","0","identifier"]`},
		"keys of a connection":     {connection(`,"keys":{}`), `property "keys" is unsupported`},
		"organization":             {`{"name":"n","org_id":"o"}`, `at ["org_id"]`},
		"environment":              {`{"name":"n","environment":"test"}`, `at ["environment"]`},
		"credentials":              {`{"name":"n","credentials":{}}`, `at ["credentials"]`},
		"list in place of one":     {`[{"name":"n"}]`, "body: "},
	} {
		t.Run(name, func(t *testing.T) {
			w := wrap(t, loaded, answers(http.StatusOK, applicationJSON, test.body))
			w.send(http.MethodGet, appsPath+"/slack", "")
			if reported := w.take(); (test.want == "") != (reported == "") || !strings.Contains(reported, test.want) {
				t.Errorf("reported %q, want %q", reported, test.want)
			}
		})
	}
}

// applicationBehaviours are the switches that reach applications, and connections by keys.
func applicationBehaviours() map[string]mockapi.Behaviour {
	type b = mockapi.Behaviour
	return map[string]b{
		"apps want an account":        {Application: mockapi.ApplicationBehaviour{AccountRequired: true, UnknownAccount: mockapi.UnknownAccountShort}},
		"apps of an unknown account":  {Application: mockapi.ApplicationBehaviour{UnknownAccount: mockapi.UnknownAccountCatalogue, IgnoreFilters: true}},
		"apps that are not connected": {Application: mockapi.ApplicationBehaviour{ShowUnconnected: true, IdentifierObject: true}},
		"apps that were connected":    {Application: mockapi.ApplicationBehaviour{ReauthUnconnected: true}},
		"key fields in options":       {Application: mockapi.ApplicationBehaviour{KeyFields: mockapi.KeyFieldsInOptions}},
		"key fields in the input map": {Application: mockapi.ApplicationBehaviour{KeyFields: mockapi.KeyFieldsInInputMap}},
		"key fields nowhere":          {Application: mockapi.ApplicationBehaviour{KeyFields: mockapi.KeyFieldsNowhere}},
		"keys answered by the app":    {Integration: mockapi.IntegrationBehaviour{KeysAnswer: mockapi.KeysAnswerApp, AccountInQuery: true}},
		"keys answered by nothing":    {Integration: mockapi.IntegrationBehaviour{KeysAnswer: mockapi.KeysAnswerEmpty}},
	}
}

// applications reads the catalogue and connects apps by keys.
func applications(w wrapped) {
	read := func() {
		w.send(http.MethodGet, appsPath, "")
		w.send(http.MethodGet, appsPath+"?linked_account_id=x&ecosystem=false", "")
		w.send(http.MethodGet, appsPath+"/zendesk", "", "linked_account_id", "x")
		w.send(http.MethodGet, appsPath+"/"+mockapi.CustomAppID+"?linked_account_id=x", "")
	}
	keys := func(slug, authType, body string) {
		w.send(http.MethodPut, keysPath+slug+"?linked_account_id=x&auth_type="+authType, body, "linked_account_id", "x")
	}
	read()
	keys("zendesk", "keybased", `{"subdomain":"s","email":"e","api_token":"t"}`)
	keys("zendesk", "keybased", `{"subdomain":"s"}`)
	keys("hubspot", "keybased", `{"api_key":"k"}`)
	keys("hubspot", "oauth2", `{"api_key":"k"}`)
	keys(mockapi.CustomAppID, "keybased", `{"token":"t"}`)
	keys("unknown", "keybased", `{}`)
	read()
	w.send(http.MethodGet, appsPath+"/unknown", "")
	w.send(http.MethodGet, appsPath, "", "x-api-key", "wrong")
	w.send(http.MethodPut, keysPath+"zendesk?linked_account_id=x&auth_type=keybased", `{}`, "linked_account_id", "x", "x-api-key", "wrong")
	w.send(http.MethodDelete, accountPath+"/integration/zendesk?linked_account_id=x&auth_type=keybased", "")
}
