// SPDX-License-Identifier: MPL-2.0

package registered

import (
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Execution registers the data source about executions.
func (objects) Execution() battery.Object {
	return battery.Object{
		DataSources: []battery.DataSource{executionsDataSource()},
		Known:       []func(*mockapi.Server){runWorkflows},
	}
}

// runWorkflows lets a workflow run for Initech, which examples show.
func runWorkflows(refold *mockapi.Server) {
	contacts := mockapi.Execution{Slug: "hubspot", WorkflowID: mockapi.DefaultWorkflowID, WorkflowName: "Sync contacts", Source: mockapi.SourceSchedule}
	refold.AddExecutions(test, "initech", contacts, contacts, contacts)
}

func executionsDataSource() battery.DataSource {
	began := time.Date(2026, 7, 24, 9, 30, 0, 0, time.UTC)
	return battery.DataSource{
		Type: "refold_executions",
		Live: battery.Live{Not: needsRun},
		World: func(t battery.T) battery.World {
			refold, handler := start(t)
			refold.Create(test, mockapi.Account{AccountID: "acme"})
			refold.AddExecutions(test, "acme",
				mockapi.Execution{ID: "6a313eda6d5528bdcf71ea01", Slug: "hubspot", Status: "RUNNING", CreatedAt: began},
				mockapi.Execution{
					ID: "6a313eda6d5528bdcf71ea02", Slug: "hubspot", WorkflowID: mockapi.DefaultWorkflowID, WorkflowName: "Sync contacts", Status: "ERRORED",
					CreatedAt: began, CompletedAt: began.Add(90 * time.Second),
				})
			return battery.World{Handler: handler}
		},
		Config: battery.Attributes{"linked_account_id": "acme", "status": "ERRORED"},
		Shows: battery.Attributes{"total": 1, "executions": []any{map[string]any{
			"id": "6a313eda6d5528bdcf71ea02", "status": "ERRORED", "workflow_id": mockapi.DefaultWorkflowID, "workflow_name": "Sync contacts", "slug": "hubspot", "type": "ASYNC", "source": "API_CALL",
			"started_at": "2026-07-24T09:30:00.000Z", "ended_at": "2026-07-24T09:31:30.000Z", "duration_seconds": 90,
		}}},
		Unknown:      battery.Attributes{"linked_account_id": "acme", "slugs": []any{"slack"}},
		ShowsNothing: battery.Attributes{"total": 0, "executions": []any{}},
		Invalid: []battery.Attributes{
			{"linked_account_id": "kündin"}, {"linked_account_id": "acme", "status": "Errored"}, {"linked_account_id": "acme", "type": "sync"}, {"linked_account_id": "acme", "source": "Event"},
			{"linked_account_id": "acme", "slugs": []any{"custom"}}, {"linked_account_id": "acme", "workflow_id": ""}, {"linked_account_id": "acme", "start_date": "2026-07-24"},
			{"linked_account_id": "acme", "start_date": "2026-07-25T00:00:00Z", "end_date": "2026-07-24T00:00:00Z"}, {"linked_account_id": "acme", "limit": 10_001},
		},
	}
}
