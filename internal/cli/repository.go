// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// modulePath is the first line of the go.mod at the repository root.
const modulePath = "github.com/gocobalt/terraform-provider-refold"

// RepositoryRoot returns the folder of this module's go.mod, looked for from the working folder
// upwards. The error is os.ErrNotExist when the working folder is outside of the repository.
func RepositoryRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("look for the repository: %w", err)
	}
	for start := dir; ; {
		content, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && definesModule(string(content)) {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("look for the go.mod of %s in %s and above: %w", modulePath, start, os.ErrNotExist)
		}
		dir = parent
	}
}

func definesModule(goMod string) bool {
	for line := range strings.Lines(goMod) {
		if strings.TrimSpace(line) == "module "+modulePath {
			return true
		}
	}
	return false
}

// goCommand prepares the go command with its own flags only: a user's GOFLAGS (-mod=vendor, -race,
// -tags) or a go.work around the clone would make another build of it. The value may not be empty,
// because the go command then takes the one of `go env -w`.
func goCommand(ctx context.Context, args ...string) *exec.Cmd {
	command := newCommand(ctx, "go", args...)
	command.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=off")
	return command
}
