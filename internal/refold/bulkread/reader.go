// SPDX-License-Identifier: MPL-2.0

// Package bulkread makes few pages of a list out of many reads of single documents,
// and reads lists whole whose pages shift. It sends nothing by itself: a function that
// reads a page goes in, and what it found of each document comes out.
package bulkread

import (
	"cmp"
	"context"
	"sync"
	"time"
)

// SnapshotLife is how long a list may stand for single reads. Loading one may not
// take longer either.
const SnapshotLife = 5 * time.Minute

// Options say how far a read may rely on a list of all documents instead of asking for one alone.
type Options struct {
	// MaxAge is how old the list may be. Zero means SnapshotLife, which is also the most.
	MaxAge time.Duration
	// TrustAbsence: what a complete list does not show counts as not existing, without
	// a single read that confirms it.
	TrustAbsence bool
}

// Found is what a list tells of one key.
type Found[D Document] struct {
	// Document is what the list shows. It is shared: it must not be changed.
	Document D
	// IsAbsent is true where a complete list, of so many documents, does not show the
	// key. There is no Document then.
	IsAbsent bool
	Among    int
}

// Reader answers reads of single documents from the pages of a list, as soon as that is cheaper.
// How many reads will come is not known, so it rents before it buys: reads are left to their
// callers, as GETs, until they have cost as much as the whole list, and then the rest of the list
// is loaded. The first page is asked for instead of the second GET, because it tells the price.
//
// For M reads, P pages and X reads of documents that the list cannot answer for, that takes at most
// 2·min(M, P+X) requests. Until the rest is loaded these are G GETs and the first page, where
// 1 ≤ G ≤ M and, for P > 1, G+1 ≤ P. With it they are G+P+X, where G = max(1, P-1) and
// M ≥ G+max(1, X). GETs count when they are decided on, so reads under way are part of it. Where
// nobody says how many pages there are, each GET pays for one, so that there are at most G+1 pages,
// and the same holds. What a write costs comes on top: a GET for each read of its document, and one
// page (see beforeLoad).
//
// It is safe for concurrent use.
type Reader[D Document] struct {
	list    List[D]
	mutex   sync.Mutex
	current *snapshot[D]
	// writes counts the writes that have ended; written has the count at the
	// end of the last write of each document, by List.Fold. What was asked for
	// before that may show the document as it was, or not at all.
	writes  int
	written map[string]int
	// absent has the documents whose absence was taken from a list, by List.Fold, and when its
	// first page was asked for.
	absent map[string]time.Time
	// isDistrusted: see Distrust.
	isDistrusted bool
	// isSingleDear: see PreferList.
	isSingleDear bool
	// gaveUp: the list of this deployment is of no use, and single reads do not try it again. What
	// failed after all retries, or takes them, would cost every further snapshot the same wait.
	gaveUp bool
	// final is an error of which List.IsFinal says that it meets every read.
	final error
}

// NewReader makes a Reader. It asks for nothing.
func NewReader[D Document](list List[D]) *Reader[D] {
	return &Reader[D]{list: list, current: newSnapshot(list), written: map[string]int{}, absent: map[string]time.Time{}}
}

// MarkWritten makes everything unusable that was asked for about a document up to
// now, or about all that one owner has, by the owner's key. It belongs at the end of
// every write, failed or not: it may have arrived.
func (r *Reader[D]) MarkWritten(key string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.writes++
	folded := r.list.Fold(key)
	r.written[folded] = r.writes
	delete(r.absent, folded)
	r.current.release(key)
}

// now is the moment of a page that is asked for next.
func (r *Reader[D]) now() moment {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return moment{time: time.Now(), writes: r.writes}
}

// question is a read, or many, of documents.
type question struct {
	// oldest is the age limit, fixed when the read began: a list that is loaded
	// while it waits is new enough, however long that takes.
	oldest       time.Time
	trustAbsence bool
}

// consult answers what the snapshot at hand can answer, into served. For the
// rest it returns either a channel that is closed when there is more to know,
// or nil when the rest is to be read with GETs.
func (r *Reader[D]) consult(ctx context.Context, keys []string, ask question, served map[string]Found[D]) (rest []string, wait <-chan struct{}, err error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.final != nil {
		return nil, nil, r.final
	}
	if r.isDistrusted {
		return keys, nil, nil
	}
	now := r.freshen(ask.oldest)
	for _, key := range keys {
		if found, ok := r.lookUp(now, key, ask); ok {
			served[key] = found
		} else {
			rest = append(rest, key)
		}
	}
	switch {
	case len(rest) == 0 || now.isEnded || r.gaveUp:
		return rest, nil, nil
	case now.loading != nil:
		return rest, now.loading, nil
	case !r.isSingleDear && now.gets+len(rest) < now.listCost():
		now.gets += len(rest)
		return rest, nil, nil
	}
	return rest, r.startLoad(ctx, r.beforeLoad(now)), nil
}

// beforeLoad returns what to load: the snapshot at hand, unless writes have ended since its first
// page was asked for. What they created or deleted has shifted the pages that follow, so these are
// read together with a new first one, at the price of that one.
func (r *Reader[D]) beforeLoad(s *snapshot[D]) *snapshot[D] {
	if s.pages == 0 || s.lastPage == Unknown || s.oldest.writes == r.writes {
		return s
	}
	r.current = newSnapshot(r.list)
	r.current.toEnd = true
	return r.current
}

// freshen drops a snapshot that is too old, and the counting starts again. One
// that is being loaded is never too old for those who wait for it.
func (r *Reader[D]) freshen(oldest time.Time) *snapshot[D] {
	if s := r.current; s.loading == nil && s.pages > 0 && s.born.Before(oldest) {
		r.current = newSnapshot(r.list)
	}
	return r.current
}

// lookUp answers for one document from the snapshot, if it can.
func (r *Reader[D]) lookUp(s *snapshot[D], key string, ask question) (Found[D], bool) {
	found, isShown := s.documents[key]
	folded := r.list.Fold(key)
	switch {
	case isShown && r.isUsable(key, found.asked, ask) && found.document.Suffices():
		return Found[D]{Document: found.document}, true
	case !isShown && ask.trustAbsence && s.isComplete() && !s.folded[folded] && r.isUsable(key, s.oldest, ask):
		r.absent[folded] = s.oldest.time
		return Found[D]{IsAbsent: true, Among: len(s.documents)}, true
	}
	return Found[D]{}, false
}

// isUsable reports whether what was asked at a moment is new enough, and no
// write of the document has ended since.
func (r *Reader[D]) isUsable(key string, asked moment, ask question) bool {
	written := r.written[r.list.Fold(key)]
	if r.list.Owner != nil {
		written = max(written, r.written[r.list.Fold(r.list.Owner(key))])
	}
	return !asked.time.Before(ask.oldest) && written <= asked.writes
}

// PreferList is for when a single read turns out to be as dear as the list, because a server knows
// no other way: from now on the list is loaded for whatever it can answer.
func (r *Reader[D]) PreferList() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.isSingleDear = true
}

// Lookup answers what lists can answer at a fair price, and returns the keys that are
// left to be read one by one. All reads together, those included, take at most twice
// the requests of whoever knew in advance what would be read. Its error is that of a
// page, where it is final, or of the context.
func (r *Reader[D]) Lookup(ctx context.Context, keys []string, options Options) (map[string]Found[D], []string, error) {
	age := min(cmp.Or(options.MaxAge, SnapshotLife), SnapshotLife)
	ask := question{oldest: time.Now().Add(-age), trustAbsence: options.TrustAbsence}
	served := make(map[string]Found[D], len(keys))
	for {
		rest, wait, err := r.consult(ctx, keys, ask, served)
		if err != nil || wait == nil {
			return served, rest, err
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		}
		keys = rest
	}
}
