// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const executionPath = "/api/v2/public/execution"

// hour is an hour of the day on which executions run.
func hour(number int) time.Time { return time.Date(2026, 7, 24, number, 0, 0, 0, time.UTC) }

// startExecutions starts a mock with four executions of the account x, named for the hour in which
// they began, and one of y.
func startExecutions(t *testing.T, rules mockapi.ExecutionBehaviour) client {
	t.Helper()
	c := start(t, mockapi.Behaviour{Execution: rules})
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.api.Create("test", mockapi.Account{AccountID: "y"})
	c.api.AddExecutions("test", "x",
		mockapi.Execution{Name: "2", Slug: "hubspot", WorkflowID: "w1", WorkflowName: "Contacts", Status: "ERRORED", CreatedAt: hour(2), CompletedAt: hour(3), Duration: "3600.5"},
		mockapi.Execution{Name: "1", Slug: "slack", WorkflowID: "w2", Source: mockapi.SourceSchedule, CreatedAt: hour(1)},
		mockapi.Execution{Name: "4", Slug: mockapi.CustomAppID, Status: "RUNNING", Source: mockapi.SourceEvent, CreatedAt: hour(4)},
		mockapi.Execution{Name: "3", Slug: "hubspot", WorkflowID: "w1", Type: "SYNC", CreatedAt: hour(3)},
	)
	c.api.AddExecutions("test", "y", mockapi.Execution{Name: "y", CreatedAt: hour(5)})
	return c
}

// listExecutions lists those of x.
func (c client) listExecutions(query string) reply {
	c.t.Helper()
	return c.send(http.MethodGet, executionPath+query, "", "linked_account_id", "x")
}

// executionNames returns the names of executions of x, joined by spaces.
func (c client) executionNames(query string) string {
	c.t.Helper()
	var names []string
	for _, one := range c.listExecutions(query).ok().json()["docs"].([]any) {
		names = append(names, one.(object)["name"].(string))
	}
	return strings.Join(names, " ")
}

func TestListExecutions(t *testing.T) {
	c := startExecutions(t, mockapi.ExecutionBehaviour{})
	for query, want := range map[string]string{
		"":                                 "4 3 2 1",
		"?page=2&limit=3":                  "1",
		"?slug=hubspot":                    "3 2",
		"?slug=slack,hubspot":              "3 2 1",
		"?slug=" + mockapi.CustomAppID:     "4",
		"?status=COMPLETED":                "3 1",
		"?status=ERRORED&slug=slack":       "",
		"?workflow_id=w2":                  "1",
		"?execution_type=SYNC":             "3",
		"?execution_source=SCHEDULE":       "1",
		"?execution_source=Event":          "4",
		"?execution_source=API_CALL":       "3 2",
		"?start_date=2026-07-24T03:00:00Z": "4 3",
		"?start_date=2026-07-24T02:00:00Z&end_date=2026-07-24T05:00:00%2B02:00&page=1&limit=100": "3 2",
		"?end_date=2026-07-24T01:00:00.000Z":                                                     "1",
		"?sortAsc=true":                                                                          "1 2 3 4",
		"?sortAsc=false":                                                                         "4 3 2 1",
	} {
		equal(t, query, c.executionNames(query), want)
	}
	page := c.listExecutions("?limit=1&status=COMPLETED").ok()
	page.has("totalDocs", json.Number("2"))
	page.has("hasNextPage", true)
	equal(t, "elsewhere", c.send(http.MethodGet, executionPath, "", "linked_account_id", "x", "x-api-key", mockapi.ProductionKey).status, 404)
}

func TestExecutionDocument(t *testing.T) {
	c := startExecutions(t, mockapi.ExecutionBehaviour{})
	docs := func() []any { return c.listExecutions("?sortAsc=true").ok().json()["docs"].([]any) }
	one := docs()[1].(object)
	want := object{
		"_id": one["_id"], "name": "2", "status": "ERRORED", "linked_account_id": "x", "config_id": "x", "environment": "test", "org_id": mockapi.OrganizationID,
		"store_variables": object{"last": mockapi.PayloadMark}, "linked_account_data": object{"name": mockapi.PayloadMark},
		"custom_field_values": object{"field": mockapi.PayloadMark}, "is_child_instance": false,
		"type_of_execution": "ASYNC", "execution_source": "API_CALL", "instance_execution_time": json.Number("3600.5"),
		"createdAt": "2026-07-24T02:00:00.000Z", "updatedAt": "2026-07-24T03:00:00.000Z", "completion_time": "2026-07-24T03:00:00.000Z",
		"associated_workflow":            object{"_id": "w1", "name": "Contacts", "icon": "https://app.refold.ai/icons/hubspot.png"},
		"associated_trigger_application": object{"name": "HubSpot", "slug": "hubspot", "icon": "https://app.refold.ai/icons/hubspot.png"},
	}
	equal(t, "document", one, want)
	running := docs()[3].(object)
	for _, name := range []string{"completion_time", "instance_execution_time", "associated_workflow"} {
		if value, isShown := running[name]; isShown {
			t.Errorf("%s of an execution that runs and whose workflow is gone is %v", name, value)
		}
	}
	equal(t, "custom app", running["custom_application_id"], mockapi.CustomAppID)

	change := func(rules mockapi.ExecutionBehaviour, names ...string) object {
		c.api.Behave(func(b *mockapi.Behaviour) { b.Execution = rules })
		shown := object{}
		for _, name := range names {
			if value, isShown := docs()[1].(object)[name]; isShown {
				shown[name] = value
			}
		}
		return shown
	}
	const workflow, app, source, duration = "associated_workflow", "associated_trigger_application", "execution_source", "instance_execution_time"
	equal(t, "least", change(mockapi.ExecutionBehaviour{
		Workflow: mockapi.ShownWorkflowAbsent, HideApplication: true, HideSource: true, Duration: mockapi.ShownDurationAbsent,
	}, workflow, app, source, duration), object{})
	equal(t, "other", change(mockapi.ExecutionBehaviour{
		Workflow: mockapi.ShownWorkflowText, OldSources: true, Duration: mockapi.ShownDurationNull,
	}, workflow, source, duration), object{workflow: "w1", source: "API Call", duration: nil})
}

func TestOrderOfExecutions(t *testing.T) {
	for name, test := range map[string]struct {
		order                mockapi.ExecutionOrder
		byDefault, asc, desc string
	}{
		"newest": {mockapi.ExecutionOrderNewest, "4 3 2 1", "1 2 3 4", "4 3 2 1"},
		"oldest": {mockapi.ExecutionOrderOldest, "1 2 3 4", "1 2 3 4", "4 3 2 1"},
		"fixed":  {mockapi.ExecutionOrderFixed, "1 2 3 4", "1 2 3 4", "1 2 3 4"},
	} {
		t.Run(name, func(t *testing.T) {
			c := startExecutions(t, mockapi.ExecutionBehaviour{Order: test.order})
			equal(t, "by default", c.executionNames(""), test.byDefault)
			equal(t, "ascending", c.executionNames("?sortAsc=true"), test.asc)
			equal(t, "descending", c.executionNames("?sortAsc=false"), test.desc)
		})
	}
}

func TestFiltersOfExecutions(t *testing.T) {
	c := startExecutions(t, mockapi.ExecutionBehaviour{})
	behave := func(rules mockapi.ExecutionBehaviour) {
		c.api.Behave(func(b *mockapi.Behaviour) { b.Execution = rules })
	}
	unknown := []string{"status=NEW", "execution_type=sync", "execution_source=API%20Call", "start_date=yesterday", "end_date=2026-07-24"}
	for _, filter := range unknown {
		behave(mockapi.ExecutionBehaviour{})
		equal(t, filter, c.executionNames("?"+filter), "")
		behave(mockapi.ExecutionBehaviour{UnknownFilter: mockapi.UnknownFilterIgnored})
		equal(t, filter+" ignored", c.executionNames("?slug=hubspot&"+filter), "3 2")
		behave(mockapi.ExecutionBehaviour{UnknownFilter: mockapi.UnknownFilterRefused})
		name, _, _ := strings.Cut(filter, "=")
		c.listExecutions("?"+filter).failsE4(400, "VALIDATION_ERROR", name+" is invalid")
	}
	equal(t, "any app", c.executionNames("?slug=nope&workflow_id=nope"), "")

	behave(mockapi.ExecutionBehaviour{OldSources: true, UnknownFilter: mockapi.UnknownFilterRefused})
	equal(t, "old sources", []string{c.executionNames("?execution_source=API%20Call"), c.executionNames("?execution_source=Schedule"), c.executionNames("?execution_source=Event")},
		[]string{"3 2", "1", "4"})
	c.listExecutions("?execution_source=API_CALL").failsE4(400, "VALIDATION_ERROR", "execution_source is invalid")

	behave(mockapi.ExecutionBehaviour{IgnoreFilters: true, MaxLimit: 3})
	page := c.listExecutions("?status=ERRORED&page=1&limit=100").ok()
	page.has("totalDocs", json.Number("4"))
	page.has("limit", json.Number("3"))
	behave(mockapi.ExecutionBehaviour{HideTotal: true})
	page = c.listExecutions("?page=1&limit=3").ok()
	page.has("hasNextPage", true)
	page.has("totalDocs", nil)
}

func TestExecutionsOfAccounts(t *testing.T) {
	c := startExecutions(t, mockapi.ExecutionBehaviour{})
	of := func(accountID string) reply {
		return c.send(http.MethodGet, executionPath, "", "linked_account_id", accountID)
	}
	of("").failsE4(404, "MISSING_REQUIRED_FIELD", "Linked account id is required with API Key, for this resource")
	c.send(http.MethodGet, executionPath+"?linked_account_id=x", "").failsE4(404, "MISSING_REQUIRED_FIELD", "Linked account id is required with API Key, for this resource")
	of("z").failsE4(404, "SERVER_ERROR", "Linked Account with account id z for org "+mockapi.OrganizationID+" in environment test not found")
	of("y").ok().has("totalDocs", json.Number("1"))
	c.api.Behave(func(b *mockapi.Behaviour) { b.Execution.UnknownAccountAsNone = true })
	of("z").ok().has("totalDocs", json.Number("0"))
	c.api.Behave(func(b *mockapi.Behaviour) { b.Execution.IgnoreAccount = true })
	of("z").ok().has("totalDocs", json.Number("5"))
	equal(t, "of everybody", c.executionNames(""), "y 4 3 2 1")
	equal(t, "owner", c.listExecutions("?limit=1").json()["docs"].([]any)[0].(object)["linked_account_id"], "y")
}

func TestExecutionsGoWithTheirAccount(t *testing.T) {
	for keeps, want := range map[bool]string{false: "", true: "4 3 2 1"} {
		c := startExecutions(t, mockapi.ExecutionBehaviour{KeepWithoutAccount: keeps})
		c.send(http.MethodDelete, accountPath+"/x", "").ok()
		c.api.Create("test", mockapi.Account{AccountID: "x"})
		equal(t, fmt.Sprint("kept ", keeps), c.executionNames(""), want)
	}
}

func TestAddExecutions(t *testing.T) {
	c := start(t, mockapi.Behaviour{}, mockapi.WithClock(fixedClock))
	c.api.Create("test", mockapi.Account{AccountID: "x"})
	c.api.AddExecutions("test", "x", mockapi.Execution{WorkflowName: "Contacts"}, mockapi.Execution{ID: "6992cc7e9d38bc6a2ae28d12", CreatedAt: hour(1)})
	docs := c.listExecutions("").ok().json()["docs"].([]any)
	first := docs[0].(object)
	equal(t, "filled in", []any{first["name"], first["status"], first["type_of_execution"], first["execution_source"]}, []any{"Contacts", "COMPLETED", "ASYNC", "API_CALL"})
	equal(t, "completed at once", first["completion_time"], first["createdAt"])
	equal(t, "own id", docs[1].(object)["_id"], "6992cc7e9d38bc6a2ae28d12")
	for want, call := range map[string]func(){
		`there is no account "z"`: func() { c.api.AddExecutions("test", "z") },
		`is taken`:                func() { c.api.AddExecutions("test", "x", mockapi.Execution{ID: "6992cc7e9d38bc6a2ae28d12"}) },
	} {
		t.Run(want, func(t *testing.T) {
			defer func() {
				if text := fmt.Sprint(recover()); !strings.Contains(text, "mockapi: AddExecutions: ") || !strings.Contains(text, want) {
					t.Errorf("panic %q", text)
				}
			}()
			call()
		})
	}
}
