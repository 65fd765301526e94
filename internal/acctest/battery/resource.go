// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// Resource registers a resource.
type Resource struct {
	// Type is its name, such as refold_linked_account.
	Type string
	// World starts a Refold without objects, with all functions of World.
	World func(T) World
	// Config is a configuration, with everything in it that a user may set, and
	// Changed one that differs in what can be changed in place.
	Config, Changed Attributes
	// Block and ChangedBlock are the same in HCL, as the body of a resource block, for the one case
	// with a CLI. They leave out what NotReadBack names, unless nothing is made without it.
	Block, ChangedBlock string
	// NaturalKey is true where the configuration says by which id the object is
	// known at Refold, so that creating it twice makes one.
	NaturalKey bool
	// InSteps is true of a natural key where a create is several writes: one that is stopped
	// half-way leaves no state, and the next apply takes over what there is.
	InSteps bool
	// RepeatedUnseen are requests, each as its method and the end of its path, that are sent again
	// without a look, and why that cannot overwrite what somebody else has made meanwhile.
	RepeatedUnseen map[string]string
	// FoundBy are, without a natural key, texts that the error after a lost answer
	// of create has to hold, so that the object can be found and imported.
	FoundBy []string
	// NoDrift says why nothing that is changed behind Terraform's back is planned to be repaired,
	// short of the object's disappearance. Its World has no Change then.
	NoDrift string
	// Objects is how many objects Config is at Refold; 0 means one. More than one
	// stay in one instance, which is left when its objects are gone.
	Objects int
	// NotReadBack are attributes of Config that no import can know, because Refold does
	// not show them. Where Block has one all the same, the first plan after an import is an
	// update, which sends it once more.
	NotReadBack []string
	// UnknownImportID is well-formed, and of nothing that exists.
	UnknownImportID string
	// Secrets are values within Config that may stand in the state and nowhere else;
	// WriteOnly are those that may stand nowhere.
	Secrets, WriteOnly []string
	// Live is what it takes to try it at a real Refold.
	Live Live
}

func (r Resource) typeName() string { return r.Type }

func (r Resource) world(t T) World { return r.World(t) }

// isCollection reports whether an instance outlives its objects.
func (r Resource) isCollection() bool { return r.Objects > 1 }

func (r Resource) objects() int { return max(1, r.Objects) }

// resourceCases are the battery of a resource, along the life of an object.
func resourceCases() []testCase[Resource] {
	return []testCase[Resource]{
		{name: "create", run: create, live: true},
		{name: "create that is refused leaves no state", run: refusedCreate},
		{name: "empty plan", run: emptyPlan, live: true},
		{name: "update", run: update, live: true},
		{name: "drift", run: drift, live: true},
		{name: "disappearance", run: disappearance, live: true},
		{name: "CLI that stores no identity", run: withoutIdentity, live: true},
		{name: "delete", run: deletion, live: true},
		{name: "delete of what is gone", run: deletionOfGone, live: true},
		{name: "delete of what is tainted", run: deletionOfTainted, live: true},
		{name: "damaged private state", run: damagedPrivateState},
		{name: "PREVENT in the plan", run: preventedInPlan},
		{name: "PREVENT in the deletion", run: preventedInDeletion},
		{name: "ABANDON", run: abandoned},
		{name: "policy of the provider", run: policyByDefault},
		{name: "policy alone", run: policyAlone},
		{name: "policy with a replacement", run: policyWithReplacement},
		{name: "policy with a taint", run: policyWithTaint},
		{name: "import by id", run: importByID, live: true},
		{name: "import by identity", run: importByIdentity, live: true},
		{name: "import of something unknown", run: importOfUnknown, live: true},
		{name: "two addresses", run: twoAddresses},
		{name: "planned again", run: plannedAgain},
		{name: "one process for everything", run: oneProcess, live: true},
		{name: "swapped key on read", run: swappedRead},
		{name: "swapped key on update", run: swappedUpdate},
		{name: "swapped key on delete", run: swappedDelete},
		{name: "environment guard", run: environmentGuard, live: true},
		{name: "unknown key", run: unknownKey},
		{name: "plan without an answer", run: planWithoutAnswer},
		{name: "one lost answer of create", run: oneLostAnswerOfCreate, live: true},
		{name: "lost answers of create", run: lostAnswersOfCreate},
		{name: "lost answers of update", run: lostAnswersOfUpdate},
		{name: "update that is taken back", run: updateTakenBack},
		{name: "lost answers of delete", run: lostAnswersOfDelete},
		{name: "writes that are repeated", run: repeatedWrites},
		{name: "deletion that is repeated", run: repeatedDeletion, live: true},
		{name: "what is put in after a plan", run: putInAfterPlan},
		{name: "what is put in after an open update", run: putInAfterOpenUpdate},
		{name: "what is put in between attempts", run: putInBetweenAttempts},
		{name: "create without proof", run: unprovenCreate},
		{name: "read without proof", run: unprovenRead},
		{name: "update without proof", run: unprovenUpdate},
		{name: "delete without proof", run: unprovenDeletion},
		{name: "stop in the middle", run: stopInTheMiddle},
		{name: "secrets nowhere", run: resourceSecrets, live: true},
		{name: "secrets in echoes", run: echoedSecrets},
		{name: "by CLI", run: lifeByCLI, byCLI: true, live: true},
	}
}

// configOf is a configuration at a process.
func (b *bench) configOf(process *acctest.Protocol, r Resource, attributes Attributes) tftypes.Value {
	b.Helper()
	return process.Config(r.Type, b.values(process.Config(r.Type, nil).Type(), attributes))
}

// apply plans and applies in a process.
func (b *bench) apply(process *acctest.Protocol, r Resource, prior *acctest.Instance, attributes Attributes) (acctest.Instance, diagnostics) {
	b.Helper()
	if prior != nil && isGone(*prior) {
		prior = nil
	}
	return process.Apply(r.Type, prior, b.configOf(process, r, attributes))
}

// created creates what Config says.
func (b *bench) created(r Resource) acctest.Instance {
	b.Helper()
	instance, met := b.apply(b.process(), r, nil, r.Config)
	b.succeeded("create", met)
	return instance
}

// read refreshes as the next command would.
func (b *bench) read(r Resource, instance acctest.Instance) acctest.Instance {
	b.Helper()
	read, met := b.process().Read(r.Type, instance)
	b.succeeded("read", met)
	return read
}

// plan is what a process plans, without an error.
func (b *bench) plan(process *acctest.Protocol, r Resource, prior *acctest.Instance, attributes Attributes) *tfprotov6.PlanResourceChangeResponse {
	b.Helper()
	plan := process.Plan(r.Type, prior, b.configOf(process, r, attributes))
	b.succeeded("plan", plan.Diagnostics)
	return plan
}

// changes describes what a plan changes, empty for nothing.
func (b *bench) changes(plan *tfprotov6.PlanResourceChangeResponse, prior acctest.Instance) string {
	b.Helper()
	planned, err := plan.PlannedState.Unmarshal(prior.State.Type())
	if err != nil {
		b.Fatal(err)
	}
	differences, err := planned.Diff(prior.State)
	if err != nil {
		b.Fatal(err)
	}
	text := ""
	for _, difference := range differences {
		text += fmt.Sprintf("%s: planned is %s, known %s\n", difference.Path, difference.Value1, difference.Value2)
	}
	return text
}

// settled reads and plans as the next command would, and expects nothing to do.
func (b *bench) settled(after string, r Resource, instance acctest.Instance, attributes Attributes) {
	b.Helper()
	read := b.read(r, instance)
	if isGone(read) {
		b.Fatalf("after %s, the object is taken for gone", after)
	}
	if changes := b.changes(b.plan(b.process(), r, &read, attributes), read); changes != "" {
		b.Errorf("the plan after %s is not empty:\n%s", after, changes)
	}
}

// repaired applies Config once more, and expects that to be the end of it: nothing
// more to do, and as many objects as configured.
func (b *bench) repaired(after string, r Resource, prior acctest.Instance, attributes Attributes) {
	b.Helper()
	if !isGone(prior) {
		prior = b.read(r, prior)
	}
	applied, met := b.apply(b.process(), r, &prior, attributes)
	b.succeeded("the next apply after "+after, met)
	b.counts("after "+after+" and the next apply", r.objects())
	b.settled(after+" and the next apply", r, applied, attributes)
}

// isGone reports whether there is no state, also for want of an apply.
func isGone(instance acctest.Instance) bool {
	return instance.State.Type() == nil || instance.State.IsNull()
}
