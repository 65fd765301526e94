// SPDX-License-Identifier: MPL-2.0

package scale

import "github.com/gocobalt/terraform-provider-refold/internal/bench/guide"

// Publish writes the table and the chart of the guide, below the root of the repository, and
// returns the files that it wrote. The documentation has to be generated afterwards.
func (r Report) Publish(root string) (wrote []string, err error) {
	return guide.Scale().Publish(root, r.guideFigures(), r.chart())
}

func (r Report) guideFigures() string { return guide.MeasuredWith(r.cli) + "\n\n" + r.guideTable() }
