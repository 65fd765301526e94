// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	test             = mockapi.EnvironmentTest
	applicationType  = "refold_application"
	applicationsType = "refold_applications"
	applicationsPath = "/api/v2/public/application"
	crm              = "6a05d19680458c9a09e79c99"
)

type attributes = map[string]tftypes.Value

// start runs a Refold with three apps, and the account user_1, which has connected HubSpot.
func start(t *testing.T, behaviour mockapi.Behaviour) *acctest.Refold {
	t.Helper()
	server := acctest.StartRefold(t, mockapi.WithBehaviour(behaviour))
	server.SetApps(test,
		mockapi.App{Slug: "slack", Name: "Slack", AuthType: "oauth2", Tags: []string{"chat"}},
		mockapi.App{
			Slug: "hubspot", Name: "HubSpot", Icon: "https://icons.example/hubspot.png", Description: "Customer platform", AuthType: "keybased", Tags: []string{"crm", "marketing"}, Ecosystem: true,
			Keys: map[string][]mockapi.KeyField{"keybased": {{Name: "api_key", Label: "API key", Required: true, Secret: true}, {Name: "portal_id", Label: "Portal"}}},
		},
		mockapi.App{AppID: crm, Name: "Acme CRM", AuthType: "apikey", Tags: []string{"crm"}, Keys: map[string][]mockapi.KeyField{"apikey": {{Name: "token", Required: true, Secret: true}}}},
	)
	server.Create(test, mockapi.Account{AccountID: "user_1"})
	server.Connect(test, "user_1", mockapi.Integration{Type: "hubspot", Name: "HubSpot", AuthTypes: []string{"oauth2"}, ReauthRequired: true})
	return server
}

func ofApp(slug, accountID string) attributes {
	values := attributes{"slug": acctest.Text(slug)}
	if accountID != "" {
		values["linked_account_id"] = acctest.Text(accountID)
	}
	return values
}

// read is what a data source shows.
func read(t *testing.T, provider *acctest.Protocol, typeName string, values attributes) attributes {
	t.Helper()
	shown, met := provider.ReadDataSource(typeName, values)
	acctest.WantNoDiagnostics(t, met)
	if shown == nil {
		t.Fatalf("%s shows nothing", typeName)
	}
	return shown
}

func wantFlag(t *testing.T, shown attributes, name string, want any) {
	t.Helper()
	if !shown[name].Equal(tftypes.NewValue(tftypes.Bool, want)) {
		t.Errorf("%s is %s, want %v", name, shown[name], want)
	}
}

// elements are those of a list of objects.
func elements(t *testing.T, list tftypes.Value) []attributes {
	t.Helper()
	var values []tftypes.Value
	if err := list.As(&values); err != nil {
		t.Fatal(err)
	}
	found := make([]attributes, len(values))
	for i, value := range values {
		if err := value.As(&found[i]); err != nil {
			t.Fatal(err)
		}
	}
	return found
}

func textOf(t *testing.T, value tftypes.Value) string {
	t.Helper()
	var text string
	if err := value.As(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

func slugs(t *testing.T, shown attributes) []string {
	t.Helper()
	var values []tftypes.Value
	if err := shown["slugs"].As(&values); err != nil {
		t.Fatal(err)
	}
	found := []string{}
	for _, value := range values {
		found = append(found, textOf(t, value))
	}
	return found
}

func TestApplicationInTheCatalogue(t *testing.T) {
	t.Parallel()
	shown := read(t, start(t, mockapi.Behaviour{}).Protocol(t), applicationType, ofApp("hubspot", ""))
	for name, want := range map[string]string{
		"slug": "hubspot", "name": "HubSpot", "type": "hubspot", "auth_type": "keybased", "icon": "https://icons.example/hubspot.png", "description": "Customer platform",
	} {
		if got := textOf(t, shown[name]); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"linked_account_id", "app_id", "connected", "reauth_required", "connected_accounts"} {
		if !shown[name].IsNull() {
			t.Errorf("%s is %s, and not null", name, shown[name])
		}
	}
	wantFlag(t, shown, "ecosystem", true)
	fields := elements(t, shown["credential_fields"])
	if len(fields) != 2 || textOf(t, fields[0]["name"]) != "api_key" || textOf(t, fields[1]["label"]) != "Portal" {
		t.Fatalf("credential_fields is %s", shown["credential_fields"])
	}
	wantFlag(t, fields[0], "required", true)
	wantFlag(t, fields[0], "secret", true)
	wantFlag(t, fields[1], "required", false)
	wantFlag(t, fields[1], "secret", false)
}

func TestApplicationOfAnAccount(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.Behaviour{})
	provider := server.Protocol(t)
	connected := read(t, provider, applicationType, ofApp("hubspot", "user_1"))
	wantFlag(t, connected, "connected", true)
	wantFlag(t, connected, "reauth_required", true)
	connections := elements(t, connected["connected_accounts"])
	if len(connections) != 1 || textOf(t, connections[0]["auth_type"]) != "oauth2" || textOf(t, connections[0]["status"]) != "active" || connections[0]["connected_at"].IsNull() {
		t.Errorf("connected_accounts is %s", connected["connected_accounts"])
	}
	other := read(t, provider, applicationType, ofApp("slack", "user_1"))
	wantFlag(t, other, "connected", false)
	wantFlag(t, other, "reauth_required", false)
	if other["connected_accounts"].IsNull() || len(elements(t, other["connected_accounts"])) != 0 {
		t.Errorf("connected_accounts is %s", other["connected_accounts"])
	}
	custom := read(t, provider, applicationType, ofApp(crm, "user_1"))
	if textOf(t, custom["app_id"]) != crm || textOf(t, custom["type"]) != "custom" || len(elements(t, custom["credential_fields"])) != 1 {
		t.Errorf("the custom app is %s", custom)
	}
}

// One answer serves all who ask about the same account.
func TestOneAnswerServesAll(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.Behaviour{})
	provider := server.Protocol(t)
	for _, accountID := range []string{"", "user_1"} {
		server.ResetRequests()
		read(t, provider, applicationType, ofApp("hubspot", accountID))
		read(t, provider, applicationType, ofApp("slack", accountID))
		values := ofApp("", accountID)
		delete(values, "slug")
		read(t, provider, applicationsType, values)
		if sent := server.Count(http.MethodGet, applicationsPath); sent != 1 {
			t.Errorf("%q: %d requests", accountID, sent)
		}
	}
}

// Ids travel whole, also those that no header can carry.
func TestApplicationOfAnyID(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.Behaviour{})
	provider := server.Protocol(t, acctest.Unpaced)
	for _, id := range []string{"a/b", "50%", "100%25", "a+b", "ann@example.com", "urn:customer:1", "Acme Inc", "kündin", "顧客"} {
		server.Create(test, mockapi.Account{AccountID: id})
		wantFlag(t, read(t, provider, applicationType, ofApp("hubspot", id)), "connected", false)
		server.Connect(test, id, mockapi.Integration{Type: "hubspot", Name: "HubSpot", AuthTypes: []string{"oauth2"}})
		wantFlag(t, read(t, server.Protocol(t, acctest.Unpaced), applicationType, ofApp("hubspot", id)), "connected", true)
	}
}

func TestApplicationsThatAreSelected(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.Behaviour{})
	provider := server.Protocol(t)
	account := acctest.Text("user_1")
	tags := func(texts ...string) tftypes.Value {
		var values []tftypes.Value
		for _, text := range texts {
			values = append(values, acctest.Text(text))
		}
		return tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, values)
	}
	no := tftypes.NewValue(tftypes.Bool, false)
	for name, test := range map[string]struct {
		values attributes
		want   []string
	}{
		"all":                  {nil, []string{"slack", "hubspot", crm}},
		"by a tag":             {attributes{"tags": tags("crm")}, []string{"hubspot", crm}},
		"by tags":              {attributes{"tags": tags("crm", "marketing")}, []string{"hubspot"}},
		"by the ecosystem":     {attributes{"ecosystem": acctest.Yes()}, []string{"hubspot"}},
		"by a type":            {attributes{"auth_type": acctest.Text("apikey")}, []string{crm}},
		"connected":            {attributes{"linked_account_id": account, "connected": acctest.Yes()}, []string{"hubspot"}},
		"not connected":        {attributes{"linked_account_id": account, "connected": no}, []string{"slack", crm}},
		"by all":               {attributes{"linked_account_id": account, "connected": no, "tags": tags("crm"), "auth_type": acctest.Text("apikey")}, []string{crm}},
		"none":                 {attributes{"tags": tags("crm"), "auth_type": acctest.Text("oauth1")}, []string{}},
		"all of an account":    {attributes{"linked_account_id": account}, []string{"slack", "hubspot", crm}},
		"no tag in particular": {attributes{"tags": tags()}, []string{"slack", "hubspot", crm}},
	} {
		shown := read(t, provider, applicationsType, test.values)
		if got := slugs(t, shown); !slices.Equal(got, test.want) {
			t.Errorf("%s: slugs %q, want %q", name, got, test.want)
		}
		listed := []string{}
		for _, app := range elements(t, shown["applications"]) {
			listed = append(listed, textOf(t, app["slug"]))
			if app["connected"].IsNull() != test.values["linked_account_id"].IsNull() {
				t.Errorf("%s: connected is %s", name, app["connected"])
			}
		}
		if !slices.Equal(listed, test.want) {
			t.Errorf("%s: applications %q, want %q", name, listed, test.want)
		}
	}
	for _, request := range server.Requests() {
		if request.Path == applicationsPath && request.RawQuery != "" && request.RawQuery != "linked_account_id=user_1" {
			t.Errorf("Refold was asked to select: %s", request.RawQuery)
		}
	}
}
