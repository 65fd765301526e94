// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"net/http"
	"testing"
)

func TestSessionTokenRequests(t *testing.T) {
	bearer := []string{"x-api-key", "", "Authorization", "Bearer T0KEN"}
	checkRequests(t, []requestTest{
		{name: "token", method: http.MethodPost, target: tokenPath, body: `{"linked_account_id":"x"}`},
		{name: "fresh token", method: http.MethodPost, target: tokenPath + "?force_refresh=true", body: `{"linked_account_id":"x"}`},
		{name: "revoke", method: http.MethodPost, target: tokenPath + "/revoke", headers: bearer},
		{name: "token for nobody", method: http.MethodPost, target: tokenPath, body: `{}`, want: `property "linked_account_id" is missing`},
		{name: "token that is not refreshed", method: http.MethodPost, target: tokenPath + "?force_refresh=false", body: `{"linked_account_id":"x"}`, want: `query parameter "force_refresh"`},
		{name: "revoke without token", method: http.MethodPost, target: tokenPath + "/revoke", want: `header parameter "Authorization": is required`},
		{name: "revoke with a bare token", method: http.MethodPost, target: tokenPath + "/revoke", headers: []string{"Authorization", "T0KEN"}, want: `header parameter "Authorization"`},
		{name: "revoke with body", method: http.MethodPost, target: tokenPath + "/revoke", body: `{}`, headers: bearer, want: "a body is not in the contract"},
	})
}
