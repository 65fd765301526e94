// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
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
	if left := connected(server); left != "Hubspotoauth2, Acme CRM" || server.Count("", "") != 2 {
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
