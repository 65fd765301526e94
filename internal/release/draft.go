// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// goreleaserModule holds, relative to the repository root, the go.mod that pins goreleaser.
const goreleaserModule = "internal/tools/release/go.mod"

// runDraft makes a draft of the version that CHANGELOG.md begins with, which has to be tagged here.
func runDraft(ctx context.Context, root string, progress io.Writer) (err error) {
	changelog, err := readFile(root, changelogFile)
	if err != nil {
		return err
	}
	next, err := newest(changelog)
	if err != nil {
		return err
	}
	text, err := next.notes()
	if err != nil {
		return err
	}
	tag := "v" + next.version
	if err := requireTag(ctx, root, tag); err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "refold-release-")
	if err != nil {
		return fmt.Errorf("create a folder for the release notes: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	file := filepath.Join(scratch, "notes.md")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return fmt.Errorf("write the release notes: %w", err)
	}
	if err := goreleaser(ctx, root, progress, []string{"GORELEASER_CURRENT_TAG=" + tag}, "--release-notes="+file); err != nil {
		return fmt.Errorf("make the draft of %s: %w", tag, err)
	}
	return nil
}

// requireTag returns an error unless the commit that is checked out has the tag.
func requireTag(ctx context.Context, root, tag string) error {
	output, err := exec.CommandContext(ctx, "git", "-C", root, "tag", "--points-at", "HEAD").CombinedOutput()
	if err != nil {
		return fmt.Errorf("look for the tag %s: %w: %s", tag, err, output)
	}
	for line := range strings.Lines(string(output)) {
		if strings.TrimSpace(line) == tag {
			return nil
		}
	}
	return fmt.Errorf("%s begins with version %s, and the commit that is checked out does not have the tag %s", changelogFile, strings.TrimPrefix(tag, "v"), tag)
}

// goreleaser runs its command release, which empties dist/ first.
func goreleaser(ctx context.Context, root string, progress io.Writer, settings []string, arguments ...string) error {
	command := exec.CommandContext(ctx, "go", append([]string{"tool", "-modfile=" + goreleaserModule, "goreleaser", "release", "--clean"}, arguments...)...)
	command.Dir = root
	command.Env = append(append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=off"), settings...)
	command.Stdout, command.Stderr = progress, progress
	return command.Run()
}
