// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"
)

func TestNotes(t *testing.T) {
	tests := map[string]struct {
		changelog string
		want      string // the notes, or a part of the error
		fails     bool
	}{
		"a version":        {"# Changelog\n\n## 1.1.0 (3 June 2030)\n\nFEATURES:\n\n* More\n\n## 1.0.0 (Unreleased)\n\n* First\n", "FEATURES:\n\n* More\n", false},
		"the last version": {"## 1.0.0-rc.1 (3 June 2030)\n\n* First\n", "* First\n", false},
		"unreleased":       {"## 1.0.0-rc.1 (Unreleased)\n\n* First\n", "calls version 1.0.0-rc.1 unreleased", true},
		"nothing said":     {"## 1.0.0 (3 June 2030)\n", "says nothing about version 1.0.0", true},
		"no chapter":       {"# Changelog\n", "has no heading", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			first, err := newest(test.changelog)
			var got string
			if err == nil {
				got, err = first.notes()
			}
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
	changelog, err := readFile("../..", changelogFile)
	if err != nil {
		t.Fatal(err)
	}
	if next, err := newest(changelog); err != nil || next.text == "\n" {
		t.Errorf("the newest chapter is %+v, %v", next, err)
	}
}
