// SPDX-License-Identifier: MPL-2.0

package shortrun

import (
	"os"
	"path/filepath"
	"testing"
)

// What the first pass leaves to the second must not get lost between them.
func TestLeave(t *testing.T) {
	path := filepath.Join(t.TempDir(), "left")
	t.Setenv(leftVariable, path)
	if err := leave("TestA"); err == nil {
		t.Error("a name was left in a file that does not exist")
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"TestA", "TestB/a case"} {
		if err := leave(name); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := os.ReadFile(path); err != nil || string(left) != "TestA\nTestB/a case\n" {
		t.Errorf("left: %q, %v", left, err)
	}
	t.Setenv(leftVariable, "")
	if err := leave("TestC"); err != nil {
		t.Errorf("a run by hand: %v", err)
	}
}
