// SPDX-License-Identifier: MPL-2.0

package providerdata

import (
	"cmp"
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

const (
	ownPolicyName       = "deletion_policy"
	effectivePolicyName = "effective_deletion_policy"
)

// GivenUp names, within a sentence, the objects that a plan may give up. It is only asked where
// there is something to say.
type GivenUp struct {
	// State names that of the state; only called where there is one. It is empty where the state
	// holds nothing that a policy could protect.
	State func() string
	// Plan names that of the plan where its creation would meet one that was let go: where the
	// configuration says the id, and does not adopt; empty otherwise. It is nil for a resource
	// whose ids Refold gives out.
	Plan func() string
	// Key is what Plan would return of the state, where a plan does not know all that State names;
	// nil where that is the same.
	Key func() string
	// Included is what stays at Refold with objects that are let go ("connections"), if anything.
	Included []string
}

// key is what Plan would return of the state, or empty where State returns it.
func (g GivenUp) key() string {
	if g.Key == nil {
		return ""
	}
	return g.Key()
}

// meets reports whether the creation of a plan would meet objects that were let go.
func (g GivenUp) meets(before *predecessor) bool {
	return g.Plan != nil && g.Plan() == cmp.Or(before.Key, before.Objects)
}

// PlanDeletionPolicy settles the effective policy in a plan, refuses to give up what PREVENT
// protects, and says what ABANDON lets go. Every resource calls it for every plan.
func (d *Data) PlanDeletionPolicy(ctx context.Context, objects GivenUp, request resource.ModifyPlanRequest, response *resource.ModifyPlanResponse) {
	state := policyAttributes(ctx, request.State, request.State.Raw.IsNull(), &response.Diagnostics)
	if request.Plan.Raw.IsNull() {
		response.Diagnostics.Append(planRemoval(objects, state.OnRemoval(d.DeletionPolicy()))...)
		return
	}
	plan := policyAttributes(ctx, request.Plan, false, &response.Diagnostics)
	plan.EffectiveDeletionPolicy = types.StringUnknown()
	if !plan.DeletionPolicy.IsUnknown() {
		plan.Settle(d.DeletionPolicy())
	}
	response.Diagnostics.Append(setText(ctx, &response.Plan, effectivePolicyName, plan.EffectiveDeletionPolicy)...)
	if request.State.Raw.IsNull() {
		response.Diagnostics.Append(d.planReplacement(ctx, objects, plan, request)...)
		return
	}
	state.Settle(d.DeletionPolicy())
	policy := state.OnRemoval(d.DeletionPolicy())
	if policy == ownership.Delete && plan.EffectiveDeletionPolicy.Equal(state.EffectiveDeletionPolicy) {
		return
	}
	response.Diagnostics.Append(replaced().Keep(ctx, response.Private, &predecessor{
		Configured: d.configure(), Objects: objects.State(), Key: objects.key(), Policy: policy, InState: ownership.Policy(state.EffectiveDeletionPolicy.ValueString()),
	})...)
}

// setText sets an attribute at the top of a plan. The framework's own way copies all other values,
// and a plan may hold tens of thousands.
func setText(ctx context.Context, plan *tfsdk.Plan, name string, text types.String) diag.Diagnostics {
	attributes := map[string]tftypes.Value{}
	value, err := text.ToTerraformValue(ctx)
	if err != nil || plan.Raw.As(&attributes) != nil {
		return plan.SetAttribute(ctx, path.Root(name), text)
	}
	attributes[name] = value
	plan.Raw = tftypes.NewValue(plan.Raw.Type(), attributes)
	return nil
}

// KeepsAtRefold is true of what a deletion may not touch, and says so where that is an error: under
// PREVENT it is refused, under ABANDON forgotten. Nothing is to be sent to Refold then.
func (d *Data) KeepsAtRefold(objects string, state ownership.PolicyAttributes, diagnostics *diag.Diagnostics) bool {
	policy := state.OnRemoval(d.DeletionPolicy())
	if policy == ownership.Prevent {
		diagnostics.Append(diagnose.Prevented(objects))
	}
	return policy != ownership.Delete
}

// predecessor is what a planned change leaves to the next planning call of the same run, unless the
// policy is DELETE and stays so. Where the next call is for a creation, the CLI replaces the
// object, of which it does not tell otherwise.
type predecessor struct {
	// Configured is the Configure in which it was left: the state may keep it after an update, and
	// hand it in when the object has vanished since.
	Configured string `json:"configured"`
	// Objects names what is replaced, Policy is that of its removal.
	Objects string           `json:"objects"`
	Policy  ownership.Policy `json:"policy"`
	// Key is that of GivenUp.
	Key string `json:"key,omitempty"`
	// InState is the effective policy of the state.
	InState ownership.Policy `json:"in_state"`
}

func replaced() PrivateState[predecessor] {
	return PrivateState[predecessor]{Key: "deletion_policy", About: "`deletion_policy`"}
}

// planRemoval is what there is to say of objects that leave the state.
func planRemoval(objects GivenUp, policy ownership.Policy) diag.Diagnostics {
	if policy == ownership.Delete {
		return nil
	}
	named := objects.State()
	switch {
	case named == "":
		return nil
	case policy == ownership.Prevent:
		return diag.Diagnostics{diagnose.Prevented(named)}
	}
	return diag.Diagnostics{diagnose.Abandoned(named, objects.Included...)}
}

// planReplacement holds the creation that is part of a replacement against the policy of what it
// replaces. Only errors are certain to be shown here.
func (d *Data) planReplacement(ctx context.Context, objects GivenUp, plan ownership.PolicyAttributes, request resource.ModifyPlanRequest) diag.Diagnostics {
	before, diagnostics := replaced().Read(ctx, request.Private)
	switch {
	case before == nil || before.Configured != d.configure() || before.Objects == "":
	case before.Policy == ownership.Prevent:
		diagnostics.Append(diagnose.Prevented(before.Objects))
	case plan.EffectiveDeletionPolicy.ValueString() != string(before.InState):
		diagnostics.Append(diagnose.PolicyNotApplied(before.Objects, string(before.InState), cmp.Or(plan.EffectiveDeletionPolicy.ValueString(), "one that is not known yet")))
	case before.Policy == ownership.Abandon && objects.meets(before):
		diagnostics.Append(diagnose.LetGoAndCreated(before.Objects))
	}
	return diagnostics
}

func policyAttributes(ctx context.Context, from attributes, isAbsent bool, diagnostics *diag.Diagnostics) ownership.PolicyAttributes {
	var found ownership.PolicyAttributes
	if isAbsent {
		return found
	}
	diagnostics.Append(from.GetAttribute(ctx, path.Root(ownPolicyName), &found.DeletionPolicy)...)
	diagnostics.Append(from.GetAttribute(ctx, path.Root(effectivePolicyName), &found.EffectiveDeletionPolicy)...)
	return found
}
