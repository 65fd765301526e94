// SPDX-License-Identifier: MPL-2.0

package movement

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

// plannedPolicy is an effective deletion policy that is not DELETE, or unknownPolicy; empty for
// DELETE.
type plannedPolicy string

const unknownPolicy plannedPolicy = "one that is not known yet"

// notApplied refuses to delete under the policy of a state what the configuration of the same run
// protects by another one. Objects names it within a sentence.
func (p plannedPolicy) notApplied(objects string) diag.Diagnostic {
	return diagnose.PolicyNotApplied(objects, string(ownership.Delete), string(p))
}

// plannedPolicy is that of a plan that creates.
func (w *watched) plannedPolicy(plan tftypes.Value) plannedPolicy {
	if own := Attributes(plan)["deletion_policy"]; own.Type() != nil && !own.IsKnown() {
		return unknownPolicy
	}
	if policy := policyOf(plan).Effective(w.run.DeletionPolicy()); policy != ownership.Delete {
		return plannedPolicy(policy)
	}
	return ""
}

func (w *watched) onRemoval(state tftypes.Value) ownership.Policy {
	return policyOf(state).OnRemoval(w.run.DeletionPolicy())
}

// checkSeen refuses a creation of objects that the refresh of the same run has found in the state,
// to be deleted first, while the configuration protects them: a tainted object is shown to the
// refresh, and not to the plan. What adopts may as well take over what another address lets go.
func (w *watched) checkSeen(call ownership.Call, next record) diag.Diagnostics {
	if next.Policy == "" || next.Adopts {
		return nil
	}
	deleted := slices.DeleteFunc(slices.Clone(call.After), func(id string) bool {
		return !w.run.Movements().IsDeletable(call.Resource, id)
	})
	if len(deleted) == 0 {
		return nil
	}
	return diag.Diagnostics{next.Policy.notApplied(named(call.Kind, deleted))}
}
