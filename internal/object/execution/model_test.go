// SPDX-License-Identifier: MPL-2.0

package execution

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/number"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func set(elements ...attr.Value) types.Set { return types.SetValueMust(types.StringType, elements) }

func TestFilter(t *testing.T) {
	t.Parallel()
	text := types.StringValue
	if got := (model{LinkedAccountID: text("acme")}).filter(); !reflect.DeepEqual(got, refold.ExecutionFilter{AccountID: "acme"}) {
		t.Errorf("the filter of all executions is %+v", got)
	}
	got := model{
		LinkedAccountID: text("acme"), Status: text("ERRORED"), Slugs: set(text("slack")), WorkflowID: text("w1"), Type: text("SYNC"), Source: text("EVENT"),
		StartDate: text("2026-07-24T11:30:00+02:00"), EndDate: text("2026-07-24T10:00:00.250Z"),
	}.filter()
	want := refold.ExecutionFilter{
		AccountID: "acme", Status: "ERRORED", Slugs: []string{"slack"}, WorkflowID: "w1", Type: "SYNC", Source: "EVENT",
		StartDate: "2026-07-24T09:30:00Z", EndDate: "2026-07-24T10:00:00.25Z",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestLimit(t *testing.T) {
	t.Parallel()
	var unset model
	unset.Limit = number.Whole{Int64Value: types.Int64Null()}
	for want, m := range map[int]model{100: unset, 0: {Limit: number.WholeOf(0)}, 10_000: {Limit: number.WholeOf(10_000)}} {
		if got := m.limit(); got != want {
			t.Errorf("%s is %d, want %d", m.Limit, got, want)
		}
	}
}

func TestSelectsNothing(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		slugs types.Set
		want  bool
	}{"any app": {types.SetNull(types.StringType), false}, "an app": {set(types.StringValue("slack")), false}, "no app": {set(), true}} {
		if got := (model{Slugs: test.slugs}).selectsNothing(); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// What is shown has the attributes of the schema, whatever Refold says of an execution.
func TestShow(t *testing.T) {
	t.Parallel()
	whole := refold.Execution{
		ID: "e1", AccountID: "acme", Name: "Run", Status: "COMPLETED", WorkflowID: "w1", WorkflowName: "Contacts", Slug: "hubspot", Type: "ASYNC", Source: "EVENT",
		StartedAt: "2026-07-24T09:30:00.000Z", EndedAt: "2026-07-24T09:30:02.500Z", Duration: "2500.25", Seconds: new(2.5),
	}
	custom := refold.Execution{ID: "e2", Slug: "acme-crm", AppID: "6a05d19680458c9a09e79c99", Duration: "1e999999999999"}
	var m model
	m.show(refold.ExecutionPage{Executions: []refold.Execution{whole, custom}, Total: 7, IsTotalKnown: true})
	want := []map[string]string{
		{
			"id": `"e1"`, "status": `"COMPLETED"`, "workflow_id": `"w1"`, "workflow_name": `"Contacts"`, "slug": `"hubspot"`, "type": `"ASYNC"`, "source": `"EVENT"`,
			"started_at": `"2026-07-24T09:30:00.000Z"`, "ended_at": `"2026-07-24T09:30:02.500Z"`, "duration": "2500.25", "duration_seconds": "2.500000",
		},
		{
			"id": `"e2"`, "status": "<null>", "workflow_id": "<null>", "workflow_name": "<null>", "slug": `"6a05d19680458c9a09e79c99"`, "type": "<null>", "source": "<null>",
			"started_at": "<null>", "ended_at": "<null>", "duration": "<null>", "duration_seconds": "<null>",
		},
	}
	for i, element := range m.Executions.Elements() {
		got := map[string]string{}
		for name, value := range element.(types.Object).Attributes() {
			got[name] = value.String()
		}
		if !reflect.DeepEqual(got, want[i]) {
			t.Errorf("got  %v\nwant %v", got, want[i])
		}
	}
	if m.Total.ValueInt64() != 7 || len(m.Executions.Elements()) != 2 {
		t.Errorf("%d of %s", len(m.Executions.Elements()), m.Total)
	}
	m.show(refold.ExecutionPage{Total: 7})
	if !m.Total.IsNull() || m.Executions.IsNull() || len(m.Executions.Elements()) != 0 {
		t.Errorf("none, of nobody knows how many: %s of %s", m.Executions, m.Total)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	const early, late = "2026-07-24T09:30:00Z", "2026-07-24T11:30:00+01:00"
	text := types.StringValue
	for name, test := range map[string]struct {
		model model
		says  string
	}{
		"nothing":                           {model{}, ""},
		"an app":                            {model{Slugs: set(text("slack"), types.StringUnknown())}, ""},
		"no app":                            {model{Slugs: set()}, ""},
		"two apps in one":                   {model{Slugs: set(text("slack,hubspot"))}, "Not usable as the slug of an app"},
		"an app that a variable left out":   {model{Slugs: set(types.StringNull())}, "Not usable as the slug of an app"},
		"what all custom apps are":          {model{Slugs: set(text("custom"))}, "Not usable as the slug of an app"},
		"apps that are not known yet":       {model{Slugs: types.SetUnknown(types.StringType)}, ""},
		"a time":                            {model{StartDate: text(early), EndDate: text(late)}, ""},
		"a moment":                          {model{StartDate: text(early), EndDate: text(early)}, ""},
		"a time that runs backwards":        {model{StartDate: text(late), EndDate: text(early)}, "An end before the start"},
		"a time whose end is not known":     {model{StartDate: text(late), EndDate: types.StringUnknown()}, ""},
		"a time that another check refuses": {model{StartDate: text("yesterday"), EndDate: text(early)}, ""},
	} {
		met := test.model.check()
		switch {
		case test.says == "" && len(met) > 0:
			t.Errorf("%s: %v", name, met)
		case test.says != "" && (len(met) != 1 || met[0].Summary() != test.says):
			t.Errorf("%s: %v, want %q", name, met, test.says)
		}
	}
}

func TestStatusWord(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{"ERRORED": true, "TIMED_OUT": true, "Errored": false, "": false, "TIMED OUT": false, "_X": false, "X__Y": false, "X\n": false} {
		if got := statusWord.MatchString(word); got != want {
			t.Errorf("%q: %t", word, got)
		}
	}
}
