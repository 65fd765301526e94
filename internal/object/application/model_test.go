// SPDX-License-Identifier: MPL-2.0

package application

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// hubspot can be connected by OAuth and by keys.
func hubspot() *refold.Application {
	return &refold.Application{
		Slug: "hubspot", Type: "hubspot", Name: "HubSpot", AuthType: "oauth2", AuthTypes: []string{"keybased", "oauth2"}, Tags: []string{"crm", "marketing"}, Ecosystem: new(true),
		Keys: map[string][]refold.CredentialField{"keybased": {{Name: "api_key", Label: "API key", Required: true, Secret: true}, {Name: "portal_id"}}},
	}
}

func tags(texts ...attr.Value) types.Set { return types.SetValueMust(types.StringType, texts) }

func TestSelects(t *testing.T) {
	t.Parallel()
	connected := hubspot()
	connected.IsConnected = true
	text, yes, no := types.StringValue, types.BoolValue(true), types.BoolValue(false)
	for name, test := range map[string]struct {
		app    *refold.Application
		filter filter
		want   bool
	}{
		"nothing":                    {hubspot(), filter{}, true},
		"no tag":                     {hubspot(), filter{Tags: tags()}, true},
		"a tag":                      {hubspot(), filter{Tags: tags(text("crm"))}, true},
		"all tags":                   {hubspot(), filter{Tags: tags(text("marketing"), text("crm"))}, true},
		"a tag that it lacks":        {hubspot(), filter{Tags: tags(text("crm"), text("chat"))}, false},
		"a tag in another case":      {hubspot(), filter{Tags: tags(text("CRM"))}, false},
		"its own type":               {hubspot(), filter{AuthType: text("oauth2")}, true},
		"another type that it has":   {hubspot(), filter{AuthType: text("keybased")}, true},
		"a type that it lacks":       {hubspot(), filter{AuthType: text("apikey")}, false},
		"in the ecosystem":           {hubspot(), filter{Ecosystem: yes}, true},
		"not in the ecosystem":       {hubspot(), filter{Ecosystem: no}, false},
		"nobody says where it is":    {&refold.Application{}, filter{Ecosystem: no}, false},
		"nobody says how it is made": {&refold.Application{}, filter{AuthType: text("oauth2")}, false},
		"connected":                  {connected, filter{Connected: yes}, true},
		"connected, and should not":  {connected, filter{Connected: no}, false},
		"not connected":              {hubspot(), filter{Connected: no}, true},
		"all at once":                {connected, filter{Tags: tags(text("crm")), Ecosystem: yes, AuthType: text("keybased"), Connected: yes}, true},
		"all but one":                {connected, filter{Tags: tags(text("crm")), Ecosystem: yes, AuthType: text("keybased"), Connected: no}, false},
	} {
		if got := test.filter.selects(test.app); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// What is shown of an app has the attributes of the schema, whatever Refold says of it.
func TestValuesOf(t *testing.T) {
	t.Parallel()
	connected := hubspot()
	connected.IsConnected, connected.ReauthRequired = true, true
	connected.Connections = []refold.Connection{{AuthType: "oauth2", Identifier: "ann@example.com", ConnectedAt: "2026-07-24T09:30:17.000Z", Status: "active"}, {}}
	for name, app := range map[string]*refold.Application{"nothing": {}, "hubspot": hubspot(), "connected": connected} {
		for _, isOfAccount := range []bool{false, true} {
			values := valuesOf(app, isOfAccount)
			if _, diagnostics := types.ObjectValue(detailTypes(), values); diagnostics.HasError() {
				t.Errorf("%s: %v", name, diagnostics)
			}
			for _, attribute := range []string{"connected", "reauth_required", "connected_accounts"} {
				if values[attribute].IsNull() == isOfAccount {
					t.Errorf("%s, of an account %t: %s is %s", name, isOfAccount, attribute, values[attribute])
				}
			}
		}
	}
	values := valuesOf(connected, true)
	want := map[string]string{
		"name": `"HubSpot"`, "icon": "<null>", "description": "<null>", "type": `"hubspot"`, "app_id": "<null>", "auth_type": `"oauth2"`, "tags": `["crm","marketing"]`, "ecosystem": "true",
		"credential_fields":  `[{"label":"API key","name":"api_key","required":true,"secret":true},{"label":<null>,"name":"portal_id","required":false,"secret":false}]`,
		"connected":          "true",
		"reauth_required":    "true",
		"connected_accounts": `[{"auth_type":"oauth2","connected_at":"2026-07-24T09:30:17.000Z","identifier":"ann@example.com","status":"active"},{"auth_type":<null>,"connected_at":<null>,"identifier":<null>,"status":<null>}]`,
	}
	for name, value := range values {
		if value.String() != want[name] {
			t.Errorf("%s is %s, want %s", name, value, want[name])
		}
	}
	if !slices.Equal(slices.Sorted(maps.Keys(values)), slices.Sorted(maps.Keys(want))) {
		t.Errorf("the details are %v", values)
	}
}

// The credentials are those of the type by which keys connect the app.
func TestCredentialFields(t *testing.T) {
	t.Parallel()
	fields := []refold.CredentialField{{Name: "token"}}
	for name, test := range map[string]struct {
		app  refold.Application
		want int
	}{
		"by OAuth only":     {refold.Application{AuthType: "oauth2"}, 0},
		"by another type":   {refold.Application{AuthType: "apikey", Keys: map[string][]refold.CredentialField{"apikey": fields}}, 1},
		"by any keys":       {refold.Application{AuthType: "keybased", Keys: map[string][]refold.CredentialField{"keybased": nil}}, 0},
		"nobody says":       {refold.Application{HidesAuth: true}, 0},
		"the usual type":    {refold.Application{AuthType: "apikey", Keys: map[string][]refold.CredentialField{"apikey": nil, "keybased": fields}}, 1},
		"besides its OAuth": {*hubspot(), 2},
	} {
		if got := credentialFields(&test.app); len(got.Elements()) != test.want || got.IsNull() {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestListOf(t *testing.T) {
	t.Parallel()
	const crm = "6a05d19680458c9a09e79c99"
	applications := []*refold.Application{hubspot(), {Slug: "acme-crm", AppID: crm, Type: refold.TypeCustom}, {AppID: "6a05d19680458c9a09e79c9a"}}
	want := []string{"hubspot", crm, "6a05d19680458c9a09e79c9a"}
	if got := slugsOf(applications); !slices.Equal(got, want) {
		t.Errorf("slugs %q, want %q", got, want)
	}
	var got []string
	for _, element := range listOf(applications, false).Elements() {
		got = append(got, element.(types.Object).Attributes()["slug"].(types.String).ValueString())
	}
	if !slices.Equal(got, want) {
		t.Errorf("slugs of the list %q, want %q", got, want)
	}
	if none := listOf(nil, true); none.IsNull() || len(none.Elements()) != 0 {
		t.Errorf("no apps are %s", none)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	account, yes := types.StringValue("acme"), types.BoolValue(true)
	for name, test := range map[string]struct {
		filter filter
		says   string
	}{
		"nothing":                        {filter{}, ""},
		"connected to an account":        {filter{LinkedAccountID: account, Connected: yes}, ""},
		"to one that is not known yet":   {filter{LinkedAccountID: types.StringUnknown(), Connected: yes}, ""},
		"to none":                        {filter{Connected: yes}, "Connected to no account"},
		"to none, perhaps":               {filter{Connected: types.BoolUnknown()}, ""},
		"tags":                           {filter{Tags: tags(types.StringValue("crm"), types.StringUnknown())}, ""},
		"tags that are not known yet":    {filter{Tags: types.SetUnknown(types.StringType)}, ""},
		"an empty tag among others":      {filter{Tags: tags(types.StringValue("crm"), types.StringValue(""))}, "An empty tag"},
		"a tag that a variable left out": {filter{Tags: tags(types.StringNull())}, "An empty tag"},
	} {
		met := test.filter.check()
		switch {
		case test.says == "" && len(met) > 0:
			t.Errorf("%s: %v", name, met)
		case test.says != "" && (len(met) != 1 || met[0].Summary() != test.says):
			t.Errorf("%s: %v, want %q", name, met, test.says)
		}
	}
}
