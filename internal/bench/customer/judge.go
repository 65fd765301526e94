// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"errors"
	"fmt"
)

// Judge returns an error for each figure that misses its goal.
func (r Report) Judge() error {
	var missed []error
	for _, one := range r.rows {
		for _, problem := range one.problems(r.size) {
			missed = append(missed, fmt.Errorf("%s, %s: %s", r.size, one.name, problem))
		}
	}
	return errors.Join(missed...)
}

func (r row) problems(customers size) []string {
	var missed []string
	if r.rejected > 0 {
		missed = append(missed, fmt.Sprintf("%d requests were rejected", r.rejected))
	}
	if r.failed > 0 {
		missed = append(missed, fmt.Sprintf("%d requests failed", r.failed))
	}
	most := counts{}
	if r.most != nil {
		most = r.most(customers)
	}
	for _, about := range kinds() {
		got, allowed := r.counts[about], most[about]
		if got.reads > allowed.reads && r.most != nil {
			missed = append(missed, fmt.Sprintf("%d requests read %s, more than %d", got.reads, about, allowed.reads))
		}
		switch {
		case r.takesAlong && got.writes > allowed.writes:
			missed = append(missed, fmt.Sprintf("%d requests wrote %s, more than %d", got.writes, about, allowed.writes))
		case !r.takesAlong && got.writes != allowed.writes:
			missed = append(missed, fmt.Sprintf("%d requests wrote %s, not %d", got.writes, about, allowed.writes))
		}
	}
	return missed
}
