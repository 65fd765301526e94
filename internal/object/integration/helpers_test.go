// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

const (
	typeName = "refold_integration"
	test     = mockapi.EnvironmentTest
)

// world is a Refold with the account acme, and what tests do there.
type world struct {
	*testing.T
	*mockapi.Server
}

// within runs a test in virtual time.
func within(t *testing.T, behaviour mockapi.Behaviour, run func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &world{t, mockapi.New(mockapi.WithBehaviour(behaviour))}
		w.Create(test, mockapi.Account{AccountID: "acme"})
		run(w)
	})
}

// process is a new process of the provider, as each command of a CLI has one.
func (w *world) process(block ...acctest.Attributes) *acctest.Protocol {
	w.Helper()
	return acctest.ProtocolOver(w, acctest.InProcess(w, contract.Check(w, w.Server)), block...)
}

// keyed configures an app of acme with keys in the state.
func keyed(slug string, keys map[string]string, more ...attributes) attributes {
	values := attributes{"linked_account_id": acctest.Text("acme"), "slug": acctest.Text(slug), "credentials": textMap(keys)}
	for _, further := range more {
		maps.Copy(values, further)
	}
	return values
}

// hubSpot configures HubSpot with keys that are write-only.
func hubSpot(version int, more ...attributes) attributes {
	values := keyed("hubspot", nil, attributes{
		"credentials": tftypes.NewValue(mapOfText, nil), "credentials_wo": textMap(map[string]string{"api_key": "k"}), "credentials_wo_version": acctest.Version(version),
	})
	for _, further := range more {
		maps.Copy(values, further)
	}
	return values
}

var mapOfText = tftypes.Map{ElementType: tftypes.String}

func textMap(texts map[string]string) tftypes.Value {
	values := map[string]tftypes.Value{}
	for name, text := range texts {
		values[name] = acctest.Text(text)
	}
	return tftypes.NewValue(mapOfText, values)
}

func unknown(of tftypes.Type) tftypes.Value { return tftypes.NewValue(of, tftypes.UnknownValue) }

// plan plans in a new process.
func (w *world) plan(prior *acctest.Instance, config attributes) *tfprotov6.PlanResourceChangeResponse {
	w.Helper()
	process := w.process()
	return process.Plan(typeName, prior, process.Config(typeName, config))
}

// planDeletion plans in a new process.
func (w *world) planDeletion(current acctest.Instance) *tfprotov6.PlanResourceChangeResponse {
	w.Helper()
	return w.process().Plan(typeName, &current, tftypes.NewValue(current.State.Type(), nil))
}

// apply plans and applies in a new process.
func (w *world) apply(prior *acctest.Instance, config attributes) (acctest.Instance, acctest.Diagnostics) {
	w.Helper()
	process := w.process()
	return process.Apply(typeName, prior, process.Config(typeName, config))
}

// made applies what has to succeed without a word.
func (w *world) made(prior *acctest.Instance, config attributes) acctest.Instance {
	w.Helper()
	applied, met := w.apply(prior, config)
	acctest.WantNoDiagnostics(w, met)
	return applied
}

// read refreshes in a new process.
func (w *world) read(current acctest.Instance) (acctest.Instance, acctest.Diagnostics) {
	w.Helper()
	return w.process().Read(typeName, current)
}

// destroy deletes in a new process.
func (w *world) destroy(current acctest.Instance) acctest.Diagnostics {
	w.Helper()
	_, met := w.process().Delete(typeName, current)
	return met
}

// types are those of the connections of an app at Refold.
func (w *world) types(accountID, slug string) string {
	account, _ := w.Account(test, accountID)
	for _, integration := range account.Integrations {
		if integration.Type == slug || integration.AppID != nil && *integration.AppID == slug {
			return strings.Join(integration.AuthTypes, "+")
		}
	}
	return ""
}

func (w *world) wantTypes(slug, want string) {
	w.Helper()
	if got := w.types("acme", slug); got != want {
		w.Errorf("%s is connected by %q, want %q", slug, got, want)
	}
}

// wantRequests compares the requests besides the look-up of the scope, by method.
func (w *world) wantRequests(what string, want map[string]int) {
	w.Helper()
	got := map[string]int{}
	for _, request := range w.Requests() {
		got[request.Method]++
	}
	if !maps.Equal(got, want) {
		w.Errorf("%s sends %v, want %v: %v", what, got, want, w.Requests())
	}
}

// text is a text in a state.
func text(t *testing.T, of acctest.Instance, name string) string {
	t.Helper()
	var text *string
	if err := of.Attribute(t, name).As(&text); err != nil {
		t.Fatal(err)
	}
	if text == nil {
		return ""
	}
	return *text
}

// twoTypes is an app that can be connected by keys of two types, and by OAuth.
func twoTypes() mockapi.App {
	fields := []mockapi.KeyField{{Name: "key", Required: true, Secret: true}}
	return mockapi.App{Slug: "both", Name: "Both", AuthType: "keybased", Keys: map[string][]mockapi.KeyField{"keybased": fields, "token": fields}}
}

func both(authType, key string, more ...attributes) attributes {
	return keyed("both", map[string]string{"key": key}, append([]attributes{{"auth_type": acctest.Text(authType)}}, more...)...)
}

// byOAuth is an app that the customer has connected, and of which it is not known more.
func byOAuth(slug string, more ...string) mockapi.Integration {
	return mockapi.Integration{Type: slug, Name: slug, AuthTypes: append([]string{"oauth2"}, more...)}
}

// answering is a refusal of a status, in the envelope of today (FACTS 1.6).
func answering(status int) http.HandlerFunc {
	return acctest.Answering(status, fmt.Sprintf(`{"status_code":%d,"http_error_type":"ERROR","error":"SERVER_ERROR","message":"no"}`, status))
}

// refusing answers every request of a method so.
func (w *world) refusing(method string, status int) {
	w.Intercept(acctest.Instead(method, "", answering(status)))
}

// connectingBefore lets the customer connect the app a few seconds after keys are sent for the
// first time, which is answered with a status.
func (w *world) connectingBefore(status int) {
	w.Intercept(func(answer http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPut {
			return false
		}
		w.Intercept(nil)
		<-time.After(5 * time.Second)
		w.byCustomer("hubspot", "keybased")
		answering(status)(answer, r)
		return true
	})
}
