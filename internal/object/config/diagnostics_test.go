// SPDX-License-Identifier: MPL-2.0

package config_test

import (
	"net/http"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestDiagnostics(t *testing.T) {
	diagnosticspage.Test(t, diagnosticspage.Page{
		Chapters: []diagnosticspage.Chapter{
			{Title: "The resource block", Situations: validationSituations()},
			{Title: "Plan", Names: "user_1", Situations: planSituations()},
			{Title: "Create, update and delete", Situations: changeSituations()},
			{Title: "Deletion policies", Names: "user_1", Situations: policySituations()},
			{Title: "Read and import", Situations: readSituations()},
			{Title: "Lists", Situations: listSituations()},
			{Title: "Reading a config by the data source", Situations: dataSourceSituations()},
		},
	})
}

// dataSourceSituations are about the data source.
func dataSourceSituations() []diagnosticspage.Situation {
	reading := func(values attributes, acts ...func(*mockapi.Server)) func(*testing.T) acctest.Diagnostics {
		return diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.SetApps(test, crm())
			api.Create(test, mockapi.Account{AccountID: "user_1"})
			api.SetConfig(test, "user_1", mockapi.Config{Slug: "hubspot", ConfigID: "emea"})
			for _, act := range acts {
				act(api)
			}
			_, met := provider.ReadDataSource(configType, values)
			return met
		})
	}
	answering := func(status int, body string) func(*mockapi.Server) {
		return func(api *mockapi.Server) {
			api.Intercept(acctest.Instead(http.MethodGet, "/config/emea", acctest.Answering(status, body)))
		}
	}
	connected := func(api *mockapi.Server) {
		api.SetConfig(test, "user_1", mockapi.Config{Slug: "hubspot", ConfigID: "user_1"})
	}
	emea := of("user_1", "hubspot", "emea")
	return []diagnosticspage.Situation{
		{Name: "A config that does not exist", Mended: reading(of("user_1", "hubspot", ""), connected), Meet: reading(of("user_1", "hubspot", ""))},
		{Name: "A config of an app without any", Mended: reading(of("user_1", "hubspot", ""), connected), Meet: reading(of("user_1", "hubspot", ""), func(api *mockapi.Server) {
			api.RemoveConfig(test, "user_1", "hubspot", "emea")
		})},
		{Name: "A config of an unknown app", Mended: reading(emea), Meet: reading(of("user_1", "HubSpot", ""))},
		{Name: "A config of an unknown account", Mended: reading(emea), Meet: reading(of("user_2", "hubspot", "emea"))},
		{Name: "An account that no header can carry", Mended: reading(emea), Meet: reading(of("kündin", "hubspot", ""))},
		{Name: "An id that no config can have", Mended: reading(emea), Meet: reading(of("user_1", "hubspot", " emea"))},
		{Name: "An answer about another config", Mended: reading(emea), Meet: reading(of("user_1", "hubspot", "EMEA"), func(api *mockapi.Server) {
			api.Intercept(acctest.Instead(http.MethodGet, "/config/EMEA", acctest.Answering(200, `{"slug":"hubspot","config_id":"emea","fields":[],"workflows":[]}`)))
		})},
		{Name: "A config that Refold refuses", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: reading(emea, answering(403, `{"error_code":"FORBIDDEN","message":"no"}`))},
		{Name: "A config that is not answered", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: reading(emea, answering(502, ``))},
	}
}
