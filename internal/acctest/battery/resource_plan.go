// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// planWithoutAnswer: a plan may look at Refold, and goes on where that fails. The first step of a
// destroy is a plan of the configuration: an error there would keep what exists from being
// destroyed.
func planWithoutAnswer(b *bench, r Resource) {
	created := b.created(r)
	plansOn := func(what, answer string, prior *acctest.Instance, config func(*acctest.Protocol) tftypes.Value) {
		process := b.process()
		met := process.Plan(r.Type, prior, config(process)).Diagnostics
		if acctest.HasFailure(met) {
			b.Errorf("a plan of %s fails where Refold %s, and with it every destroy:\n%s", what, answer, acctest.List(met))
		}
	}
	none := func(*acctest.Protocol) tftypes.Value { return tftypes.NewValue(created.State.Type(), nil) }
	of := func(attributes Attributes) func(*acctest.Protocol) tftypes.Value {
		return func(process *acctest.Protocol) tftypes.Value { return b.configOf(process, r, attributes) }
	}
	for answer, treat := range map[string]treatment{"has a bad day": failing, "refuses the key": refusingKey} {
		b.wire.treat(treat)
		plansOn("a creation", answer, nil, of(r.Config))
		plansOn("an update", answer, &created, of(r.Changed))
		plansOn("a deletion", answer, &created, none)
	}
}
