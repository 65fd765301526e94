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

// runSnapshot builds a release without a tag for this machine and one more platform, checks it, and
// prints the path of this machine's archive. It leaves dist/, and nothing else.
func runSnapshot(ctx context.Context, root string, out, progress io.Writer) error {
	changelog, err := readFile(root, "CHANGELOG.md")
	if err != nil {
		return err
	}
	next, err := newest(changelog)
	if err != nil {
		return err
	}
	built := release{
		folder:    filepath.Join(root, "dist", "release"),
		version:   next.version,
		platforms: []platform{thisMachine(), otherMachine(thisMachine())},
	}
	if err := buildSnapshot(ctx, root, built, progress); err != nil {
		return fmt.Errorf("build a snapshot: %w", err)
	}
	if err := gather(root, built); err != nil {
		return fmt.Errorf("gather the files of the snapshot: %w", err)
	}
	if err := built.check(ctx); err != nil {
		return fmt.Errorf("dist/release is not as the registries want it:\n%w", err)
	}
	fmt.Fprintf(progress, "dist/release is as the registries want it: %s and %s\n", built.platforms[0], built.platforms[1])
	_, err = fmt.Fprintln(out, built.path(built.archive(thisMachine())))
	return err
}

// otherMachine is as different as can be: 32 bits, and no relative of Unix.
func otherMachine(this platform) platform {
	if other := (platform{"windows", "386"}); this != other {
		return other
	}
	return platform{"linux", "arm"}
}

// buildSnapshot runs goreleaser with two of the platforms.
func buildSnapshot(ctx context.Context, root string, built release, progress io.Writer) (err error) {
	configuration, err := readFile(root, configurationFile)
	if err != nil {
		return err
	}
	if configuration, err = narrow(configuration, built.platforms...); err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "refold-release-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	file := filepath.Join(scratch, configurationFile)
	if err := os.WriteFile(file, []byte(configuration), 0o600); err != nil {
		return err
	}
	command := exec.CommandContext(ctx, "go", "tool", "-modfile="+goreleaserModule, "goreleaser",
		"release", "--snapshot", "--clean", "--skip=publish,sign", "--config="+file)
	command.Dir = root
	command.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=off", "SNAPSHOT_VERSION="+built.version)
	command.Stdout, command.Stderr = progress, progress
	return command.Run()
}

// gather puts what goreleaser would upload into the folder of the release: what it wrote into dist/
// itself, without its own notes, and the manifest.
func gather(root string, built release) error {
	if err := os.Mkdir(built.folder, 0o755); err != nil {
		return err
	}
	dist := filepath.Dir(built.folder)
	entries, err := os.ReadDir(dist)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if name := entry.Name(); entry.Type().IsRegular() && strings.HasPrefix(name, project) {
			if err := os.Rename(filepath.Join(dist, name), built.path(name)); err != nil {
				return err
			}
		}
	}
	manifest, err := readFile(root, "terraform-registry-manifest.json")
	if err != nil {
		return err
	}
	return os.WriteFile(built.path(built.manifest()), []byte(manifest), 0o644)
}
