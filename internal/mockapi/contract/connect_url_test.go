// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"net/http"
	"testing"
)

func TestConnectURLRequests(t *testing.T) {
	const connect = connectURLPath + "?linked_account_id=x"
	bearer := []string{"x-api-key", "", "Authorization", "Bearer T0KEN"}
	checkRequests(t, []requestTest{
		{name: "connect URL", method: http.MethodPost, target: connect, body: `{"bgColor":"red"}`, headers: bearer},
		{name: "connect URL by key", method: http.MethodPost, target: connect + "&config_id=c", body: `{}`, headers: []string{"linked_account_id", "x"}},
		{name: "connect URL without account", method: http.MethodPost, target: connectURLPath, body: `{}`, headers: bearer, want: `query parameter "linked_account_id": is required`},
		{name: "connect URL with an unknown property", method: http.MethodPost, target: connect, body: `{"bg_color":"red"}`, headers: bearer, want: `property "bg_color" is unsupported`},
	})
}
