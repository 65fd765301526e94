// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// planningCall is what a CLI asks about one address when it plans.
type planningCall func(process *acctest.Protocol) diagnostics

// twoAddresses: an object that one address deletes or keeps must not be created or imported at
// another, nor may two create it. Which of them Terraform does first is not known, so the plan is
// refused, whichever of the two is planned first.
func twoAddresses(b *bench, r Resource) {
	creating := func(attributes Attributes) planningCall {
		return func(process *acctest.Protocol) diagnostics {
			return process.Plan(r.Type, nil, b.configOf(process, r, attributes)).Diagnostics
		}
	}
	if r.NaturalKey {
		b.refusesBoth("an object that is created twice, in different words", creating(r.Config), creating(r.Changed))
	}
	created := b.created(r)
	keep := func(process *acctest.Protocol) diagnostics {
		return process.Plan(r.Type, &created, b.configOf(process, r, r.Config)).Diagnostics
	}
	remove := func(process *acctest.Protocol) diagnostics {
		return process.Plan(r.Type, &created, tftypes.NewValue(created.State.Type(), nil)).Diagnostics
	}
	bring := func(process *acctest.Protocol) diagnostics {
		imported, met := process.Import(r.Type, b.ImportID())
		b.succeeded("an import", met)
		return process.Plan(r.Type, &imported, b.configOf(process, r, r.Config)).Diagnostics
	}
	b.refusesBoth("an object that is kept and imported", keep, bring)
	b.refusesBoth("an object that is deleted and imported", remove, bring)
	if !r.NaturalKey {
		return
	}
	b.refusesBoth("an object that is kept and created", keep, creating(r.Config))
	b.refusesBoth("an object that is deleted and created", remove, creating(r.Config))
}

func (b *bench) refusesBoth(what string, one, other planningCall) {
	b.Helper()
	for _, order := range [][]planningCall{{one, other}, {other, one}} {
		process := b.process()
		if met := order[0](process); acctest.HasFailure(met) {
			// What exists already may be refused by itself, whoever else has it.
			b.failed("a plan for "+what, met, "moved")
			continue
		}
		b.failed("a plan with "+what, order[1](process), "two addresses")
	}
}

// plannedAgain: hosts other than the CLIs plan one address several times, and every CLI plans twice
// what it replaces.
func plannedAgain(b *bench, r Resource) {
	created := b.created(r)
	process := b.process()
	config := b.configOf(process, r, r.Config)
	none := tftypes.NewValue(created.State.Type(), nil)
	var met diagnostics
	for range 2 {
		met = slices.Concat(met, process.Plan(r.Type, &created, config).Diagnostics)
	}
	b.succeeded("a plan that is made twice", met)

	replacing := b.process()
	first := replacing.Plan(r.Type, &created, config)
	second := replacing.Plan(r.Type, &acctest.Instance{State: none, Private: first.PlannedPrivate}, config)
	b.succeeded("the plan of a replacement", slices.Concat(first.Diagnostics, second.Diagnostics))

	deleting := b.process()
	for range 2 {
		b.succeeded("a deletion that is planned twice", deleting.Plan(r.Type, &created, none).Diagnostics)
	}
}

// oneProcess: hosts other than the CLIs keep one process for all that they do to an object.
func oneProcess(b *bench, r Resource) {
	process := b.process()
	instance, met := b.apply(process, r, nil, r.Config)
	b.succeeded("a create in one process", met)
	for _, attributes := range []Attributes{r.Config, r.Changed} {
		read, met := process.Read(r.Type, instance)
		b.succeeded("a read in one process", met)
		b.plan(process, r, &read, attributes)
		instance, met = b.apply(process, r, &read, attributes)
		b.succeeded("an apply in one process", met)
	}
	_, met = process.Apply(r.Type, &instance, tftypes.NewValue(instance.State.Type(), nil))
	b.succeeded("a deletion in one process", met)
	b.counts("after a deletion in one process", 0)
}
