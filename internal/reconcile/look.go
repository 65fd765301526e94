// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"slices"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// look reads accounts for a plan, which goes on where it gets no answer: once a look failed for a
// reason that others would meet as well, each with all attempts, nothing is asked any more.
func (r Reconciler) look(ctx context.Context, accountIDs []string) iter.Seq2[string, refold.Lookup] {
	return func(yield func(string, refold.Lookup) bool) {
		left := accountIDs
		failure := r.Data.WhyNotLook()
		if failure == nil {
			left, failure = r.lookUntilFailure(ctx, accountIDs, yield)
		}
		for _, id := range left {
			if !yield(id, refold.Lookup{Err: failure}) {
				return
			}
		}
	}
}

// lookUntilFailure returns the accounts that no answer came for, and why.
func (r Reconciler) lookUntilFailure(ctx context.Context, accountIDs []string, yield func(string, refold.Lookup) bool) (left []string, failure error) {
	answered := map[string]bool{}
	for id, lookup := range r.Client.ReadLinkedAccounts(ctx, accountIDs, refold.ReadOptions{TrustAbsence: true}) {
		if lookup.Err != nil && refold.IsGeneral(lookup.Err) {
			if ctx.Err() == nil {
				r.Data.StopLooking(lookup.Err)
			}
			failure = lookup.Err
			break
		}
		answered[id] = true
		if !yield(id, lookup) {
			return nil, nil
		}
	}
	if failure == nil {
		return nil, nil
	}
	left = slices.DeleteFunc(slices.Clone(accountIDs), func(id string) bool { return answered[id] })
	return left, failure
}

// isOwnAnswer reports whether an account was asked for by itself, and not found. The silence of a
// list has the list's status.
func isOwnAnswer(notFound error) bool {
	refusal, ok := errors.AsType[*refold.Error](notFound)
	return ok && refusal.Status != http.StatusOK
}
