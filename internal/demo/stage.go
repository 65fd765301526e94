// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Sample credentials of two accounts in examples/demo.
const (
	cyberdyneToken = "sample-token-of-cyberdyne"
	tyrellToken    = "sample-token-of-tyrell"
)

// stage is what demo and sandbox have in common: a mock Refold and a workspace that points to it.
type stage struct {
	out       io.Writer
	archive   string // of a release to use in place of a provider that is built; may be ""
	refold    *refold
	workspace *cli.Workspace
	// customer is that of examples/customer, nil in the sandbox.
	customer *cli.Workspace
}

// openStage finds (or builds) a CLI, starts the mock, and installs the provider, built or of this
// archive, into a workspace with examples/demo. The settings are added to the CLI's environment.
// Close takes all of it down.
func openStage(ctx context.Context, out io.Writer, to serving, archive string, settings ...string) (_ *stage, err error) {
	root, err := cli.RepositoryRoot()
	if err != nil {
		return nil, err
	}
	found, err := cli.Ensure(ctx, out)
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(out, "Using", found)
	opened := &stage{out: out, archive: archive}
	defer func() {
		if err != nil {
			err = errors.Join(err, opened.Close())
		}
	}()
	if opened.refold, err = startRefold(ctx, to); err != nil {
		return nil, err
	}
	fmt.Fprintln(out, "Started a mock Refold at", opened.refold.url)
	if archive == "" {
		fmt.Fprintln(out, "Building the provider ...")
	} else {
		fmt.Fprintln(out, "Using the provider in", archive)
	}
	opened.workspace, err = opened.newWorkspace(ctx, found, filepath.Join(root, "examples", "demo"), append([]string{
		"REFOLD_BASE_URL=" + opened.refold.url,
		"REFOLD_API_KEY=" + mockapi.TestKey,
		"TF_VAR_cyberdyne_crm_token=" + cyberdyneToken,
		"TF_VAR_tyrell_crm_token=" + tyrellToken,
	}, settings...)...)
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(out, "Copied examples/demo to", opened.workspace.Folder)
	return opened, nil
}

func (s *stage) newWorkspace(ctx context.Context, found cli.CLI, source string, settings ...string) (*cli.Workspace, error) {
	if s.archive != "" {
		return cli.NewArchiveWorkspace(found, s.archive, source, settings...)
	}
	return cli.NewWorkspace(ctx, found, source, settings...)
}

// Close removes the workspaces and stops the mock.
func (s *stage) Close() error {
	var errs []error
	if s.workspace != nil {
		errs = append(errs, s.workspace.Close())
	}
	if s.customer != nil {
		errs = append(errs, s.customer.Close())
	}
	if s.refold != nil {
		errs = append(errs, s.refold.stop())
	}
	return errors.Join(errs...)
}

// run shows a command of the CLI as a user would type it, and runs it.
func (s *stage) run(ctx context.Context, args ...string) error {
	fmt.Fprintf(s.out, "\n$ %s %s\n", s.workspace.CLI.Name(), strings.Join(args, " "))
	return s.workspace.Run(ctx, s.out, s.out, args...)
}

// colours returns the setting that keeps colour codes out of anything but a terminal. The CLI
// itself sees a pipe.
func colours(out io.Writer) []string {
	if file, ok := out.(*os.File); ok && os.Getenv("NO_COLOR") == "" {
		if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return nil
		}
	}
	return []string{"TF_CLI_ARGS=-no-color"}
}
