// SPDX-License-Identifier: MPL-2.0

// Package upkeep_test holds what keeps the repository going against its rules: the workflows, and
// what is depended on.
package upkeep_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

const root = "../.."

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// modules are the go.mod files of this repository, by their folder within it.
func modules(t *testing.T) map[string]*modfile.File {
	t.Helper()
	found := map[string]*modfile.File{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), ".") {
			return fs.SkipDir
		}
		if entry.Name() != "go.mod" {
			return nil
		}
		file, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		file = filepath.ToSlash(file)
		found[strings.TrimSuffix(strings.TrimSuffix(file, "go.mod"), "/")], err = modfile.Parse(file, []byte(read(t, file)), nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if found[""] == nil {
		t.Fatal("the repository has no go.mod")
	}
	return found
}
