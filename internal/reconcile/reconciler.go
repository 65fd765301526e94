// SPDX-License-Identifier: MPL-2.0

// Package reconcile brings one linked account at Refold in line with a configuration, and deletes
// it: a task in, an outcome out. It holds Refold's rules about adoption, user-defined fields,
// credentials and what may be lost, for every resource that manages linked accounts. Of schemas it
// knows only the names of the attributes that its problems point at.
package reconcile

import (
	"context"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// What is tried on an account, as diagnostics name it.
const (
	doingCreate = "create"
	doingUpdate = "update"
	doingDelete = "delete"
)

// Reconciler writes and deletes the linked accounts of one resource, whatever the server's
// generation (FACTS 4.1, 4.2, 4.3, 4.4). No two of a run work on an account at a time, and none
// deletes or overwrites what another one made.
type Reconciler struct {
	Data   *providerdata.Data
	Client *refold.Client
	Advice Advice
}

// Advice is what problems tell a user to do where that depends on the resource: one account can be
// taken out of the state by itself, one of many cannot. Each text is a sentence.
type Advice struct {
	// Forget is for an account that was deleted on purpose, where Refold does not show for certain
	// that it is gone.
	Forget string
	// Keep is for an account that is to stay at Refold, and be managed here no more.
	Keep string
	// Force is how force_destroy is limited to one account.
	Force string
	// OwnApp is how the organization's own app is named to the guard.
	OwnApp string
	// TakeOver is for an account that exists, and that nothing tells from others.
	TakeOver string
	// Leftover is for an account that exists now, without a state and without all of its
	// credentials. Empty where their keys may change before the next apply.
	Leftover string
	// Exists refuses to take over an account that exists already. Reason is that of the Verdict.
	Exists func(found *refold.LinkedAccount, reason string) *diagnose.Problem
}

// operation is one task under way.
type operation struct {
	Reconciler
	Task
	Outcome
	doing string
	turn  ownership.Turn
	// removed are credentials that Refold holds no more.
	removed []string
	// finishing is the context of what has to follow a write, also after a stop.
	finishing context.Context
	// begun is when the operation did.
	begun time.Time
	// sight is the account as an answer of this operation has shown it last, after its writes; nil
	// where none has.
	sight *refold.LinkedAccount
	// overwritten are keys, in order, of fields of others that a write replaces.
	overwritten []string
	// expectsNew is true for the creation of an account that nobody could see before, until an
	// attempt is known to have made it.
	expectsNew bool
	// isAssumed is true of an account that is taken for what an attempt without an answer has made.
	isAssumed bool
	// mayHaveArrived is true once an upsert may have been carried out of which no answer tells.
	mayHaveArrived bool
	// id is Refold's own id of the account that is written to, empty while not known.
	id string
}

// run does a task in the account's turn. It is what all tasks have in common.
func (r Reconciler) run(ctx context.Context, doing string, task Task, work func(*operation, context.Context) bool) Outcome {
	finishing, done := refold.Finishing(ctx)
	defer done()
	o := &operation{Reconciler: r, Task: task, doing: doing, finishing: finishing, begun: time.Now()}
	o.App, o.id = task.Prior.App, task.Prior.ID
	turn, err := r.Data.Claims.TakeTurn(ctx, ownership.AccountKey(task.Desired.AccountID), task.Owner)
	if err != nil {
		o.report(diagnose.Failure(doing, o.subject(), err))
		return o.Outcome
	}
	defer turn.Release()
	o.turn = turn
	o.Complete = work(o, ctx)
	if o.Complete {
		o.App = o.App.Settled(o.removed)
	}
	return o.Outcome
}

// CheckKey makes sure, with at most one request per run, that the API key still selects what the
// state was made in: a write with another key would create a second account elsewhere.
func (r Reconciler) CheckKey(ctx context.Context, doing, accountID string, state refold.Scope) *diagnose.Problem {
	subject := diagnose.LinkedAccount(accountID)
	scope, err := r.Client.Scope(ctx, accountID)
	if err != nil {
		return diagnose.Failure(doing, subject, err)
	}
	if !state.IsKnown() {
		return nil
	}
	return diagnose.CheckGone(subject, state, scope, r.Advice.Forget)
}

func (o *operation) checkKey(ctx context.Context) bool {
	return o.accepts(o.CheckKey(ctx, o.doing, o.Desired.AccountID, o.Prior.Scope))
}

func (o *operation) report(problem *diagnose.Problem) { o.Problems = append(o.Problems, problem) }

// accepts reports the problem that a check found, if any.
func (o *operation) accepts(problem *diagnose.Problem) bool {
	if problem == nil {
		return true
	}
	o.report(problem)
	return false
}

func (o *operation) subject() diagnose.Subject { return diagnose.LinkedAccount(o.Desired.AccountID) }
