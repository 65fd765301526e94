// SPDX-License-Identifier: MPL-2.0

package dependant

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Operation is one write to an object under way, in the turn of its account.
type Operation struct {
	Data   *providerdata.Data
	Client *refold.Client
	Object Object
	// Doing is what is tried, as a verb.
	Doing string
	Turn  Turn
	// Selected is what the API key selects: where the object is.
	Selected refold.Scope
	// Finishing is the context of what has to follow a write, also after a stop.
	Finishing   context.Context
	Diagnostics *diag.Diagnostics

	owner string
	// isHeld is false where the turn could not be taken again.
	isHeld bool
	done   func()
}

// Begin takes the turn of the account, and makes sure that the API key selects what the state was
// made in, if there is one. Owner is as of TakeTurn. It returns false with an error among the
// diagnostics; else End has to be called.
func (o Object) Begin(ctx context.Context, resource *providerdata.Resource, doing string, state refold.Scope, owner string, diagnostics *diag.Diagnostics) (*Operation, bool) {
	client := resource.Client(diagnostics)
	if diagnostics.HasError() {
		return nil, false
	}
	begun := &Operation{Data: resource.Data, Client: client, Object: o, Doing: doing, Diagnostics: diagnostics, owner: owner}
	begun.Finishing, begun.done = refold.Finishing(ctx)
	if err := begun.take(ctx); err != nil {
		begun.End()
		begun.Fail(err)
		return nil, false
	}
	selected, problem := o.Scope(ctx, client, doing, state)
	if problem != nil {
		begun.End()
		diagnostics.Append(problem)
		return nil, false
	}
	begun.Selected = selected
	return begun, true
}

func (o *Operation) take(ctx context.Context) error {
	turn, err := o.Object.TakeTurn(ctx, o.Data, o.owner)
	o.Turn, o.isHeld = turn, err == nil
	return err
}

// GiveWay lets operations go first that wait for the account, or begin to within a pause: without
// references between them, Terraform begins all deletions of a run at once, in any order.
func (o *Operation) GiveWay(ctx context.Context, pause time.Duration) error {
	o.Turn.Release()
	o.isHeld = false
	select {
	case <-time.After(pause):
	case <-ctx.Done():
		return fmt.Errorf("let other writes to linked account %q go first: %w", o.Object.AccountID, ctx.Err())
	}
	return o.take(ctx)
}

// End ends the turn.
func (o *Operation) End() {
	if o.isHeld {
		o.Turn.Release()
	}
	o.done()
}

// Fail says that the operation failed.
func (o *Operation) Fail(err error) {
	o.Diagnostics.Append(diagnose.Failure(o.Doing, o.Object.Subject(), err))
}

// NoAccount says that the operation failed because there is no such account.
func (o *Operation) NoAccount(err error) {
	o.Diagnostics.Append(o.Object.NoAccount(o.Doing, err))
}
