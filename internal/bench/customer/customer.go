// SPDX-License-Identifier: MPL-2.0

// Package customer counts the requests for all that customers own, in every step of its life,
// beside the fewest that would do.
package customer

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/bed"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Run says what to measure.
type Run struct {
	CLI cli.CLI
	// Short is a run with few customers, which shows that everything works; its figures mean
	// nothing.
	Short bool
}

// Report is what a run came to.
type Report struct {
	cli  cli.CLI
	size size
	rows []row
}

// row is one step.
type row struct {
	step
	figures
}

// The customers of a run.
const (
	customers = 100
	few       = 3
)

// Measure prints a Markdown table to out as it goes, and what it is doing to progress. The error
// says what did not work; goals are for Judge.
func (r Run) Measure(ctx context.Context, out, progress io.Writer) (_ Report, err error) {
	report := Report{cli: r.CLI, size: sizeOf(customers)}
	if r.Short {
		report.size = sizeOf(few)
	}
	fmt.Fprintf(progress, "%d customers ...\n", report.size.accounts)
	made, err := bed.New(ctx, r.CLI, map[string]string{"main.tf": report.size.configuration()})
	if err != nil {
		return Report{}, err
	}
	defer func() { err = errors.Join(err, made.Close()) }()
	made.Mock.SetApps(mockapi.EnvironmentTest, catalogue()...)
	made.Mock.SetVariableDefinitions(mockapi.EnvironmentTest, definitions()...)
	fmt.Fprintf(out, "%s; requests of a kind are those that read + those that write\n\n%s", report.size, tableHead)
	for _, step := range steps() {
		measured, err := step.measure(ctx, made, report.size)
		if err != nil {
			return Report{}, fmt.Errorf("%s: %w", step.name, err)
		}
		report.rows = append(report.rows, row{step, measured})
		fmt.Fprintln(out, row{step, measured}.line(report.size))
	}
	fmt.Fprintln(out)
	return report, nil
}

// measure carries a step out, and makes sure that it did what it was measured for.
func (s step) measure(ctx context.Context, on *bed.Bed, customers size) (figures, error) {
	on.Mock.ResetRequests()
	if err := on.Run(ctx, s.command...); err != nil {
		return figures{}, err
	}
	requests := on.Mock.Requests()
	want := customers
	if !s.leavesObjects {
		want = size{}
	}
	if left := sizeAt(on.Mock); left != want {
		return figures{}, fmt.Errorf("the mock Refold has %#v, not %#v", left, want)
	}
	return figuresOf(requests), nil
}
