// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	// workers is how many accounts are worked on at a time. The client paces
	// requests; this only has to be enough that slow answers do not.
	workers = 32
	// generalFailures is how many failures in a row that are not about the account
	// itself make a batch doubt that the rest would end differently.
	generalFailures = 10
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
	for i, id := range accountIDs {
		results[i] = result{accountID: id, notTried: true}
	}
	queue := newQueue(len(accountIDs))
	var group sync.WaitGroup
	for range min(workers, len(accountIDs)) {
		group.Go(func() {
			for ctx.Err() == nil {
				turn, ok := queue.take()
				if !ok {
					return
				}
				results[turn.index] = work(ctx, accountIDs[turn.index])
				queue.done(turn, isGeneral(results[turn.index].diagnostics))
			}
		})
	}
	group.Wait()
	return results
}

// queue hands out the accounts of a batch. When several in a row fail as every
// account would, it hands out one from the other end, as a second opinion, and
// waits for it: those before may have their reason in common, for example a field
// that the server cannot take.
type queue struct {
	mutex   sync.Mutex
	decided *sync.Cond
	// next up to end are the indexes that are left.
	next, end int
	// taken counts turns; those up to worked were out when a turn last ended well.
	taken, worked int
	// inRow counts the general failures of turns after that. Failures take longer,
	// with all their attempts: in the order in which they end, many would be in a
	// row although others work.
	inRow int
	// isAsking is true while the second opinion is out, isClosed after it failed too.
	isAsking, isClosed bool
}

// turn is one account that a worker got.
type turn struct {
	index, number   int
	isSecondOpinion bool
}

func newQueue(size int) *queue {
	made := &queue{end: size}
	made.decided = sync.NewCond(&made.mutex)
	return made
}

// take reports false when nothing is left, or nothing works.
func (q *queue) take() (turn, bool) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	for q.isAsking {
		q.decided.Wait()
	}
	if q.isClosed || q.next == q.end {
		return turn{}, false
	}
	q.taken++
	if q.inRow >= generalFailures {
		q.isAsking = true
		q.end--
		return turn{index: q.end, number: q.taken, isSecondOpinion: true}, true
	}
	q.next++
	return turn{index: q.next - 1, number: q.taken}, true
}

// done takes note of how a turn ended. Every turn has to come back.
func (q *queue) done(ended turn, failedGenerally bool) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	switch {
	case !failedGenerally:
		q.worked, q.inRow = q.taken, 0
	case ended.number > q.worked:
		q.inRow++
	}
	if ended.isSecondOpinion {
		q.isAsking, q.isClosed = false, q.inRow >= generalFailures
		q.decided.Broadcast()
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
