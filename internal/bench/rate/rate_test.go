// SPDX-License-Identifier: MPL-2.0

package rate

import (
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// TestShort runs all scenarios with a real CLI.
func TestShort(t *testing.T) {
	if testing.Short() {
		t.Skip("only make test runs this, and of each change at least: TestMeasure, TestJudge")
	}
	found, err := cli.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := Run(t.Context(), found, &out, io.Discard, true); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if rows := lines[4:]; len(rows) != len(scenarios(accountsShort)) {
		t.Fatalf("%d rows:\n%s", len(rows), out.String())
	}
	for _, line := range lines[2:] {
		if strings.Count(line, "|") != 8 || strings.Contains(line, "NaN") || strings.Contains(line, "Inf") {
			t.Errorf("row %q", line)
		}
	}
	// That none is rejected is for a machine with nothing else to do: make bench.
	var requests, rejected int
	if _, err := fmt.Sscanf(lines[4], "| 20/s, parallelism 10 | %d | %d (", &requests, &rejected); err != nil || requests-rejected != 14 {
		t.Errorf("one request for each account, and two with which the plan and two with which the apply look for them, are to be expected, besides those that are rejected: %s", lines[4])
	}
}

func TestMeasure(t *testing.T) {
	begin := time.Unix(1, 0)
	var log []mockapi.Request
	for i := range 40 { // one every 100 ms; the 3rd and every 10th after it are rejected
		status := 200
		if i%10 == 2 {
			status = 429
		}
		log = append(log, mockapi.Request{Time: begin.Add(time.Duration(i) * 100 * time.Millisecond), Status: status})
	}
	got := measure(log, 10, 5*time.Second)
	planned := append([]mockapi.Request{{Time: begin.Add(-time.Minute), Method: "GET", Status: 200}}, log...)
	if later := measure(planned, 10, 5*time.Second); later.used != got.used || later.requests != 41 {
		t.Errorf("with a plan a minute before: %+v", later)
	}
	if got.requests != 40 || got.rejected != 4 || got.took != 5*time.Second || got.least != 3100*time.Millisecond {
		t.Errorf("%+v", got)
	}
	if math.Abs(got.used-36.0/44) > 1e-9 || got.rejectedLater != 0.1 || got.rejectedShare() != 0.1 {
		t.Errorf("%+v", got)
	}
	if empty := measure(nil, 10, time.Second); empty.requests != 0 || empty.rejectedShare() != 0 {
		t.Errorf("%+v", empty)
	}
}

func TestJudge(t *testing.T) {
	s := scenario{name: "this", goal: goal{leastUsed: 0.9, mostRejected: 0.05, mostRejectedLater: 0.02}}
	if err := s.judge(figures{requests: 100, rejected: 5, rejectedLater: 0.02, used: 0.9}); err != nil {
		t.Errorf("just good enough: %v", err)
	}
	err := s.judge(figures{requests: 100, rejected: 6, rejectedLater: 0.03, used: 0.89})
	if err == nil {
		t.Fatal("nothing is missed")
	}
	for _, want := range []string{"this: 89.0 % of the allowance", "6.0 % were rejected, more than 5 %", "3.0 % were rejected after the first second"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q: %v", want, err)
		}
	}
}
