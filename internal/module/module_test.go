// SPDX-License-Identifier: MPL-2.0

package module_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/module"
)

// repository makes one whose module has these files, by path.
func repository(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	write(t, filepath.Join(root, "LICENSE"), "the licence")
	for name, content := range files {
		write(t, filepath.Join(root, "examples", "modules", "linked-accounts", filepath.FromSlash(name)), content)
	}
	return root
}

func write(t *testing.T, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A clone without files is as good as an empty folder, and what a CLI has left stays behind.
func TestExport(t *testing.T) {
	t.Parallel()
	root := repository(t, map[string]string{
		"main.tf":                             "# main",
		".gitignore":                          "*.tfstate",
		"README.md":                           "[The example](examples/complete#usage), [Refold](https://www.refold.ai), [below](#below)",
		"examples/complete/main.tf":           "source = \"../..\"\nfile = \"${path.module}/a.csv\"",
		"examples/complete/a.csv":             "linked_account_id",
		"examples/complete/.terraform/x":      "left",
		"examples/complete/terraform.tfstate": "left",
		".terraform.lock.hcl":                 "left",
	})
	target := filepath.Join(t.TempDir(), "clone")
	write(t, filepath.Join(target, ".git", "HEAD"), "ref")
	if err := module.Export(root, target); err != nil {
		t.Fatal(err)
	}
	for name, isThere := range map[string]bool{
		"main.tf": true, ".gitignore": true, "README.md": true, "LICENSE": true, "examples/complete/a.csv": true, ".git/HEAD": true,
		"examples/complete/.terraform": false, "examples/complete/terraform.tfstate": false, ".terraform.lock.hcl": false,
	} {
		if _, err := os.Stat(filepath.Join(target, filepath.FromSlash(name))); (err == nil) != isThere {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestExportRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files  map[string]string
		target string
		want   string
	}{
		"a folder with files":             {target: "README.md", want: "is not empty: it has README.md"},
		"a source outside":                {files: map[string]string{"main.tf": `source = "../other"`}, want: "main.tf names ../other"},
		"the folder above":                {files: map[string]string{"main.tf": `source = ".."`}, want: "main.tf names .."},
		"a source of an example outside":  {files: map[string]string{"examples/complete/main.tf": `source = "../../../other"`}, want: "examples/complete/main.tf names ../../../other"},
		"a file outside":                  {files: map[string]string{"main.tf": `file("${path.module}/../a.csv")`}, want: "main.tf names ${path.module}/../a.csv"},
		"a file that is not there":        {files: map[string]string{"main.tf": `file("${path.module}/a.csv")`}, want: "main.tf names ${path.module}/a.csv"},
		"a link outside":                  {files: map[string]string{"README.md": "[The guide](../../../docs/guides/testing.md)"}, want: "README.md names ../../../docs/guides/testing.md"},
		"a module of a test that is away": {files: map[string]string{"tests/a.tftest.hcl": `source = "./setup"`, "tests/setup/main.tf": "#"}, want: "tests/a.tftest.hcl names ./setup"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.files == nil {
				test.files = map[string]string{"main.tf": "# main"}
			}
			target := t.TempDir()
			if test.target != "" {
				write(t, filepath.Join(target, test.target), "somebody's")
			}
			err := module.Export(repository(t, test.files), target)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v does not say %q", err, test.want)
			}
			if entries, _ := os.ReadDir(target); len(entries) > 0 && test.target == "" {
				t.Errorf("something was written: %v", entries)
			}
		})
	}
}
