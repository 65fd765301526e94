// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	disconnectType = "refold_disconnect_integration"
	removals       = "/api/v2/public/linked-account/integration/*"
	crm            = "6a05d19680458c9a09e79c99"
)

type attributes = map[string]tftypes.Value

// startWithApps runs a Refold at which user_1 has connected Slack twice, HubSpot, and an
// app that the organization built.
func startWithApps(t *testing.T, behaviour mockapi.Behaviour) *acctest.Refold {
	t.Helper()
	server := acctest.StartRefold(t, mockapi.WithBehaviour(behaviour))
	server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
	server.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "slack", Name: "Slack", AuthTypes: []string{"oauth2", "keybased"}})
	server.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "hubspot", Name: "Hubspot", AuthTypes: []string{"oauth2"}})
	server.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "custom", Name: "Acme CRM", AppID: new(crm)})
	return server
}

func removing(id, slug, authType string) attributes {
	values := attributes{"linked_account_id": acctest.Text(id), "slug": acctest.Text(slug)}
	if authType != "" {
		values["auth_type"] = acctest.Text(authType)
	}
	return values
}

// connected names what the customer has connected at the server.
func connected(server *acctest.Refold) string {
	account, _ := server.Account(mockapi.EnvironmentTest, "user_1")
	var names []string
	for _, integration := range account.Integrations {
		names = append(names, integration.Name+strings.Join(integration.AuthTypes, "+"))
	}
	return strings.Join(names, ", ")
}

func TestInvoke(t *testing.T) {
	t.Parallel()
	server := startWithApps(t, mockapi.Behaviour{})
	provider := server.Protocol(t)
	messages, met := provider.InvokeAction(disconnectType, removing("user_1", "slack", ""))
	acctest.WantNoDiagnostics(t, met)
	want := []string{
		`Linked account "user_1" has connected: Slack (slack), Hubspot (hubspot), Acme CRM (` + crm + `). Removing app "slack".`,
		`Linked account "user_1" has still connected: Hubspot (hubspot), Acme CRM (` + crm + `).`,
	}
	if !slices.Equal(messages, want) {
		t.Errorf("messages %q, want %q", messages, want)
	}
	if left := connected(server); left != "Hubspotoauth2, Acme CRM" || server.Count("", "") != 3 {
		t.Errorf("left %s after %v", left, server.CountByMethod())
	}
	_, met = provider.InvokeAction(disconnectType, removing("user_1", crm, ""))
	acctest.WantNoDiagnostics(t, met)
	_, met = provider.InvokeAction(disconnectType, removing("user_1", "hubspot", "oauth2"))
	acctest.WantNoDiagnostics(t, met)
	messages, met = provider.InvokeAction(disconnectType, removing("user_1", "hubspot", ""))
	acctest.WantDiagnostic(t, met, acctest.Warning, "The app was not connected", `"user_1"`, `"hubspot"`, "It has connected: nothing.")
	if left := connected(server); left != "" || !strings.Contains(strings.Join(messages, " "), "has connected: nothing") {
		t.Errorf("left %s, messages %q", left, messages)
	}
}

// The answer does not show by which types an app is connected.
func TestInvokeOnOneConnection(t *testing.T) {
	t.Parallel()
	server := startWithApps(t, mockapi.Behaviour{})
	provider := server.Protocol(t)
	messages, met := provider.InvokeAction(disconnectType, removing("user_1", "slack", "oauth2"))
	acctest.WantDiagnostic(t, met, acctest.Warning, "The app is still connected", `"oauth2"`, "another type")
	if left := connected(server); !strings.HasPrefix(left, "Slackkeybased, ") || !strings.Contains(messages[0], `Removing the connection of type "oauth2" of app "slack".`) {
		t.Errorf("left %s, messages %q", left, messages)
	}
	_, met = provider.InvokeAction(disconnectType, removing("user_1", "slack", "keybased"))
	acctest.WantNoDiagnostics(t, met)
	if left := connected(server); strings.Contains(left, "Slack") {
		t.Errorf("left %s", left)
	}
}

// TestRepeatedInvoke: the action cuts what was connected at its beginning.
func TestRepeatedInvoke(t *testing.T) {
	t.Parallel()
	anew := func(server *mockapi.Server) {
		server.Disconnect(mockapi.EnvironmentTest, "user_1", "slack", "oauth2")
		server.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{
			Type: "slack", Name: "Slack", AuthTypes: []string{"oauth2"}, Connections: map[string]mockapi.Connection{"oauth2": {ConnectedAt: time.Now().Add(time.Minute)}},
		})
	}
	gone := func(server *mockapi.Server) {
		server.Disconnect(mockapi.EnvironmentTest, "user_1", "slack", "oauth2")
		server.Disconnect(mockapi.EnvironmentTest, "user_1", "slack", "keybased")
	}
	for name, test := range map[string]struct {
		slug, authType string
		between        func(*mockapi.Server)
		status         int
		refused        string
		left           string
		deletions      int
	}{
		"as before":              {"slack", "", func(*mockapi.Server) {}, 429, "", "Hubspotoauth2, Acme CRM", 2},
		"an own app":             {crm, "", func(*mockapi.Server) {}, 429, "", "Slackoauth2+keybased, Hubspotoauth2", 2},
		"gone":                   {"slack", "", gone, 500, "", "Hubspotoauth2, Acme CRM", 1},
		"anew, throttled":        {"slack", "", anew, 429, "The app was connected anew meanwhile", "Slackoauth2, Hubspotoauth2, Acme CRM", 1},
		"anew, of this type":     {"slack", "oauth2", anew, 500, "The app was connected anew meanwhile", "Slackoauth2, Hubspotoauth2, Acme CRM", 1},
		"anew, of another type":  {"slack", "keybased", anew, 429, "", "Slackoauth2, Hubspotoauth2, Acme CRM", 1},
		"another app is removed": {"hubspot", "oauth2", gone, 500, "", "Acme CRM", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := startWithApps(t, mockapi.Behaviour{})
			server.Intercept(mockapi.First(http.MethodDelete, func() { test.between(server.Server) }, answering(test.status)))
			_, met := server.Protocol(t).InvokeAction(disconnectType, removing("user_1", test.slug, test.authType))
			if test.refused != "" {
				acctest.WantDiagnostic(t, met, acctest.Failure, test.refused, `"user_1"`, `"slack"`)
			} else if acctest.HasFailure(met) {
				t.Error(acctest.List(met))
			}
			if left := connected(server); left != test.left || server.Count("DELETE", "") != test.deletions {
				t.Errorf("left %s, after %v", left, server.CountByMethod())
			}
		})
	}
}

// TestRepeatedInvokeUnseen: where nothing tells what is new, only what was not carried out is sent
// once more.
func TestRepeatedInvokeUnseen(t *testing.T) {
	t.Parallel()
	forbidden := func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/application") {
			answering(http.StatusForbidden)(w, r)
			return true
		}
		return false
	}
	undated := func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/application") {
			acctest.Answering(http.StatusOK, `[{"name":"Slack","slug":"slack","type":"slack","connected":true,"connected_accounts":[]}]`)(w, r)
			return true
		}
		return false
	}
	for name, test := range map[string]struct {
		catalogue mockapi.Interceptor
		status    int
		deletions int
	}{
		"forbidden, throttled": {forbidden, 429, 2}, "forbidden, a fault": {forbidden, 500, 1},
		"undated, throttled": {undated, 429, 2}, "undated, a fault": {undated, 500, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := diagnosticspage.NewRefold()
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "slack", Name: "Slack"})
			fail := mockapi.First(http.MethodDelete, func() {}, answering(test.status))
			api.Intercept(func(w http.ResponseWriter, r *http.Request) bool { return test.catalogue(w, r) || fail(w, r) })
			_, met := diagnosticspage.At(t, api).InvokeAction(disconnectType, removing("user_1", "slack", ""))
			if test.deletions == 2 {
				acctest.WantNoDiagnostics(t, met)
			} else {
				acctest.WantDiagnostic(t, met, acctest.Failure, "It is not known whether the app was connected anew", `"user_1"`, "nor since when")
			}
			if deletions := countOf(api, http.MethodDelete); deletions != test.deletions {
				t.Errorf("%d deletions, want %d", deletions, test.deletions)
			}
		})
	}
}

func countOf(api *mockapi.Server, method string) int {
	count := 0
	for _, request := range api.Requests() {
		if request.Method == method {
			count++
		}
	}
	return count
}

// The bulk reader must not answer from what it read before.
func TestInvokeIsSeenByLaterReads(t *testing.T) {
	t.Parallel()
	server := startWithApps(t, mockapi.Behaviour{})
	provider := server.Protocol(t)
	read := func() int {
		before := server.Count("GET", "")
		_, met := provider.ReadDataSource("refold_linked_account", attributes{"linked_account_id": acctest.Text("user_1")})
		acctest.WantNoDiagnostics(t, met)
		return server.Count("GET", "") - before
	}
	read()
	read() // With the list, from which further reads are served.
	if read() != 0 {
		t.Fatal("the account is not served from a list, so this proves nothing")
	}
	_, met := provider.InvokeAction(disconnectType, removing("user_1", "slack", ""))
	acctest.WantNoDiagnostics(t, met)
	if read() == 0 {
		t.Error("the account was served from before")
	}
}

func TestInvokeOnUnknownAccount(t *testing.T) {
	t.Parallel()
	for _, as500 := range []bool{false, true} {
		server := startWithApps(t, mockapi.Behaviour{Account: mockapi.AccountBehaviour{GetNotFoundAs500: as500}})
		messages, met := server.Protocol(t).InvokeAction(disconnectType, removing("user_2", "slack", ""))
		acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such linked account", `disconnect an app of linked account "user_2"`, mockapi.OrganizationID, `environment "test"`)
		if len(messages) != 0 || server.Count("DELETE", "") != 0 {
			t.Errorf("as 500 %t: messages %q, requests %v", as500, messages, server.CountByMethod())
		}
	}
}

func TestInvalidConfiguration(t *testing.T) {
	t.Parallel()
	server := startWithApps(t, mockapi.Behaviour{})
	provider := server.Protocol(t)
	for _, test := range []struct {
		values attributes
		want   string
	}{
		{removing("user_1 ", "slack", ""), "Not usable as a linked account id"},
		{removing("user_1", "custom", ""), "Not usable as the slug of an app"},
		{removing("user_1", "..", ""), "Not usable as the slug of an app"},
		{attributes{"linked_account_id": acctest.Text("user_1"), "slug": acctest.Text("slack"), "auth_type": acctest.Text("")}, "An empty value"},
	} {
		_, met := provider.InvokeAction(disconnectType, test.values)
		acctest.WantDiagnostic(t, met, acctest.Failure, test.want)
	}
	if server.Count("", "") != 0 {
		t.Errorf("requests: %v", server.CountByMethod())
	}
}
