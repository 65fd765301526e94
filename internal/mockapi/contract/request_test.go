// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// TestRequests shows which requests are reported. want is a part of the report;
// empty: the request is right.
func TestRequests(t *testing.T) {
	loaded := load(t)
	const put, get, del = http.MethodPut, http.MethodGet, http.MethodDelete
	const post, disconnect, connect = http.MethodPost, accountPath + "/integration/slack?linked_account_id=x", connectURLPath + "?linked_account_id=x"
	bearer := []string{"x-api-key", "", "Authorization", "Bearer T0KEN"}
	const one, key = accountPath + "/x", credentialPath + "k?linked_account_id=x"
	for _, test := range []struct {
		name, method, target, body string
		headers                    []string
		want                       string
	}{
		{name: "upsert", method: put, target: accountPath, body: `{"linked_account_id":"x"}`},
		{
			name: "upsert of everything", method: put, target: accountPath,
			body: `{"linked_account_id":"x","name":"n","udf":{"a":"s","b":12345678901234567890,"c":true,"d":null,"e":1.5},"your_app":{"app_id":"i","auth_credentials":{"k":""}}}`,
		},
		{name: "upsert with empty udf", method: put, target: accountPath, body: `{"linked_account_id":"x","udf":{}}`},
		{name: "get", method: get, target: one},
		{name: "list", method: get, target: accountPath + "?page=2&limit=100"},
		{name: "list with filters", method: get, target: accountPath + "?page=1&limit=10&search=a+b&scope=eu&env_variable_name=n&env_variable_value=v"},
		{name: "delete", method: del, target: one},
		{name: "put credential", method: put, target: key, body: `{"value":"v"}`},
		{name: "put credential with header", method: put, target: key, body: `{"value":""}`, headers: []string{"linked_account_id", "x"}},
		{name: "delete credential", method: del, target: key},
		{name: "token", method: post, target: tokenPath, body: `{"linked_account_id":"x"}`},
		{name: "fresh token", method: post, target: tokenPath + "?force_refresh=true", body: `{"linked_account_id":"x"}`},
		{name: "revoke", method: post, target: tokenPath + "/revoke", headers: bearer},
		{name: "connect URL", method: post, target: connect, body: `{"bgColor":"red"}`, headers: bearer},
		{name: "connect URL by key", method: post, target: connect + "&config_id=c", body: `{}`, headers: []string{"linked_account_id", "x"}},
		{name: "disconnect", method: del, target: disconnect + "&auth_type=oauth2", headers: []string{"linked_account_id", "x"}},
		{name: "appended User-Agent", method: get, target: one, headers: []string{"User-Agent", userAgent + " ci/1 (x; y)"}},

		{name: "upsert without id", method: put, target: accountPath, body: `{"name":"n"}`, want: `property "linked_account_id" is missing`},
		{name: "upsert with account_id", method: put, target: accountPath, body: `{"linked_account_id":"x","account_id":"x"}`, want: `property "account_id" is unsupported`},
		{name: "upsert in payload form", method: put, target: accountPath, body: `{"linked_account_id":"x","payload":{}}`, want: `property "payload" is unsupported`},
		{name: "empty id", method: put, target: accountPath, body: `{"linked_account_id":""}`, want: `at ["linked_account_id"]`},
		{name: "id with space", method: put, target: accountPath, body: `{"linked_account_id":"x "}`, want: `at ["linked_account_id"]`},
		{name: "id with control character", method: put, target: accountPath, body: `{"linked_account_id":"a\nb"}`, want: `at ["linked_account_id"]`},
		{name: "id of dots", method: put, target: accountPath, body: `{"linked_account_id":".."}`, want: `at ["linked_account_id"]`},
		{name: "id of three dots", method: put, target: accountPath, body: `{"linked_account_id":"..."}`},
		{name: "empty name", method: put, target: accountPath, body: `{"linked_account_id":"x","name":""}`, want: `at ["name"]: minimum string length is 1`},
		{name: "null name", method: put, target: accountPath, body: `{"linked_account_id":"x","name":null}`, want: `at ["name"]`},
		{name: "empty your_app", method: put, target: accountPath, body: `{"linked_account_id":"x","your_app":{}}`, want: `property "auth_credentials" is missing`},
		{name: "no credentials", method: put, target: accountPath, body: `{"linked_account_id":"x","your_app":{"auth_credentials":{}}}`, want: `at ["your_app","auth_credentials"]`},
		{name: "number as credential", method: put, target: accountPath, body: `{"linked_account_id":"x","your_app":{"auth_credentials":{"k":1}}}`, want: `at ["your_app","auth_credentials","k"]`},
		{name: "object in udf", method: put, target: accountPath, body: `{"linked_account_id":"x","udf":{"a":{}}}`, want: `at ["udf","a"]`},
		{name: "array as udf", method: put, target: accountPath, body: `{"linked_account_id":"x","udf":[]}`, want: `at ["udf"]`},
		{name: "half JSON", method: put, target: accountPath, body: `{"linked_account_id":`, want: "body: "},
		{name: "no body", method: put, target: accountPath, want: "body: is required"},
		{name: "form", method: put, target: accountPath, body: `a=b`, headers: []string{"Content-Type", "application/x-www-form-urlencoded"}, want: "body: "},
		{name: "no content type", method: put, target: accountPath, body: `{"linked_account_id":"x"}`, headers: []string{"Content-Type", ""}, want: "body: "},
		{name: "no key", method: get, target: one, headers: []string{"x-api-key", ""}, want: `header parameter "x-api-key": is required`},
		{name: "Go's User-Agent", method: get, target: one, headers: []string{"User-Agent", "Go-http-client/1.1"}, want: `header parameter "User-Agent"`},
		{name: "User-Agent without Terraform", method: get, target: one, headers: []string{"User-Agent", "terraform-provider-refold/1.2.3"}, want: `header parameter "User-Agent"`},
		{name: "get with body", method: get, target: one, body: `{}`, want: "a body is not in the contract"},
		{name: "delete with query", method: del, target: one + "?force=1", want: `query parameter "force" is not in the contract`},
		{name: "id of dots in the path", method: get, target: accountPath + "/%2E%2E", want: `path parameter "linked_account_id"`},
		{name: "credential without query", method: put, target: credentialPath + "k", body: `{"value":"v"}`, want: `query parameter "linked_account_id": is required`},
		{name: "credential with two queries", method: put, target: key + "&linked_account_id=y", body: `{"value":"v"}`, want: `query parameter "linked_account_id" is sent 2 times`},
		{name: "credential with UTF-8 header", method: put, target: credentialPath + "k?linked_account_id=%C3%A4", body: `{"value":"v"}`, headers: []string{"linked_account_id", "ä"}, want: `header parameter "linked_account_id"`},
		{name: "credential that is null", method: put, target: key, body: `{"value":null}`, want: `at ["value"]`},
		{name: "create", method: http.MethodPost, target: accountPath, body: `{"linked_account_id":"x"}`, want: "no such operation"},
		{name: "list without page", method: get, target: accountPath + "?limit=100", want: `query parameter "page": is required`},
		{name: "list without limit", method: get, target: accountPath + "?page=1", want: `query parameter "limit": is required`},
		{name: "list from page 0", method: get, target: accountPath + "?page=0&limit=100", want: `query parameter "page"`},
		{name: "list without documents", method: get, target: accountPath + "?page=1&limit=0", want: `query parameter "limit"`},
		{name: "list of large pages", method: get, target: accountPath + "?page=1&limit=101", want: `query parameter "limit"`},
		{name: "list with two pages", method: get, target: accountPath + "?page=1&limit=100&page=2", want: `query parameter "page" is sent 2 times`},
		{name: "list with an empty filter", method: get, target: accountPath + "?page=1&limit=100&search=", want: `query parameter "search"`},
		{name: "list with the provider's own filter", method: get, target: accountPath + "?page=1&limit=100&id_prefix=x", want: `query parameter "id_prefix" is not in the contract`},
		{name: "token for nobody", method: post, target: tokenPath, body: `{}`, want: `property "linked_account_id" is missing`},
		{name: "token that is not refreshed", method: post, target: tokenPath + "?force_refresh=false", body: `{"linked_account_id":"x"}`, want: `query parameter "force_refresh"`},
		{name: "revoke without token", method: post, target: tokenPath + "/revoke", want: `header parameter "Authorization": is required`},
		{name: "revoke with a bare token", method: post, target: tokenPath + "/revoke", headers: []string{"Authorization", "T0KEN"}, want: `header parameter "Authorization"`},
		{name: "revoke with body", method: post, target: tokenPath + "/revoke", body: `{}`, headers: bearer, want: "a body is not in the contract"},
		{name: "connect URL without account", method: post, target: connectURLPath, body: `{}`, headers: bearer, want: `query parameter "linked_account_id": is required`},
		{name: "connect URL with an unknown property", method: post, target: connect, body: `{"bg_color":"red"}`, headers: bearer, want: `property "bg_color" is unsupported`},
		{name: "disconnect without account", method: del, target: accountPath + "/integration/slack", want: `query parameter "linked_account_id": is required`},
		{name: "disconnect with empty type", method: del, target: disconnect + "&auth_type=", want: `query parameter "auth_type"`},
		{name: "get without id", method: get, target: accountPath + "/", want: "no such operation"},
		{name: "id that is not encoded", method: get, target: accountPath + "/a/b", want: "no such operation"},
		{name: "double slash", method: get, target: "/" + one, want: "no such operation"},
	} {
		t.Run(test.name, func(t *testing.T) {
			api := mockapi.New()
			api.Create("test", mockapi.Account{AccountID: "x"})
			w := wrap(t, loaded, api)
			w.send(test.method, test.target, test.body, test.headers...)
			reported := w.take()
			if (test.want == "") != (reported == "") || !strings.Contains(reported, test.want) {
				t.Errorf("reported %q, want %q", reported, test.want)
			}
			path, _, _ := strings.Cut(test.target, "?")
			if test.want != "" && !strings.HasPrefix(reported, "contract: "+test.method+" "+path+": ") {
				t.Errorf("%q does not name the request", reported)
			}
		})
	}
}

func TestIDsInPathsAreDecodedOnce(t *testing.T) {
	loaded := load(t)
	api := mockapi.New()
	w := wrap(t, loaded, api)
	for _, id := range []string{"a@b", "a+b", "a/b", "100%", "a b", "ä", "%2F", "a,b", "a;b=c", "[a]", "{a}", ":a"} {
		body, err := json.Marshal(map[string]any{
			"linked_account_id": id, "your_app": map[string]any{"auth_credentials": map[string]string{"k": "v"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		escaped := url.PathEscape(id)
		for _, request := range [][3]string{
			{http.MethodPut, accountPath, string(body)},
			{http.MethodGet, accountPath + "/" + escaped, ""},
			{http.MethodPut, credentialPath + escaped + "?linked_account_id=" + url.QueryEscape(id), `{"value":"v"}`},
			{http.MethodDelete, credentialPath + escaped + "?linked_account_id=" + url.QueryEscape(id), ""},
			{http.MethodDelete, accountPath + "/" + escaped, ""},
		} {
			if status, answer := w.send(request[0], request[1], request[2]); status != http.StatusOK {
				t.Errorf("%s %s: answer %d: %s", request[0], request[1], status, answer)
			}
		}
	}
	if reported := w.take(); reported != "" {
		t.Error(reported)
	}
}

func TestReportsHoldNoSecret(t *testing.T) {
	loaded := load(t)
	const secret = "s3cret"
	w := wrap(t, loaded, mockapi.New())
	for _, body := range []string{
		`{"linked_account_id":"x","your_app":{"auth_credentials":"` + secret + `"}}`,
		`{"linked_account_id":"x","your_app":{"auth_credentials":{"k":["` + secret + `"]}}}`,
		`{"linked_account_id":"x","your_app":{"auth_credentials":{},"` + secret + `":{"auth_credentials":"` + secret + `"}}}`,
		`{"linked_account_id":"x","your_app":{"auth_credentials":{"k":"` + secret + `}`,
	} {
		w.send(http.MethodPut, accountPath, body)
	}
	w.send(http.MethodPut, credentialPath+"k?linked_account_id=x", `{"value":["`+secret+`"]}`)
	w.send(http.MethodGet, accountPath+"/x", "", "x-api-key", secret+" "+secret)
	w.send(http.MethodPost, tokenPath+"/revoke?"+secret+"=1", "", "Authorization", "Bearer "+secret)
	reported := w.take()
	if strings.Count(reported, "\n") < 6 {
		t.Fatalf("reported only %q", reported)
	}
	if strings.Contains(reported, secret) || strings.Contains(reported, mockapi.TestKey) {
		t.Errorf("a secret is in %q", reported)
	}
}
