// SPDX-License-Identifier: MPL-2.0

// Package bed is where benchmarks measure: a workspace in which a real CLI runs on this
// repository's provider, and a mock Refold on this machine.
package bed

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Bed is one of them. Make it with New.
type Bed struct {
	Mock      *mockapi.Server
	Workspace *cli.Workspace

	server *httptest.Server
}

// New makes a bed whose workspace holds the files, by name, and is initialized. The caller closes
// it.
func New(ctx context.Context, found cli.CLI, files map[string]string) (_ *Bed, err error) {
	made := &Bed{Mock: mockapi.New()}
	made.server = httptest.NewServer(made.Mock)
	defer func() {
		if err != nil {
			err = errors.Join(err, made.Close())
		}
	}()
	made.Workspace, err = cli.NewWorkspace(ctx, found, "", "REFOLD_BASE_URL="+made.server.URL, "REFOLD_API_KEY="+mockapi.TestKey)
	if err != nil {
		return nil, err
	}
	for name, content := range files {
		if err := made.Write(name, content); err != nil {
			return nil, err
		}
	}
	return made, made.Run(ctx, "init", "-input=false", "-no-color")
}

// Close stops the mock, and removes the workspace.
func (b *Bed) Close() error {
	b.server.Close()
	if b.Workspace == nil {
		return nil
	}
	return b.Workspace.Close()
}

// Write makes a file in the workspace, or replaces it.
func (b *Bed) Write(name, content string) error {
	if err := os.WriteFile(filepath.Join(b.Workspace.Folder, name), []byte(content), 0o600); err != nil {
		return fmt.Errorf("write into the workspace: %w", err)
	}
	return nil
}

// Run runs the CLI in the workspace. The error holds what it said.
func (b *Bed) Run(ctx context.Context, args ...string) error {
	output, err := b.Workspace.Output(ctx, args...)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, output)
	}
	return nil
}
