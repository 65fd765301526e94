// SPDX-License-Identifier: MPL-2.0

// Package rate measures how creating many accounts gets on with Refold's rate limit: alone, against
// a limit that the provider is not told of, and beside another run with the same key.
package rate

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

const (
	accounts      = 500
	accountsShort = 10
)

// Run prints a Markdown table to out as it goes, and what it is doing to progress. The error lists
// the goals that were missed; a short run has few accounts and no goals.
func Run(ctx context.Context, found cli.CLI, out, progress io.Writer, short bool) error {
	total := accounts
	if short {
		total = accountsShort
	}
	fmt.Fprintf(out, "%d accounts as single resources, to be created\n\n%s", total, tableHead)
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
	fmt.Fprintln(out)
	return errors.Join(missed...)
}
