// SPDX-License-Identifier: MPL-2.0

// Command compatibility keeps what users of earlier versions rely on: the schema that each release
// had, and states that it wrote. Without flags it writes down the schema of the code, and says what
// changes since the last release mean for users. With -record it keeps both for a release.
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
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string, out io.Writer) error {
	flags := flag.NewFlagSet("compatibility", flag.ContinueOnError)
	flags.SetOutput(out)
	number := flags.String("record", "", "keep the schema and the states of this `version`, which CHANGELOG.md calls unreleased")
	if err := flags.Parse(arguments); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return fmt.Errorf("read the flags: %w", err)
	}
	root, err := cli.RepositoryRoot()
	if err != nil {
		return err
	}
	log, err := changelogOf(root)
	if err != nil {
		return err
	}
	records := filepath.Join(root, "internal", "compatibility", "testdata")
	if *number != "" {
		return record(ctx, records, log, *number, out)
	}
	return writeSchema(ctx, records, log, out)
}

// changelogOf reads that of the repository.
func changelogOf(root string) (changelog, error) {
	text, err := os.ReadFile(filepath.Join(root, "CHANGELOG.md"))
	if err != nil {
		return changelog{}, fmt.Errorf("read the changelog: %w", err)
	}
	return readChangelog(string(text))
}

// writeSchema writes down the schema of the code, and what has changed since the last release.
func writeSchema(ctx context.Context, records string, log changelog, out io.Writer) error {
	facts, err := providerFacts(ctx)
	if err != nil {
		return err
	}
	if err := writeFacts(filepath.Join(records, schemaFile), facts); err != nil {
		return err
	}
	fmt.Fprintf(out, "wrote %d facts\n", len(facts))
	changes, err := sinceBase(records, log, facts)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d changes since %s\n", len(changes), log.base())
	for _, one := range changes {
		fmt.Fprintln(out, " ", one)
	}
	return nil
}
