// SPDX-License-Identifier: MPL-2.0

// Command release makes releases, and holds them against what the registries of Terraform and
// OpenTofu want of one.
//
//	release snapshot               build a release for two platforms, check it, and print the path of
//	                               this machine's archive (make release-check)
//	release draft                  build, sign and upload the version that is tagged (make release)
//	release check -key FILE DRAFT  check the files in the folder DRAFT (make release-verify)
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("usage: release snapshot | draft | check -key FILE DRAFT")

func run(ctx context.Context, arguments []string, out, progress io.Writer) error {
	root, err := cli.RepositoryRoot()
	if err != nil {
		return err
	}
	if len(arguments) == 0 {
		return errUsage
	}
	switch command, rest := arguments[0], arguments[1:]; command {
	case "snapshot":
		return runSnapshot(ctx, root, out, progress)
	case "check":
		return runCheck(ctx, root, rest, out)
	case "draft":
		return runDraft(ctx, root, progress)
	}
	return errUsage
}

func runCheck(ctx context.Context, root string, arguments []string, out io.Writer) error {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	flags.SetOutput(out)
	keyFile := flags.String("key", "", "the public key that signs releases, as `gpg --armor --export` writes it")
	if err := flags.Parse(arguments); err != nil {
		return fmt.Errorf("read the flags: %w", err)
	}
	if *keyFile == "" || flags.NArg() != 1 {
		return errUsage
	}
	changelog, err := readFile(root, changelogFile)
	if err != nil {
		return err
	}
	last, err := newest(changelog)
	if err != nil {
		return err
	}
	configuration, err := readFile(root, configurationFile)
	if err != nil {
		return err
	}
	keys, err := readKeys(*keyFile)
	if err != nil {
		return err
	}
	held := release{folder: flags.Arg(0), version: last.version, platforms: configuredPlatforms(configuration), keys: keys, isTagged: true}
	if err := held.check(ctx); err != nil {
		return fmt.Errorf("%s is not to be published:\n%w", held.folder, err)
	}
	fmt.Fprintf(out, "%s is as the registries want it: version %s, %d archives\n", held.folder, held.version, len(held.platforms))
	return nil
}

func readFile(root, name string) (string, error) {
	content, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	return string(content), nil
}
