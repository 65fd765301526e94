// SPDX-License-Identifier: MPL-2.0

// Package scale measures what thousands of accounts cost in every step of their life, against Refold's rate limit and
// against Terraform core alone.
package scale

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// Run says what to measure.
type Run struct {
	CLI cli.CLI
	// Single and Plural choose the resources.
	Single, Plural bool
	// Short is a run with few accounts, which shows that everything works; its figures mean nothing.
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

// Machine names the class of this machine, for people who compare figures.
func Machine() string {
	cores := "cores"
	if runtime.NumCPU() == 1 {
		cores = "core"
	}
	return fmt.Sprintf("%d %s, %s/%s", runtime.NumCPU(), cores, runtime.GOOS, runtime.GOARCH)
}

// Measure prints a Markdown table to out as it goes, and what it is doing to progress. The error says what did not
// work; goals are for Judge.
func (r Run) Measure(ctx context.Context, out, progress io.Writer) (Report, error) {
	report := Report{cli: r.CLI}
	alone := map[baseline]map[string]figures{}
	all := r.workloads()
	steps := baselines(all)
	fmt.Fprint(out, tableHead)
	for _, one := range all {
		key := baseline{one.managed, one.accounts}
		if alone[key] == nil {
			fmt.Fprintf(progress, "%s in Terraform core alone ...\n", thousands(one.accounts))
			measured, err := measureCore(ctx, r.CLI, key, steps[key])
			if err != nil {
				return Report{}, fmt.Errorf("%s in Terraform core alone: %w", thousands(one.accounts), err)
			}
			alone[key] = measured
		}
		fmt.Fprintf(progress, "%s ...\n", one)
		err := one.measure(ctx, r.CLI, func(step string, measured figures) {
			row := row{workload: one, step: step, figures: measured, core: alone[key][step]}
			fmt.Fprintln(out, row)
			report.rows = append(report.rows, row)
		})
		if err != nil {
			return Report{}, fmt.Errorf("%s: %w", one, err)
		}
	}
	return report, nil
}

func measureCore(ctx context.Context, found cli.CLI, of baseline, steps []step) (_ map[string]figures, err error) {
	bed, err := newBed(ctx, found, of.accounts, unlimited, coreConfiguration(of.managed, of.accounts))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, bed.close()) }()
	measured := map[string]figures{}
	return measured, bed.runAll(ctx, steps, func(step string, of figures) { measured[step] = of })
}

// measure hands over the figures of each step as soon as it is done.
func (w workload) measure(ctx context.Context, found cli.CLI, done func(step string, measured figures)) (err error) {
	bed, err := newBed(ctx, found, w.accounts, w.allowed, configuration(w.managed, w.accounts, w.allowed))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bed.close()) }()
	if err := bed.runAll(ctx, w.steps, done); err != nil {
		return err
	}
	return bed.check(w.steps)
}

func (b *bed) runAll(ctx context.Context, steps []step, done func(step string, measured figures)) error {
	for _, step := range steps {
		measured, err := b.run(ctx, step)
		if err != nil {
			return err
		}
		done(step.name, measured)
	}
	return nil
}
