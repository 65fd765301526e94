// SPDX-License-Identifier: MPL-2.0

// Package scale measures what thousands of accounts cost in every step of their life, against
// Refold's rate limit and against Terraform core alone.
package scale

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// Run says what to measure.
type Run struct {
	CLI cli.CLI
	// Single and Plural choose the resources.
	Single, Plural bool
	// Short is a run with few accounts, which shows that everything works; its figures mean
	// nothing.
	Short bool
}

// Report is what a run came to.
type Report struct {
	cli  cli.CLI
	rows []row
}

// row is one step of a workload, beside the same step of Terraform core alone.
type row struct {
	workload workload
	step     string
	figures
	core figures
}

// Measure prints a Markdown table to out as it goes, and what it is doing to progress. The error
// says what did not work; goals are for Judge.
func (r Run) Measure(ctx context.Context, out, progress io.Writer) (Report, error) {
	report := Report{cli: r.CLI}
	fmt.Fprint(out, tableHead)
	for _, one := range r.workloads() {
		fmt.Fprintf(progress, "%s ...\n", one)
		err := one.measure(ctx, r.CLI, func(measured row) {
			fmt.Fprintln(out, measured)
			report.rows = append(report.rows, measured)
		})
		if err != nil {
			return Report{}, fmt.Errorf("%s: %w", one, err)
		}
	}
	return report, nil
}

// measure hands over each step as soon as it is done.
func (w workload) measure(ctx context.Context, found cli.CLI, done func(row)) (err error) {
	ours, err := newBench(ctx, found, w.accounts, w.allowed, configuration(w.managed, w.accounts, w.allowed))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ours.Close()) }()
	core, err := newBench(ctx, found, w.accounts, unlimited, coreConfiguration(w.managed, w.accounts))
	if err != nil {
		return fmt.Errorf("in Terraform core alone: %w", err)
	}
	defer func() { err = errors.Join(err, core.Close()) }()
	for _, step := range w.steps {
		measured, alone, err := measureBoth(ctx, step, ours, core)
		if err != nil {
			return err
		}
		done(row{workload: w, step: step.name, figures: measured, core: alone})
	}
	return ours.check(w.steps)
}

// measureBoth carries a step out in both, as often as it says, and in turns: a machine that others
// share is faster at one time than at another, and a ratio is right where both sides met the same.
func measureBoth(ctx context.Context, one step, bench, core *workbench) (measured, alone figures, err error) {
	if err := errors.Join(bench.prepare(one), core.prepare(one)); err != nil {
		return figures{}, figures{}, err
	}
	var ours, cores []figures
	for i := range max(1, one.times) {
		if i > 0 {
			if err := errors.Join(bench.undo(ctx, one), core.undo(ctx, one)); err != nil {
				return figures{}, figures{}, fmt.Errorf("begin again: %w", err)
			}
		}
		once, err := core.measure(ctx, one)
		if err != nil {
			return figures{}, figures{}, fmt.Errorf("in Terraform core alone: %w", err)
		}
		cores = append(cores, once)
		if once, err = bench.measure(ctx, one); err != nil {
			return figures{}, figures{}, err
		}
		ours = append(ours, once)
	}
	return steady(ours), steady(cores), nil
}
