// SPDX-License-Identifier: MPL-2.0

// Command docs generates docs/, the pages that the registry shows, from templates/, examples/ and
// the provider itself. With -check it changes nothing and fails when docs/ is not what it would
// generate.
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
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

// providerName is the provider's short name, as tfplugindocs takes it.
const providerName = provider.TypeName

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string, out io.Writer) error {
	flags := flag.NewFlagSet("docs", flag.ContinueOnError)
	flags.SetOutput(out)
	check := flags.Bool("check", false, "change nothing; fail when docs/ is stale or incomplete")
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
	pages, err := providerPages(ctx, root)
	if err != nil {
		return err
	}
	docs := filepath.Join(root, "docs")
	have, err := readFiles(docs)
	if err != nil {
		return fmt.Errorf("read docs/: %w", err)
	}
	differences := compare(have, pages)
	if *check {
		return report(differences, out)
	}
	return replace(docs, differences, out)
}

// providerPages generates the pages of this repository's provider.
func providerPages(ctx context.Context, root string) (files, error) {
	server, err := providerserver.NewProtocol6WithError(provider.New("docs")())()
	if err != nil {
		return nil, fmt.Errorf("start the provider: %w", err)
	}
	schema, err := readSchema(ctx, server)
	if err != nil {
		return nil, err
	}
	return generate(ctx, root, root, schema)
}

func report(differences []difference, out io.Writer) error {
	if len(differences) == 0 {
		fmt.Fprintln(out, "docs/ is up to date")
		return nil
	}
	lines := make([]string, len(differences))
	for i, one := range differences {
		lines[i] = one.String()
	}
	return fmt.Errorf("docs/ is stale; mend it with: make docs\n  %s", strings.Join(lines, "\n  "))
}

func replace(docs string, differences []difference, out io.Writer) error {
	if len(differences) == 0 {
		fmt.Fprintln(out, "docs/ was up to date")
	}
	for _, one := range differences {
		if err := one.apply(docs); err != nil {
			return err
		}
		fmt.Fprintln(out, one.done())
	}
	return nil
}
