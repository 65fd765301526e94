// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func realCLI(t *testing.T) CLI {
	t.Helper()
	found, err := Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

const providerRequirement = `
terraform {
  required_providers {
    refold = { source = "` + ProviderSource + `" }
  }
}
`

// The user's configuration names a provider cache and a mirror that do not exist, arguments that no
// command has, and a data folder: each would break the run if it had any effect.
func TestWorkspaceIsHermetic(t *testing.T) {
	found := realCLI(t)
	source := t.TempDir()
	writeFile(t, filepath.Join(source, "main.tf"), providerRequirement+`
resource "terraform_data" "a" { input = 1 }
`)
	fakeProviderRepository(t)

	workspace, err := NewWorkspace(t.Context(), found, source)
	if err != nil {
		t.Fatal(err)
	}
	users := t.TempDir()
	writeFile(t, filepath.Join(users, ".terraformrc"), "no = configuration {")
	writeFile(t, filepath.Join(users, ".tofurc"), "no = configuration {")
	for name, value := range map[string]string{
		"HOME":                  users,
		"TF_CLI_CONFIG_FILE":    filepath.Join(users, "missing"),
		"TF_CLI_ARGS":           "-no-such-flag",
		"TF_DATA_DIR":           filepath.Join(users, "data"),
		"TF_PLUGIN_CACHE_DIR":   filepath.Join(users, "missing"),
		"TF_LOG":                "TRACE",
		"TF_REATTACH_PROVIDERS": "nonsense",
		"XDG_CONFIG_HOME":       users,
		"REFOLD_API_KEY":        "pk-users",
		"OTEL_TRACES_EXPORTER":  "otlp",
		"TF_APPEND_USER_AGENT":  "users",
		"TF_WORKSPACE":          "users",
	} {
		t.Setenv(name, value)
	}
	before := listing(t, users)
	output, err := workspace.Output(t.Context(), "init", "-no-color", "-input=false")
	if err != nil {
		t.Fatal(output, err)
	}
	if strings.Contains(output, "Warning") || !strings.Contains(output, "Installed "+ProviderSource+" v"+ProviderVersion) {
		t.Errorf("init printed:\n%s", output)
	}
	if after := listing(t, users); after != before {
		t.Errorf("the user's home changed from\n%s\nto\n%s", before, after)
	}
	root := workspace.root
	if err := workspace.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(root); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Close left %s: %v", root, err)
	}
}

// The path of a temporary folder may contain what HCL gives a meaning.
func TestMirrorPathIsTakenLiterally(t *testing.T) {
	found := realCLI(t)
	temporary := filepath.Join(t.TempDir(), `a "b" ${c} ü`)
	if err := os.Mkdir(temporary, 0o700); err != nil {
		t.Fatal(err)
	}
	fakeProviderRepository(t)
	t.Setenv("TMPDIR", temporary)
	source := t.TempDir()
	writeFile(t, filepath.Join(source, "main.tf"), providerRequirement)
	workspace, err := NewWorkspace(t.Context(), found, source)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = workspace.Close() }()
	if output, err := workspace.Output(t.Context(), "init", "-no-color"); err != nil {
		t.Error(output, err)
	}
}

func TestWorkspaceCopiesTheConfigurationAlone(t *testing.T) {
	fakeProviderRepository(t)
	source := t.TempDir()
	for _, name := range []string{"main.tf", "data/accounts.csv", ".terraform/providers/x", ".terraform.lock.hcl", "terraform.tfstate", "terraform.tfstate.backup", "repair.tfplan"} {
		writeFile(t, filepath.Join(source, name), name)
	}
	workspace, err := NewWorkspace(t.Context(), CLI{Product: OpenTofu}, source)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = workspace.Close() }()
	got := strings.ReplaceAll(listing(t, workspace.Folder), workspace.Folder, ".")
	if want := ".\n./.terraform.lock.hcl\n./data\n./data/accounts.csv\n./main.tf"; got != want {
		t.Errorf("the workspace holds\n%s\nwant\n%s", got, want)
	}
	if lock := readFile(t, filepath.Join(workspace.Folder, ".terraform.lock.hcl")); !strings.Contains(lock, "registry.opentofu.org/"+ProviderSource) {
		t.Errorf("the lock file is not the workspace's own: %s", lock)
	}
}

func TestDemoConfigurationIsValid(t *testing.T) {
	root, err := RepositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	found, demo := realCLI(t), filepath.Join(root, "examples", "demo")
	workspace, err := NewWorkspace(t.Context(), found, demo)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = workspace.Close() }()
	if refusal := found.Refusal(readFile(t, filepath.Join(demo, "main.tf"))); refusal != "" {
		if output, err := workspace.Output(t.Context(), "init", "-no-color"); err == nil || !strings.Contains(output+err.Error(), refusal) {
			t.Errorf("%s has to say %q: %v\n%s", found, refusal, err, output)
		}
		return
	}
	for _, args := range [][]string{{"init", "-no-color"}, {"validate", "-no-color"}, {"fmt", "-check", "-diff"}} {
		if output, err := workspace.Output(t.Context(), args...); err != nil {
			t.Fatal(output, err)
		}
	}
}

func TestFailedWorkspaceIsRemoved(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	root := fakeProviderRepository(t)
	writeFile(t, filepath.Join(root, "main.go"), "package main\n\nfunc main() { undefined() }\n")
	_, err := NewWorkspace(t.Context(), CLI{Product: Terraform}, "")
	if err == nil || !strings.Contains(err.Error(), "build the provider") || !strings.Contains(err.Error(), "undefined") {
		t.Errorf("error %v, want the compiler's", err)
	}
	if left := listing(t, temporary); strings.Contains(left, "refold-workspace") {
		t.Errorf("left behind: %s", left)
	}
}

func TestSettingsForAShell(t *testing.T) {
	workspace := &Workspace{Home: Home{ConfigFile: "/ours/cli.tfrc"}, settings: []string{"REFOLD_API_KEY=tk"}}
	got := strings.Join(workspace.Settings(), " ")
	if got != "TF_CLI_CONFIG_FILE=/ours/cli.tfrc CHECKPOINT_DISABLE=1 REFOLD_API_KEY=tk" {
		t.Errorf("settings %q", got)
	}
}

// fakeProviderRepository is a repository whose provider builds at once and does nothing: `init`
// does not start it.
func fakeProviderRepository(t *testing.T) string {
	t.Helper()
	root := fakeRepository(t, "1.12.6")
	writeFile(t, filepath.Join(root, "main.go"), "package main\n\nfunc main() {}\n")
	return root
}

func listing(t *testing.T, dir string) string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		paths = append(paths, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(paths, "\n")
}
