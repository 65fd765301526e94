// SPDX-License-Identifier: MPL-2.0

// Command exportmodule writes the Terraform module of this repository, as a repository of its own,
// into a folder (make export-module).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/module"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string, out io.Writer) error {
	flags := flag.NewFlagSet("exportmodule", flag.ContinueOnError)
	flags.SetOutput(out)
	target := flags.String("to", "", "folder to write to: empty, or a clone of "+module.Repository+" without files")
	if err := flags.Parse(arguments); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return fmt.Errorf("read the flags: %w", err)
	}
	if *target == "" {
		return errors.New("name the folder to export to: make export-module TO=/path")
	}
	root, err := cli.RepositoryRoot()
	if err != nil {
		return err
	}
	if err := module.Export(ctx, root, *target); err != nil {
		return err
	}
	fmt.Fprintf(out, "The module is in %s, to be published as the repository %s.\n", *target, module.Repository)
	return nil
}
