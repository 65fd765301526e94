// SPDX-License-Identifier: MPL-2.0

// Command release holds a release against what the registries of Terraform and OpenTofu want of one.
//
//	release snapshot                       build a release for two platforms, check it, and print the
//	                                       path of this machine's archive (make release-check)
//	release check -version V -key FILE F   check the files in the folder F, as a draft has them
//	release notes V                        print what CHANGELOG.md says about the version V
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

var errUsage = errors.New("usage: release snapshot | check -version VERSION -key FILE FOLDER | notes VERSION")

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
	case "notes":
		return runNotes(root, rest, out)
	}
	return errUsage
}

func runCheck(ctx context.Context, root string, arguments []string, out io.Writer) error {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	flags.SetOutput(out)
	version := flags.String("version", "", "the version of the release, without the leading v")
	keyFile := flags.String("key", "", "the public key that signs releases, as `gpg --armor --export` writes it")
	if err := flags.Parse(arguments); err != nil {
		return fmt.Errorf("read the flags: %w", err)
	}
	if *version == "" || *keyFile == "" || flags.NArg() != 1 {
		return errUsage
	}
	configuration, err := readFile(root, configurationFile)
	if err != nil {
		return err
	}
	keys, err := readKeys(*keyFile)
	if err != nil {
		return err
	}
	held := release{folder: flags.Arg(0), version: *version, platforms: configuredPlatforms(configuration), keys: keys}
	if err := held.check(ctx); err != nil {
		return fmt.Errorf("%s is not to be published:\n%w", held.folder, err)
	}
	fmt.Fprintf(out, "%s is as the registries want it: %d archives\n", held.folder, len(held.platforms))
	return nil
}

func runNotes(root string, arguments []string, out io.Writer) error {
	if len(arguments) != 1 {
		return errUsage
	}
	changelog, err := readFile(root, "CHANGELOG.md")
	if err != nil {
		return err
	}
	text, err := notes(changelog, arguments[0])
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, text)
	return err
}

func readFile(root, name string) (string, error) {
	content, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	return string(content), nil
}
