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

	"github.com/ProtonMail/go-crypto/openpgp"
)

// runSnapshot builds a release without a tag for this machine and one more platform, checks it, and
// prints the path of this machine's archive. It leaves dist/, and nothing else.
func runSnapshot(ctx context.Context, root string, out, progress io.Writer) (err error) {
	changelog, err := readFile(root, changelogFile)
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
	// The path of an agent's socket in it may not be long.
	scratch, err := os.MkdirTemp("", "refold-release-")
	if err != nil {
		return fmt.Errorf("create a folder to build in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	if built.keys, err = buildSnapshot(ctx, root, scratch, built, progress); err != nil {
		return fmt.Errorf("build a snapshot: %w", err)
	}
	if err := gather(root, built); err != nil {
		return fmt.Errorf("gather the files of the snapshot: %w", err)
	}
	if err := built.check(ctx); err != nil {
		return fmt.Errorf("dist/release is not as the registries want it:\n%w", err)
	}
	fmt.Fprintf(progress, "dist/release is as the registries want it: version %s, %s and %s\n", built.version, built.platforms[0], built.platforms[1])
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

// buildSnapshot runs goreleaser with two of the platforms. It returns the public key of the
// signature, which there is where gpg is at hand.
func buildSnapshot(ctx context.Context, root, scratch string, built release, progress io.Writer) (_ openpgp.EntityList, err error) {
	configuration, err := readFile(root, configurationFile)
	if err != nil {
		return nil, err
	}
	if configuration, err = narrow(configuration, built.platforms...); err != nil {
		return nil, err
	}
	file := filepath.Join(scratch, configurationFile)
	if err := os.WriteFile(file, []byte(configuration), 0o600); err != nil {
		return nil, err
	}
	settings, arguments := []string{"SNAPSHOT_VERSION=" + built.version}, []string{"--snapshot", "--config=" + file}
	if _, err := exec.LookPath("gpg"); err != nil {
		fmt.Fprintln(progress, "There is no gpg here: the snapshot is not signed.")
		return nil, goreleaser(ctx, root, progress, settings, append(arguments, "--skip=publish,sign")...)
	}
	key, err := newThrowawayKey(ctx, scratch)
	defer func() { err = errors.Join(err, key.Close()) }()
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	if err := goreleaser(ctx, root, progress, append(settings, key.settings()...), append(arguments, "--skip=publish")...); err != nil {
		return nil, err
	}
	return key.public(ctx)
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
