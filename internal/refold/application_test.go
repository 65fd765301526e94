// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	applicationsPath = "/api/v2/public/application"
	// slackByKeys is a catalogue with an app that is connected by keys, and noSlack one in which
	// it is not connected.
	slackByKeys = `[{"slug":"slack","type":"slack","name":"Slack","auth_type":"keybased","connected":true,"connected_accounts":[{"identifier":"T1","connectedAt":"2026-05-18T09:30:17.525Z","status":"active","auth_type":"keybased"}],"reauth_required":false}]`
	noSlack     = `[{"slug":"slack","type":"slack","name":"Slack","auth_type":"keybased"}]`
)

// Application has the operation of apps.
func (operationsOf) Application() objectOperations {
	return objectOperations{
		calls: map[string]operation{
			"Applications": {requests: "GET", asks: asksFor("not a list of applications in JSON", ofAnotherAccount, emptyAnswer), hidesScope: true, body: slackByKeys, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.Applications(ctx, "user", 0)
				return err
			}},
		},
	}
}

// applicationsIn are those of an answer.
func applicationsIn(t *testing.T, body string) ([]*refold.Application, error) {
	t.Helper()
	return newClient(t, newNetwork(t, answer(200, body)), withoutRetries).Applications(t.Context(), "user", 0)
}

// applicationIn is the only one.
func applicationIn(t *testing.T, body string) refold.Application {
	t.Helper()
	applications, err := applicationsIn(t, "["+body+"]")
	if err != nil || len(applications) != 1 {
		t.Fatalf("%s became %d applications, %v", body, len(applications), err)
	}
	return *applications[0]
}

// TestDecodeApplication covers the forms of FACTS 2.6, and what is odd in one of them.
func TestDecodeApplication(t *testing.T) {
	secret, plain := refold.CredentialField{Name: "api_key", Label: "API key", Placeholder: "pat-", Required: true, Secret: true}, refold.CredentialField{Name: "portal_id"}
	const fields = `[{"name":"api_key","label":"API key","placeholder":"pat-","required":true,"type":"password"},{"name":"portal_id","type":"text"}]`
	keys := func(authType string, fields ...refold.CredentialField) map[string][]refold.CredentialField {
		return map[string][]refold.CredentialField{authType: fields}
	}
	for name, test := range map[string]struct {
		body string
		want refold.Application
	}{
		"everything": {
			`{"_id":"6992cc7e9d38bc6a2ae28d12","name":"HubSpot","icon":"https://img.example/h.png","description":"CRM","slug":"hubspot","type":"hubspot","app_id":null,"tags":["CRM","Sales"],
			  "ecosystem":true,"auth_type":"oauth2","auth_type_options":{"oauth2":[],"keybased":` + fields + `},"auth_input_map":` + fields + `,"connected":true,
			  "connected_accounts":[{"identifier":"ann@example.com","connectedAt":"2026-05-18T09:30:17.525Z","status":"active","auth_type":"oauth2"}],"reauth_required":true,"webhook_url":"https://x","own":{"a":1}}`,
			refold.Application{
				Slug: "hubspot", Type: "hubspot", Name: "HubSpot", Icon: "https://img.example/h.png", Description: "CRM", AuthType: "oauth2", AuthTypes: []string{"keybased", "oauth2"},
				Tags: []string{"CRM", "Sales"}, Ecosystem: new(true), Keys: keys("keybased", secret, plain), IsConnected: true, ReauthRequired: true,
				Connections: []refold.Connection{{AuthType: "oauth2", Identifier: "ann@example.com", Status: "active", ConnectedAt: "2026-05-18T09:30:17.525Z"}},
			},
		},
		"next to nothing": {`{"slug":"a"}`, refold.Application{Slug: "a", Keys: noKeys(), HidesAuth: true}},
		"a custom app": {
			`{"app_id":"6a05d19680458c9a09e79c2e","type":"custom","auth_type":"keybased"}`,
			refold.Application{AppID: "6a05d19680458c9a09e79c2e", Type: "custom", AuthType: "keybased", AuthTypes: []string{"keybased"}, Keys: keys("keybased")},
		},
		"fields of the own type alone": {`{"slug":"a","auth_type":"apikey","auth_input_map":` + fields + `}`, refold.Application{Slug: "a", AuthType: "apikey", AuthTypes: []string{"apikey"}, Keys: keys("apikey", secret, plain)}},
		"fields of some type":          {`{"slug":"a","auth_type":"oauth2","auth_input_map":` + fields + `}`, refold.Application{Slug: "a", AuthType: "oauth2", AuthTypes: []string{"oauth2"}, Keys: noKeys(), HidesAuth: true}},
		"OAuth, without options":       {`{"slug":"a","auth_type":"oauth2"}`, refold.Application{Slug: "a", AuthType: "oauth2", AuthTypes: []string{"oauth2"}, Keys: noKeys(), HidesAuth: true}},
		"OAuth alone":                  {`{"slug":"a","auth_type":"oauth2","auth_type_options":{"oauth2":[]}}`, refold.Application{Slug: "a", AuthType: "oauth2", AuthTypes: []string{"oauth2"}, Keys: noKeys()}},
		"options before the input map": {
			`{"slug":"a","auth_type":"keybased","auth_type_options":{"keybased":["token"]},"auth_input_map":` + fields + `}`,
			refold.Application{Slug: "a", AuthType: "keybased", AuthTypes: []string{"keybased"}, Keys: keys("keybased", refold.CredentialField{Name: "token", Required: true})},
		},
		"fields by name": {
			`{"slug":"a","auth_type":"keybased","auth_type_options":{"keybased":{"b":"string","a":{"type":"password","required":false},"c":{"type":"string","required":"true"}}}}`,
			refold.Application{Slug: "a", AuthType: "keybased", AuthTypes: []string{"keybased"}, Keys: keys("keybased", refold.CredentialField{Name: "a", Secret: true}, refold.CredentialField{Name: "b", Required: true}, refold.CredentialField{Name: "c", Required: true})},
		},
		"fields without a name": {`{"slug":"a","auth_type":"keybased","auth_input_map":[{"label":"x"},null,7,[],{"name":"n"}]}`, refold.Application{Slug: "a", AuthType: "keybased", AuthTypes: []string{"keybased"}, Keys: keys("keybased", refold.CredentialField{Name: "n"})}},
		"odd in every field": {
			`{"slug":"a","app_id":{"a":1},"type":[],"name":5,"icon":false,"description":{},"auth_type":"OAuth1","tags":"CRM","ecosystem":"maybe","auth_type_options":["keybased"],"auth_input_map":"none","connected":"yes","connected_accounts":"none","reauth_required":{}}`,
			refold.Application{Slug: "a", Name: "5", Icon: "false", AuthType: "OAuth1", AuthTypes: []string{"OAuth1"}, Keys: noKeys(), HidesAuth: true},
		},
		"odd within":             {`{"slug":" a\u0000 ","tags":["x",1,{"y":2}],"auth_type_options":{"keybased":"none"},"ecosystem":"false"}`, refold.Application{Slug: "a", Tags: []string{"x", "1", ""}, Ecosystem: new(false), AuthTypes: []string{"keybased"}, Keys: keys("keybased")}},
		"not connected":          {`{"slug":"a","connected":false,"connected_accounts":[],"reauth_required":true}`, refold.Application{Slug: "a", Keys: noKeys(), HidesAuth: true}},
		"connected, and no more": {`{"slug":"a","connected":"true","reauth_required":"true"}`, refold.Application{Slug: "a", Keys: noKeys(), HidesAuth: true, IsConnected: true, ReauthRequired: true}},
		"connections of any form": {
			`{"slug":"a","connected_accounts":[null,"x",{"identifier":{"email":"a"},"connectedAt":"2026-05-18T09:30:17"},{"identifier":7,"auth_type":"keybased","status":null}]}`,
			refold.Application{Slug: "a", Keys: noKeys(), HidesAuth: true, IsConnected: true, Connections: []refold.Connection{{}, {}, {Identifier: `{"email":"a"}`, ConnectedAt: "2026-05-18T09:30:17Z"}, {AuthType: "keybased", Identifier: "7"}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if test.want.Tags == nil {
				test.want.Tags = []string{}
			}
			if got := applicationIn(t, test.body); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}

// noKeys is of an app without any.
func noKeys() map[string][]refold.CredentialField { return map[string][]refold.CredentialField{} }

func TestApplicationsThatCannotBeRead(t *testing.T) {
	for body, says := range map[string]string{
		``: emptyAnswer, `null`: "not a list of applications in JSON", `{}`: "not a list of applications in JSON", `{"docs":[]}`: "not a list of applications in JSON", `"ok"`: "not a list of applications in JSON",
		`[null]`: "neither a slug nor an app_id", `[{"slug":"a"},{"name":"b"}]`: "neither a slug nor an app_id", `[7]`: "neither a slug nor an app_id", `[{"slug":"","app_id":[]}]`: "neither a slug nor an app_id",
	} {
		applications, err := applicationsIn(t, body)
		if err == nil || applications != nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, %v, want it to say %q", body, applications, err, says)
			continue
		}
		readable(t, err)
	}
	if applications, err := applicationsIn(t, `[]`); err != nil || len(applications) != 0 {
		t.Errorf("none: %v, %v", applications, err)
	}
}

// The account goes into the header and the query, and without one there is neither
// (FACTS 2.0, 4.33).
func TestApplicationsNameTheAccount(t *testing.T) {
	for id, want := range map[string]struct{ uri, header string }{
		"":        {applicationsPath, ""},
		"a/b c+d": {applicationsPath + "?linked_account_id=a%2Fb+c%2Bd", "a/b c+d"},
		"ä":       {applicationsPath + "?linked_account_id=%C3%A4", ""},
	} {
		net := newNetwork(t, answer(200, slackByKeys))
		if _, err := newClient(t, net).Applications(t.Context(), id, 0); err != nil {
			t.Fatal(err)
		}
		request := net.requests()[0]
		if request.Method != "GET" || request.URI != want.uri || selectedIn(request.Header) != want.header {
			t.Errorf("%q: sent %s %s with %q in the header", id, request.Method, request.URI, selectedIn(request.Header))
		}
	}
}

// TestCatalogueIsKeptOnce: of apps that are not connected, all accounts of a run have the same.
func TestCatalogueIsKeptOnce(t *testing.T) {
	server := connectedServer(t, mockapi.Behaviour{})
	server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "y"})
	client := server.client()
	found := map[string][]*refold.Application{}
	for _, id := range []string{"x", "y", ""} {
		apps, err := client.Applications(t.Context(), id, 0)
		if err != nil {
			t.Fatal(err)
		}
		found[id] = apps
	}
	for i, app := range found["x"] {
		isOwn := app.Slug == "hubspot"
		if (app != found["y"][i]) != isOwn || found[""][i] != found["y"][i] || app.IsConnected != isOwn {
			t.Errorf("%s: of x %p, of y %p, of nobody %p", app.Slug, app, found["y"][i], found[""][i])
		}
	}
	// A catalogue that changes is another.
	server.SetApps(mockapi.EnvironmentTest, mockapi.App{Slug: "slack", Name: "Slack 2"})
	apps, err := client.Applications(t.Context(), "", 1)
	if err != nil || len(apps) != 1 || apps[0].Name != "Slack 2" {
		t.Errorf("%+v, %v", apps, err)
	}
}

func TestNamesOfApplications(t *testing.T) {
	const id = "6a05d19680458c9a09e79c2e"
	hubspot, own, nameless := &refold.Application{Slug: "hubspot", Type: "hubspot"}, &refold.Application{Slug: "acme", AppID: id, Type: refold.TypeCustom}, &refold.Application{AppID: id, Type: "acme"}
	for app, want := range map[*refold.Application]string{hubspot: "hubspot", own: id, nameless: id} {
		expect(t, app.RemovalSlug(), want)
		if !app.IsNamed(want) || app.IsNamed("") || app.IsNamed("HubSpot") {
			t.Errorf("%+v is named wrongly", app)
		}
	}
	apps := []*refold.Application{hubspot, own}
	for slug, want := range map[string]*refold.Application{"hubspot": hubspot, "acme": own, id: own, "": nil, "Acme": nil} {
		if got := refold.FindApplication(apps, slug); got != want {
			t.Errorf("%q: %+v", slug, got)
		}
	}
}

func TestIsKeyBased(t *testing.T) {
	for authType, want := range map[string]bool{"keybased": true, "apikey": true, "basic": true, "": false, "oauth2": false, "OAuth": false, "oauth1": false} {
		if refold.IsKeyBased(authType) != want {
			t.Errorf("%q: %t", authType, !want)
		}
	}
}

func TestKeyType(t *testing.T) {
	for name, test := range map[string]struct{ body, want string }{
		"by OAuth alone":         {`"auth_type":"oauth2","auth_type_options":{"oauth2":[]}`, ""},
		"the usual one":          {`"auth_type":"oauth2","auth_type_options":{"oauth2":[],"apikey":[],"keybased":[]}`, "keybased"},
		"its own":                {`"auth_type":"basic","auth_type_options":{"apikey":[],"basic":[]}`, "basic"},
		"another":                {`"auth_type":"oauth2","auth_type_options":{"basic":[],"apikey":[]}`, "apikey"},
		"nobody says":            {`"name":"A"`, "keybased"},
		"nobody says of others":  {`"auth_type":"oauth2"`, "keybased"},
		"its own, and no others": {`"auth_type":"apikey"`, "apikey"},
	} {
		app := applicationIn(t, `{"slug":"a",`+test.body+`}`)
		if got, hasKeys := app.KeyType(); got != test.want || hasKeys != (test.want != "") {
			t.Errorf("%s: %q, %t", name, got, hasKeys)
		}
	}
}

// Only where one connection is there can a server that does not tell the types mean it.
func TestConnectionOfAType(t *testing.T) {
	const untyped, keys, oauth = `{"identifier":"x"}`, `{"identifier":"k","auth_type":"keybased"}`, `{"identifier":"o","auth_type":"oauth2"}`
	for name, test := range map[string]struct {
		body, want string
		isThere    bool
	}{
		"none":                        {`"connected":false`, "", false},
		"its own":                     {`"connected_accounts":[` + oauth + `,` + keys + `]`, "k", true},
		"another":                     {`"connected_accounts":[` + oauth + `]`, "", false},
		"without a type":              {`"connected_accounts":[` + untyped + `]`, "x", true},
		"without a type beside OAuth": {`"connected_accounts":[` + untyped + `,` + oauth + `]`, "", false},
		"connected, and no more":      {`"connected":true`, "", true},
		"connected to nothing":        {`"connected":true,"connected_accounts":[]`, "", true},
		"connected by another":        {`"connected":true,"connected_accounts":[` + oauth + `]`, "", false},
	} {
		app := applicationIn(t, `{"slug":"a",`+test.body+`}`)
		if got, isThere := app.Connection("keybased"); got.Identifier != test.want || isThere != test.isThere {
			t.Errorf("%s: %+v, %t", name, got, isThere)
		}
	}
}

// connectedServer has the account x, which has connected HubSpot in both ways.
func connectedServer(t *testing.T, behaviour mockapi.Behaviour) *listServer {
	server := newListServer(t, 0, behaviour)
	server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "x"})
	server.Connect(mockapi.EnvironmentTest, "x", mockapi.Integration{
		Type: "hubspot", Name: "HubSpot", AuthTypes: []string{"oauth2", "keybased"},
		Connections: map[string]mockapi.Connection{"oauth2": {Identifier: "ann@example.com"}, "keybased": {Identifier: "1234567"}},
	})
	return server
}

// Each server has its own way to say the same (FACTS 2.6).
func TestApplicationsAtAnyServer(t *testing.T) {
	for name, rules := range map[string]mockapi.ApplicationBehaviour{
		"current":                    {},
		"what is not connected":      {ShowUnconnected: true, ReauthUnconnected: true},
		"identifiers within objects": {IdentifierObject: true},
		"filters ignored":            {IgnoreFilters: true},
		"wants an account":           {AccountRequired: true},
		"fields in options":          {KeyFields: mockapi.KeyFieldsInOptions},
		"fields in a map":            {KeyFields: mockapi.KeyFieldsInInputMap},
		"fields nowhere":             {KeyFields: mockapi.KeyFieldsNowhere},
	} {
		t.Run(name, func(t *testing.T) {
			server := connectedServer(t, mockapi.Behaviour{Application: rules})
			apps, err := server.client().Applications(t.Context(), "x", 0)
			if err != nil || len(apps) != len(server.Apps(mockapi.EnvironmentTest)) {
				t.Fatalf("%d applications, %v", len(apps), err)
			}
			hubspot, slack, zendesk, own := refold.FindApplication(apps, "hubspot"), refold.FindApplication(apps, "slack"), refold.FindApplication(apps, "zendesk"), refold.FindApplication(apps, mockapi.CustomAppID)
			byKeys, isByKeys := hubspot.Connection("keybased")
			byOAuth, isByOAuth := hubspot.Connection("oauth2")
			if !hubspot.IsConnected || hubspot.ReauthRequired || !isByKeys || !isByOAuth || !strings.Contains(byKeys.Identifier, "1234567") || !strings.Contains(byOAuth.Identifier, "ann@example.com") || byKeys.Status != "active" || byKeys.ConnectedAt == "" {
				t.Errorf("hubspot: %+v", hubspot)
			}
			if slack.IsConnected || slack.ReauthRequired || len(slack.Connections) != 0 {
				t.Errorf("slack: %+v", slack)
			}
			// Where a server hides how an app can be connected, nobody may take that for a no.
			hides := rules.KeyFields == mockapi.KeyFieldsInInputMap || rules.KeyFields == mockapi.KeyFieldsNowhere
			if authType, hasKeys := hubspot.KeyType(); !hasKeys || authType != "keybased" || hubspot.HidesAuth != hides {
				t.Errorf("hubspot is connected by %q, hidden %t", authType, hubspot.HidesAuth)
			}
			if _, hasKeys := slack.KeyType(); hasKeys != hides {
				t.Errorf("slack has keys: %t", hasKeys)
			}
			if fields := zendesk.Keys["keybased"]; len(fields) != 3 && rules.KeyFields != mockapi.KeyFieldsNowhere || zendesk.HidesAuth {
				t.Errorf("zendesk takes %+v, hidden %t", fields, zendesk.HidesAuth)
			}
			if own == nil || own.RemovalSlug() != mockapi.CustomAppID || own.Type != refold.TypeCustom {
				t.Errorf("the custom app: %+v", own)
			}
		})
	}
}

// Not every server says that there is no such account (FACTS 2.6).
func TestApplicationsOfAnUnknownAccount(t *testing.T) {
	for unknown, isTold := range map[mockapi.UnknownAccount]bool{mockapi.UnknownAccountLong: true, mockapi.UnknownAccountShort: true, mockapi.UnknownAccountCatalogue: false} {
		server := connectedServer(t, mockapi.Behaviour{Application: mockapi.ApplicationBehaviour{UnknownAccount: unknown}})
		apps, err := server.client().Applications(t.Context(), "nobody", 0)
		if isTold != (refold.KindOf(err) == refold.AccountNotFound) || isTold != (err != nil) {
			t.Errorf("%d: %v", unknown, err)
		}
		if slices.ContainsFunc(apps, func(app *refold.Application) bool { return app.IsConnected }) {
			t.Errorf("%d: an app of nobody is connected", unknown)
		}
	}
}

// A server that wants an account says so, which is no word about the account (FACTS 0.2, 4.33).
func TestCatalogueThatWantsAnAccount(t *testing.T) {
	server := connectedServer(t, mockapi.Behaviour{Application: mockapi.ApplicationBehaviour{AccountRequired: true}})
	if _, err := server.client().Applications(t.Context(), "", 0); err == nil || refold.KindOf(err) != refold.Other || !strings.Contains(err.Error(), "MISSING_REQUIRED_FIELD") {
		t.Errorf("err = %v", err)
	}
}
