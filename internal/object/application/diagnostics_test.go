// SPDX-License-Identifier: MPL-2.0

package application_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestDiagnostics(t *testing.T) {
	diagnosticspage.Test(t, diagnosticspage.Page{
		Chapters: []diagnosticspage.Chapter{
			{Title: "An app", Situations: applicationSituations()},
			{Title: "Many apps", Situations: applicationsSituations()},
		},
	})
}

// reading reads a data source of a Refold that acts before, and has the account user_1.
func reading(typeName string, values attributes, acts ...func(*mockapi.Server)) func(*testing.T) acctest.Diagnostics {
	return diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
		api.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "user_1"})
		for _, act := range acts {
			act(api)
		}
		_, met := provider.ReadDataSource(typeName, values)
		return met
	})
}

func applicationSituations() []diagnosticspage.Situation {
	wantsAccount := func(api *mockapi.Server) {
		api.Behave(func(b *mockapi.Behaviour) { b.Application.AccountRequired = true })
	}
	hubspot := reading(applicationType, ofApp("hubspot", "user_1"))
	return []diagnosticspage.Situation{
		{Name: "An unknown app", Mended: hubspot, Meet: reading(applicationType, ofApp("HubSpot", ""))},
		{Name: "An unknown app among none", Advice: diagnosticspage.Advice{Not: diagnosticspage.Outside}, Meet: reading(applicationType, ofApp("hubspot", ""), func(api *mockapi.Server) {
			api.SetApps(mockapi.EnvironmentTest)
		})},
		{Name: "A slug that names no app", Mended: hubspot, Meet: reading(applicationType, ofApp("custom", ""))},
		{Name: "An unknown account", Mended: hubspot, Meet: reading(applicationType, ofApp("hubspot", "user_2"))},
		{Name: "A catalogue that is shown to accounts only", Mended: reading(applicationType, ofApp("hubspot", "user_1"), wantsAccount), Meet: reading(applicationType, ofApp("hubspot", ""), wantsAccount)},
	}
}

func applicationsSituations() []diagnosticspage.Situation {
	answering := func(status int, body string) func(*mockapi.Server) {
		return func(api *mockapi.Server) {
			api.Intercept(acctest.Instead(http.MethodGet, "/application", acctest.Answering(status, body)))
		}
	}
	connected := attributes{"linked_account_id": acctest.Text("user_1"), "connected": acctest.Yes()}
	tagged := func(tag string) attributes {
		return attributes{"tags": tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, []tftypes.Value{acctest.Text(tag)})}
	}
	outside := diagnosticspage.Advice{Not: diagnosticspage.Outside}
	return []diagnosticspage.Situation{
		{Name: "A catalogue that Refold refuses", Advice: outside, Meet: reading(applicationsType, nil, answering(403, `{"error":"FORBIDDEN","message":"no"}`))},
		{Name: "A catalogue that is no list", Advice: outside, Meet: reading(applicationsType, nil, answering(200, `{"docs":[]}`))},
		{Name: "Apps of an account that are not answered", Advice: outside, Meet: reading(applicationsType, acctest.OfAccount("user_1"), answering(502, ``))},
		{Name: "Apps that nobody has connected", Mended: reading(applicationsType, connected), Meet: reading(applicationsType, attributes{"connected": acctest.Yes()})},
		{Name: "An empty type", Mended: reading(applicationsType, attributes{"auth_type": acctest.Text("oauth2")}), Meet: reading(applicationsType, attributes{"auth_type": acctest.Text("")})},
		{Name: "An empty tag", Mended: reading(applicationsType, tagged("CRM")), Meet: reading(applicationsType, tagged(""))},
	}
}
