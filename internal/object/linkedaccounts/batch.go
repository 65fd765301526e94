// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	// workers is how many accounts are worked on at a time. The client paces requests; this only
	// has to be enough that slow answers do not.
	workers = 32
	// generalFailures is how many failures in a row that are not about the account itself end a
	// batch: the rest would meet the same.
	generalFailures = 20
)

// result is what became of one account.
type result struct {
	accountID string
	reconcile.Outcome
	// asConfigured is true when name and fields of an account that is updated are.
	asConfigured bool
	// sentAll is true when all configured credentials were sent at once.
	sentAll bool
	// notTried is true when the batch ended before.
	notTried bool
	// heldBack is true for a deletion that waits until everything is written.
	heldBack bool
}

func (r result) failed() bool { return r.notTried || r.heldBack || r.Problems.HasError() }

type operation func(ctx context.Context, accountID string) result

// runBatch works on all accounts, several at a time, and returns a result for each, in the order of
// the ids. It ends early when the run is stopped, or when nothing works any more.
//
// Accounts that fail may lie side by side, for a reason that they have in common, and those of the
// last apply are the first of this one. So the work is done in random order: many failures in a row
// are then the server's.
func runBatch(ctx context.Context, accountIDs []string, work operation) []result {
	results := notTried(accountIDs)
	queue := queue{indexes: rand.Perm(len(accountIDs))}
	var group sync.WaitGroup
	for range min(workers, len(accountIDs)) {
		group.Go(func() {
			for ctx.Err() == nil {
				index, turn := queue.take()
				if turn == 0 {
					return
				}
				results[index] = work(ctx, accountIDs[index])
				queue.done(turn, isGeneral(results[index].Problems))
			}
		})
	}
	group.Wait()
	return results
}

func notTried(accountIDs []string) []result {
	results := make([]result, len(accountIDs))
	for i, id := range accountIDs {
		results[i] = result{accountID: id, notTried: true}
	}
	return results
}

// queue hands out the accounts of a batch by their indexes.
type queue struct {
	mutex   sync.Mutex
	indexes []int
	// taken counts the turns that were handed out; worked is what it was when a turn last ended
	// well.
	taken, worked int
	// inRow counts the general failures of turns that began after that. Failures take longer, with
	// all their attempts: in the order in which they end, many would be in a row although others
	// work.
	inRow int
}

// take returns an account and the number of the turn, which is zero when nothing is left, or
// nothing works.
func (q *queue) take() (index, turn int) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	if q.taken == len(q.indexes) || q.inRow >= generalFailures {
		return 0, 0
	}
	q.taken++
	return q.indexes[q.taken-1], q.taken
}

// done takes note of how a turn ended.
func (q *queue) done(turn int, failedGenerally bool) {
	q.mutex.Lock()
	defer q.mutex.Unlock()
	switch {
	case !failedGenerally:
		q.worked, q.inRow = q.taken, 0
	case turn > q.worked:
		q.inRow++
	}
}

// isGeneral reports whether an operation failed for a reason that has nothing to do with its
// account.
func isGeneral(problems diagnose.Problems) bool {
	return slices.ContainsFunc(problems.Of(diag.SeverityError), func(problem *diagnose.Problem) bool {
		return problem.Cause != nil && refold.IsGeneral(problem.Cause)
	})
}
