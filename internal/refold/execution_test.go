// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const executionsPath = "/api/v2/public/execution"

// Execution has the operation of executions.
func (operationsOf) Execution() objectOperations {
	return objectOperations{
		calls: map[string]operation{
			"Executions": {requests: "GET", asks: asksFor("not a list of executions in JSON", ofAnotherAccount, emptyAnswer), hidesScope: true, hidesBody: true, body: pageOf(`{"_id":"x"}`), do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.Executions(ctx, refold.ExecutionFilter{AccountID: "user"}, 10)
				return err
			}},
		},
	}
}

// executionIn is the only one of an answer.
func executionIn(t *testing.T, body string) refold.Execution {
	t.Helper()
	page, err := newClient(t, newNetwork(t, answer(200, pageOf(body)))).Executions(t.Context(), refold.ExecutionFilter{AccountID: "user"}, 10)
	if err != nil || len(page.Executions) != 1 {
		t.Fatalf("%s became %+v, %v", body, page, err)
	}
	return page.Executions[0]
}

// TestDecodeExecution covers the document of FACTS 2.17, and what may be odd in it (FACTS 4.52).
func TestDecodeExecution(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want refold.Execution
	}{
		"everything": {
			`{"_id":"6a3","name":"Run","status":"COMPLETED","associated_workflow":{"_id":"w","name":"Contacts","icon":"i"},"associated_trigger_application":{"name":"HubSpot","slug":"hubspot"},
			  "custom_application_id":null,"linked_account_id":"user","config_id":"user","store_variables":{"a":"payload"},"linked_account_data":{"udf":"payload"},"custom_field_values":["payload"],"is_child_instance":false,
			  "completion_time":"2026-06-16T13:09:28.523Z","type_of_execution":"ASYNC","execution_source":"Event","instance_execution_time":2500,"environment":"test","org_id":"o","createdAt":"2026-06-16T13:09:26.023Z","updatedAt":"2026-06-16T13:09:29.000Z"}`,
			refold.Execution{
				ID: "6a3", AccountID: "user", Name: "Run", Status: "COMPLETED", WorkflowID: "w", WorkflowName: "Contacts", Slug: "hubspot", Type: "ASYNC", Source: refold.SourceEvent,
				StartedAt: "2026-06-16T13:09:26.023Z", EndedAt: "2026-06-16T13:09:28.523Z", Duration: "2500", Seconds: new(2.5),
			},
		},
		"next to nothing": {`{"_id":"6a3"}`, refold.Execution{ID: "6a3"}},
		"nulls":           {`{"_id":"6a3","associated_workflow":null,"associated_trigger_application":null,"completion_time":null,"instance_execution_time":null,"execution_source":null,"createdAt":null}`, refold.Execution{ID: "6a3"}},
		"the workflow's id alone": {
			`{"_id":"6a3","associated_workflow":"w","associated_trigger_application":"a","custom_application_id":"c","execution_source":"API Call"}`,
			refold.Execution{ID: "6a3", WorkflowID: "w", AppID: "c", Source: refold.SourceAPICall},
		},
		"as of before v3.8.03": {
			`{"_id":"6a3","createdAt":"2026-06-16T13:09:26","completion_time":"2026-06-16T13:10:26","execution_source":"Schedule","instance_execution_time":"0.50"}`,
			refold.Execution{ID: "6a3", StartedAt: "2026-06-16T13:09:26Z", EndedAt: "2026-06-16T13:10:26Z", Source: refold.SourceSchedule, Duration: "0.50", Seconds: new(60.0)},
		},
		"an end in an unknown form": {`{"_id":"6a3","createdAt":"2026-06-16T13:09:26Z","completion_time":1781615366}`, refold.Execution{ID: "6a3", StartedAt: "2026-06-16T13:09:26Z"}},
		"an end before the start":   {`{"_id":"6a3","createdAt":"2026-06-16T13:09:26Z","completion_time":"2026-06-16T13:09:25Z"}`, refold.Execution{ID: "6a3", StartedAt: "2026-06-16T13:09:26Z", EndedAt: "2026-06-16T13:09:25Z"}},
		"odd fields":                {`{"_id":7,"status":{"a":1},"name":"R\u0007un","associated_workflow":[1],"instance_execution_time":"soon","type_of_execution":[],"execution_source":"WEB HOOK"}`, refold.Execution{ID: "7", Name: "Run", Source: "WEB_HOOK"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := executionIn(t, test.body)
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
			if shown, err := json.Marshal(got); err != nil || strings.Contains(string(shown), "payload") {
				t.Errorf("%s, %v", shown, err)
			}
		})
	}
}

func TestExecutionsThatCannotBeRead(t *testing.T) {
	for _, body := range []string{`{}`, `[]`, `{"docs":null}`, pageOf(`{"name":"payload"}`), pageOf(`"payload"`), pageOf(`{"_id":"x"}`, `null`)} {
		page, err := newClient(t, newNetwork(t, answer(200, body)), withoutRetries).Executions(t.Context(), refold.ExecutionFilter{AccountID: "user"}, 10)
		if err == nil || !strings.Contains(err.Error(), "not a list of executions in JSON") || strings.Contains(err.Error(), "payload") || page.Executions != nil {
			t.Errorf("%s: %+v, %v", body, page, err)
		}
	}
}

func TestExecutionsRequest(t *testing.T) {
	net := newNetwork(t, answer(200, pageOf(`{"_id":"x"}`)))
	filter := refold.ExecutionFilter{
		AccountID: "a/b c", Status: "ERRORED", Slugs: []string{"hubspot", "my app"}, WorkflowID: "w/1", Type: "SYNC", Source: refold.SourceEvent,
		StartDate: "2026-06-16T13:09:26+02:00", EndDate: "2026-06-17T00:00:00Z",
	}
	if _, err := newClient(t, net).Executions(t.Context(), filter, 7); err != nil {
		t.Fatal(err)
	}
	request := net.requests()[0]
	target, err := url.ParseRequestURI(request.URI)
	want := url.Values{
		"page": {"1"}, "limit": {"7"}, "sortAsc": {"false"}, "status": {"ERRORED"}, "slug": {"hubspot,my app"}, "workflow_id": {"w/1"}, "execution_type": {"SYNC"},
		"execution_source": {"Event"}, "start_date": {"2026-06-16T13:09:26+02:00"}, "end_date": {"2026-06-17T00:00:00Z"},
	}
	if err != nil || target.Path != executionsPath || !reflect.DeepEqual(target.Query(), want) || selectedIn(request.Header) != "a/b c" || len(net.requests()) != 1 {
		t.Errorf("sent %s with %v", request.URI, request.Header)
	}
}

// began is when the mock's executions did, a minute apart.
func began(number int) time.Time {
	return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(number) * time.Minute)
}

// newExecutionServer has so many executions of c00001, the first of them the oldest, and as many of
// c00002.
func newExecutionServer(t *testing.T, executions int, behaviour mockapi.ExecutionBehaviour) *listServer {
	server := newListServer(t, 2, mockapi.Behaviour{Execution: behaviour})
	for _, accountID := range customers(0, 2) {
		for number := range executions {
			one := mockapi.Execution{
				Name: fmt.Sprintf("%s %d", accountID, number), Status: "COMPLETED", WorkflowID: mockapi.DefaultWorkflowID, WorkflowName: "Contacts", Slug: "hubspot",
				Type: "ASYNC", Source: mockapi.SourceAPICall, CreatedAt: began(number), CompletedAt: began(number).Add(1500 * time.Millisecond), Duration: "1500",
			}
			if number%5 == 0 {
				one.Status, one.Type, one.Source, one.Slug = "ERRORED", "SYNC", mockapi.SourceSchedule, "slack"
			}
			server.AddExecutions(mockapi.EnvironmentTest, accountID, one)
		}
	}
	return server
}

// expectExecutions are those of c00001 with these numbers.
func expectExecutions(t *testing.T, page refold.ExecutionPage, numbers ...int) {
	t.Helper()
	var got, want []string
	for _, execution := range page.Executions {
		got = append(got, execution.Name)
	}
	for _, number := range numbers {
		want = append(want, fmt.Sprintf("%s %d", customer(0), number))
	}
	expect(t, strings.Join(got, ", "), strings.Join(want, ", "))
}

// downFrom are numbers with so much between.
func downFrom(from, count, step int) []int {
	var numbers []int
	for number := range count {
		numbers = append(numbers, from-number*step)
	}
	return numbers
}

// TestNewestExecutions: the same ones, whatever the server is like, and as many pages as that
// takes.
func TestNewestExecutions(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	const executions = 230
	for name, test := range map[string]struct {
		behaviour mockapi.ExecutionBehaviour
		// pages are those for 3, 100 and 250 executions.
		pages [3]int
		// isUncounted is true where the total is known only of what was read whole.
		isUncounted bool
	}{
		"as documented":    {mockapi.ExecutionBehaviour{}, [3]int{1, 1, 3}, false},
		"oldest first":     {mockapi.ExecutionBehaviour{Order: mockapi.ExecutionOrderOldest}, [3]int{1, 1, 3}, false},
		"always oldest":    {mockapi.ExecutionBehaviour{Order: mockapi.ExecutionOrderFixed}, [3]int{4, 3, 3}, false},
		"small pages":      {mockapi.ExecutionBehaviour{MaxLimit: 40}, [3]int{1, 3, 6}, false},
		"three on a page":  {mockapi.ExecutionBehaviour{MaxLimit: 3}, [3]int{1, 34, 77}, false},
		"without totals":   {mockapi.ExecutionBehaviour{HideTotal: true}, [3]int{1, 1, 3}, true},
		"of all accounts":  {mockapi.ExecutionBehaviour{IgnoreAccount: true}, [3]int{2, 2, 5}, true},
		"tiny, and all":    {mockapi.ExecutionBehaviour{IgnoreAccount: true, MaxLimit: 10}, [3]int{2, 20, 46}, true},
		"without workflow": {mockapi.ExecutionBehaviour{Workflow: mockapi.ShownWorkflowAbsent, Duration: mockapi.ShownDurationNull, HideSource: true, HideApplication: true}, [3]int{1, 1, 3}, false},
	} {
		t.Run(name, func(t *testing.T) {
			server := newExecutionServer(t, executions, test.behaviour)
			client := server.client()
			for i, limit := range []int{3, 100, 250} {
				server.ResetRequests()
				page, err := client.Executions(t.Context(), refold.ExecutionFilter{AccountID: customer(0)}, limit)
				if err != nil {
					t.Fatal(err)
				}
				expectExecutions(t, page, downFrom(executions-1, min(limit, executions), 1)...)
				isCounted := !test.isUncounted || limit > executions
				if page.IsTotalKnown != isCounted || isCounted && page.Total != executions || page.Total < len(page.Executions) {
					t.Errorf("at most %d: total %d, known %t", limit, page.Total, page.IsTotalKnown)
				}
				if sent := server.Count(http.MethodGet, executionsPath); sent != test.pages[i] {
					t.Errorf("at most %d: %d pages, want %d", limit, sent, test.pages[i])
				}
			}
		})
	}
}

// TestExecutionsThatAFilterSelects: the same ones, whatever a server makes of the filter.
func TestExecutionsThatAFilterSelects(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	failed := downFrom(20, 5, 5)
	for name, behaviour := range map[string]mockapi.ExecutionBehaviour{
		"as documented":             {},
		"ignored":                   {IgnoreFilters: true},
		"of 2024":                   {OldSources: true},
		"of 2024, unknown ignored":  {OldSources: true, UnknownFilter: mockapi.UnknownFilterIgnored},
		"of 2024, unknown refused":  {OldSources: true, UnknownFilter: mockapi.UnknownFilterRefused},
		"of 2024, not shown":        {OldSources: true, HideSource: true},
		"not shown, and refused":    {OldSources: true, HideSource: true, UnknownFilter: mockapi.UnknownFilterRefused},
		"workflow by its id":        {Workflow: mockapi.ShownWorkflowText},
		"ignored, of all accounts":  {IgnoreFilters: true, IgnoreAccount: true},
		"ignored, the oldest first": {IgnoreFilters: true, Order: mockapi.ExecutionOrderFixed},
	} {
		t.Run(name, func(t *testing.T) {
			client := newExecutionServer(t, 24, behaviour).client()
			for what, test := range map[string]struct {
				filter  refold.ExecutionFilter
				numbers []int
			}{
				"status":         {refold.ExecutionFilter{Status: "ERRORED"}, failed},
				"another status": {refold.ExecutionFilter{Status: "RUNNING"}, nil},
				"app":            {refold.ExecutionFilter{Slugs: []string{"slack", "zendesk"}}, failed},
				"workflow":       {refold.ExecutionFilter{WorkflowID: mockapi.DefaultWorkflowID}, downFrom(23, 24, 1)},
				"other workflow": {refold.ExecutionFilter{WorkflowID: "w"}, nil},
				"type":           {refold.ExecutionFilter{Type: "SYNC"}, failed},
				"source":         {refold.ExecutionFilter{Source: refold.SourceSchedule}, failed},
				"other source":   {refold.ExecutionFilter{Source: refold.SourceEvent}, nil},
				"time":           {refold.ExecutionFilter{StartDate: began(3).Format(time.RFC3339), EndDate: began(5).Format(time.RFC3339)}, []int{5, 4, 3}},
				"all":            {refold.ExecutionFilter{Status: "ERRORED", Type: "SYNC", Source: refold.SourceSchedule, StartDate: began(11).Format(time.RFC3339)}, []int{20, 15}},
			} {
				test.filter.AccountID = customer(0)
				page, err := client.Executions(t.Context(), test.filter, 50)
				if err != nil {
					t.Errorf("%s: %v", what, err)
					continue
				}
				expectExecutions(t, page, test.numbers...)
				if page.Total != len(test.numbers) || !page.IsTotalKnown {
					t.Errorf("%s: total %d, known %t, want %d", what, page.Total, page.IsTotalKnown, len(test.numbers))
				}
			}
		})
	}
}

// TestCountOfExecutions takes one page, and is only as good as what the server does with filters.
func TestCountOfExecutions(t *testing.T) {
	for name, test := range map[string]struct {
		behaviour mockapi.ExecutionBehaviour
		total     int
		isKnown   bool
	}{
		"as documented":  {mockapi.ExecutionBehaviour{}, 60, true},
		"without totals": {mockapi.ExecutionBehaviour{HideTotal: true}, 2, false},
		"ignored":        {mockapi.ExecutionBehaviour{IgnoreFilters: true}, 0, false},
	} {
		server := newExecutionServer(t, 300, test.behaviour)
		page, err := server.client().Executions(t.Context(), refold.ExecutionFilter{AccountID: customer(0), Status: "ERRORED"}, 0)
		if err != nil || len(page.Executions) != 0 || page.Total != test.total || page.IsTotalKnown != test.isKnown || server.Count("", executionsPath) != 1 {
			t.Errorf("%s: %+v, %v", name, page, err)
		}
	}
}

func TestExecutionsOfAnAccountThatIsNotThere(t *testing.T) {
	_, err := newExecutionServer(t, 1, mockapi.ExecutionBehaviour{}).client().Executions(t.Context(), refold.ExecutionFilter{AccountID: "nobody"}, 10)
	if refold.KindOf(err) != refold.AccountNotFound {
		t.Errorf("err = %v", err)
	}
	page, err := newExecutionServer(t, 1, mockapi.ExecutionBehaviour{UnknownAccountAsNone: true}).client().Executions(t.Context(), refold.ExecutionFilter{AccountID: "nobody"}, 10)
	if err != nil || len(page.Executions) != 0 || page.Total != 0 || !page.IsTotalKnown {
		t.Errorf("%+v, %v", page, err)
	}
}

// TestRefusedExecutions: a refusal that no other spelling mends is passed on.
func TestRefusedExecutions(t *testing.T) {
	client := newExecutionServer(t, 1, mockapi.ExecutionBehaviour{UnknownFilter: mockapi.UnknownFilterRefused}).client()
	_, err := client.Executions(t.Context(), refold.ExecutionFilter{AccountID: customer(0), Status: "DONE", Source: refold.SourceAPICall}, 10)
	if err == nil || !strings.Contains(err.Error(), "status is invalid") {
		t.Errorf("err = %v", err)
	}
}

// TestExecutionsThatBeginMeanwhile shift the pages that follow: none comes twice, and none of the
// others is lost.
func TestExecutionsThatBeginMeanwhile(t *testing.T) {
	server := newExecutionServer(t, 230, mockapi.ExecutionBehaviour{})
	number := 230
	server.before = func(request *http.Request) {
		if request.URL.Path == executionsPath {
			server.AddExecutions(mockapi.EnvironmentTest, customer(0), mockapi.Execution{Name: fmt.Sprintf("%s %d", customer(0), number), Status: "RUNNING", CreatedAt: began(number)})
			number++
		}
	}
	page, err := server.client().Executions(t.Context(), refold.ExecutionFilter{AccountID: customer(0)}, 500)
	if err != nil {
		t.Fatal(err)
	}
	expectExecutions(t, page, downFrom(230, 231, 1)...)
}

// TestEndlessExecutions ends with an error.
func TestEndlessExecutions(t *testing.T) {
	number := 0
	net := newNetwork(t, func(request *http.Request) (*http.Response, error) {
		number++
		return answer(200, fmt.Sprintf(`{"docs":[{"_id":"x%d","createdAt":"2026-06-16T13:09:26Z"}],"hasNextPage":true}`, number))(request)
	})
	_, err := newClient(t, net, func(o *refold.Options) { o.RequestsPerSecond, o.Burst = 1e6, 1e6 }).Executions(t.Context(), refold.ExecutionFilter{AccountID: "user"}, 3)
	if err == nil || !strings.Contains(err.Error(), "more than 100 pages") || len(net.requests()) != 100 {
		t.Errorf("%v after %d requests", err, len(net.requests()))
	}
}
