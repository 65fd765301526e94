// SPDX-License-Identifier: MPL-2.0

package execution_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestDiagnostics(t *testing.T) {
	diagnosticspage.Test(t, diagnosticspage.Page{
		Chapters: []diagnosticspage.Chapter{{Title: "Executions", Situations: executionSituations()}},
	})
}

// reading reads the data source of a Refold that acts before.
func reading(values attributes, acts ...func(*mockapi.Server)) func(*testing.T) acctest.Diagnostics {
	return diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
		api.Create(test, mockapi.Account{AccountID: "user_1"})
		for _, act := range acts {
			act(api)
		}
		_, met := provider.ReadDataSource(executionsType, values)
		return met
	})
}

// fillOldestFirst gives the account more pages of executions than are read of a server that does
// not list the newest first.
func fillOldestFirst(api *mockapi.Server) {
	api.Behave(func(b *mockapi.Behaviour) {
		b.Execution.Order, b.Execution.MaxLimit = mockapi.ExecutionOrderFixed, 1
	})
	for number := range 101 {
		api.AddExecutions(test, "user_1", mockapi.Execution{CreatedAt: hour(0).Add(time.Duration(number) * time.Minute)})
	}
}

func executionSituations() []diagnosticspage.Situation {
	answering := func(status int, body string) func(*mockapi.Server) {
		return func(api *mockapi.Server) {
			api.Intercept(acctest.Instead(http.MethodGet, "/execution", acctest.Answering(status, body)))
		}
	}
	text := acctest.Text
	backwards := attributes{"start_date": text("2026-07-25T00:00:00Z"), "end_date": text("2026-07-24T00:00:00Z")}
	outside, all := diagnosticspage.Advice{Not: diagnosticspage.Outside}, reading(with(nil))
	return []diagnosticspage.Situation{
		{Name: "Executions of an unknown account", Mended: all, Meet: reading(acctest.OfAccount("user_2"))},
		{Name: "Executions of an account that no header can carry", Mended: all, Meet: reading(acctest.OfAccount("kündin"))},
		{Name: "Executions of no status", Mended: reading(with(attributes{"status": text("ERRORED")})), Meet: reading(with(attributes{"status": text("errored")}))},
		{Name: "Executions of an unknown type", Mended: reading(with(attributes{"type": text("SYNC")})), Meet: reading(with(attributes{"type": text("sync")}))},
		{Name: "Executions of an unknown source", Mended: reading(with(attributes{"source": text("API_CALL")})), Meet: reading(with(attributes{"source": text("API Call")}))},
		{Name: "Executions of no workflow", Mended: all, Meet: reading(with(attributes{"workflow_id": text("")}))},
		{Name: "Executions of two apps in one text", Mended: reading(with(attributes{"slugs": apps("hubspot", "slack")})), Meet: reading(with(attributes{"slugs": apps("hubspot,slack")}))},
		{Name: "Executions since no time", Mended: reading(with(attributes{"start_date": text("2026-07-24T00:00:00Z")})), Meet: reading(with(attributes{"start_date": text("2026-07-24")}))},
		{Name: "Executions between times that are exchanged", Mended: reading(with(attributes{"start_date": backwards["end_date"], "end_date": backwards["start_date"]})), Meet: reading(with(backwards))},
		{Name: "More executions than can be shown", Mended: reading(with(attributes{"limit": acctest.Number(10_000)})), Meet: reading(with(attributes{"limit": acctest.Number(10_001)}))},
		{Name: "Executions of which the newest cannot be found", Mended: reading(with(attributes{"start_date": text("2026-07-24T01:00:00Z")}), fillOldestFirst), Meet: reading(with(nil), fillOldestFirst)},
		{Name: "Executions that Refold refuses", Advice: outside, Meet: reading(with(nil), answering(403, `{"error_code":"FORBIDDEN","message":"no"}`))},
		{Name: "Executions that are no list", Advice: outside, Meet: reading(with(nil), answering(200, `{"data":[]}`))},
		{Name: "Executions that are not answered", Advice: outside, Meet: reading(with(nil), answering(502, ``))},
	}
}
