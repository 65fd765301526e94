// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"errors"
	"fmt"
	"runtime"
)

// The goals, as the project set them.
const (
	mostSingleSpan     = 1.10 // times accounts at the published pace
	mostSingleRequests = 210
	mostSingleNoop     = 8
	mostPluralNoop     = 105
	mostOfCore         = 3.0
	leastUsed          = 0.95
	mostMemory         = 400 << 20
	mostGrowth         = 12.0 // from 1,000 to 10,000
)

// Judge returns an error for each figure that misses its goal.
func (r Report) Judge() error {
	var missed []error
	for _, one := range r.rows {
		for _, problem := range append(one.general(), one.goals()...) {
			missed = append(missed, fmt.Errorf("%s, %s: %s", one.workload, one.step, problem))
		}
	}
	return errors.Join(append(missed, r.growth()...)...)
}

// general is what holds for every run.
func (r row) general() []string {
	var missed []string
	if r.rejected > 0 {
		missed = append(missed, fmt.Sprintf("%d requests were rejected", r.rejected))
	}
	if want, isCounted := r.wantedWrites(); isCounted && r.writes != want {
		missed = append(missed, fmt.Sprintf("%d requests wrote, not %d", r.writes, want))
	}
	return missed
}

// wantedWrites is one for each account that a step creates, changes or deletes.
func (r row) wantedWrites() (int, bool) {
	switch r.step {
	case stepPlan, stepNoop:
		return 0, true
	case stepUpdateOne:
		return 1, true
	case stepApply, stepUpdateAll, stepDestroy:
		return r.workload.accounts, true
	}
	return 0, false
}

func (r row) goals() []string {
	switch {
	case r.workload.managed == single:
		return r.singleGoals()
	case r.workload.accounts == tenThousand:
		return r.pluralGoals()
	}
	return nil
}

func (r row) singleGoals() []string {
	switch r.step {
	case stepApply:
		missed := atMost("requests", float64(r.requests), mostSingleRequests)
		if pace := r.workload.allowed.perSecond; pace > 0 {
			missed = append(missed, atMost("seconds from the first to the last request", r.span.Seconds(), mostSingleSpan*float64(r.workload.accounts)/pace)...)
		}
		return missed
	case stepNoop:
		return atMost("requests", float64(r.requests), mostSingleNoop)
	}
	return nil
}

func (r row) pluralGoals() []string {
	var missed []string
	if r.peak == 0 && runtime.GOOS == "linux" {
		missed = append(missed, "the provider's memory was not measured")
	}
	missed = append(missed, atMost("MB of memory", float64(r.peak)/(1<<20), mostMemory>>20)...)
	switch r.step {
	case stepPlan:
		missed = append(missed, atMost("times Terraform core alone", r.took.Seconds()/r.core.took.Seconds(), mostOfCore)...)
	case stepNoop:
		missed = append(missed, atMost("requests", float64(r.requests), mostPluralNoop)...)
	case stepApply:
		if r.workload.allowed.perSecond > 0 && r.used < leastUsed {
			missed = append(missed, fmt.Sprintf("%.1f %% of the allowance were used, less than %.0f %%", 100*r.used, 100*leastUsed))
		}
	}
	return missed
}

// growth compares the sizes, in steps that no rate limit holds up. Whatever else the machine does
// may hold up one that is measured once, but costs it no processor time.
func (r Report) growth() []error {
	var missed []error
	for _, step := range wholeLife() {
		small, large := r.find(thousand, step.name), r.find(tenThousand, step.name)
		if small == nil || large == nil {
			continue
		}
		times := large.took.Seconds() / small.took.Seconds()
		if step.times <= 1 && small.cpu > 0 {
			times = min(times, large.cpu.Seconds()/small.cpu.Seconds())
		}
		for _, problem := range atMost("times 1,000 accounts", times, mostGrowth) {
			missed = append(missed, fmt.Errorf("%s, %s: %s", large.workload, step.name, problem))
		}
	}
	return missed
}

// find returns a row of the plural resource without a limit, or nil.
func (r Report) find(accounts int, step string) *row {
	for i, one := range r.rows {
		if one.workload.managed == plural && one.workload.accounts == accounts && one.workload.allowed == unlimited && one.step == step {
			return &r.rows[i]
		}
	}
	return nil
}

func atMost(what string, got, most float64) []string {
	if got <= most {
		return nil
	}
	return []string{fmt.Sprintf("%.4g %s, more than %.4g", got, what, most)}
}
