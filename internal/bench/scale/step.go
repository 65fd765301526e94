// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"slices"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/bed"
)

// step is one thing that a user does with all accounts.
type step struct {
	name string
	// revise changes the inventory before; nil for nothing.
	revise func(*inventory)
	// commands are what the CLI is given, one after another. Plans are saved, so that the last
	// command only writes.
	commands [][]string
	// times is how often the step is measured; 0 for once. Undo is what comes in between,
	// unmeasured, for a step that changes something.
	times int
	undo  [][]string
}

// steadyTimes is how often a step is measured of which little time is asked. Once alone can be off
// by a third on a shared machine.
const steadyTimes = 3

const (
	stepPlan      = "plan"
	stepApply     = "apply"
	stepNoop      = "no-op plan"
	stepUpdateOne = "update of one"
	stepUpdateAll = "update of all"
	stepDestroy   = "destroy"
)

// creation is what every run begins with.
func creation() []step {
	return []step{
		{name: stepPlan, commands: [][]string{bed.SavePlan()}, times: steadyTimes},
		{name: stepApply, commands: [][]string{bed.ApplyPlan()}},
		{name: stepNoop, commands: [][]string{bed.NoopPlan()}, times: steadyTimes},
	}
}

// wholeLife ends with nothing left.
func wholeLife() []step {
	return append(creation(),
		step{
			name:     stepUpdateOne,
			revise:   func(i *inventory) { i.firstName = "Renamed" },
			commands: [][]string{bed.SavePlan(), bed.ApplyPlan()},
		},
		step{
			name:     stepUpdateAll,
			revise:   func(i *inventory) { i.region = "us" },
			commands: [][]string{bed.SavePlan(), bed.ApplyPlan()},
		},
		step{
			name:     stepDestroy,
			commands: [][]string{bed.SavePlan("-destroy"), bed.ApplyPlan()},
		})
}

// steadyLife measures its apply several times, which only a workload without a limit has the time
// for: for 1,000 accounts it takes a second, and stands in the ratio to 10,000.
func steadyLife() []step {
	life := wholeLife()
	apply := slices.IndexFunc(life, func(one step) bool { return one.name == stepApply })
	life[apply].times = steadyTimes
	life[apply].undo = [][]string{bed.Destroy(), bed.SavePlan()}
	return life
}
