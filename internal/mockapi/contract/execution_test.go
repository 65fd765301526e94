// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const executionPath = "/api/v2/public/execution"

func TestExecutionRequests(t *testing.T) {
	account := []string{"linked_account_id", "a b"}
	const page = executionPath + "?page=1&limit=100"
	checkRequests(t, []requestTest{
		{name: "page", method: http.MethodGet, target: page, headers: account},
		{name: "page of what is selected", method: http.MethodGet, headers: account, target: page +
			"&slug=a,b&status=ERRORED&workflow_id=w&execution_type=SYNC&execution_source=API_CALL&start_date=2026-07-24T09:30:17.525Z&end_date=2026-07-24T09:30:17%2B02:00&sortAsc=false"},
		{name: "page of an old source", method: http.MethodGet, target: page + "&execution_source=API%20Call", headers: account},
		{name: "page of all sources", method: http.MethodGet, target: page + "&execution_source=All", headers: account, want: `query parameter "execution_source"`},
		{name: "page of another type", method: http.MethodGet, target: page + "&execution_type=sync", headers: account, want: `query parameter "execution_type"`},
		{name: "page of no app", method: http.MethodGet, target: page + "&slug=a,,b", headers: account, want: `query parameter "slug"`},
		{name: "page since a day", method: http.MethodGet, target: page + "&start_date=2026-07-24", headers: account, want: `query parameter "start_date"`},
		{name: "page in another order", method: http.MethodGet, target: page + "&sortAsc=1", headers: account, want: `query parameter "sortAsc"`},
		{name: "page by name", method: http.MethodGet, target: page + "&workflow_name=n", headers: account, want: `query parameter "workflow_name" is not in the contract`},
		{name: "page by account in the query", method: http.MethodGet, target: page + "&linked_account_id=x", headers: account, want: `query parameter "linked_account_id" is not in the contract`},
		{name: "page that is too long", method: http.MethodGet, target: executionPath + "?page=1&limit=101", headers: account, want: `query parameter "limit"`},
		{name: "page of nobody", method: http.MethodGet, target: page, want: `header parameter "linked_account_id": is required`},
		{name: "one, with all that it worked on", method: http.MethodGet, target: executionPath + "/" + someID, headers: account, want: "no such operation"},
	})
}

func TestExecutionAnswers(t *testing.T) {
	loaded := load(t)
	const id = `"_id":"` + someID + `"`
	for name, test := range map[string]struct{ body, want string }{
		"short":                    {`{"docs":[{` + id + `}]}`, ""},
		"nothing known":            {`{"docs":[{` + id + `,"associated_workflow":null,"instance_execution_time":null,"completion_time":null}]}`, ""},
		"workflow as text":         {`{"docs":[{` + id + `,"associated_workflow":"w"}]}`, ""},
		"more in it":               {`{"docs":[{` + id + `,"store_variables":{"a":1},"associated_workflow":{"_id":"w","nodes":[]}}],"totalDocs":1}`, ""},
		"without id":               {`{"docs":[{"status":"RUNNING"}]}`, `property "_id" is missing`},
		"workflow that is a list":  {`{"docs":[{` + id + `,"associated_workflow":[]}]}`, `at ["docs","0","associated_workflow"]`},
		"duration that is a text":  {`{"docs":[{` + id + `,"instance_execution_time":"1s"}]}`, `at ["docs","0","instance_execution_time"]`},
		"completed at some moment": {`{"docs":[{` + id + `,"completion_time":"soon"}]}`, `at ["docs","0","completion_time"]`},
		"list in place of a page":  {`[]`, "body: "},
	} {
		t.Run(name, func(t *testing.T) {
			w := wrap(t, loaded, answers(http.StatusOK, applicationJSON, test.body))
			w.send(http.MethodGet, executionPath+"?page=1&limit=100", "", "linked_account_id", "x")
			if reported := w.take(); (test.want == "") != (reported == "") || !strings.Contains(reported, test.want) {
				t.Errorf("reported %q, want %q", reported, test.want)
			}
		})
	}
}

// executionBehaviours are the switches that reach executions.
func executionBehaviours() map[string]mockapi.Behaviour {
	type b = mockapi.Behaviour
	type e = mockapi.ExecutionBehaviour
	return map[string]b{
		"executions in short": {Execution: e{HideTotal: true, HideSource: true, HideApplication: true, MaxLimit: 1,
			Workflow: mockapi.ShownWorkflowAbsent, Duration: mockapi.ShownDurationAbsent}},
		"executions of everybody": {Execution: e{IgnoreAccount: true, IgnoreFilters: true, Order: mockapi.ExecutionOrderFixed, KeepWithoutAccount: true}},
		"executions of old": {Execution: e{OldSources: true, UnknownFilter: mockapi.UnknownFilterRefused, UnknownAccountAsNone: true,
			Workflow: mockapi.ShownWorkflowText, Duration: mockapi.ShownDurationNull}},
		"executions oldest first": {Execution: e{UnknownFilter: mockapi.UnknownFilterIgnored, Order: mockapi.ExecutionOrderOldest}},
	}
}

// addExecutions gives the account x two executions, of which one runs.
func addExecutions(api *mockapi.Server) {
	begun := time.Date(2026, 7, 24, 9, 0, 0, 0, time.UTC)
	api.AddExecutions("test", "x",
		mockapi.Execution{Slug: "hubspot", WorkflowID: contactsID, WorkflowName: "Sync contacts", CreatedAt: begun, CompletedAt: begun.Add(time.Second), Status: "ERRORED", Duration: "1.25"},
		mockapi.Execution{Slug: mockapi.CustomAppID, Status: "RUNNING", Source: mockapi.SourceSchedule, Type: "SYNC"},
	)
}

// executions lists executions with filters and without.
func executions(w wrapped) {
	send := func(query string) {
		w.send(http.MethodGet, executionPath+query, "", "linked_account_id", "x")
	}
	send("?page=1&limit=100&sortAsc=false")
	send("?page=2&limit=1")
	send("?page=1&limit=100&slug=hubspot,slack&status=ERRORED&workflow_id=" + contactsID + "&execution_type=ASYNC&execution_source=API_CALL")
	send("?page=1&limit=100&start_date=2026-07-24T09:00:00Z&end_date=2026-07-24T10:00:00Z")
	send("?page=1&limit=100&status=NEW_STATUS&execution_source=API%20Call")
	w.send(http.MethodGet, executionPath+"?page=1&limit=100", "", "x-api-key", "wrong", "linked_account_id", "x")
}
