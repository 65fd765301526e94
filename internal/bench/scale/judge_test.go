// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestJudge(t *testing.T) {
	if err := good().Judge(); err != nil {
		t.Fatalf("just good enough: %v", err)
	}
	tests := map[string]struct {
		row   int
		spoil func(*row)
		want  string
	}{
		"rejected":        {0, func(r *row) { r.rejected = 1 }, "refold_linked_account`, 20/s, apply: 1 requests were rejected"},
		"slow":            {0, func(r *row) { r.span = 11100 * time.Millisecond }, "11.1 seconds from the first to the last request, more than 11"},
		"many requests":   {0, func(r *row) { r.requests = 211 }, "211 requests, more than 210"},
		"reads":           {1, func(r *row) { r.requests = 9 }, "9 requests, more than 8"},
		"growth":          {4, func(r *row) { r.took = 13 * time.Second }, "no-op plan: 13 times 1,000 accounts, more than 12"},
		"slow plan":       {3, func(r *row) { r.took = 7 * time.Second }, "plan: 3.5 times Terraform core alone, more than 3"},
		"memory":          {3, func(r *row) { r.peak = 401 << 20 }, "401 MB of memory, more than 400"},
		"pages":           {4, func(r *row) { r.requests = 106 }, "106 requests, more than 105"},
		"two writes":      {5, func(r *row) { r.writes = 2 }, "update of one: 2 requests wrote, not 1"},
		"few writes":      {6, func(r *row) { r.writes = 9999 }, "apply: 9999 requests wrote, not 10000"},
		"plan that wrote": {3, func(r *row) { r.writes = 1 }, "plan: 1 requests wrote, not 0"},
		"allowance":       {6, func(r *row) { r.used = 0.94 }, "200/s, apply: 94.0 % of the allowance were used, less than 95 %"},
		"rejected in all": {2, func(r *row) { r.rejected = 3 }, "1,000 in `refold_linked_accounts`, no limit, no-op plan: 3 requests were rejected"},
	}
	if runtime.GOOS == "linux" {
		unmeasured := tests["memory"]
		unmeasured.spoil, unmeasured.want = func(r *row) { r.peak = 0 }, "the provider's memory was not measured"
		tests["no memory"] = unmeasured
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			report := good()
			test.spoil(&report.rows[test.row])
			err := report.Judge()
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("wanted one problem with %q, got: %v", test.want, err)
			}
		})
	}
}

// TestGrowthOfStepsMeasuredOnce: what else the machine does costs wall time only.
func TestGrowthOfStepsMeasuredOnce(t *testing.T) {
	for name, test := range map[string]struct {
		took, cpu time.Duration
		isMissed  bool
	}{
		"linear":    {12 * time.Second, 12 * time.Second, false},
		"held up":   {20 * time.Second, 11 * time.Second, false},
		"quadratic": {100 * time.Second, 100 * time.Second, true},
		"not known": {13 * time.Second, 0, true},
	} {
		report := Report{rows: []row{
			{workload: workload{plural, thousand, unlimited, wholeLife()}, step: stepDestroy, figures: figures{took: time.Second, cpu: min(test.cpu, time.Second)}},
			{workload: workload{plural, tenThousand, unlimited, wholeLife()}, step: stepDestroy, figures: figures{took: test.took, cpu: test.cpu}},
		}}
		if missed := report.growth(); (len(missed) > 0) != test.isMissed {
			t.Errorf("%s: %v", name, missed)
		}
	}
}
