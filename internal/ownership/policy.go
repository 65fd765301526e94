// SPDX-License-Identifier: MPL-2.0

package ownership

import (
	"cmp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Policy is what becomes of an object at Refold when Terraform gives it up: when it is destroyed,
// replaced, or taken out of a map. The empty one stands for none, which is Delete in the end.
type Policy string

const (
	// Delete deletes the object.
	Delete Policy = "DELETE"
	// Prevent refuses to give the object up.
	Prevent Policy = "PREVENT"
	// Abandon forgets the object, and leaves it at Refold as it is. Nothing is sent for it.
	Abandon Policy = "ABANDON"
)

// Policies are all policies; of two, the later one is stricter.
func Policies() []Policy { return []Policy{Delete, Abandon, Prevent} }

// Strictest is the one that counts where several apply.
func Strictest(policies ...Policy) Policy {
	return slices.MaxFunc(append([]Policy{Delete}, policies...), func(a, b Policy) int {
		return cmp.Compare(slices.Index(Policies(), a), slices.Index(Policies(), b))
	})
}

// PolicyAttributes are the policy of one object, as configuration, plan and state hold it. Models
// of resources embed them.
type PolicyAttributes struct {
	// DeletionPolicy is the object's own; null where the provider's default counts.
	DeletionPolicy types.String `tfsdk:"deletion_policy"`
	// EffectiveDeletionPolicy is the one that counts. A state keeps it, so that a default still
	// holds after the provider block has lost it. It is null in states of older versions and of
	// imports, and unknown as long as the object's own is.
	EffectiveDeletionPolicy types.String `tfsdk:"effective_deletion_policy"`
}

// Effective is the policy of a plan whose own policy is known: that, or else the provider's
// default.
func (a PolicyAttributes) Effective(byDefault Policy) Policy {
	return cmp.Or(policyOf(a.DeletionPolicy), byDefault, Delete)
}

// Settle fills in the effective policy where a state lacks it, or a plan has left it open.
func (a *PolicyAttributes) Settle(byDefault Policy) {
	if policyOf(a.EffectiveDeletionPolicy) == "" {
		a.EffectiveDeletionPolicy = types.StringValue(string(a.Effective(byDefault)))
	}
}

// OnRemoval is the policy under which an object of a state is given up. Where it has none of its
// own, the provider's default may have changed since the state was made: the stricter one counts.
func (a PolicyAttributes) OnRemoval(byDefault Policy) Policy {
	if own := policyOf(a.DeletionPolicy); own != "" {
		return own
	}
	return Strictest(policyOf(a.EffectiveDeletionPolicy), byDefault)
}

// OnRemovalBy is the policy under which a plan takes something out of an object that stays: the
// stricter one of state and plan.
func (a PolicyAttributes) OnRemovalBy(plan PolicyAttributes, byDefault Policy) Policy {
	return Strictest(a.OnRemoval(byDefault), plan.Effective(byDefault))
}

// policyOf is empty for a value that is null or unknown.
func policyOf(value types.String) Policy { return Policy(value.ValueString()) }
