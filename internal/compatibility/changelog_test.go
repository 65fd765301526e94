// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"strings"
	"testing"
)

func logOf(t *testing.T, text string) changelog {
	t.Helper()
	log, err := readChangelog(text)
	if err != nil {
		t.Fatal(err)
	}
	return log
}

func TestVersions(t *testing.T) {
	for _, test := range []struct {
		text, base string
		recorded   []string
	}{
		{"## 0.1.0 (Unreleased)\n", "0.1.0", []string{"0.1.0"}},
		{"# Changelog\n\n## 0.1.0 (May 1, 2027)\r\n", "0.1.0", []string{"0.1.0"}},
		{"## 0.2.0 (Unreleased)\n## 0.1.0 (May 1, 2027)\n", "0.1.0", []string{"0.1.0"}},
		{"## 0.2.0-beta1 (June 1, 2027)\n## 0.1.0 (May 1, 2027)\n", "0.2.0-beta1", []string{"0.2.0-beta1", "0.1.0"}},
		{"## 1.0.0 (Unreleased)\n## 0.2.0 (June 1, 2027)\n## 0.1.0 (May 1, 2027)\n", "0.2.0", []string{"0.2.0", "0.1.0"}},
	} {
		log := logOf(t, test.text)
		if log.base() != test.base || !slices.Equal(log.recorded(), test.recorded) {
			t.Errorf("%q: base %s, recorded %q", test.text, log.base(), log.recorded())
		}
	}
}

func TestChangelogsThatAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"# Changelog\n": "has no heading of a version",
		"## 0.3.0 (Unreleased)\n## 0.2.0 (Unreleased)\n": "calls 0.2.0 unreleased, and has a later version",
	} {
		if _, err := readChangelog(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Only what is announced for a version that is still to come counts.
func TestBreakingChangesAreNamed(t *testing.T) {
	const line = "* resource/refold_a: `name` is gone\n"
	for text, want := range map[string]bool{
		"## 0.2.0 (Unreleased)\nBREAKING CHANGES:\n\n" + line:                            true,
		"## 0.2.0 (Unreleased)\nENHANCEMENTS:\n" + line:                                  false,
		"## 0.2.0 (Unreleased)\nBREAKING CHANGES:\nBUG FIXES:\n" + line:                  false,
		"## 0.2.0 (May 1, 2027)\nBREAKING CHANGES:\n" + line:                             false,
		"## 0.2.0 (Unreleased)\n## 0.1.0 (May 1, 2027)\nBREAKING CHANGES:\n" + line:      false,
		"## 0.2.0 (Unreleased)\nBREAKING CHANGES:\n* resource/refold_ab: `name` is gone": false,
		"## 0.2.0 (Unreleased)\nBREAKING CHANGES:\n* resource/refold_a: `names` is gone": false,
		"## 0.2.0 (Unreleased)\nBREAKING CHANGES:\n* something about resource/refold_a":  false,
	} {
		if got := logOf(t, text).names("resource/refold_a", "name"); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
