// SPDX-License-Identifier: MPL-2.0

package workflow_test

import (
	"net/http"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestDiagnostics(t *testing.T) {
	diagnosticspage.Test(t, diagnosticspage.Page{
		Chapters: []diagnosticspage.Chapter{{Title: "Workflows", Situations: workflowSituations()}},
	})
}

func workflowSituations() []diagnosticspage.Situation {
	reading := func(values attributes, acts ...func(*mockapi.Server)) func(*testing.T) acctest.Diagnostics {
		return diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			api.SetApps(test, apps()...)
			api.Create(test, mockapi.Account{AccountID: "user_1"})
			for _, act := range acts {
				act(api)
			}
			_, met := provider.ReadDataSource(workflowsType, values)
			return met
		})
	}
	answering := func(ending string, status int, body string) func(*mockapi.Server) {
		return func(api *mockapi.Server) {
			api.Intercept(acctest.Instead(http.MethodGet, ending, acctest.Answering(status, body)))
		}
	}
	outside, all := diagnosticspage.Advice{Not: diagnosticspage.Outside}, reading(with(nil))
	return []diagnosticspage.Situation{
		{Name: "Workflows of an unknown account", Mended: all, Meet: reading(acctest.OfAccount("user_2"))},
		{Name: "Workflows of an account that no header can carry", Mended: all, Meet: reading(acctest.OfAccount("kündin"))},
		{Name: "Workflows of what is no app", Mended: all, Meet: reading(with(attributes{"slug": acctest.Text("")}))},
		{Name: "Workflows that Refold refuses", Advice: outside, Meet: reading(with(nil), answering("/workflow", 403, `{"error_code":"FORBIDDEN","message":"no"}`))},
		{Name: "Workflows of which nobody says what is switched on", Advice: outside, Meet: reading(with(nil), answering("/workflow/enabled", 502, ``))},
	}
}
