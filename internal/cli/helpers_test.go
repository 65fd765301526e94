// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// writeScript makes an executable shell script.
func writeScript(t *testing.T, path, body string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// fakeCLI makes a script that answers `version` as the product does.
func fakeCLI(t *testing.T, path, product, version string) string {
	t.Helper()
	return writeScript(t, path, fmt.Sprintf(`[ "$1" = version ] && printf '%%s\n' '%s v%s' 'on linux_amd64'`, product, version))
}

// fakeRepository makes a folder that looks like the root of this repository, pinning the given
// OpenTofu version, and works in it.
func fakeRepository(t *testing.T, pinned string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, "go.mod"), "module "+modulePath+"\n\ngo 1.26.0\n")
	writeFile(t, filepath.Join(root, openTofuModule, "go.mod"),
		"module "+modulePath+"/internal/tools/opentofu\n\ntool github.com/opentofu/opentofu/cmd/tofu\n\nrequire github.com/opentofu/opentofu v"+pinned+"\n")
	t.Chdir(root)
	return root
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// onlyPath makes the fresh folder that it returns the whole PATH, and unsets PathVariable.
func onlyPath(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	t.Setenv(PathVariable, "")
	return dir
}
