// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/guide"
)

// chart shows the steps of the plural resource without a limit, as multiples of Terraform core
// alone.
func (r Report) chart() guide.Chart {
	sizes := []struct {
		accounts int
		class    string
	}{{thousand, "small"}, {tenThousand, "large"}}
	chart := guide.Chart{
		Title:   "Time of each step in refold_linked_accounts, as a multiple of Terraform core alone",
		Heading: "Time of a step, as a multiple of Terraform core alone with the same map",
		Note:    "no rate limit; shorter is better; dashed: core alone",
		Line:    1,
	}
	for _, size := range sizes {
		chart.Series = append(chart.Series, guide.Series{Class: size.class, Label: guide.Thousands(size.accounts) + " accounts"})
	}
	for _, step := range wholeLife() {
		group := guide.Group{Name: step.name}
		for _, size := range sizes {
			if found := r.find(size.accounts, step.name); found != nil && found.core.took > 0 {
				multiple := found.took.Seconds() / found.core.took.Seconds()
				group.Bars = append(group.Bars, guide.Bar{
					Class: size.class, Value: multiple, Label: fmt.Sprintf("× %.1f", multiple),
					Words: fmt.Sprintf("%.1f for %s accounts", multiple, guide.Thousands(size.accounts)),
				})
			}
		}
		if len(group.Bars) > 0 {
			chart.Groups = append(chart.Groups, group)
		}
	}
	return chart
}
