// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"net/http"
	"testing"
)

func TestLinkedAccountRequests(t *testing.T) {
	const one = accountPath + "/x"
	checkRequests(t, []requestTest{
		{name: "upsert", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"x"}`},
		{
			name: "upsert of everything", method: http.MethodPut, target: accountPath,
			body: `{"linked_account_id":"x","name":"n","udf":{"a":"s","b":12345678901234567890,"c":true,"d":null,"e":1.5},"your_app":{"app_id":"i","auth_credentials":{"k":""}}}`,
		},
		{name: "upsert with empty udf", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"x","udf":{}}`},
		{name: "get", method: http.MethodGet, target: one},
		{name: "list", method: http.MethodGet, target: accountPath + "?page=2&limit=100"},
		{name: "list with filters", method: http.MethodGet, target: accountPath + "?page=1&limit=10&search=a+b&scope=eu&env_variable_name=n&env_variable_value=v"},
		{name: "delete", method: http.MethodDelete, target: one},
		{name: "appended User-Agent", method: http.MethodGet, target: one, headers: []string{"User-Agent", userAgent + " ci/1 (x; y)"}},
		{name: "upsert without id", method: http.MethodPut, target: accountPath, body: `{"name":"n"}`, want: `property "linked_account_id" is missing`},
		{name: "upsert with account_id", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"x","account_id":"x"}`, want: `property "account_id" is unsupported`},
		{name: "upsert in payload form", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"x","payload":{}}`, want: `property "payload" is unsupported`},
		{name: "empty id", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":""}`, want: `at ["linked_account_id"]`},
		{name: "id with space", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"x "}`, want: `at ["linked_account_id"]`},
		{name: "id with control character", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"a\nb"}`, want: `at ["linked_account_id"]`},
		{name: "id of dots", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":".."}`, want: `at ["linked_account_id"]`},
		{name: "id of three dots", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"..."}`},
		{name: "empty name", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"x","name":""}`, want: `at ["name"]: minimum string length is 1`},
		{name: "null name", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"x","name":null}`, want: `at ["name"]`},
		{name: "empty your_app", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"x","your_app":{}}`, want: `property "auth_credentials" is missing`},
		{name: "no credentials", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"x","your_app":{"auth_credentials":{}}}`, want: `at ["your_app","auth_credentials"]`},
		{name: "number as credential", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"x","your_app":{"auth_credentials":{"k":1}}}`, want: `at ["your_app","auth_credentials","k"]`},
		{name: "object in udf", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"x","udf":{"a":{}}}`, want: `at ["udf","a"]`},
		{name: "array as udf", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"x","udf":[]}`, want: `at ["udf"]`},
		{name: "half JSON", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":`, want: "body: "},
		{name: "no body", method: http.MethodPut, target: accountPath, want: "body: is required"},
		{name: "form", method: http.MethodPut, target: accountPath, body: `a=b`, headers: []string{"Content-Type", "application/x-www-form-urlencoded"}, want: "body: "},
		{name: "no content type", method: http.MethodPut, target: accountPath, body: `{"linked_account_id":"x"}`, headers: []string{"Content-Type", ""}, want: "body: "},
		{name: "no key", method: http.MethodGet, target: one, headers: []string{"x-api-key", ""}, want: `header parameter "x-api-key": is required`},
		{name: "Go's User-Agent", method: http.MethodGet, target: one, headers: []string{"User-Agent", "Go-http-client/1.1"}, want: `header parameter "User-Agent"`},
		{name: "User-Agent without Terraform", method: http.MethodGet, target: one, headers: []string{"User-Agent", "terraform-provider-refold/1.2.3"}, want: `header parameter "User-Agent"`},
		{name: "get with body", method: http.MethodGet, target: one, body: `{}`, want: "a body is not in the contract"},
		{name: "delete with query", method: http.MethodDelete, target: one + "?force=1", want: `query parameter "force" is not in the contract`},
		{name: "id of dots in the path", method: http.MethodGet, target: accountPath + "/%2E%2E", want: `path parameter "linked_account_id"`},
		{name: "create", method: http.MethodPost, target: accountPath, body: `{"linked_account_id":"x"}`, want: "no such operation"},
		{name: "list without page", method: http.MethodGet, target: accountPath + "?limit=100", want: `query parameter "page": is required`},
		{name: "list without limit", method: http.MethodGet, target: accountPath + "?page=1", want: `query parameter "limit": is required`},
		{name: "list from page 0", method: http.MethodGet, target: accountPath + "?page=0&limit=100", want: `query parameter "page"`},
		{name: "list without documents", method: http.MethodGet, target: accountPath + "?page=1&limit=0", want: `query parameter "limit"`},
		{name: "list of large pages", method: http.MethodGet, target: accountPath + "?page=1&limit=101", want: `query parameter "limit"`},
		{name: "list with two pages", method: http.MethodGet, target: accountPath + "?page=1&limit=100&page=2", want: `query parameter "page" is sent 2 times`},
		{name: "list with an empty filter", method: http.MethodGet, target: accountPath + "?page=1&limit=100&search=", want: `query parameter "search"`},
		{name: "list with the provider's own filter", method: http.MethodGet, target: accountPath + "?page=1&limit=100&id_prefix=x", want: `query parameter "id_prefix" is not in the contract`},
		{name: "get without id", method: http.MethodGet, target: accountPath + "/", want: "no such operation"},
		{name: "id that is not encoded", method: http.MethodGet, target: accountPath + "/a/b", want: "no such operation"},
		{name: "double slash", method: http.MethodGet, target: "/" + one, want: "no such operation"},
	})
}
