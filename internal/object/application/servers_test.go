// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Servers tell in different ways that there is no such account, or do not.
func TestUnknownAccountAtAnyServer(t *testing.T) {
	t.Parallel()
	for _, tells := range []mockapi.UnknownAccount{mockapi.UnknownAccountLong, mockapi.UnknownAccountShort} {
		provider := start(t, mockapi.Behaviour{Application: mockapi.ApplicationBehaviour{UnknownAccount: tells}}).Protocol(t)
		_, met := provider.ReadDataSource(applicationType, ofApp("hubspot", "user_2"))
		acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such linked account", `linked account "user_2"`, "refer to the resource's `linked_account_id`")
		_, met = provider.ReadDataSource(applicationsType, acctest.OfAccount("user_2"))
		acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such linked account", `linked account "user_2"`)
	}
	silent := start(t, mockapi.Behaviour{Application: mockapi.ApplicationBehaviour{UnknownAccount: mockapi.UnknownAccountCatalogue}}).Protocol(t)
	shown := read(t, silent, applicationType, ofApp("hubspot", "user_2"))
	wantFlag(t, shown, "connected", false)
	if shown["connected_accounts"].IsNull() {
		t.Error("the connections of an account are null")
	}
}

func TestCatalogueThatWantsAnAccount(t *testing.T) {
	t.Parallel()
	provider := start(t, mockapi.Behaviour{Application: mockapi.ApplicationBehaviour{AccountRequired: true}}).Protocol(t)
	_, met := provider.ReadDataSource(applicationType, ofApp("hubspot", ""))
	acctest.WantDiagnostic(t, met, acctest.Failure, "This server shows apps for an account only", "Set `linked_account_id`")
	wantFlag(t, read(t, provider, applicationType, ofApp("hubspot", "user_1")), "connected", true)
}

// What is shown is the same, wherever and however a server says it.
func TestApplicationAtAnyServer(t *testing.T) {
	t.Parallel()
	for name, rules := range map[string]mockapi.ApplicationBehaviour{
		"says what is not connected":            {ShowUnconnected: true},
		"wants what is not connected connected": {ReauthUnconnected: true},
		"both":                                  {ShowUnconnected: true, ReauthUnconnected: true},
		"fields among the options":              {KeyFields: mockapi.KeyFieldsInOptions},
		"fields in a map":                       {KeyFields: mockapi.KeyFieldsInInputMap},
		"ignores parameters":                    {IgnoreFilters: true},
	} {
		provider := start(t, mockapi.Behaviour{Application: rules}).Protocol(t)
		connected := read(t, provider, applicationType, ofApp("hubspot", "user_1"))
		wantFlag(t, connected, "connected", true)
		wantFlag(t, connected, "reauth_required", true)
		if fields := elements(t, connected["credential_fields"]); len(fields) != 2 {
			t.Errorf("%s: credential_fields is %s", name, connected["credential_fields"])
		}
		other := read(t, provider, applicationType, ofApp("slack", "user_1"))
		wantFlag(t, other, "connected", false)
		wantFlag(t, other, "reauth_required", false)
		if fields := elements(t, other["credential_fields"]); len(fields) != 0 {
			t.Errorf("%s: credential_fields of an app without keys is %s", name, other["credential_fields"])
		}
	}
}

// An app whose fields nobody lists takes any, and is found by its type all the same.
func TestApplicationWhoseFieldsAreNotShown(t *testing.T) {
	t.Parallel()
	provider := start(t, mockapi.Behaviour{Application: mockapi.ApplicationBehaviour{KeyFields: mockapi.KeyFieldsNowhere}}).Protocol(t)
	shown := read(t, provider, applicationType, ofApp("hubspot", ""))
	if fields := elements(t, shown["credential_fields"]); len(fields) != 0 {
		t.Errorf("credential_fields is %s", shown["credential_fields"])
	}
	if got := slugs(t, read(t, provider, applicationsType, attributes{"auth_type": acctest.Text("keybased")})); len(got) != 1 || got[0] != "hubspot" {
		t.Errorf("by keys: %q", got)
	}
}

// An identifier is a text or an object.
func TestIdentifierOfAConnection(t *testing.T) {
	t.Parallel()
	for isObject, want := range map[bool]string{false: "ann@example.com", true: `{"name":"ann@example.com"}`} {
		server := start(t, mockapi.Behaviour{Application: mockapi.ApplicationBehaviour{IdentifierObject: isObject}})
		server.Connect(test, "user_1", mockapi.Integration{Type: "slack", Name: "Slack", AuthTypes: []string{"oauth2"}, Identifier: "ann@example.com"})
		shown := read(t, server.Protocol(t), applicationType, ofApp("slack", "user_1"))
		if got := textOf(t, elements(t, shown["connected_accounts"])[0]["identifier"]); got != want {
			t.Errorf("the identifier is %s, want %s", got, want)
		}
	}
}
