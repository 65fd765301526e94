// SPDX-License-Identifier: MPL-2.0

package customer

import "github.com/gocobalt/terraform-provider-refold/internal/bench/bed"

// step is one thing that a user does with all customers.
type step struct {
	name    string
	command []string
	// leavesObjects is true where all objects are there after it, and false where none are.
	leavesObjects bool
	// optimum is the fewest requests that would do.
	optimum func(size) counts
	// most are as many as the goal allows; nil for a step without one. Each kind has to keep to its
	// own.
	most func(size) counts
	// takesAlong is true where fewer writes may do, because a deletion takes others along.
	takesAlong bool
}

const (
	stepPlan        = "plan"
	stepApply       = "apply"
	stepRefresh     = "no-op plan"
	stepPlanDestroy = "plan of a destroy"
	stepDestroy     = "destroy"
)

// steps are the life of all customers. Plans are steps of their own, so that applies show what
// Terraform asks once more while it applies.
func steps() []step {
	return []step{
		{stepPlan, bed.SavePlan(), false, size.planOptimum, nil, false},
		{stepApply, bed.ApplyPlan(), true, size.applyOptimum, size.mostOfApply, false},
		{stepRefresh, bed.NoopPlan(), true, size.refreshOptimum, size.mostOfRefresh, false},
		{stepPlanDestroy, bed.SavePlan("-destroy"), true, size.planDestroyOptimum, nil, false},
		{stepDestroy, bed.ApplyPlan(), false, size.destroyOptimum, size.mostOfDestroy, true},
	}
}
