// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"path/filepath"
	"strings"
	"testing"
)

// What stops a release before anything is built.
func TestDraftIsRefused(t *testing.T) {
	tests := map[string]struct{ changelog, want string }{
		"unreleased": {"## 1.2.3 (Unreleased)\n\n* First\n", "calls version 1.2.3 unreleased"},
		"not tagged": {"## 1.2.4 (3 June 2030)\n\n* Second\n", "does not have the tag v1.2.4"},
		"no version": {"# Changelog\n", "has no heading"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			repository := t.TempDir()
			write(t, filepath.Join(repository, changelogFile), []byte(test.changelog))
			commit(t, repository)
			if err := runDraft(t.Context(), repository, io.Discard); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
			if err := requireTag(t.Context(), repository, "v"+sampleVersion); err != nil {
				t.Errorf("the tag is there: %v", err)
			}
		})
	}
}
