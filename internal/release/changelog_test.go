// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"
)

func TestNotes(t *testing.T) {
	const changelog = "# Changelog\n\n## 1.1.0 (3 June 2030)\n\nFEATURES:\n\n* More\n\n## 1.0.0 (Unreleased)\n\n* First\n"
	tests := map[string]struct {
		changelog, version string
		want               string // the notes, or a part of the error
		fails              bool
	}{
		"the newest version": {changelog, "1.1.0", "FEATURES:\n\n* More\n", false},
		"an older version":   {changelog, "1.0.0", "begins with version 1.1.0, and 1.0.0 is to be released", true},
		"unreleased":         {"## 1.0.0-rc.1 (Unreleased)\n\n* First\n", "1.0.0-rc.1", "calls version 1.0.0-rc.1 unreleased", true},
		"nothing said":       {"## 1.0.0 (3 June 2030)\n", "1.0.0", "says nothing about version 1.0.0", true},
		"no chapter":         {"# Changelog\n", "1.0.0", "has no heading", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := notes(test.changelog, test.version)
			switch {
			case !test.fails && (err != nil || got != test.want):
				t.Errorf("notes %q, %v, want %q", got, err, test.want)
			case test.fails && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

// A snapshot takes its version from there.
func TestChangelogHasAVersion(t *testing.T) {
	changelog, err := readFile("../..", "CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	if next, err := newest(changelog); err != nil || next.text == "\n" {
		t.Errorf("the newest chapter is %+v, %v", next, err)
	}
}
