// SPDX-License-Identifier: MPL-2.0

package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
)

// openTofuModule holds, relative to the repository root, the go.mod that pins OpenTofu.
const openTofuModule = "internal/tools/opentofu"

// builtPath is where Build puts OpenTofu. The folder is ignored by git.
func builtPath(root string) string { return filepath.Join(root, ".tools", "tofu") }

// Build compiles the OpenTofu version that internal/tools/opentofu pins into the git-ignored folder
// .tools of this repository, unless that version is there already. It replaces the file in one
// step, so that an interrupted build leaves nothing half done. It needs the Go module proxy when
// the module cache is cold.
func Build(ctx context.Context, out io.Writer) (CLI, error) {
	root, err := RepositoryRoot()
	if err != nil {
		return CLI{}, err
	}
	if found, err := findBuilt(ctx); err == nil {
		return found, nil
	}
	pinned, err := pinnedVersion(root)
	if err != nil {
		return CLI{}, err
	}
	fmt.Fprintf(out, "Building OpenTofu %s into .tools/, once. This takes about five minutes.\n", pinned)
	if err := compileOpenTofu(ctx, root, out); err != nil {
		return CLI{}, fmt.Errorf("build OpenTofu %s: %w", pinned, err)
	}
	return findBuilt(ctx)
}

// findBuilt returns the OpenTofu that Build made. The error is os.ErrNotExist when there is none,
// or when there is no repository around the working folder.
func findBuilt(ctx context.Context) (CLI, error) {
	root, err := RepositoryRoot()
	if err != nil {
		return CLI{}, err
	}
	path := builtPath(root)
	if _, err := os.Stat(path); err != nil {
		return CLI{}, fmt.Errorf("look for a built OpenTofu: %w", err)
	}
	pinned, err := pinnedVersion(root)
	if err != nil {
		return CLI{}, err
	}
	found, err := identify(ctx, path)
	if err != nil {
		return CLI{}, err
	}
	if found.Version != pinned {
		return CLI{}, fmt.Errorf("%s is not the pinned version %s", found, pinned)
	}
	return found, nil
}

var openTofuRequirement = regexp.MustCompile(`(?m)^(?:require)?\s+github\.com/opentofu/opentofu v(\S+)`)

// pinnedVersion reads the OpenTofu version, without the leading v, from the go.mod that pins it.
func pinnedVersion(root string) (string, error) {
	content, err := os.ReadFile(filepath.Join(root, openTofuModule, "go.mod"))
	if err != nil {
		return "", fmt.Errorf("read the pinned OpenTofu version: %w", err)
	}
	match := openTofuRequirement.FindSubmatch(content)
	if match == nil {
		return "", fmt.Errorf("read the pinned OpenTofu version: %s/go.mod does not require github.com/opentofu/opentofu", openTofuModule)
	}
	return string(match[1]), nil
}

func compileOpenTofu(ctx context.Context, root string, out io.Writer) (err error) {
	target := builtPath(root)
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return fmt.Errorf("create the folder for it: %w", err)
	}
	scratch, err := os.MkdirTemp(filepath.Dir(target), "tofu-build-")
	if err != nil {
		return fmt.Errorf("create a folder to build in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	binary := filepath.Join(scratch, "tofu")
	// Without version.dev=no it would call itself 1.x.y-dev.
	command := goCommand(ctx, "build", "-C", filepath.Join(root, openTofuModule), "-mod=readonly", "-trimpath",
		"-ldflags=-s -w -X github.com/opentofu/opentofu/version.dev=no", "-o", binary, "github.com/opentofu/opentofu/cmd/tofu")
	command.Env = append(command.Env, "CGO_ENABLED=0")
	command.Stdout, command.Stderr = out, out
	if err := runCommand(ctx, command); err != nil {
		return fmt.Errorf("go build in %s: %w", openTofuModule, err)
	}
	if err := os.Rename(binary, target); err != nil {
		return fmt.Errorf("put it in place: %w", err)
	}
	return nil
}
