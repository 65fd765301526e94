// SPDX-License-Identifier: MPL-2.0

package integration_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestDiagnostics(t *testing.T) {
	diagnosticspage.Test(t, diagnosticspage.Page{
		Chapters: []diagnosticspage.Chapter{
			{Title: "The resource block", Situations: validationSituations()},
			{Title: "Plan", Situations: planSituations()},
			{Title: "Connecting an app, and changing its keys", Situations: writeSituations()},
			{Title: "Removing the connection of an app", Situations: removalSituations()},
			{Title: "Read, import and list", Situations: readSituations()},
			{Title: "Disconnecting an app", Situations: disconnectSituations()},
		},
	})
}

// disconnectSituations are about the action.
func disconnectSituations() []diagnosticspage.Situation {
	disconnecting := func(slug string, more attributes) func(*mockapi.Server, *acctest.Protocol) acctest.Diagnostics {
		values := attributes{"linked_account_id": acctest.Text("user_1"), "slug": acctest.Text(slug)}
		for name, value := range more {
			values[name] = value
		}
		return func(_ *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			_, met := provider.InvokeAction(disconnectType, values)
			return met
		}
	}
	with := func(act func(*mockapi.Server), then func(*mockapi.Server, *acctest.Protocol) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
		return diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
			api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{Type: "slack", Name: "Slack", AuthTypes: []string{"oauth2", "keybased"}})
			act(api)
			return then(api, provider)
		})
	}
	nothing := func(*mockapi.Server) {}
	return []diagnosticspage.Situation{
		{Name: "An unknown account", Advice: diagnosticspage.Advice{Tests: "TestInvoke", Not: "when an action runs is up to Terraform"}, Meet: diagnosticspage.Meeting(disconnecting("slack", nil))},
		{Name: "A slug that names no app", Mended: with(nothing, disconnecting("slack", nil)), Meet: diagnosticspage.Meeting(disconnecting("custom", nil))},
		{Name: "An empty type", Mended: with(nothing, disconnecting("slack", nil)), Meet: diagnosticspage.Meeting(disconnecting("slack", attributes{"auth_type": acctest.Text("")}))},
		{Name: "An app that was not connected", Mended: with(nothing, disconnecting("slack", nil)), Meet: with(nothing, disconnecting("hubspot", nil))},
		{Name: "An app of an account whose apps are not shown", Advice: diagnosticspage.Advice{Not: diagnosticspage.Dashboard}, Meet: with(func(api *mockapi.Server) {
			api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				acctest.Answering(200, `{"account_id":"user_1","udf":[]}`)(w, r)
				return true
			})
		}, disconnecting("slack", nil))},
		{Name: "A connection of a type that may not be the only one", Mended: with(nothing, disconnecting("slack", nil)), Meet: with(nothing, disconnecting("slack", attributes{"auth_type": acctest.Text("oauth2")}))},
		{Name: "An app that stays", Mended: with(nothing, func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.Intercept(acctest.Instead(http.MethodDelete, "", acctest.Answering(200, `{"account_id":"user_1","integrations":[{"type":"slack","name":"Slack"}]}`)))
			disconnecting("slack", nil)(api, provider)
			api.Intercept(nil)
			return disconnecting("slack", nil)(api, provider)
		}), Meet: with(func(api *mockapi.Server) {
			api.Intercept(acctest.Instead(http.MethodDelete, "", acctest.Answering(200, `{"account_id":"user_1","integrations":[{"type":"slack","name":"Slack"}]}`)))
		}, disconnecting("slack", nil))},
		{Name: "A removal that Refold refuses", Advice: diagnosticspage.Advice{Tests: "TestRefusals", Not: diagnosticspage.Outside}, Meet: with(func(api *mockapi.Server) {
			api.Intercept(acctest.Instead(http.MethodDelete, "", acctest.Answering(403, `{"error":"FORBIDDEN","message":"no"}`)))
		}, disconnecting("slack", nil))},
		{Name: "An app that is connected anew between two attempts", Mended: with(nothing, disconnecting("slack", nil)), Meet: with(func(api *mockapi.Server) {
			api.Intercept(mockapi.First(http.MethodDelete, func() {
				api.Disconnect(mockapi.EnvironmentTest, "user_1", "slack", "oauth2")
				api.Connect(mockapi.EnvironmentTest, "user_1", mockapi.Integration{
					Type: "slack", Name: "Slack", AuthTypes: []string{"oauth2"}, Connections: map[string]mockapi.Connection{"oauth2": {ConnectedAt: time.Now().Add(time.Minute)}},
				})
			}, answering(http.StatusTooManyRequests)))
		}, disconnecting("slack", nil))},
		{Name: "An app that is still connected after an attempt without an answer", Advice: diagnosticspage.Advice{Tests: "TestInvoke", Not: diagnosticspage.Dashboard}, Meet: with(func(api *mockapi.Server) {
			fail := mockapi.First(http.MethodDelete, func() {}, answering(http.StatusBadGateway))
			api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				if strings.HasSuffix(r.URL.Path, "/application") {
					answering(http.StatusForbidden)(w, r)
					return true
				}
				return fail(w, r)
			})
		}, disconnecting("slack", nil))},
		{Name: "A removal that is not answered", Advice: diagnosticspage.Advice{Tests: "TestFaults", Not: diagnosticspage.Outside}, Meet: with(func(api *mockapi.Server) {
			api.Intercept(acctest.Instead(http.MethodDelete, "", acctest.Answering(502, ``)))
		}, disconnecting("slack", nil))},
		{Name: "What is left cannot be read", Advice: diagnosticspage.Advice{Tests: "TestFaults", Not: diagnosticspage.Outside}, Meet: with(func(api *mockapi.Server) {
			removed := false
			api.Intercept(func(w http.ResponseWriter, r *http.Request) bool {
				switch {
				case r.Method == http.MethodDelete:
					removed = true
					acctest.Answering(200, `{"success":true}`)(w, r)
				case removed:
					acctest.Answering(503, ``)(w, r)
				}
				return removed
			})
		}, disconnecting("slack", nil))},
	}
}
