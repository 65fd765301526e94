// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"
	"errors"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

const doingCreate = "create linked account"

// create makes the account, or takes over one that exists where that is
// allowed. The account is nil when it exists now but could not be read back.
func (w *writer) create(ctx context.Context, adopt bool) (*refold.LinkedAccount, bool) {
	existing, ok := w.lookUp(ctx, adopt)
	if !ok {
		return nil, false
	}
	if existing != nil && !adopt {
		return w.takeOver(ctx, existing)
	}
	if existing != nil && w.want.udf == nil {
		w.unmanaged = existing.UDF
	}
	answer, ok := w.upsert(ctx, doingCreate, w.want.seed())
	if !ok {
		if answer != nil {
			w.diagnostics.AddWarning("The linked account exists now, without all of its credentials",
				"The account itself was written before the error. Apply again after mending it: an account that equals its configuration is taken over.")
		}
		return nil, false
	}
	if isKnownToBeOld(answer) && !adopt {
		w.diagnostics.Append(appearedWarning(w.want.accountID))
	}
	return answer.Account, true
}

// lookUp finds out whether the account exists. Adoption needs to know only
// where fields have to survive it.
func (w *writer) lookUp(ctx context.Context, adopt bool) (*refold.LinkedAccount, bool) {
	if adopt && w.want.udf != nil {
		return nil, true
	}
	account, err := w.client.LinkedAccount(ctx, w.want.accountID)
	if refold.KindOf(err) == refold.AccountNotFound {
		return nil, true
	}
	if err != nil {
		w.diagnostics.Append(diagnose.Failure(doingCreate, w.want.accountID, err))
		return nil, false
	}
	return account, true
}

// takeOver accepts an account that is what an interrupted create leaves behind,
// and refuses any other.
func (w *writer) takeOver(ctx context.Context, existing *refold.LinkedAccount) (*refold.LinkedAccount, bool) {
	if !w.want.equals(ctx, existing) {
		w.diagnostics.Append(existsError(existing))
		return nil, false
	}
	for _, name := range names(w.want.credentials) {
		if !w.put(ctx, name) {
			return nil, false
		}
	}
	w.diagnostics.Append(takenOverWarning(w.want.accountID))
	return existing, true
}

// equals reports whether an account is exactly what this configuration creates:
// what is not configured has to be empty, and something has to be configured
// that tells the account from any other.
func (d desired) equals(ctx context.Context, account *refold.LinkedAccount) bool {
	var name string
	if d.name != nil {
		name = *d.name
	}
	var fields map[string]any
	if d.udf != nil {
		fields = *d.udf
	}
	isTelling := name != "" || len(fields) > 0
	return isTelling && account.Name == name && udf.Compare(ctx, fields, account.UDF).IsEmpty()
}

// isKnownToBeOld reports whether Refold says that the account existed before an
// upsert of which no earlier attempt can have created it.
func isKnownToBeOld(answer *refold.UpsertAnswer) bool {
	return answer.NewAccount != nil && !*answer.NewAccount && !answer.MayHaveArrived
}

func asRefusal(err error) (*refold.Error, bool) { return errors.AsType[*refold.Error](err) }
