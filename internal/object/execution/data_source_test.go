// SPDX-License-Identifier: MPL-2.0

package execution_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

const (
	test           = mockapi.EnvironmentTest
	executionsType = "refold_executions"
	executionsPath = "/api/v2/public/execution"
)

type attributes = map[string]tftypes.Value

// hour is an hour of the day on which executions begin.
func hour(number int) time.Time { return time.Date(2026, 7, 24, number, 0, 0, 0, time.UTC) }

func executions() []mockapi.Execution {
	return []mockapi.Execution{
		{ID: "6a313eda6d5528bdcf71ea02", Slug: "hubspot", WorkflowID: "w1", WorkflowName: "Contacts", Status: "ERRORED", CreatedAt: hour(2), CompletedAt: hour(3), Duration: "3600.5"},
		{ID: "6a313eda6d5528bdcf71ea01", Slug: "slack", WorkflowID: "w2", Source: mockapi.SourceSchedule, CreatedAt: hour(1)},
		{ID: "6a313eda6d5528bdcf71ea04", Slug: mockapi.CustomAppID, WorkflowID: "w3", Status: "RUNNING", Source: mockapi.SourceEvent, CreatedAt: hour(4)},
		{ID: "6a313eda6d5528bdcf71ea03", Slug: "hubspot", WorkflowID: "w1", Type: "SYNC", CreatedAt: hour(3)},
	}
}

// start runs a Refold with four executions of user_1, whose ids end with the hour in which each
// began, and one of user_2.
func start(t *testing.T, rules mockapi.ExecutionBehaviour) *acctest.Refold {
	t.Helper()
	server := acctest.StartRefold(t, mockapi.WithBehaviour(mockapi.Behaviour{Execution: rules}))
	server.Create(test, mockapi.Account{AccountID: "user_1"})
	server.Create(test, mockapi.Account{AccountID: "user_2"})
	server.AddExecutions(test, "user_1", executions()...)
	server.AddExecutions(test, "user_2", mockapi.Execution{ID: "6a313eda6d5528bdcf71ea09", CreatedAt: hour(5)})
	return server
}

func with(values attributes) attributes {
	all := acctest.OfAccount("user_1")
	for name, value := range values {
		all[name] = value
	}
	return all
}

func apps(slugs ...string) tftypes.Value {
	elements := []tftypes.Value{}
	for _, slug := range slugs {
		elements = append(elements, acctest.Text(slug))
	}
	return tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, elements)
}

// shown are the hours of the executions that the data source shows, joined by spaces, the
// executions, and their total.
func shown(t *testing.T, provider *acctest.Protocol, values attributes) (string, []attributes, tftypes.Value) {
	t.Helper()
	read, met := provider.ReadDataSource(executionsType, values)
	acctest.WantNoDiagnostics(t, met)
	var elements []tftypes.Value
	if err := read["executions"].As(&elements); err != nil || elements == nil {
		t.Fatalf("executions is %s (%v)", read["executions"], err)
	}
	hours, found := make([]string, len(elements)), make([]attributes, len(elements))
	for i, element := range elements {
		var id string
		if err := element.As(&found[i]); err != nil {
			t.Fatal(err)
		}
		if err := found[i]["id"].As(&id); err != nil {
			t.Fatal(err)
		}
		hours[i] = strings.TrimLeft(id[22:], "0")
	}
	return strings.Join(hours, " "), found, read["total"]
}

func wantShown(t *testing.T, name string, provider *acctest.Protocol, values attributes, want string, total any) {
	t.Helper()
	got, _, counted := shown(t, provider, with(values))
	if got != want || !counted.Equal(tftypes.NewValue(tftypes.Number, total)) {
		t.Errorf("%s: %q of %s, want %q of %v", name, got, counted, want, total)
	}
}

func selections() map[string]struct {
	values attributes
	want   string
} {
	return map[string]struct {
		values attributes
		want   string
	}{
		"all":                 {nil, "4 3 2 1"},
		"status":              {attributes{"status": acctest.Text("ERRORED")}, "2"},
		"status of none":      {attributes{"status": acctest.Text("TIMED_OUT")}, ""},
		"an app":              {attributes{"slugs": apps("hubspot")}, "3 2"},
		"apps":                {attributes{"slugs": apps("slack", mockapi.CustomAppID)}, "4 1"},
		"a workflow":          {attributes{"workflow_id": acctest.Text("w2")}, "1"},
		"type":                {attributes{"type": acctest.Text("SYNC")}, "3"},
		"begun by a call":     {attributes{"source": acctest.Text("API_CALL")}, "3 2"},
		"begun by a schedule": {attributes{"source": acctest.Text("SCHEDULE")}, "1"},
		"begun by an event":   {attributes{"source": acctest.Text("EVENT")}, "4"},
		"from a time":         {attributes{"start_date": acctest.Text("2026-07-24T03:00:00Z")}, "4 3"},
		"to a time":           {attributes{"end_date": acctest.Text("2026-07-24T04:00:00.000+02:00")}, "2 1"},
		"by all of them": {attributes{
			"status": acctest.Text("ERRORED"), "slugs": apps("hubspot"), "workflow_id": acctest.Text("w1"), "type": acctest.Text("ASYNC"), "source": acctest.Text("API_CALL"),
			"start_date": acctest.Text("2026-07-24T00:00:00Z"), "end_date": acctest.Text("2026-07-25T00:00:00Z"),
		}, "2"},
	}
}

// What is shown is the same wherever a server selects, sorts and spells, and whatever it ignores.
func TestExecutionsThatAreSelectedAtAnyServer(t *testing.T) {
	t.Parallel()
	for server, rules := range map[string]mockapi.ExecutionBehaviour{
		"as documented":                    {},
		"spells sources as in 2024":        {OldSources: true},
		"and refuses others":               {OldSources: true, UnknownFilter: mockapi.UnknownFilterRefused},
		"and ignores others":               {OldSources: true, UnknownFilter: mockapi.UnknownFilterIgnored},
		"ignores what it is asked for":     {IgnoreFilters: true},
		"lists those of all accounts":      {IgnoreAccount: true},
		"lists the oldest first":           {Order: mockapi.ExecutionOrderFixed},
		"and ignores what it is asked for": {Order: mockapi.ExecutionOrderFixed, IgnoreFilters: true, IgnoreAccount: true},
		"on small pages without totals":    {MaxLimit: 1, HideTotal: true},
	} {
		provider := start(t, rules).Protocol(t, acctest.Unpaced)
		for name, selection := range selections() {
			total := len(strings.Fields(selection.want))
			wantShown(t, server+": "+name, provider, selection.values, selection.want, total)
		}
	}
}

func TestExecutionThatIsShown(t *testing.T) {
	t.Parallel()
	for server, test := range map[string]struct {
		rules mockapi.ExecutionBehaviour
		nulls string
	}{
		"as documented": {mockapi.ExecutionBehaviour{}, ""},
		"as in 2024":    {mockapi.ExecutionBehaviour{OldSources: true, Workflow: mockapi.ShownWorkflowText, Duration: mockapi.ShownDurationNull}, "workflow_name duration"},
		"next to nothing": {
			mockapi.ExecutionBehaviour{HideSource: true, HideApplication: true, Workflow: mockapi.ShownWorkflowAbsent, Duration: mockapi.ShownDurationAbsent},
			"workflow_id workflow_name slug source duration",
		},
	} {
		_, found, _ := shown(t, start(t, test.rules).Protocol(t), with(attributes{"status": acctest.Text("ERRORED")}))
		if len(found) != 1 {
			t.Fatalf("%s: %d executions", server, len(found))
		}
		wanted := attributes{
			"id": acctest.Text("6a313eda6d5528bdcf71ea02"), "status": acctest.Text("ERRORED"), "workflow_id": acctest.Text("w1"), "workflow_name": acctest.Text("Contacts"),
			"slug": acctest.Text("hubspot"), "type": acctest.Text("ASYNC"), "source": acctest.Text("API_CALL"),
			"started_at": acctest.Text("2026-07-24T02:00:00.000Z"), "ended_at": acctest.Text("2026-07-24T03:00:00.000Z"),
			"duration": tftypes.NewValue(tftypes.Number, 3600.5), "duration_seconds": acctest.Number(3600),
		}
		if len(found[0]) != len(wanted) {
			t.Errorf("%s: it shows %v", server, found[0])
		}
		for name, want := range wanted {
			isNull := slices.Contains(strings.Fields(test.nulls), name)
			if got := found[0][name]; got.IsNull() != isNull || !isNull && !got.Equal(want) {
				t.Errorf("%s: %s is %s, want %s", server, name, got, want)
			}
		}
	}
}

// Custom apps have one name everywhere.
func TestSlugOfACustomApp(t *testing.T) {
	t.Parallel()
	_, found, _ := shown(t, start(t, mockapi.ExecutionBehaviour{}).Protocol(t), with(attributes{"status": acctest.Text("RUNNING")}))
	if len(found) != 1 || !found[0]["slug"].Equal(acctest.Text(mockapi.CustomAppID)) || !found[0]["ended_at"].IsNull() || !found[0]["duration_seconds"].IsNull() {
		t.Errorf("what runs is %v", found)
	}
}

// The newest are read from as many pages as they take, and counting takes one request.
func TestLimit(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.ExecutionBehaviour{})
	var many []mockapi.Execution
	for number := range 346 {
		many = append(many, mockapi.Execution{ID: fmt.Sprintf("6a313eda6d5528bdcf8%05d", number), CreatedAt: hour(5).Add(time.Duration(number) * time.Second)})
	}
	server.AddExecutions(test, "user_1", many...)
	provider := server.Protocol(t, acctest.Unpaced)
	for name, test := range map[string]struct {
		limit               tftypes.Value
		executions, request int
	}{
		"by default": {tftypes.NewValue(tftypes.Number, nil), 100, 1},
		"none":       {acctest.Number(0), 0, 1},
		"one":        {acctest.Number(1), 1, 1},
		"some pages": {acctest.Number(250), 250, 3},
		"all":        {acctest.Number(10_000), 350, 4},
	} {
		server.ResetRequests()
		_, found, total := shown(t, provider, with(attributes{"limit": test.limit}))
		if len(found) != test.executions || !total.Equal(acctest.Number(350)) || server.Count("", "") != test.request {
			t.Errorf("%s: %d of %s by %d requests", name, len(found), total, server.Count("", ""))
		}
		if len(found) > 0 && !found[0]["id"].Equal(acctest.Text("6a313eda6d5528bdcf800345")) {
			t.Errorf("%s: the newest is %s", name, found[0]["id"])
		}
	}
}

// A total that nobody tells is null, unless all of them were read.
func TestTotalThatIsNotKnown(t *testing.T) {
	t.Parallel()
	for name, rules := range map[string]mockapi.ExecutionBehaviour{
		"a server that does not count":            {HideTotal: true},
		"a server that counts what was not asked": {IgnoreAccount: true},
	} {
		provider := start(t, rules).Protocol(t, acctest.Unpaced)
		wantShown(t, name, provider, attributes{"limit": acctest.Number(1)}, "4", nil)
		wantShown(t, name, provider, attributes{"limit": acctest.Number(100)}, "4 3 2 1", 4)
	}
}

// No app at all selects nothing, and a comma-separated list could not say so.
func TestExecutionsOfNoApp(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.ExecutionBehaviour{})
	wantShown(t, "no app", server.Protocol(t), attributes{"slugs": apps()}, "", 0)
	if sent := server.Count("", executionsPath); sent > 0 {
		t.Errorf("%d requests", sent)
	}
}

// Ids travel whole in a header, and what cannot is refused before anything is sent.
func TestExecutionsOfAnyID(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.ExecutionBehaviour{})
	provider := server.Protocol(t, acctest.Unpaced)
	for _, id := range []string{"a/b", "50%", "100%25", "a+b", "ann@example.com", "urn:customer:1", "Acme Inc"} {
		server.Create(test, mockapi.Account{AccountID: id})
		server.AddExecutions(test, id, mockapi.Execution{CreatedAt: hour(6)})
		if _, found, _ := shown(t, provider, acctest.OfAccount(id)); len(found) != 1 {
			t.Errorf("%q: %d executions", id, len(found))
		}
	}
	server.ResetRequests()
	_, met := provider.ReadDataSource(executionsType, acctest.OfAccount("kündin"))
	acctest.WantDiagnostic(t, met, acctest.Failure, "Cannot travel in a header", `"kündin"`)
	if sent := server.Count("", ""); sent > 0 {
		t.Errorf("%d requests were sent", sent)
	}
}

// Servers tell that there is no such account, or show one without executions.
func TestUnknownAccountAtAnyServer(t *testing.T) {
	t.Parallel()
	server := start(t, mockapi.ExecutionBehaviour{})
	_, met := server.Protocol(t).ReadDataSource(executionsType, acctest.OfAccount("user_3"))
	acctest.WantDiagnostic(t, met, acctest.Failure, "There is no such linked account", `linked account "user_3"`, "refer to the resource's `linked_account_id`")
	server.Behave(func(b *mockapi.Behaviour) { b.Execution.UnknownAccountAsNone = true })
	if got, _, total := shown(t, server.Protocol(t), acctest.OfAccount("user_3")); got != "" || !total.Equal(acctest.Number(0)) {
		t.Errorf("an account that nobody knows has %q of %s", got, total)
	}
}

// What executions worked on is nowhere: not in what is shown, nor in a message, whatever goes
// wrong.
func TestPayloadsAreNeverShown(t *testing.T) {
	t.Parallel()
	const payload = `"store_variables":{"last":"` + mockapi.PayloadMark + `"}`
	server := start(t, mockapi.ExecutionBehaviour{})
	read, met := server.Protocol(t).ReadDataSource(executionsType, with(nil))
	acctest.WantNoDiagnostics(t, met)
	if text := fmt.Sprint(read); strings.Contains(text, mockapi.PayloadMark) {
		t.Errorf("it shows %s", text)
	}
	for name, answer := range map[string]http.HandlerFunc{
		"no id":          acctest.Answering(200, `{"docs":[{`+payload+`}]}`),
		"no list":        acctest.Answering(200, `{`+payload+`}`),
		"no JSON":        acctest.Answering(200, `{"docs":[{`+payload),
		"refused":        acctest.Answering(400, `{`+payload+`}`),
		"a fault":        acctest.Answering(500, `{`+payload+`}`),
		"another server": acctest.Answering(404, `<html>`+mockapi.PayloadMark+`</html>`),
	} {
		api := mockapi.New()
		api.Intercept(acctest.Instead(http.MethodGet, "/execution", answer))
		// The contract knows no such answers.
		wrong := &acctest.Refold{Server: api, URL: acctest.Serve(t, api)}
		_, met := wrong.Protocol(t, acctest.Unpaced).ReadDataSource(executionsType, with(nil))
		if text := acctest.List(met); !acctest.HasFailure(met) || strings.Contains(text, mockapi.PayloadMark) {
			t.Errorf("%s: %s", name, text)
		}
	}
}
