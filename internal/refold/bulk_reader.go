// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// SnapshotLife is how long a list of accounts may stand for reads of single
// ones. Loading one may not take longer either.
const SnapshotLife = 5 * time.Minute

// ReadOptions say how far a read may rely on a list of all accounts instead of
// asking for the account alone.
type ReadOptions struct {
	// MaxAge is how old the list may be. Zero means SnapshotLife, which is also
	// the most.
	MaxAge time.Duration
	// TrustAbsence: an account that a complete list does not show counts as not
	// existing, without a GET that confirms it.
	TrustAbsence bool
}

// oldest is when the list must have been asked for, at the earliest, by a read
// that begins now.
func (o ReadOptions) oldest(now time.Time) time.Time {
	age := o.MaxAge
	if age <= 0 || age > SnapshotLife {
		age = SnapshotLife
	}
	return now.Add(-age)
}

// Lookup is what came of reading one account of many.
type Lookup struct {
	// Account is shared: it must not be changed. Nil with an error.
	Account *LinkedAccount
	// Err is this account's own, as that of Client.ReadLinkedAccount.
	Err error
}

// bulkReader makes few list pages of many reads. How many reads will come is
// not known, so it rents before it buys: reads are sent out as GETs until they
// have cost as much as the whole list, and then the rest of the list is loaded.
// The first page is asked for instead of the second GET, because it tells the
// price.
//
// For M reads, P pages and X reads of accounts that the list cannot answer for,
// that takes at most 2·min(M, P+X) requests. Until the rest is loaded these are
// G GETs and the first page, where 1 ≤ G ≤ M and, for P > 1, G+1 ≤ P. With it
// they are G+P+X, where G = max(1, P-1) and M ≥ G+max(1, X). GETs count when
// they are decided on, so reads under way are part of it. Where nobody says how
// many pages there are, each GET pays for one, so that there are at most G+1
// pages, and the same holds. What a write costs comes on top: a GET for each
// read of its account, and one page (see beforeLoad).
type bulkReader struct {
	mutex   sync.Mutex
	current *snapshot
	// writes counts the writes that have ended; written has the count at the
	// end of the last write of each account, by foldCase. What was asked for
	// before that may show the account as it was, or not at all.
	writes  int
	written map[string]int
	// gaveUp: the list of this deployment is of no use, and single reads do not
	// try it again. What failed after all retries, or takes them, would cost
	// every further snapshot the same wait.
	gaveUp bool
	// wrong is the guard's error. A key's scope does not change, so it is final.
	wrong error
}

// markWritten makes everything unusable that was asked for about the account up
// to now. It belongs at the end of every write, failed or not: it may have
// arrived.
func (b *bulkReader) markWritten(accountID string) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.written == nil {
		b.written = map[string]int{}
	}
	b.writes++
	b.written[foldCase(accountID)] = b.writes
}

// now is the moment of a page that is asked for next.
func (b *bulkReader) now() moment {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return moment{time: time.Now(), writes: b.writes}
}

// question is a read, or many, of accounts.
type question struct {
	// oldest is the age limit, fixed when the read began: a list that is loaded
	// while it waits is new enough, however long that takes.
	oldest       time.Time
	trustAbsence bool
}

// consult answers what the snapshot at hand can answer, into served. For the
// rest it returns either a channel that is closed when there is more to know,
// or nil when the rest is to be read with GETs.
func (c *Client) consult(ctx context.Context, ids []string, ask question, served map[string]Lookup) (rest []string, wait <-chan struct{}, err error) {
	b := &c.bulk
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.wrong != nil {
		return nil, nil, b.wrong
	}
	now := b.freshen(ask.oldest)
	for _, id := range ids {
		if answer, ok := c.lookUp(now, id, ask); ok {
			served[id] = answer
		} else {
			rest = append(rest, id)
		}
	}
	switch {
	case len(rest) == 0 || now.isEnded || b.gaveUp:
		return rest, nil, nil
	case now.loading != nil:
		return rest, now.loading, nil
	case now.gets+len(rest) < now.listCost():
		now.gets += len(rest)
		return rest, nil, nil
	}
	return rest, c.startLoad(ctx, b.beforeLoad(now)), nil
}

// beforeLoad returns what to load: the snapshot at hand, unless writes have
// ended since its first page was asked for. What they created or deleted has
// shifted the pages that follow, so these are read together with a new first
// one, at the price of that one.
func (b *bulkReader) beforeLoad(s *snapshot) *snapshot {
	if s.pages == 0 || s.lastPage == unknownCount || s.oldest.writes == b.writes {
		return s
	}
	b.current = newSnapshot()
	b.current.toEnd = true
	return b.current
}

// freshen drops a snapshot that is too old, and the counting starts again. One
// that is being loaded is never too old for those who wait for it.
func (b *bulkReader) freshen(oldest time.Time) *snapshot {
	isOld := b.current != nil && b.current.loading == nil && b.current.pages > 0 && b.current.born.Before(oldest)
	if b.current == nil || isOld {
		b.current = newSnapshot()
	}
	return b.current
}

// lookUp answers for one account from the snapshot, if it can.
func (c *Client) lookUp(s *snapshot, id string, ask question) (Lookup, bool) {
	found, isShown := s.accounts[id]
	switch {
	case isShown && found.account != nil && c.bulk.isUsable(id, found.asked, ask):
		return Lookup{Account: found.account}, true
	case !isShown && ask.trustAbsence && s.isComplete() && !s.folded[foldCase(id)] && c.bulk.isUsable(id, s.oldest, ask):
		return Lookup{Err: c.absent(s)}, true
	}
	return Lookup{}, false
}

// isUsable reports whether what was asked at a moment is new enough, and no
// write of the account has ended since.
func (b *bulkReader) isUsable(id string, asked moment, ask question) bool {
	return !asked.time.Before(ask.oldest) && b.written[foldCase(id)] <= asked.writes
}

// absent says that a complete list does not show an account.
func (c *Client) absent(s *snapshot) error {
	return &Error{
		Status: http.StatusOK,
		Kind:   AccountNotFound,
		// That of the list as well: a key's scope does not change.
		Scope:   c.scope.get(),
		Message: fmt.Sprintf("it is not among the %d linked accounts that are listed", len(s.accounts)),
	}
}

// fromList answers what lists can answer at a fair price, and returns the ids
// that are left to be read with a GET each.
func (c *Client) fromList(ctx context.Context, ids []string, options ReadOptions) (map[string]Lookup, []string, error) {
	ask := question{oldest: options.oldest(time.Now()), trustAbsence: options.TrustAbsence}
	served := make(map[string]Lookup, len(ids))
	for {
		rest, wait, err := c.consult(ctx, ids, ask, served)
		if err != nil || wait == nil {
			return served, rest, err
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, nil, ended(ctx)
		}
		ids = rest
	}
}
