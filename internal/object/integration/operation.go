// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// lookAge is how old a look before a write may be: what another write to the same account has just
// read after itself serves as well.
const lookAge = 10 * time.Second

// operation is one write to a connection under way.
type operation struct{ *dependant.Operation }

// create connects the app, unless it is connected already.
func (o operation) create(ctx context.Context, plan *model, keys types.Map) bool {
	plan.leaveOpen()
	before, err := look(ctx, o.Client, *plan, lookAge)
	if err != nil {
		o.Fail(err)
		return false
	}
	if o.refuse(*plan, before, keys) {
		return false
	}
	plan.AuthType = types.StringValue(before.authType)
	saved, err := o.save(ctx, *plan, before, keys)
	if err != nil {
		return false
	}
	o.Turn.Claim.Claim()
	o.settle(plan, saved, before)
	return true
}

// refuse reports what keeps a connection from being made: no account, no such app, nothing to send,
// or one that is there.
func (o operation) refuse(plan model, before connected, keys types.Map) bool {
	switch {
	case before.isAccountGone:
		o.NoAccount(before.missing)
	case before.isThere() && !plan.AdoptExisting.ValueBool():
		o.Diagnostics.Append(existsError(plan, before))
	default:
		o.Diagnostics.Append(checkCatalogue(plan, keys, before)...)
		if lacksValues(keys) {
			o.Diagnostics.Append(nullKeysError(plan))
		}
	}
	return o.Diagnostics.HasError()
}

// save sends the keys, and looks what became of a request whose answer was lost.
// The error is among the diagnostics.
func (o operation) save(ctx context.Context, plan model, before connected, keys types.Map) (*refold.SavedCredentials, error) {
	request := refold.KeyCredentials{
		AccountID: plan.LinkedAccountID.ValueString(),
		Slug:      plan.Slug.ValueString(),
		AuthType:  plan.AuthType.ValueString(),
		Keys:      texts(keys),
		Before:    before.connection,
	}
	saved, err := o.Client.SaveKeyCredentials(ctx, request, func(ctx context.Context, arrived bool) error {
		return o.lookBeforeRepeating(ctx, plan, before, arrived)
	})
	if err == nil {
		return saved, nil
	}
	if errors.Is(err, errConnectedMeanwhile) {
		o.Diagnostics.Append(connectedMeanwhileError(plan))
		return nil, err
	}
	if appeared, ok := errors.AsType[*appearedError](err); ok {
		o.Diagnostics.Append(appearedWarning(plan))
		return &refold.SavedCredentials{Application: appeared.app}, nil
	}
	if saved := o.lookForSaved(plan, before, err); saved != nil {
		o.Diagnostics.Append(appearedWarning(plan))
		return saved, nil
	}
	if refold.KindOf(err) == refold.AccountNotFound {
		o.NoAccount(err)
		return nil, err
	}
	o.Diagnostics.Append(saveFailure(o.Doing, plan, err))
	return nil, err
}

// errConnectedMeanwhile is that somebody else has connected the app between two attempts, of which
// the first cannot have done it.
var errConnectedMeanwhile = errors.New("the app was connected by somebody else meanwhile")

// appearedError is that a connection was made while the keys were sent: by an attempt that may have
// arrived, or by somebody else.
type appearedError struct{ app *refold.Application }

// Error implements error.
func (*appearedError) Error() string { return "the app was connected meanwhile" }

// lookBeforeRepeating keeps keys from being sent once more over a connection that was made
// meanwhile.
func (o operation) lookBeforeRepeating(ctx context.Context, plan model, before connected, arrived bool) error {
	now, err := look(ctx, o.Client, plan, time.Nanosecond)
	hasAppeared := now.connection != nil && (before.connection == nil || isAnother(now.connection.ConnectedAt, before.connection.ConnectedAt))
	switch {
	case err != nil:
		return err
	case hasAppeared && !arrived:
		return errConnectedMeanwhile
	case hasAppeared:
		return &appearedError{now.app}
	}
	return nil
}

// isAnother tells connections by when they were made, where Refold says it of both.
func isAnother(connectedAt, before string) bool {
	return connectedAt != "" && before != "" && connectedAt != before
}

// isOpen reports whether a failed save leaves open which keys Refold holds. Keys that the app has
// refused are not kept, whatever the status says (FACTS 2.3).
func isOpen(err error) bool {
	return refold.KindOf(err) != refold.CredentialsRefused && refold.MayHaveArrived(err)
}

// lookForSaved finds a connection that was not there before, after a request that may have arrived:
// without it, the next apply would take it for the customer's.
func (o operation) lookForSaved(plan model, before connected, failed error) *refold.SavedCredentials {
	if before.connection != nil || !refold.MayHaveArrived(failed) || refold.KindOf(failed) == refold.Unproven {
		return nil
	}
	now, err := look(o.Finishing, o.Client, plan, time.Nanosecond)
	if err != nil || now.connection == nil {
		return nil
	}
	return &refold.SavedCredentials{Application: now.app}
}

// settle fills in what a plan left open.
func (o operation) settle(plan *model, saved *refold.SavedCredentials, before connected) {
	app := saved.Application
	if saved.ReadBackError != nil {
		o.Diagnostics.Append(notReadBackWarning(*plan, saved.ReadBackError))
		app = before.app
	}
	connection, _ := app.Connection(plan.AuthType.ValueString())
	if before.app != nil {
		if lost := goneTypes(before.app, app); len(lost) > 0 {
			o.Diagnostics.Append(othersGoneWarning(*plan, lost))
		}
	}
	if before.connection != nil && connection.ConnectedAt == before.connection.ConnectedAt {
		// What is read may be of before the write (FACTS 4.21): the next refresh tells.
		connection.ConnectedAt = ""
	}
	plan.refresh(app, connection, o.Selected)
}

// goneTypes are those of the connections before that are there no more. Whether saving keys leaves
// the others is not said in so many words (FACTS 2.3).
func goneTypes(before, now *refold.Application) []string {
	var gone []string
	for _, connection := range before.Connections {
		if _, isThere := now.Connection(connection.AuthType); !isThere {
			gone = append(gone, connection.AuthType)
		}
	}
	return gone
}

type change = dependant.Change[model, unsettled]

// update sends the keys, and removes the connections of other types that they replace. It returns
// what is left to be done.
func (o operation) update(ctx context.Context, change change, plan *model) unsettled {
	if !plan.isSent(change.State, change.Kept) {
		// What is left of an update that failed, or was, by an import that has no keys.
		plan.keep(change.State)
		left := change.Kept.without(plan.AuthType.ValueString())
		left.Keys = false
		return o.removeReplaced(ctx, *plan, left)
	}
	plan.leaveOpen()
	before, err := look(ctx, o.Client, *plan, lookAge)
	keys := plan.keys(change.Config)
	switch {
	case err != nil:
		o.Fail(err)
	case before.isAccountGone:
		o.NoAccount(before.missing)
	case lacksValues(keys):
		o.Diagnostics.Append(nullKeysError(*plan))
	case before.isOfCustomer(change.State, change.Kept) && !plan.AdoptExisting.ValueBool():
		o.Diagnostics.Append(typeExistsError(*plan, before))
	case before.isVanished(change.State):
		o.Diagnostics.Append(vanishedError(change.State))
	case before.isMadeAnew(change.State, change.Kept) && !plan.AdoptExisting.ValueBool():
		o.Diagnostics.Append(madeAnewError(change.State))
	default:
		o.Diagnostics.Append(checkCatalogue(*plan, keys, before)...)
	}
	if o.Diagnostics.HasError() {
		*plan = change.State.AfterFailure(*plan)
		return change.Kept
	}
	return o.replaceKeys(ctx, change, plan, before, keys)
}

// isOfCustomer reports whether a connection of another type than that of the state, which a change
// of auth_type would replace, is not this resource's own. One whose type Refold does not tell is
// that of the state.
func (c connected) isOfCustomer(state model, left unsettled) bool {
	isOther := c.authType != state.AuthType.ValueString() && c.connection != nil && c.connection.AuthType != ""
	return isOther && (!slices.Contains(left.AuthTypes, c.authType) || left.isLeftToOthers(*c.connection, c.authType))
}

// isVanished reports whether the connection of a state, which an update would make anew without a
// word in its plan, is not there any more.
func (c connected) isVanished(state model) bool {
	return c.authType == state.AuthType.ValueString() && !c.isThere()
}

// isMadeAnew reports whether the connection is another one than that of the state, and none that an
// update whose outcome is open may have made.
func (c connected) isMadeAnew(state model, left unsettled) bool {
	if c.authType != state.AuthType.ValueString() || c.connection == nil || state.ConnectedAt.ValueString() == "" {
		return false
	}
	return left.isOthers(*c.connection, c.authType, state.ConnectedAt.ValueString())
}

func (o operation) replaceKeys(ctx context.Context, change change, plan *model, before connected, keys types.Map) unsettled {
	plan.AuthType = types.StringValue(before.authType)
	isOther := before.authType != change.State.AuthType.ValueString()
	saved, err := o.save(ctx, *plan, before, keys)
	if err != nil {
		left := change.Kept
		switch isOpen := isOpen(err); {
		case !isOpen:
		case !isOther:
			left = left.tried(before.authType, err)
			left.Keys = true
		case before.isThere():
			left = left.tried(before.authType, err)
		case o.mayHaveMade(*plan):
			left = left.without(before.authType).with(before.authType, "").tried(before.authType, err)
			left.Keys = true
		}
		*plan = change.State.AfterFailure(*plan)
		return left
	}
	o.Turn.Claim.Claim()
	o.settle(plan, saved, before)
	left := unsettled{AuthTypes: change.Kept.AuthTypes, ConnectedAt: change.Kept.ConnectedAt, Ended: change.Kept.Ended}
	switch former := change.State.AuthType.ValueString(); {
	case isOther && change.Kept.isMarked():
		o.Diagnostics.Append(leftToOthersWarning(*plan, former))
	case isOther:
		left = left.with(former, change.State.ConnectedAt.ValueString())
	}
	return o.removeReplaced(ctx, *plan, left.without(before.authType))
}

// mayHaveMade reports whether a failed save may have made a connection all the same: it did not
// where Refold shows none.
func (o operation) mayHaveMade(plan model) bool {
	now, err := look(o.Finishing, o.Client, plan, time.Nanosecond)
	return err != nil || now.connection != nil
}

// removeReplaced removes connections of other types that this resource had made before.
func (o operation) removeReplaced(ctx context.Context, plan model, left unsettled) unsettled {
	kept := unsettled{Another: left.Another}
	for _, authType := range left.AuthTypes {
		err := o.disconnect(ctx, left.connectionOf(plan, authType), left, nil)
		switch {
		case errors.Is(err, errAnother):
			o.Diagnostics.Append(leftToOthersWarning(plan, authType))
		case err != nil:
			o.Diagnostics.Append(replacedTypeFailure(plan, authType, err))
			kept = kept.with(authType, left.ConnectedAt[authType])
			kept.Ended = withText(kept.Ended, authType, left.Ended[authType])
		}
	}
	return kept
}

// remove removes the connection of a state, and those that it had replaced and that are left.
func (o operation) remove(ctx context.Context, state model, left unsettled) {
	var looked *connected
	if !state.ForceDestroy.ValueBool() {
		if !o.isOwn(ctx, state, left) {
			return
		}
		found, ok := o.mayRemove(ctx, state, left)
		if !ok {
			return
		}
		looked = &found
	}
	for _, authType := range left.AuthTypes {
		looked = nil
		err := o.disconnect(ctx, left.connectionOf(state, authType), left, nil)
		if errors.Is(err, errAnother) {
			o.Diagnostics.Append(leftToOthersWarning(state, authType))
			continue
		}
		if err != nil {
			o.Fail(err)
			return
		}
	}
	switch err := o.disconnect(ctx, state, left, looked); {
	case errors.Is(err, errAnother):
		o.Diagnostics.Append(madeAnewError(state))
	case err != nil:
		o.Fail(err)
	default:
		o.Turn.Claim.Free()
	}
}

// isOwn refuses to remove a connection that somebody else has made, as a read of it found.
func (o operation) isOwn(ctx context.Context, state model, left unsettled) bool {
	if !left.isMarked() {
		return true
	}
	found, err := look(ctx, o.Client, state, time.Nanosecond)
	switch {
	case err != nil:
		o.Fail(err)
	case found.isThere():
		o.Diagnostics.Append(anothersError(state, left))
	}
	return !o.Diagnostics.HasError()
}

var (
	errGone    = errors.New("the connection is gone")
	errAnother = errors.New("the connection is another one than before")
)

// disconnect removes the connection of a state, and nothing where there is none. One that was made
// since is not touched: errAnother. Looked is what the app was right before, and nil where it has
// to be looked at.
func (o operation) disconnect(ctx context.Context, state model, left unsettled, looked *connected) error {
	if looked == nil {
		found, err := look(ctx, o.Client, state, time.Nanosecond)
		if err != nil {
			return err
		}
		looked = &found
	}
	before := *looked
	if !before.isThere() {
		return nil
	}
	if before.connection != nil && left.isOthers(*before.connection, before.authType, state.ConnectedAt.ValueString()) {
		return errAnother
	}
	recheck := func(ctx context.Context, _ bool) error { return o.lookBetweenAttempts(ctx, state, before) }
	err := o.Client.RemoveConnection(ctx, state.LinkedAccountID.ValueString(), before.removalSlug(state), state.AuthType.ValueString(), recheck)
	if errors.Is(err, errGone) || refold.KindOf(err) == refold.AccountNotFound {
		return nil
	}
	return err
}

// lookBetweenAttempts looks once more before a removal is sent again, or late: the customer may
// have connected the app anew since.
func (o operation) lookBetweenAttempts(ctx context.Context, state model, before connected) error {
	now, err := look(ctx, o.Client, state, time.Nanosecond)
	switch {
	case err != nil:
		return err
	case !now.isThere():
		return errGone
	case now.connection != nil && before.connection != nil && *now.connection != *before.connection:
		return errAnother
	}
	return nil
}

// removalSlug is what a removal knows the app by.
func (c connected) removalSlug(state model) string {
	if c.app == nil {
		return state.Slug.ValueString()
	}
	return c.app.RemovalSlug()
}
