// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/guide"
)

// workload is a number of accounts that are managed in one way, under one limit, and what is done
// with them.
type workload struct {
	managed  kind
	accounts int
	allowed  limit
	steps    []step
}

// sizes of the plural resource that are compared, and of single resources.
const (
	thousand    = 1000
	tenThousand = 10000
	singles     = 200
	few         = 20
)

func (w workload) String() string {
	return fmt.Sprintf("%s in `%s`, %s", guide.Thousands(w.accounts), w.managed, w.allowed)
}

// workloads leaves out the plural resource at the published limit, which takes an hour and shows
// nothing new.
func (r Run) workloads() []workload {
	var all []workload
	switch {
	case r.Single && r.Short:
		all = append(all, workload{single, few, published, creation()})
	case r.Single:
		all = append(all,
			workload{single, singles, published, wholeLife()},
			workload{single, singles, unlimited, steadyLife()})
	}
	switch {
	case r.Plural && r.Short:
		all = append(all, workload{plural, few, unlimited, steadyLife()})
	case r.Plural:
		all = append(all,
			workload{plural, thousand, raised, wholeLife()},
			workload{plural, thousand, unlimited, steadyLife()},
			workload{plural, tenThousand, raised, wholeLife()},
			workload{plural, tenThousand, unlimited, steadyLife()})
	}
	return all
}
