// SPDX-License-Identifier: MPL-2.0

package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// What customers do in the sandbox, in this order.
func TestCustomersOfTheSandbox(t *testing.T) {
	mock := mockapi.New()
	mock.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "a/b@c"})
	handler := withCustomers(mock, mock)
	for _, test := range []struct {
		method, path string
		status       int
		said         string
		connected    int
	}{
		{"POST", "/sandbox/disconnect/a%2Fb@c/slack", http.StatusConflict, "a/b@c has not connected Slack.", 0},
		{"POST", "/sandbox/connect/a%2Fb@c/slack", http.StatusOK, "a/b@c has connected Slack.", 1},
		{"POST", "/sandbox/connect/a%2Fb@c/slack", http.StatusOK, "a/b@c has connected Slack.", 1},
		{"POST", "/sandbox/connect/nobody/slack", http.StatusNotFound, "There is no account nobody. Create it first", 1},
		{"POST", "/sandbox/connect/a%2Fb@c/fax", http.StatusNotFound, "There is no app fax.", 1},
		{"POST", "/sandbox/frighten/a%2Fb@c/slack", http.StatusNotFound, "A customer can connect and disconnect", 1},
		{"GET", "/sandbox/disconnect/a%2Fb@c/slack", http.StatusMethodNotAllowed, "Method Not Allowed", 1},
		{"POST", "/sandbox/disconnect/a%2Fb@c/slack", http.StatusOK, "a/b@c has disconnected Slack.", 0},
		// Everything else is Refold's, with paths that are left as they are.
		{"GET", "/api/v2/public/linked-account/..", http.StatusUnauthorized, "", 0},
	} {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest(test.method, test.path, nil))
		account, _ := mock.Account(mockapi.EnvironmentTest, "a/b@c")
		if answer.Code != test.status || !strings.Contains(answer.Body.String(), test.said) || len(account.Integrations) != test.connected {
			t.Errorf("%s %s: %d %q, and %d apps are connected", test.method, test.path, answer.Code, answer.Body, len(account.Integrations))
		}
	}
}
