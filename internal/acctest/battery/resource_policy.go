// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

const (
	policyName          = "deletion_policy"
	effectivePolicyName = "effective_" + policyName
)

// under is a configuration with a deletion policy.
func (a Attributes) under(policy ownership.Policy) Attributes {
	with := maps.Clone(a)
	with[policyName] = string(policy)
	return with
}

// defaulting is a process whose provider block has a deletion policy for all.
func (b *bench) defaulting(policy ownership.Policy) *acctest.Protocol {
	b.Helper()
	return b.processWith(Attributes{policyName: string(policy)})
}

// createdBy creates in a process, and empties the log.
func (b *bench) createdBy(process *acctest.Protocol, r Resource, attributes Attributes) acctest.Instance {
	b.Helper()
	instance, met := b.apply(process, r, nil, attributes)
	b.succeeded("create", met)
	b.wire.reset()
	return instance
}

// removalPlan is what a process plans for an object whose block is gone.
func removalPlan(process *acctest.Protocol, r Resource, created acctest.Instance) *tfprotov6.PlanResourceChangeResponse {
	return process.Plan(r.Type, &created, tftypes.NewValue(created.State.Type(), nil))
}

// replacementPlan is what a process plans for the creation that is part of a replacement, which
// sees no state, but what the first planning call has kept.
func (b *bench) replacementPlan(process *acctest.Protocol, r Resource, created acctest.Instance, attributes Attributes) diagnostics {
	b.Helper()
	first := b.plan(process, r, &created, attributes)
	none := acctest.Instance{State: tftypes.NewValue(created.State.Type(), nil), Private: first.PlannedPrivate}
	return process.Plan(r.Type, &none, b.configOf(process, r, attributes)).Diagnostics
}

func (b *bench) sentNothing(what string) {
	b.Helper()
	if sent := b.wire.requests(); len(sent) > 0 {
		b.Errorf("%s sent %d requests, the first is %s %s", what, len(sent), sent[0].method, sent[0].target)
	}
}

// preventedInPlan: PREVENT also holds where the block is removed, and the plan says so.
func preventedInPlan(b *bench, r Resource) {
	created := b.createdBy(b.process(), r, r.Config.under(ownership.Prevent))
	b.failed("the plan of a deletion under PREVENT", removalPlan(b.process(), r, created).Diagnostics, "PREVENT", policyName)
	b.failed("the plan of a replacement under PREVENT", b.replacementPlan(b.process(), r, created, r.Config.under(ownership.Prevent)), "PREVENT", policyName)
	b.failed("the plan of a replacement that comes with the end of PREVENT", b.replacementPlan(b.process(), r, created, r.Config), "PREVENT", policyName)
}

// preventedInDeletion: the plan does not show the deletion of what is tainted.
func preventedInDeletion(b *bench, r Resource) {
	created := b.createdBy(b.process(), r, r.Config.under(ownership.Prevent))
	left, met := b.process().Delete(r.Type, created)
	b.failed("a deletion under PREVENT", met, "PREVENT", policyName)
	b.sentNothing("a deletion under PREVENT")
	if isGone(left) || !left.State.Equal(created.State) {
		b.Errorf("a deletion under PREVENT changes the state: %s", left.State)
	}
}

// abandoned: the plan says that the object stays, and nothing is sent for it.
func abandoned(b *bench, r Resource) {
	created := b.createdBy(b.process(), r, r.Config.under(ownership.Abandon))
	plan := removalPlan(b.process(), r, created)
	b.succeeded("the plan of a deletion under ABANDON", plan.Diagnostics)
	if !strings.Contains(acctest.List(plan.Diagnostics), "ABANDON") {
		b.Errorf("the plan of a deletion under ABANDON does not say that the object stays at Refold:\n%s", acctest.List(plan.Diagnostics))
	}
	left, met := b.process().Delete(r.Type, created)
	b.succeeded("a deletion under ABANDON", met)
	b.sentNothing("a deletion under ABANDON, or its plan,")
	if !isGone(left) {
		b.Errorf("a deletion under ABANDON leaves a state: %s", left.State)
	}
	b.counts("after a deletion under ABANDON", r.objects())
}

// policyByDefault: the provider's policy counts for what has none, also when the provider block has
// lost it since, and for nothing else.
func policyByDefault(b *bench, r Resource) {
	created := b.createdBy(b.process(), r, r.Config)
	older := withoutPolicy(b, created)
	for name, instance := range map[string]acctest.Instance{"an object": created, "a state of an older version": older} {
		_, met := b.defaulting(ownership.Prevent).Delete(r.Type, instance)
		b.failed("a deletion of "+name+", where the provider has PREVENT,", met, "PREVENT", policyName)
	}
	b.settled("an upgrade", r, older, r.Config)

	process := b.defaulting(ownership.Prevent)
	changed, met := b.apply(process, r, &created, r.Config)
	b.succeeded("the apply of a new policy of the provider", met)
	b.failed("a deletion where the provider has lost PREVENT", removalPlan(b.process(), r, changed).Diagnostics, "PREVENT", policyName)
	if changes := b.changes(b.plan(process, r, &changed, r.Config), changed); changes != "" {
		b.Errorf("the plan after the apply of a new policy of the provider is not empty:\n%s", changes)
	}

	own, met := b.apply(process, r, &changed, r.Config.under(ownership.Delete))
	b.succeeded("the apply of an own policy", met)
	_, met = b.defaulting(ownership.Prevent).Delete(r.Type, own)
	b.succeeded("a deletion under DELETE, where the provider has PREVENT,", met)
	b.counts("after a deletion under DELETE, where the provider has PREVENT", 0)
}

// policyAlone: a change of the policy is none at Refold, and the plan leaves nothing open.
func policyAlone(b *bench, r Resource) {
	created := b.createdBy(b.process(), r, r.Config)
	process, config := b.process(), r.Config.under(ownership.Prevent)
	plan := b.plan(process, r, &created, config)
	planned, err := plan.PlannedState.Unmarshal(created.State.Type())
	if err != nil {
		b.Fatal(err)
	}
	if !planned.IsFullyKnown() {
		b.Errorf("where only the policy changes, the plan leaves something open: %s", planned)
	}
	changed, met := process.ApplyPlanned(r.Type, &created, plan, b.configOf(process, r, config))
	b.succeeded("a change of the policy alone", met)
	b.sentNothing("a change of the policy alone")
	b.settled("a change of the policy alone", r, changed, config)
}

// policyWithReplacement: the deletion within it goes by the state, so another policy has to be
// applied before.
func policyWithReplacement(b *bench, r Resource) {
	created := b.createdBy(b.process(), r, r.Config)
	b.succeeded("a replacement under DELETE", b.replacementPlan(b.process(), r, created, r.Config))
	b.failed("a replacement together with another policy", b.replacementPlan(b.process(), r, created, r.Config.under(ownership.Abandon)), "ABANDON", policyName)
	let, met := b.apply(b.process(), r, &created, r.Config.under(ownership.Abandon))
	b.succeeded("a change of the policy", met)
	met = b.replacementPlan(b.process(), r, let, r.Config.under(ownership.Abandon))
	if r.NaturalKey {
		b.failed("a replacement of what is let go by itself", met, "ABANDON", policyName)
		return
	}
	b.succeeded("a replacement under ABANDON", met)
}

// policyWithTaint: what is tainted is shown to the refresh and to the deletion, and not to the plan
// of what replaces it. A policy that protects it has to hold all the same.
func policyWithTaint(b *bench, r Resource) {
	created := b.createdBy(b.process(), r, r.Config)
	for _, policy := range []ownership.Policy{ownership.Abandon, ownership.Prevent} {
		config := r.Config.under(policy)
		b.refusesUnseen(r, created, config, policy)
		if !r.NaturalKey {
			continue
		}
		planning := b.process()
		_, met := planning.Read(r.Type, created)
		b.succeeded("read", met)
		met = planning.Plan(r.Type, nil, b.configOf(planning, r, config)).Diagnostics
		b.failed("the plan of what is tainted, together with another policy,", met, string(policy), policyName)
	}
	b.counts("after refused deletions of what is tainted", r.objects())
}

// refusesUnseen replaces what is tainted after a plan that could not look at Refold, so that only
// the deletion can refuse.
func (b *bench) refusesUnseen(r Resource, tainted acctest.Instance, config Attributes, policy ownership.Policy) {
	b.Helper()
	b.wire.treat(refusingKey)
	tainted.Private = b.plan(b.process(), r, nil, config).PlannedPrivate
	b.wire.treat(nil)
	left, met := b.process().Delete(r.Type, tainted)
	b.failed("the deletion of what is tainted, together with another policy,", met, string(policy), policyName)
	if isGone(left) {
		b.Errorf("the deletion of what is tainted, together with another policy, leaves no state")
	}
}

// withoutPolicy is the state of a version that knew no policies.
func withoutPolicy(b *bench, created acctest.Instance) acctest.Instance {
	b.Helper()
	attributes := map[string]tftypes.Value{}
	if err := created.State.As(&attributes); err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{policyName, effectivePolicyName} {
		attributes[name] = tftypes.NewValue(tftypes.String, nil)
	}
	created.State = tftypes.NewValue(created.State.Type(), attributes)
	return created
}
