// SPDX-License-Identifier: MPL-2.0

// Command bench measures large runs (make bench): a real Terraform or OpenTofu applies many
// accounts to a mock Refold on this machine. It prints Markdown tables, and fails when a figure
// misses its goal. A run with all parts of the scale benchmark that meets its goals also writes the
// table and the chart of the guide about thousands of accounts. With -short it only shows that
// everything works, with few accounts, without goals and without writing.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/rate"
	"github.com/gocobalt/terraform-provider-refold/internal/bench/scale"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// The parts that -only takes.
const (
	partRate   = "rate"
	partSingle = "single"
	partPlural = "plural"
)

func main() {
	short := flag.Bool("short", false, "few accounts, no goals, and nothing is written")
	only := flag.String("only", "", "parts to run, separated by commas: rate, single, plural (default all)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := bench(ctx, os.Stdout, os.Stderr, *only, *short); err != nil {
		fmt.Fprintf(os.Stderr, "\nFAILED: %v\n", err)
		os.Exit(1)
	}
}

// bench prints the tables to out as it goes, and what it is doing to progress.
func bench(ctx context.Context, out, progress io.Writer, only string, short bool) error {
	parts, err := chosen(only)
	if err != nil {
		return err
	}
	found, err := cli.Ensure(ctx, progress)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "Measured with %s on %s\n\n", found, scale.Machine())
	var missed []error
	if slices.Contains(parts, partRate) {
		missed = append(missed, rate.Run(ctx, found, out, progress, short))
	}
	run := scale.Run{CLI: found, Single: slices.Contains(parts, partSingle), Plural: slices.Contains(parts, partPlural), Short: short}
	if run.Single || run.Plural {
		missed = append(missed, measureScale(ctx, run, out, progress))
	}
	return errors.Join(missed...)
}

func measureScale(ctx context.Context, run scale.Run, out, progress io.Writer) error {
	report, err := run.Measure(ctx, out, progress)
	if err != nil {
		return err
	}
	if run.Short {
		return nil
	}
	if err := report.Judge(); err != nil {
		return err
	}
	if !run.Single || !run.Plural {
		return nil
	}
	root, err := cli.RepositoryRoot()
	if err != nil {
		return err
	}
	return report.Publish(root)
}

// chosen reads the list of parts; an empty one means all.
func chosen(only string) ([]string, error) {
	all := []string{partRate, partSingle, partPlural}
	if only == "" {
		return all, nil
	}
	parts := strings.Split(only, ",")
	for _, part := range parts {
		if !slices.Contains(all, part) {
			return nil, fmt.Errorf("there is no part %q: use %s", part, strings.Join(all, ", "))
		}
	}
	return parts, nil
}
