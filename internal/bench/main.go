// SPDX-License-Identifier: MPL-2.0

// Command bench measures large runs (make bench): a real Terraform or OpenTofu applies many
// accounts to a mock Refold on this machine. It prints Markdown tables, and fails when a figure
// misses its goal; its last line says whether all goals were met, and what was written. A run of
// the customer benchmark that meets its goals, or one with all parts of the scale benchmark, also
// writes its table and its chart of the guide about thousands of accounts. With -short it only
// shows that everything works, with few accounts, without goals and without writing.
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

	"github.com/gocobalt/terraform-provider-refold/internal/bench/customer"
	"github.com/gocobalt/terraform-provider-refold/internal/bench/guide"
	"github.com/gocobalt/terraform-provider-refold/internal/bench/rate"
	"github.com/gocobalt/terraform-provider-refold/internal/bench/scale"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// The parts that -only takes.
const (
	partRate     = "rate"
	partCustomer = "customer"
	partSingle   = "single"
	partPlural   = "plural"
)

func main() {
	short := flag.Bool("short", false, "few accounts, no goals, and nothing is written")
	only := flag.String("only", "", "parts to run, separated by commas: rate, customer, single, plural (default all)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	wrote, err := bench(ctx, os.Stdout, os.Stderr, *only, *short)
	if err != nil {
		fmt.Fprintf(os.Stderr, "\nFAILED: %v\n", err)
	}
	fmt.Printf("\n%s\n", lastLine(wrote, err, *short))
	if err != nil {
		os.Exit(1)
	}
}

// lastLine says what became of a run.
func lastLine(wrote []string, err error, short bool) string {
	met := "All goals are met"
	switch {
	case err != nil && short:
		met = "The run did not end"
	case err != nil:
		met = "Not all goals are met"
	case short:
		met = "A short run has no goals"
	}
	if len(wrote) == 0 {
		return met + ". No file was written."
	}
	return met + ". Wrote " + strings.Join(wrote, ", ") + "."
}

// bench prints the tables to out as it goes, and what it is doing to progress. It returns the files
// that it wrote, which there can be beside an error: each part is judged by itself.
func bench(ctx context.Context, out, progress io.Writer, only string, short bool) (wrote []string, err error) {
	parts, err := chosen(only)
	if err != nil {
		return nil, err
	}
	found, err := cli.Ensure(ctx, progress)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "Measured with %s on %s\n\n", found, guide.Machine())
	var missed []error
	finish := func(measured report, err error, isWhole bool) {
		files, err := conclude(measured, err, short, isWhole)
		wrote, missed = append(wrote, files...), append(missed, err)
	}
	if slices.Contains(parts, partRate) {
		missed = append(missed, rate.Run(ctx, found, out, progress, short))
	}
	if slices.Contains(parts, partCustomer) {
		report, err := customer.Run{CLI: found, Short: short}.Measure(ctx, out, progress)
		finish(report, err, true)
	}
	run := scale.Run{CLI: found, Single: slices.Contains(parts, partSingle), Plural: slices.Contains(parts, partPlural), Short: short}
	if run.Single || run.Plural {
		report, err := run.Measure(ctx, out, progress)
		finish(report, err, run.Single && run.Plural)
	}
	return wrote, errors.Join(missed...)
}

// report is what a benchmark came to.
type report interface {
	Judge() error
	Publish(root string) (wrote []string, err error)
}

// conclude judges what was measured, unless the run is short, and publishes what is whole.
func conclude(measured report, err error, short, isWhole bool) (wrote []string, _ error) {
	if err != nil || short {
		return nil, err
	}
	if err := measured.Judge(); err != nil || !isWhole {
		return nil, err
	}
	root, err := cli.RepositoryRoot()
	if err != nil {
		return nil, err
	}
	return measured.Publish(root)
}

// chosen reads the list of parts; an empty one means all.
func chosen(only string) ([]string, error) {
	all := []string{partRate, partCustomer, partSingle, partPlural}
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
