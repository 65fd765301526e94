// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"golang.org/x/sync/errgroup"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	// workers is how many accounts are worked on at a time. The client paces
	// requests; this only has to be enough that slow answers do not.
	workers = 32
	// generalFailures is how many failures that are not about the account itself
	// end a batch: the rest would meet the same.
	generalFailures = 5
)

// result is what became of one account.
type result struct {
	accountID string
	// account is as Refold has it now; nil where no answer showed it.
	account *refold.LinkedAccount
	// app is what is set up of the organization's own app, nil for nothing.
	app *reconcile.DefaultApp
	// upserted is true when name and fields are as configured.
	upserted bool
	// uncertain is true when it is not certain which credentials Refold holds.
	uncertain bool
	// sentAll is true when all configured credentials were sent at once.
	sentAll bool
	// notTried is true when the batch ended before.
	notTried bool
	// heldBack is true for a deletion that waits until everything is written.
	heldBack    bool
	diagnostics diag.Diagnostics
}

func (r result) failed() bool { return r.notTried || r.heldBack || r.diagnostics.HasError() }

// operation works on one account.
type operation func(ctx context.Context, accountID string) result

// runBatch works on all accounts, several at a time, and returns a result for
// each, in the order of the ids. It ends early when the run is stopped, or when
// nothing works any more.
func runBatch(ctx context.Context, accountIDs []string, work operation) []result {
	results := make([]result, len(accountIDs))
	var breaker breaker
	var group errgroup.Group
	group.SetLimit(workers)
	for i, id := range accountIDs {
		group.Go(func() error {
			if ctx.Err() != nil || breaker.isOpen() {
				results[i] = result{accountID: id, notTried: true}
				return nil
			}
			results[i] = work(ctx, id)
			breaker.count(results[i].diagnostics)
			return nil
		})
	}
	_ = group.Wait() // its functions return no errors
	return results
}

// breaker counts failures in a row that every account would meet.
type breaker struct {
	mutex sync.Mutex
	inRow int
}

func (b *breaker) isOpen() bool {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.inRow >= generalFailures
}

func (b *breaker) count(diagnostics diag.Diagnostics) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	switch {
	case b.inRow >= generalFailures: // stays open
	case isGeneral(diagnostics):
		b.inRow++
	default:
		b.inRow = 0
	}
}

// isGeneral reports whether an operation failed for a reason that has nothing
// to do with its account.
func isGeneral(diagnostics diag.Diagnostics) bool {
	for _, problem := range diagnostics.Errors() {
		cause := diagnose.Cause(problem)
		if cause == nil {
			continue
		}
		refusal, ok := errors.AsType[*refold.Error](cause)
		if !ok || refusal.NotRefold || refusal.Status >= http.StatusInternalServerError {
			return true
		}
		switch refusal.Status {
		case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
			return true
		}
	}
	return false
}
