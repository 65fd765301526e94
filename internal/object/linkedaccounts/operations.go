// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// unmanagedSight is how old the look at fields that are not managed may be:
// where a server clears them, they are written back as they were then.
const unmanagedSight = time.Minute

// operations are what may be done to an account of this resource.
type operations struct {
	data   *providerdata.Data
	client *refold.Client
	// wanted is the configuration by account.
	wanted map[string]reconcile.Wanted
	// adopt is adopt_existing.
	adopt bool
	// absent are accounts that did not exist when the batch began.
	absent absence
	// changes are what an update found out.
	changes changes
	// before is the state, after the configuration, kept the private state.
	before, after map[string]account
	kept          map[string]tracked
	scope         refold.Scope
	// force is the state's force_destroy, ownApp its app_id.
	force  bool
	ownApp string
}

// absence is what one look at the list said for all accounts to be created. It
// is good for SnapshotLife, and longer at a server whose answers say whether an
// account is new: a list that is read while accounts are created does not fit
// together, and would cost a look-up for each.
type absence struct {
	ids   map[string]bool
	since time.Time
	// saysNew is true once an answer said whether an account is new.
	saysNew *atomic.Bool
}

func (a absence) has(id string) bool {
	return a.ids[id] && (a.saysNew.Load() || time.Since(a.since) < refold.SnapshotLife)
}

// create makes one account, or takes it over where that is allowed.
func (o operations) create(ctx context.Context, id string) result {
	done := result{accountID: id, sentAll: true}
	turn, err := o.data.Claims.TakeTurn(ctx, id)
	if err != nil {
		done.diagnostics.Append(diagnose.Failure(reconcile.DoingCreate, diagnose.LinkedAccount(id), err))
		return done
	}
	defer turn.Release()
	if turn.IsClaimed() {
		done.diagnostics.Append(reconcile.ClaimedTwiceError(id))
		return done
	}
	writer := o.writer(id, &done.diagnostics)
	writer.KnownAbsent = o.absent.has(id)
	account, ok := writer.Create(ctx, o.adopt)
	if writer.SaysNew() && o.absent.saysNew != nil {
		o.absent.saysNew.Store(true)
	}
	if ok || writer.HasUpserted() {
		turn.Claim()
	}
	if !ok {
		return done
	}
	done.account, done.app, done.upserted = account, writer.App, true
	if problem := diagnose.CheckWritten(diagnose.LinkedAccount(id), o.scope, account.Scope()); problem != nil {
		done.diagnostics.Append(problem)
	}
	return done
}

// update brings one account in line with the configuration.
func (o operations) update(ctx context.Context, id string) result {
	change := o.changes.credentials[id]
	done := result{accountID: id, app: o.kept[id].App, sentAll: change.Seed}
	turn, err := o.data.Claims.TakeTurn(ctx, id)
	if err != nil {
		done.diagnostics.Append(diagnose.Failure(reconcile.DoingUpdate, diagnose.LinkedAccount(id), err))
		return done
	}
	defer turn.Release()
	turn.Claim()
	differs := o.after[id].differs(o.before[id])
	writer := o.writer(id, &done.diagnostics)
	if writer.Want.UDF == nil && !o.lookAtUnmanaged(ctx, &writer) {
		return done
	}
	account, _ := writer.Update(ctx, reconcile.Prior{ID: o.kept[id].ID, Scope: o.scope}, differs, change)
	done.account, done.app = account, writer.App
	done.upserted = writer.HasUpserted() || !differs
	done.uncertain = writer.HasSentCredentials() && done.diagnostics.HasError()
	return done
}

// lookAtUnmanaged reads fields that are not managed, and so not in the state:
// some servers clear what an upsert leaves out (FACTS 4.2).
func (o operations) lookAtUnmanaged(ctx context.Context, writer *reconcile.Writer) bool {
	id := writer.Want.AccountID
	found, err := o.client.ReadLinkedAccount(ctx, id, refold.ReadOptions{MaxAge: unmanagedSight})
	if refold.KindOf(err) == refold.AccountNotFound {
		return true
	}
	if err != nil {
		writer.Diagnostics.Append(diagnose.Failure(reconcile.DoingUpdate, diagnose.LinkedAccount(id), err))
		return false
	}
	writer.Unmanaged = found.UDF
	return true
}

// remove deletes one account, after every look that makes it safe.
func (o operations) remove(ctx context.Context, id string) result {
	done := result{accountID: id, app: o.kept[id].App}
	turn, err := o.data.Claims.TakeTurn(ctx, id)
	if err != nil {
		done.diagnostics.Append(diagnose.Failure(reconcile.DoingDelete, diagnose.LinkedAccount(id), err))
		return done
	}
	defer turn.Release()
	if turn.IsClaimed() {
		done.diagnostics.Append(reconcile.ClaimedWarning(id))
		done.app = nil
		return done
	}
	deletion := reconcile.Remover{
		Client: o.client, Diagnostics: &done.diagnostics,
		App: o.kept[id].App, OwnAppID: o.ownApp, Scope: o.scope, Force: o.force, Advice: advice(),
	}
	deletion.Remove(ctx, id)
	if !done.failed() {
		done.app = nil
	}
	return done
}

func (o operations) writer(id string, diagnostics *diag.Diagnostics) reconcile.Writer {
	return reconcile.Writer{
		Data: o.data, Client: o.client,
		Want: o.wanted[id], Diagnostics: diagnostics, Exists: existsError, Advice: advice(),
	}
}
