// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Workspace is a folder with these files, by name, in which a CLI is ready to plan and apply
// against this server: for what terraform-plugin-testing does not do, such as being interrupted.
func (r *Refold) Workspace(t testing.TB, files map[string]string) *cli.Workspace {
	t.Helper()
	workspace := NewWorkspace(t, files, "REFOLD_BASE_URL="+r.URL, "REFOLD_API_KEY="+mockapi.TestKey)
	MustRunCLI(t, workspace, "init", "-no-color")
	return workspace
}

// NewWorkspace is a folder with these files, by name, in which nothing was run
// yet. The settings, NAME=value, are the CLI's environment.
func NewWorkspace(t testing.TB, files map[string]string, settings ...string) *cli.Workspace {
	t.Helper()
	source := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(source, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return NewWorkspaceFrom(t, source, settings...)
}

// NewWorkspaceFrom is NewWorkspace with a copy of the configuration in a folder.
func NewWorkspaceFrom(t testing.TB, source string, settings ...string) *cli.Workspace {
	t.Helper()
	shortrun.WithoutRaceDetector(t)
	found, err := findCLI()
	if err != nil {
		t.Fatal(err)
	}
	built, err := buildProvider()
	if err != nil {
		t.Fatal(err)
	}
	// Two certificates for each start of the provider are a fifth of what a plan costs.
	settings = append([]string{"TF_DISABLE_PLUGIN_TLS=1"}, settings...)
	workspace, err := cli.NewWorkspaceWith(found, built, source, settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := workspace.Close(); err != nil {
			t.Error(err)
		}
	})
	return workspace
}

// IsRefused is true of a workspace whose configuration the CLI does not know all of, and is an
// error of the test unless the CLI says so. (At the protocol, all of it is tested for every CLI.)
func IsRefused(t testing.TB, workspace *cli.Workspace) bool {
	t.Helper()
	refusal := workspace.CLI.Refusal(configurationOf(t, workspace))
	if refusal == "" {
		return false
	}
	output, err := RunCLI(t.Context(), workspace, "init", "-no-color")
	if err == nil {
		output, err = RunCLI(t.Context(), workspace, "plan", "-no-color", "-input=false")
	}
	if err == nil || !Wrapped(refusal).MatchString(output) {
		t.Errorf("%s has to say %q: %v\n%s", workspace.CLI, refusal, err, output)
	}
	return true
}

func configurationOf(t testing.TB, workspace *cli.Workspace) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(workspace.Folder, "*.tf"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(append(content, '\n'))
	}
	return all.String()
}

// RunCLI runs a CLI, and returns all that it wrote.
func RunCLI(ctx context.Context, workspace *cli.Workspace, args ...string) (string, error) {
	var output strings.Builder
	err := workspace.Run(ctx, &output, &output, args...)
	return output.String(), err
}

// MustRunCLI is RunCLI where the test makes no sense after an error.
func MustRunCLI(t testing.TB, workspace *cli.Workspace, args ...string) string {
	t.Helper()
	output, err := RunCLI(t.Context(), workspace, args...)
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return output
}

// WriteFile writes a file of a workspace.
func WriteFile(t testing.TB, workspace *cli.Workspace, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(workspace.Folder, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Wrapped matches a text that a CLI may have broken into lines, with or without the bar that it
// draws beside errors.
func Wrapped(text string) *regexp.Regexp {
	words := strings.Fields(regexp.QuoteMeta(text))
	return regexp.MustCompile(strings.Join(words, `[\s│╷╵]+`))
}
