// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Answers of older servers: short ones, and fewer ways to say not found.
func TestInvokeOnAnyServer(t *testing.T) {
	t.Parallel()
	server := startWithApps(t, mockapi.Behaviour{
		Integration: mockapi.IntegrationBehaviour{AnswerSuccess: true},
		Document:    mockapi.DocumentBehaviour{NoIntegrations: mockapi.NoIntegrationsAbsent},
	})
	provider := server.Protocol(t)
	for _, slug := range []string{"slack", "hubspot", crm} {
		_, met := provider.InvokeAction(disconnectType, removing("user_1", slug, ""))
		acctest.WantNoDiagnostics(t, met)
	}
	if left := connected(server); left != "" {
		t.Errorf("left %s", left)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	server := startWithApps(t, mockapi.Behaviour{})
	refusing := func(method string, act func(http.ResponseWriter)) {
		server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method == method {
				act(w)
			}
			return r.Method == method
		})
	}
	provider := server.Protocol(t, acctest.OnlyOnce)
	refusing(http.MethodDelete, func(w http.ResponseWriter) { w.WriteHeader(http.StatusTooManyRequests) })
	_, met := provider.InvokeAction(disconnectType, removing("user_1", "slack", ""))
	acctest.WantDiagnostic(t, met, acctest.Failure, "Could not disconnect an app of linked account", `"user_1"`, "rate limit")

	// Accepted, and still there.
	account := `{"_id":"6992cc7e9d38bc6a2ae28d12","associated_org":"o","account_id":"user_1","environment":"test","udf":[],` +
		`"integrations":[{"type":"slack","name":"Slack","app_id":null}],"createdAt":"2026-05-22T11:24:06.840Z","updatedAt":"2026-05-22T11:24:06.840Z"}`
	refusing(http.MethodDelete, func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(account))
	})
	_, met = provider.InvokeAction(disconnectType, removing("user_1", "slack", ""))
	acctest.WantDiagnostic(t, met, acctest.Warning, "The app is still connected", `"user_1"`, "invoke the action again")

	// Accepted, and not to be read back.
	server.Intercept(nil)
	server.Behave(func(b *mockapi.Behaviour) { b.Integration.AnswerSuccess = true })
	reads := 0
	server.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodGet {
			reads++
		}
		if reads > 2 {
			w.WriteHeader(http.StatusTooManyRequests)
		}
		return reads > 2
	})
	_, met = provider.InvokeAction(disconnectType, removing("user_1", "slack", ""))
	acctest.WantDiagnostic(t, met, acctest.Warning, "What is still connected could not be read", `"user_1"`, `app "slack"`)
}

func TestFaults(t *testing.T) {
	t.Parallel()
	server := startWithApps(t, mockapi.Behaviour{})
	server.Inject(mockapi.Faults{Rate: 0.4, Seed: 2, Kinds: []mockapi.Fault{
		mockapi.FaultInternal, mockapi.FaultUnavailable, mockapi.FaultDroppedBefore, mockapi.FaultDroppedAfter, mockapi.FaultTruncated,
	}})
	provider := server.Protocol(t, func(o *refold.Options) { o.RetryWait, o.MaxRetries = time.Millisecond, 50 })
	for _, slug := range []string{"slack", "hubspot", crm} {
		_, met := provider.InvokeAction(disconnectType, removing("user_1", slug, ""))
		acctest.WantNoDiagnostics(t, met)
	}
	if left := connected(server); left != "" {
		t.Errorf("left %s", left)
	}
}

// The same life at every server: what is shown, what answers say, and how soon.
func TestLifeOnAnyServer(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]mockapi.Behaviour{
		"of today":                         {},
		"removals answer success":          {Integration: mockapi.IntegrationBehaviour{AnswerSuccess: true}},
		"account in the query":             {Integration: mockapi.IntegrationBehaviour{AccountInQuery: true}},
		"saving answers the app":           {Integration: mockapi.IntegrationBehaviour{KeysAnswer: mockapi.KeysAnswerApp}},
		"saving answers nothing":           {Integration: mockapi.IntegrationBehaviour{KeysAnswer: mockapi.KeysAnswerEmpty}},
		"connecting configures":            {Integration: mockapi.IntegrationBehaviour{ConnectingConfigures: true}},
		"short message of no account":      {Application: mockapi.ApplicationBehaviour{UnknownAccount: mockapi.UnknownAccountShort}},
		"catalogue for no account":         {Application: mockapi.ApplicationBehaviour{UnknownAccount: mockapi.UnknownAccountCatalogue}},
		"account required":                 {Application: mockapi.ApplicationBehaviour{AccountRequired: true}},
		"unconnected apps are shown":       {Application: mockapi.ApplicationBehaviour{ShowUnconnected: true}},
		"unconnected apps need connecting": {Application: mockapi.ApplicationBehaviour{ReauthUnconnected: true}},
		"identifiers are objects":          {Application: mockapi.ApplicationBehaviour{IdentifierObject: true}},
		"fields in the options":            {Application: mockapi.ApplicationBehaviour{KeyFields: mockapi.KeyFieldsInOptions}},
		"filters are ignored":              {Application: mockapi.ApplicationBehaviour{IgnoreFilters: true}},
		"reads lag":                        {ReadLag: 2},
		"reads lag, and answers are short": {ReadLag: 2, Integration: mockapi.IntegrationBehaviour{AnswerSuccess: true, KeysAnswer: mockapi.KeysAnswerEmpty}},
		"ids in any case":                  {Account: mockapi.AccountBehaviour{IDsIgnoreCase: true}},
		"no integrations in documents":     {Document: mockapi.DocumentBehaviour{NoIntegrations: mockapi.NoIntegrationsAbsent}},
		"dates without a zone":             {Answer: mockapi.AnswerBehaviour{ZonelessDates: true}},
		"errors of 2023":                   {Answer: mockapi.AnswerBehaviour{Errors: mockapi.EnvelopeE1}},
		"errors of 2024":                   {Answer: mockapi.AnswerBehaviour{Errors: mockapi.EnvelopeE2}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within(t, behaviour, func(w *world) {
				config := func(version int) attributes {
					return keyed("zendesk", nil, attributes{
						"credentials":            tftypes.NewValue(mapOfText, nil),
						"credentials_wo":         textMap(map[string]string{"subdomain": "s", "email": "e", "api_token": "t" + acctest.Version(version).String()}),
						"credentials_wo_version": acctest.Version(version),
					})
				}
				w.live(config)
			})
		})
	}
}

// live creates, refreshes, rotates, loses, makes anew, imports and removes an integration.
func (w *world) live(config func(version int) attributes) {
	w.Helper()
	made := w.made(nil, config(1))
	w.unchanged(made, config(1))
	rotated := w.made(&made, config(2))
	// When it was connected may be as before, until reads have caught up (FACTS 4.21).
	for range 2 {
		shown, met := w.read(rotated)
		acctest.WantNoDiagnostics(w, met)
		rotated = shown
	}
	w.unchanged(rotated, config(2))
	w.RequireReauth(test, "acme", "zendesk")
	expired, met := w.read(rotated)
	acctest.WantNoDiagnostics(w, met)
	acctest.WantDiagnostic(w, w.plan(&expired, config(2)).Diagnostics, acctest.Warning, "The app has to be connected again")
	w.made(&expired, config(3))
	w.Disconnect(test, "acme", "zendesk", "keybased")
	gone, met := w.read(rotated)
	acctest.WantDiagnostic(w, met, acctest.Warning, "The integration is not found")
	if !gone.State.IsNull() {
		w.Errorf("what vanished is read as %s", gone.State)
	}
	again := w.made(nil, config(1))
	imported, met := w.process().Import(typeName, "acme/zendesk")
	acctest.WantNoDiagnostics(w, met)
	w.unchanged(imported, attributes{"linked_account_id": acctest.Text("acme"), "slug": acctest.Text("zendesk")})
	acctest.WantNoDiagnostics(w, w.destroy(again))
	w.wantTypes("zendesk", "")
}

// unchanged refreshes and plans, and wants the state as it is.
func (w *world) unchanged(current acctest.Instance, config attributes) {
	w.Helper()
	read, met := w.read(current)
	acctest.WantNoDiagnostics(w, met)
	plan := w.plan(&read, config)
	acctest.WantNoDiagnostics(w, plan.Diagnostics)
	if planned, err := plan.PlannedState.Unmarshal(current.State.Type()); err != nil || !planned.Equal(current.State) {
		w.Errorf("planned\n%s (%v)\nwant\n%s", planned, err, current.State)
	}
}

// An app that does not say which keys it takes takes any, in the plan and in the apply. Refold
// itself may still refuse them.
func TestFieldsAnywhere(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fields  mockapi.KeyFields
		isKnown bool
	}{
		"in both":          {mockapi.KeyFieldsInBoth, true},
		"in the options":   {mockapi.KeyFieldsInOptions, true},
		"in the input map": {mockapi.KeyFieldsInInputMap, true},
		"nowhere":          {mockapi.KeyFieldsNowhere, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within(t, mockapi.Behaviour{Application: mockapi.ApplicationBehaviour{KeyFields: test.fields}}, func(w *world) {
				wrong := w.plan(nil, keyed("zendesk", map[string]string{"token": "t"})).Diagnostics
				if !test.isKnown {
					acctest.WantNoDiagnostics(w, wrong)
					_, met := w.apply(nil, keyed("zendesk", map[string]string{"token": "t"}))
					acctest.WantDiagnostic(w, met, acctest.Failure, "The app does not accept the keys")
				} else {
					acctest.WantDiagnostic(w, wrong, acctest.Failure, "Not the keys that the app takes")
				}
				made := w.made(nil, keyed("zendesk", map[string]string{"subdomain": "s", "email": "e", "api_token": "t"}))
				w.unchanged(made, keyed("zendesk", map[string]string{"subdomain": "s", "email": "e", "api_token": "t"}))
			})
		})
	}
}

// Where the catalogue wants an account, a plan for one that does not exist yet does without.
func TestCatalogueOfNoAccount(t *testing.T) {
	t.Parallel()
	for name, isRequired := range map[string]bool{"free": false, "account required": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within(t, mockapi.Behaviour{Application: mockapi.ApplicationBehaviour{AccountRequired: isRequired}}, func(w *world) {
				met := w.plan(nil, keyed("nothing", map[string]string{"k": "v"}, attributes{"linked_account_id": acctest.Text("new")})).Diagnostics
				if isRequired {
					acctest.WantDiagnostic(w, met, acctest.Warning, "The app could not be looked up")
					return
				}
				acctest.WantDiagnostic(w, met, acctest.Failure, "There is no such app")
			})
		})
	}
}

// Keys of an account whose id no header can carry arrive where Refold takes it from the query; else
// nothing is written, least of all to another account.
func TestAccountBeyondASCII(t *testing.T) {
	t.Parallel()
	for name, inQuery := range map[string]bool{"in the query": true, "in the header only": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within(t, mockapi.Behaviour{Integration: mockapi.IntegrationBehaviour{AccountInQuery: inQuery}}, func(w *world) {
				w.Create(test, mockapi.Account{AccountID: "münchen"})
				w.Create(test, mockapi.Account{AccountID: "mÃ¼nchen"})
				created, met := w.apply(nil, hubSpot(1, attributes{"linked_account_id": acctest.Text("münchen")}))
				if got := w.types("mÃ¼nchen", "hubspot"); got != "" {
					w.Errorf("another account is connected by %q", got)
				}
				if inQuery {
					acctest.WantNoDiagnostics(w, met)
					read, met := w.read(created)
					acctest.WantNoDiagnostics(w, met)
					if !read.State.Equal(created.State) {
						w.Errorf("read %s, want %s", read.State, created.State)
					}
					// What its configs hold is asked for in a header.
					acctest.WantDiagnostic(w, w.destroy(created), acctest.Failure, "What would be lost could not be found out", "ASCII", "force_destroy")
					if got := w.types("münchen", "hubspot"); got != "keybased" {
						w.Errorf("connected by %q", got)
					}
					return
				}
				acctest.WantDiagnostic(w, met, acctest.Failure, "Could not create integration")
				if !created.State.IsNull() || w.types("münchen", "hubspot") != "" {
					w.Errorf("state %s, connected by %q", created.State, w.types("münchen", "hubspot"))
				}
			})
		})
	}
}

// A server that does not tell Acme from acme has no account that is called as configured.
func TestAccountInAnotherCase(t *testing.T) {
	t.Parallel()
	for name, ignoresCase := range map[string]bool{"told apart": false, "not told apart": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			within(t, mockapi.Behaviour{Account: mockapi.AccountBehaviour{IDsIgnoreCase: ignoresCase}}, func(w *world) {
				_, met := w.apply(nil, hubSpot(1, attributes{"linked_account_id": acctest.Text("ACME")}))
				if !acctest.HasFailure(met) {
					w.Errorf("an integration of ACME is made: %s", acctest.List(met))
				}
				w.wantTypes("hubspot", "")
				w.made(nil, hubSpot(1))
			})
		})
	}
}

// An app that is said to be connected, without a list of its connections, is not taken for gone.
func TestConnectionsThatAreNotListed(t *testing.T) {
	t.Parallel()
	within(t, mockapi.Behaviour{}, func(w *world) {
		made := w.made(nil, hubSpot(1))
		w.Intercept(acctest.Instead(http.MethodGet, "/application", acctest.Answering(http.StatusOK,
			`[{"_id":"6a313eda6d5528bdcf71eb00","slug":"hubspot","type":"hubspot","name":"HubSpot","auth_type":"oauth2","auth_type_options":{"keybased":[]},"connected":true}]`)))
		kept, met := w.read(made)
		acctest.WantNoDiagnostics(w, met)
		if kept.State.IsNull() || text(t, kept, "auth_type") != "keybased" {
			w.Errorf("read %s", kept.State)
		}
		acctest.WantDiagnostic(w, w.plan(nil, hubSpot(1)).Diagnostics, acctest.Failure, "The app is connected already")
		for listed := range w.process().List(typeName, acctest.Listing{}) {
			w.Errorf("listed is what may be the customer's: %s", listed.DisplayName)
		}
	})
}
