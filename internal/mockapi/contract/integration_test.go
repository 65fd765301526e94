// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"net/http"
	"testing"
)

func TestIntegrationRequests(t *testing.T) {
	const disconnect = accountPath + "/integration/slack?linked_account_id=x"
	const saved = keysPath + "zendesk?auth_type=keybased&linked_account_id=x"
	checkRequests(t, []requestTest{
		{name: "disconnect", method: http.MethodDelete, target: disconnect + "&auth_type=oauth2", headers: []string{"linked_account_id", "x"}},
		{name: "disconnect without account", method: http.MethodDelete, target: accountPath + "/integration/slack", want: `query parameter "linked_account_id": is required`},
		{name: "keys", method: http.MethodPut, target: saved, body: `{"api_token":"t"}`, headers: []string{"linked_account_id", "x"}},
		{name: "keys of an account in the query alone", method: http.MethodPut, target: keysPath + "zendesk?auth_type=keybased&linked_account_id=%C3%A4", body: `{}`},
		{name: "keys of an id with a space", method: http.MethodPut, target: saved, body: `{}`, headers: []string{"linked_account_id", "a b"}},
		{name: "keys of an id beyond ASCII", method: http.MethodPut, target: saved, body: `{}`, headers: []string{"linked_account_id", "ä"}, want: `header parameter "linked_account_id"`},
		{name: "keys without account", method: http.MethodPut, target: keysPath + "zendesk?auth_type=keybased", body: `{}`, headers: []string{"linked_account_id", "x"}, want: `query parameter "linked_account_id": is required`},
		{name: "keys of the app's own type", method: http.MethodPut, target: keysPath + "zendesk?linked_account_id=x", body: `{}`, want: `query parameter "auth_type": is required`},
		{name: "keys that are no text", method: http.MethodPut, target: saved, body: `{"port":1}`, headers: []string{"linked_account_id", "x"}, want: `at ["port"]`},
		{name: "keys in a list", method: http.MethodPut, target: saved, body: `[]`, headers: []string{"linked_account_id", "x"}, want: "body: "},
		{name: "disconnect with empty type", method: http.MethodDelete, target: disconnect + "&auth_type=", want: `query parameter "auth_type"`},
	})
}
