// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"net/http"
	"testing"
)

func TestIntegrationRequests(t *testing.T) {
	const disconnect = accountPath + "/integration/slack?linked_account_id=x"
	checkRequests(t, []requestTest{
		{name: "disconnect", method: http.MethodDelete, target: disconnect + "&auth_type=oauth2", headers: []string{"linked_account_id", "x"}},
		{name: "disconnect without account", method: http.MethodDelete, target: accountPath + "/integration/slack", want: `query parameter "linked_account_id": is required`},
		{name: "disconnect with empty type", method: http.MethodDelete, target: disconnect + "&auth_type=", want: `query parameter "auth_type"`},
	})
}
