// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/guide"
)

// Publish writes the table and the chart of the guide, below the root of the repository, and
// returns the files that it wrote. The documentation has to be generated afterwards.
func (r Report) Publish(root string) (wrote []string, err error) {
	return guide.Customer().Publish(root, guide.MeasuredWith(r.cli)+"\n\n"+r.guideTable(), r.chart())
}

// chart shows for each step the requests that were made beside the fewest possible.
func (r Report) chart() guide.Chart {
	chart := guide.Chart{
		Title:   fmt.Sprintf("Requests of each step for %s, beside the fewest possible", r.size),
		Heading: fmt.Sprintf("Requests for %s", r.size),
		Series:  []guide.Series{{Class: "small", Label: "measured"}, {Class: "large", Label: "fewest possible"}},
		Note:    "shorter is better",
	}
	for _, one := range r.rows {
		measured, optimum := one.sum().total(), one.optimum(r.size).sum().total()
		chart.Groups = append(chart.Groups, guide.Group{Name: one.name, Bars: []guide.Bar{
			{Class: "small", Value: float64(measured), Label: guide.Thousands(measured), Words: guide.Thousands(measured) + " measured"},
			{Class: "large", Value: float64(optimum), Label: guide.Thousands(optimum), Words: guide.Thousands(optimum) + " at least"},
		}})
	}
	return chart
}
