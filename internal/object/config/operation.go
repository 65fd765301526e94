// SPDX-License-Identifier: MPL-2.0

package config

import (
	"context"
	"errors"
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// operation is one write to a config under way.
type operation struct{ *dependant.Operation }

// desired is what is configured of a config, all of it known.
type desired struct {
	fields    map[string]any
	workflows map[string]bool
	// managed are the fields that were managed before, and left those of them that are not
	// configured any more.
	managed, left []string
}

// desired takes it from a plan.
func (o operation) desired(plan model, managed []string) (desired, bool) {
	wanted := desired{workflows: switches(plan.Workflows), managed: managed, left: without(managed, plan.Fields.Keys())}
	if plan.Fields.IsNothing() {
		return wanted, true
	}
	fields, err := plan.Fields.ToJSON()
	if err != nil {
		o.Diagnostics.Append(unusableFieldsError(plan, err))
		return desired{}, false
	}
	wanted.fields = fields
	return wanted, true
}

// managedAfter are the fields that are managed after a write that failed: what was managed before,
// and what was set. One that was refused, or never sent, is not among them, so that nobody takes
// the customer's value for ours; one whose answer was lost is where Refold shows its value, as it
// does in what is shown, if anything.
func (d desired) managedAfter(missing changes, sent sent, shown *refold.Config) []string {
	given := sent.given()
	if sent.open != nil && holds(shown, *sent.open) {
		given = append(given, sent.open.id)
	}
	stillThere := without(missing.cleared, sent.cleared)
	return without(union(d.managed, given), without(d.left, stillThere))
}

// holds reports whether a config shows a value of a field.
func holds(config *refold.Config, wanted fieldValue) bool {
	if config == nil {
		return false
	}
	field := config.Field(wanted.id)
	return field != nil && Same(field.Effective(), wanted.value)
}

// create makes the config, unless it exists, and writes what is configured.
func (o operation) create(ctx context.Context, plan *model) bool {
	wanted, ok := o.desired(*plan, nil)
	if !ok {
		return false
	}
	config, ok := o.makeOrTakeOver(ctx, *plan, wanted)
	if !ok {
		return false
	}
	done, ok := o.write(ctx, *plan, config, wanted)
	if !ok {
		return false
	}
	o.Turn.Claim.Claim()
	forget(o.Data, plan.Object())
	o.show(plan, done.config)
	return true
}

// makeOrTakeOver holds what there is against what is wanted, also where it has just been made: in
// between, somebody else may have.
func (o operation) makeOrTakeOver(ctx context.Context, plan model, wanted desired) (*refold.Config, bool) {
	config, err := o.lookOrMake(ctx, plan)
	if !o.isMade(plan, err) {
		return nil, false
	}
	if others := foreign(config, wanted.fields, wanted.workflows); len(others) > 0 && !plan.AdoptExisting.ValueBool() {
		o.Diagnostics.Append(existsError(plan, config, others))
		return nil, false
	}
	return config, true
}

// lookOrMake looks first, because Refold does not say whether it made a config or returned one
// (FACTS 2.7), unless the plan of this creation has just looked.
func (o operation) lookOrMake(ctx context.Context, plan model) (*refold.Config, error) {
	if !recall(o.Data, o.Object).isMissed() {
		config, err := o.Client.Config(ctx, plan.key(), false)
		if refold.KindOf(err) != refold.NotFound {
			return config, err
		}
	}
	forget(o.Data, plan.Object())
	return o.Client.CreateConfig(ctx, plan.key())
}

// isMade reports what keeps a config from being made.
func (o operation) isMade(plan model, err error) bool {
	switch {
	case err == nil:
		return true
	case refold.KindOf(err) == refold.AccountNotFound:
		o.NoAccount(err)
	case refold.KindOf(err) == refold.ApplicationNotFound:
		o.Diagnostics.Append(noSuchAppError(o.Doing, plan, err))
	default:
		o.Diagnostics.Append(makeFailure(o.Doing, plan, err))
	}
	return false
}

// written is what became of a write, also of one that failed.
type written struct {
	// config is as Refold shows it after the write, or where it does not, as it was before.
	config *refold.Config
	// managed are the fields that are managed from then on.
	managed []string
}

// write sends what is missing in a config, and reads it after that: answers about a field or a
// workflow do not show the others.
func (o operation) write(ctx context.Context, plan model, config *refold.Config, wanted desired) (written, bool) {
	if unknownFields, unknownWorkflows := unknownIDs(config, plan.Fields.Keys(), plan.Workflows); len(unknownFields)+len(unknownWorkflows) > 0 {
		o.Diagnostics.Append(unknownIDsErrors(plan, config, unknownFields, unknownWorkflows)...)
		return written{config, wanted.managed}, false
	}
	missing := changesOf(config, wanted)
	if missing.isEmpty() {
		return written{config, plan.Fields.Keys()}, true
	}
	sent := o.send(ctx, plan, config, missing)
	isSent := !o.Diagnostics.HasError()
	shown, err := o.Client.ConfigAfterWrite(o.Finishing, plan.key(), func(now *refold.Config) bool { return isSent && !changesOf(now, wanted).isEmpty() })
	failed := written{config, wanted.managedAfter(missing, sent, shown)}
	if err == nil {
		failed.config = shown
	}
	switch {
	case !isSent:
		return failed, false
	case err != nil:
		o.Diagnostics.Append(notReadBackError(o.Doing, plan, err))
		return failed, false
	}
	if left := changesOf(shown, wanted); !left.isEmpty() {
		o.Diagnostics.Append(notAsWrittenError(o.Doing, plan, left))
		return failed, false
	}
	return written{shown, plan.Fields.Keys()}, true
}

// sent is what of a write has arrived.
type sent struct {
	changes
	// open is a field that failed in a way that leaves open whether it was set; nil for none.
	open *fieldValue
}

// send stops at the first error. The config is as it was before.
func (o operation) send(ctx context.Context, plan model, before *refold.Config, missing changes) (sent sent) {
	for _, field := range missing.set {
		_, err := o.Client.SetConfigField(ctx, plan.key(), field.id, field.value, o.unlessSet(plan, before, field))
		if isRefused(err) {
			if refold.MayHaveArrived(err) {
				sent.open = &field
			}
			o.Diagnostics.Append(fieldFailure(o.Doing, plan, field.id, err))
			return sent
		}
		sent.set = append(sent.set, field)
	}
	for _, id := range missing.cleared {
		_, err := o.Client.ClearConfigField(ctx, plan.key(), id, o.unlessSet(plan, before, fieldValue{id: id}))
		if isRefused(err) && refold.KindOf(err) != refold.FieldNotFound {
			o.Diagnostics.Append(fieldFailure(o.Doing, plan, id, err))
			return sent
		}
		sent.cleared = append(sent.cleared, id)
	}
	for _, workflow := range missing.switched {
		if err := o.Client.ToggleWorkflow(ctx, plan.key(), workflow.id, workflow.enabled); isRefused(err) {
			o.Diagnostics.Append(workflowFailure(o.Doing, plan, workflow.id, err))
			return sent
		}
	}
	return sent
}

var errSetMeanwhile = errors.New("somebody else has set it meanwhile, which was left as it is")

// unlessSet looks at a field before a write of it is sent once more, or late: what is neither as
// before nor as wanted is somebody else's.
func (o operation) unlessSet(plan model, before *refold.Config, wanted fieldValue) refold.Recheck {
	return func(ctx context.Context, arrived bool) error {
		now, err := o.Client.Config(ctx, plan.key(), false)
		if err != nil {
			return err
		}
		value := setValue(now, wanted.id)
		// A server may keep what has arrived in another form.
		isInForm := arrived && value != nil && fmt.Sprint(value) == fmt.Sprint(wanted.value)
		if Same(value, setValue(before, wanted.id)) || Same(value, wanted.value) || isInForm {
			return nil
		}
		return errSetMeanwhile
	}
}

// setValue is the value of a field, or nil for one at its default.
func setValue(config *refold.Config, id string) any {
	if field := config.Field(id); field != nil && field.IsSet() {
		return field.Value
	}
	return nil
}

// isRefused is false of an answer that leaves open what it did: the look after all writes decides.
func isRefused(err error) bool { return err != nil && refold.KindOf(err) != refold.Unproven }

type change = dependant.Change[model, managed]

// update writes what is configured, and returns which fields are managed after it. After a failure,
// the state is what Refold shows.
func (o operation) update(ctx context.Context, change change, plan *model) []string {
	forget(o.Data, plan.Object())
	wanted, ok := o.desired(*plan, change.Kept.Fields)
	if !ok {
		*plan = change.State.AfterFailure(*plan)
		return change.Kept.Fields
	}
	config, err := o.Client.Config(ctx, plan.key(), false)
	if err != nil {
		o.Fail(err)
		*plan = change.State.AfterFailure(*plan)
		return change.Kept.Fields
	}
	replaced := replacedBy(*plan, change.State, change.Kept.Fields, config)
	done, ok := o.write(ctx, *plan, config, wanted)
	if !ok {
		o.showAfterFailure(ctx, change, plan, done)
		return done.managed
	}
	if len(replaced) > 0 {
		o.Diagnostics.Append(replacedWarning(*plan, replaced))
	}
	o.Turn.Claim.Claim()
	o.show(plan, done.config)
	return done.managed
}

// show fills in what is computed after a write, and says what Refold finds wrong.
func (o operation) show(plan *model, config *refold.Config) {
	plan.settle(config.FieldErrors, o.Selected)
	if len(config.FieldErrors) > 0 {
		o.Diagnostics.Append(fieldErrorsWarning(*plan, config.FieldErrors))
	}
}

// showAfterFailure makes the state what Refold shows of all that is managed, or was shown before. A
// field that was only to be set stays out, so that the next plan shows it as to be set.
func (o operation) showAfterFailure(ctx context.Context, change change, plan *model, done written) {
	left := change.State.AfterFailure(*plan)
	left.Workflows = plan.Workflows
	if left.Fields.IsNothing() {
		left.Fields = plan.Fields
	}
	shown := union(done.managed, change.State.Fields.Keys())
	if err := left.refresh(ctx, done.config, shown, o.Selected); err != nil {
		left = change.State.AfterFailure(*plan)
	}
	*plan = left
}

// remove deletes the config of a state.
func (o operation) remove(ctx context.Context, state model, managed []string) {
	forget(o.Data, state.Object())
	err := o.mayRemove(ctx, state, managed)
	if err == nil {
		err = o.Client.DeleteConfig(ctx, state.key(), func(ctx context.Context, _ bool) error { return o.mayRemove(ctx, state, managed) })
	}
	switch {
	case err == nil, isGone(err), errors.Is(err, errGone):
		o.Turn.Claim.Free()
	case !errors.Is(err, errObjected):
		o.Fail(err)
	}
}

var (
	errGone     = errors.New("the config is gone")
	errObjected = errors.New("the config holds what is not managed here")
)

// mayRemove looks at a config before its deletion is sent, the first time and every other time:
// the customer may have set something meanwhile.
func (o operation) mayRemove(ctx context.Context, state model, managed []string) error {
	config, err := o.Client.Config(ctx, state.key(), false)
	switch {
	case isGone(err):
		return errGone
	case err != nil || state.ForceDestroy.ValueBool():
		return err
	}
	if unmanaged := without(dependant.SetFields(config), managed); len(unmanaged) > 0 {
		o.Diagnostics.Append(unmanagedFieldsError(state, config, unmanaged))
		return errObjected
	}
	if changed := changedSince(state, config); len(changed) > 0 {
		o.Diagnostics.Append(changedFieldsError(state, config, changed))
		return errObjected
	}
	return nil
}
