// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"fmt"
	"strings"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/guide"
)

const tableHead = `| Accounts | Step | Requests | Rejected | Wall time | CPU time | Wall, of core alone | CPU, of core alone | Of the least at the limit | Provider's peak memory |
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|
`

// String is a line of the table that tableHead begins.
func (r row) String() string {
	return fmt.Sprintf("| %s | %s | %d | %d | %.1f s | %s | %s | %s | %s | %s |",
		r.workload, r.step, r.requests, r.rejected, r.took.Seconds(), seconds(r.cpu),
		ratio(r.took, r.core.took), ratio(r.cpu, r.core.cpu), ratio(r.span, r.least), megabytes(r.peak))
}

// seconds is empty for what the system does not tell.
func seconds(duration time.Duration) string {
	if duration == 0 {
		return "n/a"
	}
	return fmt.Sprintf("%.1f s", duration.Seconds())
}

// ratio is how many times the base a duration is; "-" where there is nothing to compare.
func ratio(duration, base time.Duration) string {
	if duration == 0 || base == 0 {
		return "-"
	}
	return fmt.Sprintf("× %.2f", duration.Seconds()/base.Seconds())
}

// guideTable holds the figures that readers compare with their own: ratios, which hardly depend on
// how fast a machine is, and beside them seconds. A step that the limit holds up is compared with
// the limit, every other with core: the raised limit is there for the former only.
func (r Report) guideTable() string {
	var text strings.Builder
	text.WriteString("| Accounts | Step | Requests | Time | Of Terraform core alone | Of the least at the limit | Provider's peak memory |\n|---|---|--:|--:|--:|--:|--:|\n")
	for _, one := range r.rows {
		isHeldUp := one.span > 0
		if one.workload.allowed == raised && !isHeldUp {
			continue
		}
		ofCore := "-"
		if !isHeldUp {
			ofCore = ratio(one.took, one.core.took)
		}
		fmt.Fprintf(&text, "| %s | %s | %s | %.1f s | %s | %s | %s |\n", one.workload, one.step, guide.Thousands(one.requests),
			one.took.Seconds(), ofCore, ratio(one.span, one.least), megabytes(one.peak))
	}
	return text.String()
}
