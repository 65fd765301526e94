// SPDX-License-Identifier: MPL-2.0

package scale

import "slices"

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

const planFile = "saved.tfplan"

var (
	savePlan  = []string{"plan", "-input=false", "-no-color", "-out=" + planFile}
	applyPlan = []string{"apply", "-input=false", "-no-color", planFile}
)

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
		{name: stepPlan, commands: [][]string{savePlan}, times: steadyTimes},
		{name: stepApply, commands: [][]string{applyPlan}},
		// With this flag, a plan that is not empty fails.
		{name: stepNoop, commands: [][]string{{"plan", "-input=false", "-no-color", "-detailed-exitcode"}}, times: steadyTimes},
	}
}

// wholeLife ends with nothing left.
func wholeLife() []step {
	return append(creation(),
		step{
			name:     stepUpdateOne,
			revise:   func(i *inventory) { i.firstName = "Renamed" },
			commands: [][]string{savePlan, applyPlan},
		},
		step{
			name:     stepUpdateAll,
			revise:   func(i *inventory) { i.region = "us" },
			commands: [][]string{savePlan, applyPlan},
		},
		step{
			name:     stepDestroy,
			commands: [][]string{append(slices.Clone(savePlan), "-destroy"), applyPlan},
		})
}

// steadyLife measures its apply several times, which only a workload without a limit has the time
// for: for 1,000 accounts it takes a second, and stands in the ratio to 10,000.
func steadyLife() []step {
	life := wholeLife()
	apply := slices.IndexFunc(life, func(one step) bool { return one.name == stepApply })
	life[apply].times = steadyTimes
	life[apply].undo = [][]string{{"destroy", "-auto-approve", "-input=false", "-no-color"}, savePlan}
	return life
}
