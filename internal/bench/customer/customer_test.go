// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/guide"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// good is a report that could not be better: each step with its optimum.
func good() Report {
	report := Report{cli: cli.CLI{Product: cli.OpenTofu, Version: "1.12.6"}, size: sizeOf(customers)}
	for _, step := range steps() {
		report.rows = append(report.rows, row{step, figures{counts: step.optimum(report.size)}})
	}
	return report
}

func TestFiguresOf(t *testing.T) {
	const public = "/api/v2/public"
	for _, test := range []struct {
		method, path string
		status       int
		want         figures
	}{
		{"GET", "/linked-account", 200, figures{counts: counts{accounts: {1, 0}}}},
		{"GET", "/linked-account/a%2Fb", 404, figures{counts: counts{accounts: {1, 0}}}},
		{"PUT", "/linked-account", 200, figures{counts: counts{accounts: {0, 1}}}},
		{"DELETE", "/linked-account/a", 404, figures{counts: counts{accounts: {0, 1}}, failed: 1}},
		{"GET", "/application", 429, figures{counts: counts{integrations: {1, 0}}, rejected: 1}},
		{"PUT", "/linked-account/integration/save-key-credentials/crm", 0, figures{counts: counts{integrations: {0, 1}}, failed: 1}},
		{"DELETE", "/linked-account/integration/crm", 200, figures{counts: counts{integrations: {0, 1}}}},
		{"GET", "/slug/crm/configs", 200, figures{counts: counts{configs: {1, 0}}}},
		{"GET", "/slug/crm/config/a", 500, figures{counts: counts{configs: {1, 0}}, failed: 1}},
		{"POST", "/config", 200, figures{counts: counts{configs: {0, 1}}}},
		{"PUT", "/config/field/region", 200, figures{counts: counts{fields: {0, 1}}}},
		{"PATCH", "/slug/crm/config/a/workflows/w", 200, figures{counts: counts{switches: {0, 1}}}},
		{"GET", "/env/definitions", 200, figures{counts: counts{variables: {1, 0}}}},
		{"GET", "/env/values/linked_account", 200, figures{counts: counts{variables: {1, 0}}}},
		{"POST", "/env/values", 200, figures{counts: counts{variables: {0, 1}}}},
		{"POST", "/session-token", 200, figures{counts: counts{others: {0, 1}}}},
	} {
		got := figuresOf([]mockapi.Request{{Method: test.method, Path: public + test.path, Status: test.status}})
		if fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s %s: %v, not %v", test.method, test.path, got, test.want)
		}
	}
	twice := figuresOf(slices.Repeat([]mockapi.Request{{Method: http.MethodGet, Path: public + "/config", Status: 200}}, 2))
	if got := twice.sum(); got != (count{2, 0}) {
		t.Errorf("two reads are %v", got)
	}
}

// The counts that the issue and the guide speak of, done by hand.
func TestOptimum(t *testing.T) {
	hundred := sizeOf(100)
	if hundred.objects() != 1100 || hundred.writes().sum() != (count{0, 2000}) {
		t.Errorf("%v has %d objects and %v writes", hundred, hundred.objects(), hundred.writes().sum())
	}
	most := map[string]int{stepApply: 4200, stepRefresh: 412, stepDestroy: 2502}
	for _, step := range steps() {
		optimum, want := step.optimum(hundred).sum().total(), map[string]int{
			// A page of accounts, the apps, the definitions.
			stepPlan: 3,
			// 2,000 writes; a page of accounts; 100 looks at apps and 300 proofs; 300 of both for
			// configs; definitions, and a page of values.
			stepApply: 2000 + 1 + 400 + 600 + 2,
			// A page of accounts, 100 times apps, 300 configs, 4 pages of values, definitions.
			stepRefresh: 1 + 100 + 300 + 4 + 1,
			// That, and once more a page of accounts, 100 times apps, 300 lists of configs and 300
			// configs.
			stepPlanDestroy: 406 + 1 + 100 + 600,
			// 1,100 deletions and as many looks, 300 lists of configs, an account, definitions.
			stepDestroy: 2200 + 300 + 2,
		}[step.name]
		if optimum != want {
			t.Errorf("%s: %d, not %d", step.name, optimum, want)
		}
		if step.most == nil {
			continue
		}
		if got := step.most(hundred).sum().total(); got != most[step.name] || got < optimum {
			t.Errorf("%s: at most %d, not %d", step.name, got, most[step.name])
		}
	}
}

func TestJudge(t *testing.T) {
	if err := good().Judge(); err != nil {
		t.Fatalf("the optimum: %v", err)
	}
	atStep := func(name string) int {
		return slices.IndexFunc(steps(), func(step step) bool { return step.name == name })
	}
	for name, test := range map[string]struct {
		step  string
		spoil func(figures) figures
		want  string
	}{
		"rejected":         {stepRefresh, func(f figures) figures { f.rejected = 1; return f }, "no-op plan: 1 requests were rejected"},
		"failed":           {stepPlan, func(f figures) figures { f.failed = 2; return f }, "plan: 2 requests failed"},
		"a config twice":   {stepRefresh, more(configs, count{1, 0}), "no-op plan: 301 requests read configs, more than 300"},
		"apps twice":       {stepRefresh, more(integrations, count{1, 0}), "no-op plan: 101 requests read integrations, more than 100"},
		"pages":            {stepRefresh, more(accounts, count{2, 0}), "no-op plan: 3 requests read accounts, more than 2"},
		"values":           {stepRefresh, more(variables, count{6, 0}), "no-op plan: 11 requests read variables, more than 10"},
		"two looks":        {stepApply, more(configs, count{1, 0}), "apply: 601 requests read configs, more than 600"},
		"a field twice":    {stepApply, more(fields, count{0, 1}), "apply: 601 requests wrote fields, not 600"},
		"a field too few":  {stepApply, more(fields, count{0, -1}), "apply: 599 requests wrote fields, not 600"},
		"a field is read":  {stepApply, more(fields, count{1, 0}), "apply: 1 requests read fields, more than 0"},
		"deleted twice":    {stepDestroy, more(configs, count{0, 1}), "destroy: 301 requests wrote configs, more than 300"},
		"looked at twice":  {stepDestroy, more(integrations, count{1, 0}), "destroy: 301 requests read integrations, more than 300"},
		"a plan that sets": {stepPlanDestroy, more(switches, count{0, 1}), "plan of a destroy: 1 requests wrote switches, not 0"},
		"something else":   {stepApply, more(others, count{1, 0}), "apply: 1 requests read others, more than 0"},
	} {
		t.Run(name, func(t *testing.T) {
			report := good()
			spoilt := &report.rows[atStep(test.step)]
			spoilt.figures = test.spoil(spoilt.figures)
			err := report.Judge()
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("wanted one problem with %q, got: %v", test.want, err)
			}
		})
	}
}

func more(about kind, by count) func(figures) figures {
	return func(f figures) figures {
		f.counts = f.plus(counts{about: by})
		return f
	}
}

// A deletion that takes others along is none too few.
func TestJudgeFewerDeletions(t *testing.T) {
	report := good()
	last := &report.rows[len(report.rows)-1]
	last.figures = more(configs, count{0, -300})(last.figures)
	if err := report.Judge(); err != nil {
		t.Error(err)
	}
}

func TestGuideTable(t *testing.T) {
	table := good().guideTable()
	for _, want := range []string{
		"| plan | 3 | 0 | 3 | × 1.00 | - |",
		"| apply | 3,003 | 2,000 | 3,003 | × 1.00 | 4,200 |",
		"| no-op plan | 406 | 0 | 406 | × 1.00 | 412 |",
		"| destroy | 2,502 | 1,100 | 2,502 | × 1.00 | 2,502 |",
	} {
		if !strings.Contains(table, want+"\n") {
			t.Errorf("the table lacks %q:\n%s", want, table)
		}
	}
	line := good().rows[1].line(sizeOf(customers))
	if want := "| apply | 1 + 100 | 400 + 300 | 600 + 300 | 0 + 600 | 0 + 300 | 2 + 400 | 3,003 | 2,000 | 3,003 | × 1.00 | 4,200 |"; line != want {
		t.Errorf("%s\nand not\n%s", line, want)
	}
	if strings.Count(line, "|") != strings.Count(strings.SplitN(tableHead, "\n", 2)[0], "|") {
		t.Errorf("%s\ndoes not fit\n%s", line, tableHead)
	}
}

func TestChart(t *testing.T) {
	chart := good().chart()
	if len(chart.Groups) != len(steps()) {
		t.Fatalf("%+v", chart)
	}
	want := []guide.Bar{{Class: "small", Value: 406, Label: "406", Words: "406 measured"}, {Class: "large", Value: 406, Label: "406", Words: "406 at least"}}
	if got := chart.Groups[2]; got.Name != stepRefresh || !slices.Equal(got.Bars, want) {
		t.Errorf("%+v", got)
	}
}

// What is configured fits what the mock offers, and what the optimum counts.
func TestConfiguration(t *testing.T) {
	configuration := sizeOf(few).configuration()
	for _, app := range catalogue() {
		for _, part := range []string{
			fmt.Sprintf("resource \"refold_integration\" %q", app.Slug), fmt.Sprintf("refold_integration.%s[each.key].slug", app.Slug),
			fmt.Sprintf("{ %q = true }", app.Workflows[0].ID),
		} {
			if !strings.Contains(configuration, part) {
				t.Errorf("the configuration lacks %q:\n%s", part, configuration)
			}
		}
		for _, field := range app.ConfigFields {
			if !strings.Contains(configuration, field.ID+" = ") {
				t.Errorf("the configuration has no field %q:\n%s", field.ID, configuration)
			}
		}
		if len(app.ConfigFields) != configFields || len(app.Workflows) != configSwitches {
			t.Errorf("app %q has %d fields and %d workflows", app.Slug, len(app.ConfigFields), len(app.Workflows))
		}
	}
	if !strings.Contains(configuration, "range(3)") || !strings.Contains(configuration, "requests_per_second = 10000") {
		t.Errorf("not the customers of a run without a limit:\n%s", configuration)
	}
}
