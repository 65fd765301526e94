// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// good is a report whose figures all just meet their goals.
func good() Report {
	core := figures{took: 2 * time.Second, cpu: time.Second}
	report := Report{cli: cli.CLI{Product: cli.OpenTofu, Version: "1.12.6"}}
	add := func(workload workload, step string, measured figures) {
		report.rows = append(report.rows, row{workload, step, measured, core})
	}
	small := workload{single, singles, published, wholeLife()}
	add(small, stepApply, figures{took: 12 * time.Second, requests: 210, writes: 200, span: 11 * time.Second, least: 10 * time.Second, used: 0.96})
	add(small, stepNoop, figures{took: 3 * time.Second, requests: 8})
	add(workload{plural, thousand, unlimited, wholeLife()}, stepNoop, figures{took: time.Second, requests: 11})
	large := workload{plural, tenThousand, unlimited, wholeLife()}
	add(large, stepPlan, figures{took: 6 * time.Second, cpu: 2 * time.Second, peak: 400 << 20})
	add(large, stepNoop, figures{took: 12 * time.Second, requests: 105, peak: 300 << 20})
	add(large, stepUpdateOne, figures{took: 12 * time.Second, requests: 102, writes: 1, peak: 300 << 20})
	add(workload{plural, tenThousand, raised, wholeLife()}, stepApply, figures{took: 60 * time.Second, requests: 10001, writes: 10000, peak: 300 << 20, used: 0.95, span: 55 * time.Second, least: 50 * time.Second})
	return report
}
