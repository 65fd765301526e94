// SPDX-License-Identifier: MPL-2.0

package battery

func create(b *bench, r Resource) {
	b.created(r)
	b.counts("after create", r.objects())
}

// refusedCreate: Terraform taints what a failed create leaves in the state, and
// deletes what is tainted.
func refusedCreate(b *bench, r Resource) {
	b.wire.treat(refusingWrites)
	left, met := b.apply(b.process(), r, nil, r.Config)
	b.failed("a create that Refold refuses", met)
	if !isGone(left) {
		b.Errorf("a create that Refold refuses leaves a state, which Terraform would taint:\n%s", left.State)
	}
}

func emptyPlan(b *bench, r Resource) {
	b.settled("create", r, b.created(r), r.Config)
}

func update(b *bench, r Resource) {
	created := b.created(r)
	process := b.process()
	plan := b.plan(process, r, &created, r.Changed)
	if len(plan.RequiresReplace) > 0 {
		b.Errorf("an update in place is planned as a replacement because of %s", plan.RequiresReplace)
	}
	updated, met := process.ApplyPlanned(r.Type, &created, plan, b.configOf(process, r, r.Changed))
	b.succeeded("update", met)
	b.counts("after update", r.objects())
	b.settled("update", r, updated, r.Changed)
}

// drift is seen in the plan, and repaired by the apply.
func drift(b *bench, r Resource) {
	if r.NoDrift != "" {
		return
	}
	created := b.created(r)
	b.Change()
	read := b.read(r, created)
	if b.changes(b.plan(b.process(), r, &read, r.Config), read) == "" {
		b.Errorf("a change behind Terraform's back is not planned to be repaired")
	}
	b.repaired("drift", r, read, r.Config)
}

// disappearance is planned as a creation. Who deleted the object is not known: a run of Terraform
// that was killed leaves the same behind.
func disappearance(b *bench, r Resource) {
	created := b.created(r)
	b.Remove()
	read, met := b.process().Read(r.Type, created)
	b.warned("a read of what was removed", met, "not found", "outside Terraform, or by a run that was stopped")
	if !r.isCollection() && !isGone(read) {
		b.Errorf("what was removed behind Terraform's back stays in the state:\n%s", read.State)
	}
	b.repaired("disappearance", r, read, r.Config)
}

// withoutIdentity does as a CLI below 1.12 does, which stores no identity: it reads
// what is there, updates it, and reads what is gone.
func withoutIdentity(b *bench, r Resource) {
	created := b.created(r)
	created.Identity = nil
	read := b.read(r, created)
	if !read.State.Equal(created.State) {
		b.Errorf("a read without a stored identity changes the state:\n%s\nbefore:\n%s", read.State, created.State)
	}
	updated, met := b.apply(b.process(), r, &created, r.Changed)
	b.succeeded("an update without a stored identity", met)
	b.Remove()
	updated.Identity = nil
	if gone := b.read(r, updated); !r.isCollection() && !isGone(gone) {
		b.Errorf("what is gone stays in the state when no identity is stored:\n%s", gone.State)
	}
}

func deletion(b *bench, r Resource) {
	_, met := b.process().Delete(r.Type, b.created(r))
	b.succeeded("delete", met)
	b.counts("after delete", 0)
}

// deletionOfGone: what is gone already is as good as deleted.
func deletionOfGone(b *bench, r Resource) {
	created := b.created(r)
	b.Remove()
	_, met := b.process().Delete(r.Type, created)
	b.succeeded("the deletion of what is gone", met)
}

// deletionOfTainted: a CLI hands the deletion no private state of the object, but what the creation
// that replaces it was planned with, after the refresh of the same run.
func deletionOfTainted(b *bench, r Resource) {
	created, planning := b.created(r), b.process()
	tainted, met := planning.Read(r.Type, created)
	b.succeeded("read", met)
	tainted.Private = b.plan(planning, r, nil, r.Config).PlannedPrivate
	_, met = b.process().Delete(r.Type, tainted)
	b.succeeded("the deletion of what is tainted", met)
	b.counts("after the deletion of what is tainted", 0)
}

func importByID(b *bench, r Resource) {
	b.created(r)
	process := b.process()
	imported, met := process.Import(r.Type, b.ImportID())
	b.succeeded("an import by id", met)
	b.settled("import", r, imported, r.Config.without(r.NotReadBack))
}

func importByIdentity(b *bench, r Resource) {
	created := b.created(r)
	process := b.process()
	imported, met := process.ImportByIdentity(r.Type, process.IdentityOf(r.Type, created))
	b.succeeded("an import by identity", met)
	b.settled("import", r, imported, r.Config.without(r.NotReadBack))
}

func importOfUnknown(b *bench, r Resource) {
	identity := b.process().IdentityOf(r.Type, b.created(r))
	_, met := b.process().Import(r.Type, r.UnknownImportID)
	b.failed("an import of something unknown", met)
	_, met = b.process().ImportByIdentity(r.Type, withTexts(b, identity, r.UnknownImportID))
	b.failed("an import of something unknown by identity", met)
}
