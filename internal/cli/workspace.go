// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Workspace is a temporary folder with a configuration in which a CLI runs without network, on the
// provider of this repository, apart from the user's own CLI configuration.
type Workspace struct {
	CLI    CLI
	Home   Home
	Folder string // where the configuration is and the CLI runs

	root     string
	settings []string
}

// NewWorkspace creates a Workspace whose folder holds a copy of the configuration in source, or
// nothing when source is "". The settings, NAME=value, are added to the CLI's environment. Close
// removes everything.
func NewWorkspace(ctx context.Context, found CLI, source string, settings ...string) (*Workspace, error) {
	return newWorkspace(found, source, settings, func(folder, mirror string) error {
		provider, err := BuildProvider(ctx, filepath.Dir(mirror))
		if err != nil {
			return err
		}
		return provider.install(folder, mirror, found.Product)
	})
}

// NewWorkspaceWith is NewWorkspace with a provider that was built before.
func NewWorkspaceWith(found CLI, provider Provider, source string, settings ...string) (*Workspace, error) {
	return newWorkspace(found, source, settings, func(folder, mirror string) error {
		return provider.install(folder, mirror, found.Product)
	})
}

// NewArchiveWorkspace is NewWorkspace with an archive of a release, for this machine, in place of
// the provider of this repository.
func NewArchiveWorkspace(found CLI, archive, source string, settings ...string) (*Workspace, error) {
	return newWorkspace(found, source, settings, func(folder, mirror string) error {
		return installArchive(archive, folder, mirror, found.Product)
	})
}

func newWorkspace(found CLI, source string, settings []string, install func(folder, mirror string) error) (_ *Workspace, err error) {
	root, err := os.MkdirTemp("", "refold-workspace-")
	if err != nil {
		return nil, fmt.Errorf("create a workspace: %w", err)
	}
	workspace := &Workspace{CLI: found, Folder: filepath.Join(root, "configuration"), root: root, settings: slices.Clone(settings)}
	defer func() {
		if err != nil {
			err = errors.Join(err, workspace.Close())
		}
	}()
	if err := os.Mkdir(workspace.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("create a workspace: %w", err)
	}
	if workspace.Home, err = NewHome(root); err != nil {
		return nil, err
	}
	if source != "" {
		if err := copyConfiguration(workspace.Folder, source); err != nil {
			return nil, fmt.Errorf("copy %s into the workspace: %w", source, err)
		}
	}
	if err := install(workspace.Folder, workspace.Home.Mirror); err != nil {
		return nil, err
	}
	return workspace, nil
}

// copyConfiguration copies source without what a CLI left there: state, plans, a lock file,
// installed providers.
func copyConfiguration(target, source string) error {
	files := os.DirFS(source)
	return fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch leftover := name != "." && leftByCLI(entry.Name()); {
		case leftover && entry.IsDir():
			return fs.SkipDir
		case leftover:
			return nil
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(target, name), 0o700)
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(target, name), content, 0o600)
	})
}

func leftByCLI(name string) bool {
	return strings.HasPrefix(name, ".") || strings.Contains(name, ".tfstate") || filepath.Ext(name) == ".tfplan"
}

// Close removes the workspace with everything in it.
func (w *Workspace) Close() error {
	if err := os.RemoveAll(w.root); err != nil {
		return fmt.Errorf("remove the workspace: %w", err)
	}
	return nil
}

// Settings lists, as NAME=value, what a user must set in a shell to run the CLI in this workspace
// by hand.
func (w *Workspace) Settings() []string {
	return append([]string{"TF_CLI_CONFIG_FILE=" + w.Home.ConfigFile, "CHECKPOINT_DISABLE=1"}, w.settings...)
}

// Run runs the CLI in the workspace. When ctx ends, the CLI is interrupted and has 30 seconds to
// write its state. The error names the command; ExitCode reads its exit code.
func (w *Workspace) Run(ctx context.Context, stdout, stderr io.Writer, args ...string) error {
	command := w.command(ctx, args...)
	// The wrapping keeps a terminal from the CLI: outside of the foreground group, a write may
	// suspend it (stty tostop).
	command.Stdout, command.Stderr = struct{ io.Writer }{stdout}, struct{ io.Writer }{stderr}
	if err := runCommand(ctx, command); err != nil {
		return fmt.Errorf("%s %s: %w", w.CLI.Name(), strings.Join(args, " "), err)
	}
	return nil
}

// Output is Run, giving standard output; the error holds what the CLI wrote to standard error.
func (w *Workspace) Output(ctx context.Context, args ...string) (string, error) {
	var stdout, stderr strings.Builder
	err := w.Run(ctx, &stdout, &stderr, args...)
	if err != nil && stderr.Len() > 0 {
		err = fmt.Errorf("%w\n%s", err, stderr.String())
	}
	return stdout.String(), err
}

func (w *Workspace) command(ctx context.Context, args ...string) *exec.Cmd {
	command := newCommand(ctx, w.CLI.Path, args...)
	command.Dir = w.Folder
	command.Env = Environment(os.Environ(), w.Home, append([]string{"TF_IN_AUTOMATION=1"}, w.settings...)...)
	return command
}
