// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"fmt"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/guide"
)

// tableHead begins the table that a run prints: for each kind, how many requests read and wrote.
const tableHead = `| Step | Accounts | Integrations | Configs | Fields | Switches | Variables | Requests | Writes | Optimum | Of the optimum | Goal |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
`

// line is one of the table that tableHead begins.
func (r row) line(customers size) string {
	var byKind []string
	for _, about := range kinds() {
		if about != others {
			byKind = append(byKind, fmt.Sprintf("%d + %d", r.counts[about].reads, r.counts[about].writes))
		}
	}
	return fmt.Sprintf("| %s | %s | %s |", r.name, strings.Join(byKind, " | "), r.sums(customers))
}

// sums are the cells that the table of the guide has as well.
func (r row) sums(customers size) string {
	all, optimum := r.sum(), r.optimum(customers).sum().total()
	goal := "-"
	if r.most != nil {
		goal = guide.Thousands(r.most(customers).sum().total())
	}
	return fmt.Sprintf("%s | %s | %s | × %.2f | %s", guide.Thousands(all.total()), guide.Thousands(all.writes), guide.Thousands(optimum),
		float64(all.total())/float64(optimum), goal)
}

func (r Report) guideTable() string {
	var text strings.Builder
	text.WriteString("| Step | Requests | of these, writes | The fewest possible | Of the fewest | Goal: at most |\n|---|--:|--:|--:|--:|--:|\n")
	for _, one := range r.rows {
		fmt.Fprintf(&text, "| %s | %s |\n", one.name, one.sums(r.size))
	}
	return text.String()
}
