// SPDX-License-Identifier: MPL-2.0

// Command bench measures how large runs get on with Refold's rate limit: it applies many accounts with a real
// Terraform or OpenTofu to a mock Refold on this machine and prints a Markdown table (make bench). It fails when a
// figure misses its goal. With -short it only shows that everything works, with few accounts and without goals.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

const (
	accounts      = 500
	accountsShort = 10
)

func main() {
	short := flag.Bool("short", false, "few accounts, and no goals")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := bench(ctx, os.Stdout, os.Stderr, *short); err != nil {
		fmt.Fprintf(os.Stderr, "\nFAILED: %v\n", err)
		os.Exit(1)
	}
}

// bench prints the table to out as it goes, and what it is doing to progress.
func bench(ctx context.Context, out, progress io.Writer, short bool) error {
	found, err := cli.Ensure(ctx, progress)
	if err != nil {
		return err
	}
	total := accounts
	if short {
		total = accountsShort
	}
	fmt.Fprintf(out, "%d accounts, with %s\n\n%s", total, found, tableHead)
	var missed []error
	for _, scenario := range scenarios(total) {
		fmt.Fprintf(progress, "%s ...\n", scenario.name)
		measured, err := scenario.run(ctx, found)
		if err != nil {
			return fmt.Errorf("%s: %w", scenario.name, err)
		}
		fmt.Fprintln(out, measured.row(scenario))
		if !short {
			missed = append(missed, scenario.judge(measured))
		}
	}
	return errors.Join(missed...)
}
