// SPDX-License-Identifier: MPL-2.0

package variablevalue

import (
	"cmp"
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// operation is one write to a value under way.
type operation struct{ *dependant.Operation }

// look asks for the value as it is now.
func (o operation) look(ctx context.Context, key refold.VariableKey) (*refold.VariableValue, error) {
	return o.Client.CurrentVariableValue(ctx, key)
}

// define finds the definition, and holds against it what is to be sent.
func (o operation) define(ctx context.Context, plan *model, wanted types.String) (*refold.VariableDefinition, bool) {
	definition, problem := findDefinition(ctx, o.Client, *plan)
	switch {
	case problem != nil:
		o.Diagnostics.Append(problem)
		return nil, false
	case definition == nil:
		return nil, false
	}
	fill(&plan.Name, definition.Name)
	o.Object = plan.Object()
	o.Diagnostics.Append(plan.check(wanted, definition)...)
	return definition, !o.Diagnostics.HasError()
}

// create sets the value, unless there is one.
func (o operation) create(ctx context.Context, plan *model, wanted types.String) (unsettled, bool) {
	if wanted.IsNull() {
		o.Diagnostics.Append(noValueError(*plan))
		return unsettled{}, false
	}
	definition, ok := o.define(ctx, plan, wanted)
	if !ok {
		return unsettled{}, false
	}
	saved, ok := o.setOrTakeOver(ctx, *plan, plan.key(definition), wanted)
	if !ok {
		return unsettled{}, false
	}
	o.Turn.Claim.Claim()
	o.sayIfOther(*plan, saved, wanted)
	saved = o.date(ctx, *plan, plan.key(definition), saved, nil)
	plan.settle(definition, saved, o.Selected)
	return plan.afterWrite(saved), true
}

// setOrTakeOver looks first: setting a value replaces one that is there. One that is as it is
// wanted needs no write.
func (o operation) setOrTakeOver(ctx context.Context, plan model, key refold.VariableKey, wanted types.String) (*refold.VariableValue, bool) {
	before, err := o.look(ctx, key)
	switch {
	case refold.KindOf(err) == refold.NotFound:
		if !o.hasAccount(ctx) {
			return nil, false
		}
	case err != nil:
		o.fail(ctx, plan, err)
		return nil, false
	case isSame(before, wanted):
		return before, true
	case !plan.Adopts():
		o.Diagnostics.Append(existsError(plan, before))
		return nil, false
	}
	saved, err := o.set(ctx, plan, key, wanted, before)
	return saved, err == nil
}

// hasAccount looks for the account that the value is for: a server may take values for one that
// does not exist (FACTS 4.44).
func (o operation) hasAccount(ctx context.Context) bool {
	if o.Object.AccountID == "" || o.Turn.HasAccount() {
		return true
	}
	_, err := o.Client.ReadLinkedAccount(ctx, o.Object.AccountID, refold.ReadOptions{})
	switch {
	case err == nil:
		return true
	case refold.KindOf(err) == refold.AccountNotFound:
		o.NoAccount(err)
	default:
		o.Fail(err)
	}
	return false
}

// set sets the value, and looks what became of a request whose answer was lost. Before is what was
// there, or nil. The error is among the diagnostics.
func (o operation) set(ctx context.Context, plan model, key refold.VariableKey, wanted types.String, before *refold.VariableValue) (*refold.VariableValue, error) {
	setting := refold.VariableSetting{Key: key, Value: wanted.ValueString(), IsSecret: plan.isWriteOnly(), Before: before}
	var isDoubtful bool
	saved, err := o.Client.SetVariableValue(ctx, setting, func(ctx context.Context, arrived bool) error {
		now, err := o.lookBeforeRepeating(ctx, key, wanted, before, arrived)
		isDoubtful = isDoubtful || err == nil && now != nil && now.UpdatedAt != before.UpdatedAt
		return err
	})
	if err == nil {
		if isDoubtful {
			o.Diagnostics.Append(replacedPerhapsWarning(plan))
		}
		return dated(saved, before), nil
	}
	if appeared, ok := errors.AsType[*appearedError](err); ok {
		return o.takeAppeared(plan, wanted, appeared)
	}
	if found := o.lookForSet(key, wanted, before, err); found != nil {
		return found, nil
	}
	o.fail(ctx, plan, err)
	return nil, err
}

// date asks when a write-only value was set where the answer did not say: nothing else tells it
// from one that somebody else sets later. A read that may be of before the write tells nothing.
func (o operation) date(ctx context.Context, plan model, key refold.VariableKey, saved, before *refold.VariableValue) *refold.VariableValue {
	if !plan.isWriteOnly() || saved.UpdatedAt != "" {
		return saved
	}
	now, err := o.look(ctx, key)
	if err != nil || before != nil && now.UpdatedAt == before.UpdatedAt {
		return saved
	}
	dated := *saved
	dated.ID, dated.UpdatedAt = cmp.Or(saved.ID, now.ID), now.UpdatedAt
	return &dated
}

// dated is a value without its time where that may be of before the write (FACTS 4.21).
func dated(saved, before *refold.VariableValue) *refold.VariableValue {
	if before == nil || saved.UpdatedAt != before.UpdatedAt {
		return saved
	}
	undated := *saved
	undated.UpdatedAt = ""
	return &undated
}

// appearedError is that a value was set while this one was sent: by an attempt that may have
// arrived, or by somebody else.
type appearedError struct {
	value   *refold.VariableValue
	arrived bool
}

// Error implements error.
func (*appearedError) Error() string { return "a value was set meanwhile" }

var (
	errGone    = errors.New("the value is gone")
	errAnother = errors.New("the value is another one than before")
	// errMeanwhile is that somebody else has set the value between two attempts.
	errMeanwhile = errors.New("the value was set by somebody else meanwhile")
)

// lookBeforeRepeating keeps a value from being sent once more over one that was set meanwhile, by
// somebody else if no attempt may have arrived. It returns what is there, and nil for nothing, as
// before.
func (o operation) lookBeforeRepeating(ctx context.Context, key refold.VariableKey, wanted types.String, before *refold.VariableValue, arrived bool) (*refold.VariableValue, error) {
	now, err := o.look(ctx, key)
	switch {
	case before == nil && refold.KindOf(err) == refold.NotFound:
		return nil, nil
	case refold.KindOf(err) == refold.NotFound:
		return nil, errGone
	case err != nil:
		return nil, err
	case before == nil || isSame(now, wanted):
		return nil, &appearedError{now, arrived}
	case now.ID != "" && before.ID != "" && now.ID != before.ID:
		return nil, errAnother
	case now.IsShown && before.IsShown && !now.Is(before.Value):
		return nil, errMeanwhile
	case !arrived && now.UpdatedAt != before.UpdatedAt:
		return nil, errMeanwhile
	}
	return now, nil
}

// takeAppeared takes a value for what this run has set, unless it is seen to be another one.
func (o operation) takeAppeared(plan model, wanted types.String, appeared *appearedError) (*refold.VariableValue, error) {
	switch {
	case isSame(appeared.value, wanted):
	case appeared.value.IsShown || !appeared.arrived:
		o.Diagnostics.Append(existsError(plan, appeared.value))
		return nil, errAnother
	default:
		o.Diagnostics.Append(appearedWarning(plan))
	}
	return appeared.value, nil
}

// lookForSet finds a value that was not there before, after a request that may have arrived:
// without it, the next apply would take it for somebody else's.
func (o operation) lookForSet(key refold.VariableKey, wanted types.String, before *refold.VariableValue, failed error) *refold.VariableValue {
	if before != nil || !refold.MayHaveArrived(failed) || refold.KindOf(failed) == refold.Unproven {
		return nil
	}
	now, err := o.look(o.Finishing, key)
	if err != nil || now.IsShown && !isSame(now, wanted) {
		return nil
	}
	return now
}

// fail says why the value could not be looked at, or set.
func (o operation) fail(ctx context.Context, plan model, err error) {
	switch {
	case errors.Is(err, errGone):
		o.Diagnostics.Append(vanishedError(plan))
	case errors.Is(err, errAnother):
		o.Diagnostics.Append(madeAnewError(plan))
	case errors.Is(err, errMeanwhile):
		o.Diagnostics.Append(setMeanwhileError(plan))
	case refold.KindOf(err) == refold.AccountNotFound:
		o.NoAccount(err)
	case refold.KindOf(err) == refold.DefinitionNotFound:
		o.Diagnostics.Append(unknownDefinitionError(ctx, o.Client, plan))
	case refold.KindOf(err) == refold.ValueRefused:
		o.Diagnostics.Append(refusedError(o.Doing, plan, err))
	default:
		o.Diagnostics.Append(diagnose.Failure(o.Doing, plan.sent(o.Doing), err))
	}
}

// sayIfOther warns where Refold shows something else than was sent: every plan would change it.
func (o operation) sayIfOther(plan model, saved *refold.VariableValue, wanted types.String) {
	if saved.IsShown && !isSame(saved, wanted) {
		o.Diagnostics.Append(otherFormWarning(plan))
	}
}

type change = dependant.Change[model, unsettled]

// update sets the value anew, and returns what is left open.
func (o operation) update(ctx context.Context, change change, plan *model) unsettled {
	wanted := plan.wanted(change.Config)
	definition, before, ok := o.beforeUpdate(ctx, change, plan, wanted)
	if !ok {
		*plan = change.State.AfterFailure(*plan)
		return change.Kept
	}
	isReplacing := !isSame(before, wanted) && change.State.isSetSince(before, change.Kept)
	saved, err := o.set(ctx, *plan, plan.key(definition), wanted, before)
	if err != nil {
		*plan = change.State.AfterFailure(*plan)
		return change.Kept.afterFailure(*plan, wanted, err)
	}
	if isReplacing {
		o.Diagnostics.Append(replacedWarning(*plan))
	}
	o.Turn.Claim.Claim()
	o.sayIfOther(*plan, saved, wanted)
	saved = o.date(ctx, *plan, plan.key(definition), saved, before)
	plan.settle(definition, saved, o.Selected)
	return plan.afterWrite(saved)
}

// beforeUpdate looks at what is to be replaced.
func (o operation) beforeUpdate(ctx context.Context, change change, plan *model, wanted types.String) (*refold.VariableDefinition, *refold.VariableValue, bool) {
	if wanted.IsNull() {
		o.Diagnostics.Append(noValueError(*plan))
		return nil, nil, false
	}
	definition, ok := o.define(ctx, plan, wanted)
	if !ok {
		return nil, nil, false
	}
	before, err := o.look(ctx, plan.key(definition))
	switch {
	case refold.KindOf(err) == refold.NotFound:
		o.fail(ctx, *plan, errGone)
	case err != nil:
		o.fail(ctx, *plan, err)
	case change.State.isAnother(before) && !plan.Adopts():
		o.fail(ctx, *plan, errAnother)
	}
	return definition, before, !o.Diagnostics.HasError()
}

// remove deletes the value of a state.
func (o operation) remove(ctx context.Context, state model, left unsettled) {
	definition, err := definitionOf(ctx, o.Client, state)
	if err != nil {
		o.Fail(err)
		return
	}
	switch err := o.delete(ctx, state, state.key(definition), left); {
	case err == nil, isGone(err):
		o.Turn.Claim.Free()
	case errors.Is(err, errAnother):
		o.Diagnostics.Append(setSinceError(state))
	case errors.Is(err, errNoID):
		o.Diagnostics.Append(noIDError(state))
	default:
		o.Fail(err)
	}
}

// errNoID is that nothing has shown the id by which a value is deleted.
var errNoID = errors.New("the id of the value is not known")

// delete looks before each attempt: somebody may have set the value anew.
func (o operation) delete(ctx context.Context, state model, key refold.VariableKey, left unsettled) error {
	look := func(ctx context.Context) (*refold.VariableValue, error) {
		now, err := o.look(ctx, key)
		switch {
		case err != nil:
			return nil, err
		case state.isSetSince(now, left):
			return nil, errAnother
		}
		return now, nil
	}
	before, err := look(ctx)
	if err != nil {
		return err
	}
	id := cmp.Or(before.ID, state.ID.ValueString())
	if id == "" {
		return errNoID
	}
	return o.Client.DeleteVariableValue(ctx, key, id, func(ctx context.Context, _ bool) error {
		_, err := look(ctx)
		return err
	})
}
