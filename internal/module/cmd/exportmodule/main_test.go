// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The module of this repository can be exported, at any time.
func TestRun(t *testing.T) {
	t.Parallel()
	target := filepath.Join(t.TempDir(), "terraform-refold-linked-accounts")
	var out strings.Builder
	if err := run(t.Context(), []string{"-to", target}, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), target) {
		t.Errorf("it does not say where the module is: %s", out.String())
	}
	if _, err := os.Stat(filepath.Join(target, "main.tf")); err != nil {
		t.Error(err)
	}
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	for arguments, want := range map[string]string{
		"":         "name the folder to export to",
		"-unknown": "read the flags",
		"-to .":    "is not empty",
	} {
		var out strings.Builder
		if err := run(t.Context(), strings.Fields(arguments), &out); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v does not say %q", arguments, err, want)
		}
	}
}
