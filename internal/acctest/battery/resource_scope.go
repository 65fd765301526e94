// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// keyAdvice is what an error has to name when the key is another one.
const keyAdvice = "API key"

// inBothWorlds tries something with the key of another environment, in which the
// object is unknown at first, and then another one of the same id is there.
func (b *bench) inBothWorlds(try func(where string)) {
	b.Helper()
	if b.MakeElsewhere == nil {
		b.Fatalf("the registration does not say how to make another object of the same id elsewhere: its World lacks MakeElsewhere")
	}
	try("where the object is unknown")
	if !b.Failed() {
		b.MakeElsewhere()
		try("where there is one of the same id")
	}
}

// swappedRead: with the key of another environment every object looks gone, or is
// another one. Neither may change the state.
func swappedRead(b *bench, r Resource) {
	created := b.created(r)
	b.inBothWorlds(func(where string) {
		read, met := b.swapped().Read(r.Type, created)
		b.failed("a read with the key of another environment, "+where+",", met, keyAdvice)
		if isGone(read) || !read.State.Equal(created.State) {
			b.Errorf("a read with the key of another environment, %s, changes the state: %s", where, read.State)
		}
	})
}

// swappedUpdate carries out a plan that was made with the right key.
func swappedUpdate(b *bench, r Resource) {
	created := b.created(r)
	b.inBothWorlds(func(where string) {
		process, swapped := b.process(), b.swapped()
		plan := b.plan(process, r, &created, r.Changed)
		b.wire.reset()
		left, met := swapped.ApplyPlanned(r.Type, &created, plan, b.configOf(process, r, r.Changed))
		b.failed("an update with the key of another environment, "+where+",", met, keyAdvice)
		b.wroteNothing("an update with the key of another environment, " + where + ",")
		if !left.State.Equal(created.State) {
			b.Errorf("an update with the key of another environment, %s, changes the state:\n%s", where, left.State)
		}
	})
}

func swappedDelete(b *bench, r Resource) {
	created := b.created(r)
	b.inBothWorlds(func(where string) {
		b.wire.reset()
		left, met := b.swapped().Delete(r.Type, created)
		b.failed("a deletion with the key of another environment, "+where+",", met, keyAdvice)
		b.wroteNothing("a deletion with the key of another environment, " + where + ",")
		if isGone(left) || !left.State.Equal(created.State) {
			b.Errorf("a deletion with the key of another environment, %s, changes the state: %s", where, left.State)
		}
	})
}

// environmentGuard: where the provider block names another environment than the
// key's, nothing is written, whatever is asked for first.
func environmentGuard(b *bench, r Resource) {
	process := b.process()
	planned := b.plan(process, r, nil, r.Config)
	_, met := b.guarded().ApplyPlanned(r.Type, nil, planned, b.configOf(process, r, r.Config))
	b.guardedAgainst("a create", met)

	created := b.created(r)
	process = b.process()
	planned = b.plan(process, r, &created, r.Changed)
	b.wire.reset()
	_, met = b.guarded().ApplyPlanned(r.Type, &created, planned, b.configOf(process, r, r.Changed))
	b.guardedAgainst("an update", met)
	_, met = b.guarded().Delete(r.Type, created)
	b.guardedAgainst("a deletion", met)
}

func (b *bench) guardedAgainst(what string, met diagnostics) {
	b.Helper()
	b.failed(what+" in another environment than the guarded one", met, "environment")
	b.wroteNothing(what + " in another environment than the guarded one")
}

// unknownKey: before the key is known, a new object can be planned, and reading one
// is an error that says what is not known yet.
func unknownKey(b *bench, r Resource) {
	created := b.created(r)
	process := b.undecided()
	_, met := process.Read(r.Type, created)
	b.failed("a read while the key is not known yet", met, "api_key")
	plan := process.Plan(r.Type, nil, b.configOf(process, r, r.Config))
	if acctest.HasFailure(plan.Diagnostics) {
		b.Errorf("a plan fails while the key is not known yet:\n%s", acctest.List(plan.Diagnostics))
	}
}

// withTexts replaces every text within a value.
func withTexts(b *bench, value tftypes.Value, text string) tftypes.Value {
	b.Helper()
	replaced, err := tftypes.Transform(value, func(_ *tftypes.AttributePath, part tftypes.Value) (tftypes.Value, error) {
		if part.Type().Is(tftypes.String) {
			return acctest.Text(text), nil
		}
		return part, nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return replaced
}
