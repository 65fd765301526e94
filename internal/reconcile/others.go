// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// Others are the user-defined fields that others have beside managed ones, as far as a plan can
// tell.
type Others struct {
	// Keys are theirs, in order, by account. Accounts without any are left out.
	Keys map[string][]string
	// Unknown says why nobody can tell, as a sentence, by account.
	Unknown map[string]string
}

// Others finds out which fields accounts have beside those of the managed keys.
func (r Reconciler) Others(ctx context.Context, managed map[string]udf.Keys) Others {
	others := Others{Keys: map[string][]string{}, Unknown: map[string]string{}}
	for id, lookup := range r.sight(ctx, slices.Collect(maps.Keys(managed))) {
		switch {
		case refold.KindOf(lookup.Err) == refold.AccountNotFound:
		case lookup.Err != nil:
			others.Unknown[id] = diagnose.Answer(lookup.Err)
		case lookup.Account.UDFError != nil:
			others.Unknown[id] = fmt.Sprintf("Refold holds the fields in a form that this provider does not know: %s.", lookup.Account.UDFError)
		default:
			if keys := managed[id].Left(lookup.Account.UDF); len(keys) > 0 {
				others.Keys[id] = keys
			}
		}
	}
	return others
}

// Overwritten are the keys, in order, of fields that are planned for an account, and that it has
// otherwise, by what the refresh of this run has seen. Managed are those that the state has.
func Overwritten(ctx context.Context, data *providerdata.Data, accountID string, planned map[string]any, managed udf.Keys) []string {
	seen, isSeen := data.Seen(accountID)
	if !isSeen {
		return nil
	}
	return overwritten(ctx, seen.Account, planned, managed)
}

// overwritten is Overwritten for an account as it is shown.
func overwritten(ctx context.Context, account *refold.LinkedAccount, planned map[string]any, managed udf.Keys) []string {
	fresh := managed.Beside(planned)
	return udf.Compare(ctx, fresh, udf.KeysOf(fresh).Of(account.UDF)).Changed
}

// sight yields accounts as the refresh of this run has seen them, and looks for the rest by the
// rule of the bulk reader.
func (r Reconciler) sight(ctx context.Context, accountIDs []string) iter.Seq2[string, refold.Lookup] {
	return func(yield func(string, refold.Lookup) bool) {
		var unseen []string
		for _, id := range accountIDs {
			seen, isSeen := r.Data.Seen(id)
			if !isSeen {
				unseen = append(unseen, id)
			} else if !yield(id, refold.Lookup{Account: seen.Account}) {
				return
			}
		}
		for id, lookup := range r.look(ctx, unseen) {
			if !yield(id, lookup) {
				return
			}
		}
	}
}
