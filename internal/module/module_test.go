// SPDX-License-Identifier: MPL-2.0

package module_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/module"
)

const folder = "examples/modules/linked-accounts"

// repository makes one whose module has these files, by path. git tracks those that nothing
// ignores.
func repository(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	write(t, filepath.Join(root, "LICENSE"), "the licence")
	for name, content := range files {
		write(t, filepath.Join(root, folder, filepath.FromSlash(name)), content)
	}
	git(t, root, "init", "--quiet")
	git(t, root, "add", ".")
	return root
}

func git(t *testing.T, root string, arguments ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "git", append([]string{"-C", root}, arguments...)...)
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(arguments, " "), err, output)
	}
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

// A clone without files is as good as an empty folder. What git does not track stays behind: what a
// CLI has left, and what somebody has.
func TestExport(t *testing.T) {
	t.Parallel()
	root := repository(t, map[string]string{
		"main.tf":                             "# main",
		"gone.tf":                             "# gone",
		".gitignore":                          "*.tfstate\n.terraform/\n.terraform.lock.hcl\n",
		"README.md":                           "[The example](examples/complete#usage), [Refold](https://www.refold.ai), [below](#below)",
		"examples/complete/main.tf":           "source = \"../..\"\nfile = \"${path.module}/a.csv\"",
		"examples/complete/a.csv":             "linked_account_id",
		"examples/complete/.terraform/x":      "left",
		"examples/complete/terraform.tfstate": "left",
		".terraform.lock.hcl":                 "left",
	})
	write(t, filepath.Join(root, folder, "examples", "complete", "tfplan"), "with secrets")
	write(t, filepath.Join(root, folder, "terraform.tfvars"), "with secrets")
	write(t, filepath.Join(root, folder, "main.tf"), "# not committed yet")
	if err := os.Remove(filepath.Join(root, folder, "gone.tf")); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(t.TempDir(), "clone")
	write(t, filepath.Join(target, ".git", "HEAD"), "ref")
	if err := module.Export(t.Context(), root, target); err != nil {
		t.Fatal(err)
	}
	for name, isThere := range map[string]bool{
		"main.tf": true, ".gitignore": true, "README.md": true, "LICENSE": true, "examples/complete/a.csv": true, ".git/HEAD": true,
		"examples/complete/.terraform": false, "examples/complete/terraform.tfstate": false, ".terraform.lock.hcl": false,
		"examples/complete/tfplan": false, "terraform.tfvars": false, "gone.tf": false,
	} {
		if _, err := os.Stat(filepath.Join(target, filepath.FromSlash(name))); (err == nil) != isThere {
			t.Errorf("%s: %v", name, err)
		}
	}
	if main, err := os.ReadFile(filepath.Join(target, "main.tf")); string(main) != "# not committed yet" {
		t.Errorf("main.tf is not as it is in the work tree: %q, %v", main, err)
	}
}

// What git does not track is not there for those who clone.
func TestExportRefusesWhatIsNotTracked(t *testing.T) {
	t.Parallel()
	root := repository(t, map[string]string{"main.tf": `file("${path.module}/a.csv")`})
	write(t, filepath.Join(root, folder, "a.csv"), "linked_account_id")
	err := module.Export(t.Context(), root, t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "git does not track:\n  main.tf names ${path.module}/a.csv") {
		t.Errorf("it names a file that is new: %v", err)
	}
	empty := t.TempDir()
	git(t, empty, "init", "--quiet")
	if err := module.Export(t.Context(), empty, t.TempDir()); err == nil || !strings.Contains(err.Error(), "git tracks no file of "+folder) {
		t.Errorf("nothing is tracked: %v", err)
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
			err := module.Export(t.Context(), repository(t, test.files), target)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v does not say %q", err, test.want)
			}
			if entries, _ := os.ReadDir(target); len(entries) > 0 && test.target == "" {
				t.Errorf("something was written: %v", entries)
			}
		})
	}
}
