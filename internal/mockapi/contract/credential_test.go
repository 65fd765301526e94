// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"net/http"
	"testing"
)

func TestCredentialRequests(t *testing.T) {
	const key = credentialPath + "k?linked_account_id=x"
	checkRequests(t, []requestTest{
		{name: "put credential", method: http.MethodPut, target: key, body: `{"value":"v"}`},
		{name: "put credential with header", method: http.MethodPut, target: key, body: `{"value":""}`, headers: []string{"linked_account_id", "x"}},
		{name: "delete credential", method: http.MethodDelete, target: key},
		{name: "credential without query", method: http.MethodPut, target: credentialPath + "k", body: `{"value":"v"}`, want: `query parameter "linked_account_id": is required`},
		{name: "credential with two queries", method: http.MethodPut, target: key + "&linked_account_id=y", body: `{"value":"v"}`, want: `query parameter "linked_account_id" is sent 2 times`},
		{name: "credential with UTF-8 header", method: http.MethodPut, target: credentialPath + "k?linked_account_id=%C3%A4", body: `{"value":"v"}`, headers: []string{"linked_account_id", "ä"}, want: `header parameter "linked_account_id"`},
		{name: "credential that is null", method: http.MethodPut, target: key, body: `{"value":null}`, want: `at ["value"]`},
	})
}
