// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/connection"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// operations are what may be done to an account of this resource.
type operations struct {
	connection *connection.Connection
	client     *refold.Client
	// wanted is the configuration by account.
	wanted map[string]reconcile.Wanted
	// adopt is adopt_existing.
	adopt bool
	// changes are what an update found out.
	changes changes
	// before is the state, kept its private part.
	before map[string]account
	after  map[string]account
	kept   map[string]tracked
	scope  refold.Scope
	// force is the state's force_destroy.
	force bool
}

// create makes one account, or takes it over where that is allowed.
func (o operations) create(ctx context.Context, id string) result {
	done := result{accountID: id}
	turn, err := o.connection.TakeTurn(ctx, id)
	if err != nil {
		done.diagnostics.Append(diagnose.Failure(reconcile.DoingCreate, id, err))
		return done
	}
	defer turn.Release()
	writer := o.writer(id, &done.diagnostics)
	account, ok := writer.Create(ctx, o.adopt)
	if !ok {
		return done
	}
	turn.Claim()
	done.account, done.app, done.upserted = account, writer.App, true
	return done
}

// update brings one account in line with the configuration.
func (o operations) update(ctx context.Context, id string) result {
	done := result{accountID: id, app: o.kept[id].App}
	change := o.changes.credentials[id]
	differs := o.after[id].differs(o.before[id])
	writer := o.writer(id, &done.diagnostics)
	if differs && writer.Want.UDF == nil {
		// Some servers clear fields that an upsert leaves out (FACTS 4 no. 2), and
		// the state does not hold those that are not managed.
		found, err := o.client.ReadLinkedAccount(ctx, id, refold.ReadOptions{})
		if err != nil && refold.KindOf(err) != refold.AccountNotFound {
			done.diagnostics.Append(diagnose.Failure(reconcile.DoingUpdate, id, err))
			return done
		}
		if found != nil {
			writer.Unmanaged = found.UDF
		}
	}
	account, _ := writer.Update(ctx, reconcile.Prior{ID: o.kept[id].ID, Scope: o.scope}, differs, change)
	done.account, done.app = account, writer.App
	done.upserted = writer.HasUpserted() || !differs
	done.uncertain = writer.HasSentCredentials() && done.diagnostics.HasError()
	return done
}

// remove deletes one account, after every look that makes it safe.
func (o operations) remove(ctx context.Context, id string) result {
	done := result{accountID: id, app: o.kept[id].App}
	turn, err := o.connection.TakeTurn(ctx, id)
	if err != nil {
		done.diagnostics.Append(diagnose.Failure(reconcile.DoingDelete, id, err))
		return done
	}
	defer turn.Release()
	if turn.IsClaimed() {
		done.diagnostics.Append(reconcile.ClaimedWarning(id))
		done.app = nil
		return done
	}
	deletion := reconcile.Remover{Client: o.client, Diagnostics: &done.diagnostics, App: o.kept[id].App, Scope: o.scope, Force: o.force}
	deletion.Remove(ctx, id)
	if !done.failed() {
		done.app = nil
	}
	return done
}

func (o operations) writer(id string, diagnostics *diag.Diagnostics) reconcile.Writer {
	return reconcile.Writer{
		Connection: o.connection, Client: o.client,
		Want: o.wanted[id], Diagnostics: diagnostics, Exists: existsError,
	}
}
