// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

func TestChosen(t *testing.T) {
	for only, want := range map[string][]string{
		"":              {partRate, partCustomer, partSingle, partPlural},
		"plural":        {partPlural},
		"single,plural": {partSingle, partPlural},
	} {
		if got, err := chosen(only); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v", only, got, err)
		}
	}
	if _, err := chosen("plural,chaos"); err == nil || !strings.Contains(err.Error(), `"chaos": use rate, customer, single, plural`) {
		t.Errorf("an unknown part: %v", err)
	}
}

func TestLastLine(t *testing.T) {
	for _, test := range []struct {
		report fakeReport
		err    error
		short  bool
		isPart bool
		want   string
	}{
		{report: fakeReport{wrote: []string{"a", "b"}}, want: "All goals are met. Wrote a, b."},
		{report: fakeReport{wrote: []string{"a"}}, isPart: true, want: "All goals are met. No file was written."},
		{report: fakeReport{wrote: []string{"a"}}, short: true, want: "A short run has no goals. No file was written."},
		{report: fakeReport{wrote: []string{"a"}, missed: errors.New("too slow")}, want: "Not all goals are met. No file was written."},
		{err: errors.New("no CLI"), short: true, want: "The run did not end. No file was written."},
	} {
		wrote, err := conclude(test.report, test.err, test.short, !test.isPart)
		if got := lastLine(wrote, err, test.short); got != test.want {
			t.Errorf("%+v: %q", test, got)
		}
	}
	// One part has written, and another has missed a goal.
	if got, want := lastLine([]string{"a"}, errors.New("too slow"), false), "Not all goals are met. Wrote a."; got != want {
		t.Errorf("%q and not %q", got, want)
	}
}

type fakeReport struct {
	wrote  []string
	missed error
}

func (f fakeReport) Judge() error { return f.missed }

func (f fakeReport) Publish(string) (wrote []string, err error) { return f.wrote, nil }

// isRefused is true of a bench with a CLI that does not know what its configuration uses, which has
// to fail with what the CLI says of that.
func isRefused(t *testing.T, uses string, err error) bool {
	t.Helper()
	found, notFound := cli.Find(t.Context())
	if notFound != nil {
		t.Fatal(notFound)
	}
	refusal := found.Refusal(uses)
	if refusal != "" && (err == nil || !strings.Contains(err.Error(), refusal)) {
		t.Errorf("%s has to say %q: %v", found, refusal, err)
	}
	return refusal != ""
}

// TestShort takes few accounts through the steps with a real CLI; the rate limit has a test of its
// own.
func TestShort(t *testing.T) {
	if testing.Short() {
		t.Skip("only make test runs this, and of each change at least: TestShortCustomer")
	}
	var out strings.Builder
	_, err := bench(t.Context(), &out, io.Discard, "single,plural", true)
	if isRefused(t, "accounts = provider::refold::parse_accounts_csv()", err) {
		return
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if rows := lines[4:]; len(rows) != 3+6 {
		t.Fatalf("%d rows:\n%s", len(rows), out.String())
	}
	for _, line := range lines[2:] {
		if strings.Count(line, "|") != 11 || strings.Contains(line, "NaN") || strings.Contains(line, "Inf") {
			t.Errorf("row %q", line)
		}
	}
}

// TestShortCustomer takes all that few customers own through its life with a real CLI.
func TestShortCustomer(t *testing.T) {
	var out strings.Builder
	_, err := bench(t.Context(), &out, io.Discard, "customer", true)
	if isRefused(t, "value_wo = 1", err) {
		return
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if rows := lines[6:]; len(rows) != 5 {
		t.Fatalf("%d rows:\n%s", len(rows), out.String())
	}
	for _, line := range lines[4:] {
		if strings.Count(line, "|") != 13 || strings.Contains(line, "NaN") || strings.Contains(line, "Inf") {
			t.Errorf("row %q", line)
		}
	}
	// Writes are the same on every machine.
	if row := lines[7]; !strings.HasPrefix(row, "| apply |") || !strings.Contains(row, " | 60 | ") {
		t.Errorf("60 requests write 33 objects, 18 fields and 9 switches: %s", row)
	}
}
