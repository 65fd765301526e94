// SPDX-License-Identifier: MPL-2.0

package bulkread

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"
)

// pagesAtOnce keep the pace while answers take a while; the pacer does the rest.
const pagesAtOnce = 8

// All reads the list whole. What it returns is not older than the call, except that
// calls at the same time share, and each document comes once. A list whose pages do
// not fit together is read again, a few times, and is then an *Error. The keys are of
// what the list does not show whole, or was written meanwhile: they are to be read one
// by one. The documents are shared: they must not be changed.
func (r *Reader[D]) All(ctx context.Context) (documents []D, rest []string, err error) {
	var last *snapshot[D]
	for range passes {
		if last, err = r.loadWhole(ctx); err != nil {
			return nil, nil, err
		}
		if last.isConsistent() {
			documents, rest = r.split(last)
			return documents, rest, nil
		}
	}
	return nil, nil, r.list.keepsChanging(last)
}

// loadWhole returns a list of which nothing is left to load, so that nothing changes it any more.
func (r *Reader[D]) loadWhole(ctx context.Context) (*snapshot[D], error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	s, loading, err := r.joinWhole(ctx)
	if err != nil {
		return nil, err
	}
	select {
	case <-loading:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return s, s.err
}

// joinWhole joins a load of the whole list, unless a write has ended since it
// began, or starts one that replaces the snapshot at hand.
func (r *Reader[D]) joinWhole(ctx context.Context) (*snapshot[D], <-chan struct{}, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.final != nil {
		return nil, nil, r.final
	}
	if s := r.current; s.isWhole && s.loading != nil && s.begun == r.writes {
		return s, s.loading, nil
	}
	r.current = newSnapshot(r.list)
	r.current.toEnd, r.current.isWhole, r.current.begun = true, true, r.writes
	return r.current, r.startLoad(ctx, r.current), nil
}

func (r *Reader[D]) split(s *snapshot[D]) (documents []D, rest []string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for key, found := range s.documents {
		if r.isDistrusted || !r.isUsable(key, found.asked, question{}) || !found.document.Suffices() {
			rest = append(rest, key)
			continue
		}
		documents = append(documents, found.document)
	}
	return documents, rest
}

// startLoad loads what is next of a snapshot, for all who wait for the channel
// that it returns. The mutex must be held, and nothing else be loading it.
func (r *Reader[D]) startLoad(ctx context.Context, s *snapshot[D]) <-chan struct{} {
	done := make(chan struct{})
	s.loading, s.born = done, time.Now()
	// The load serves more than the one who happened to start it, so it does
	// not end with that one's context.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), SnapshotLife)
	go func() {
		defer cancel()
		err := r.loadPages(ctx, s)
		for err == nil && r.wantsMore(s) {
			err = r.loadPages(ctx, s)
		}
		r.endLoad(s, err)
		close(done)
	}()
	return done
}

// wantsMore reports whether a load goes on after the pages that it began with.
func (r *Reader[D]) wantsMore(s *snapshot[D]) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return s.toEnd && !s.isEnded
}

func (r *Reader[D]) endLoad(s *snapshot[D], err error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	s.loading = nil
	if err == nil {
		return
	}
	// What is shown stays usable; the rest is read one by one.
	s.isEnded, s.err, r.gaveUp = true, err, true
	if r.list.IsFinal(err) {
		r.final = err
	}
}

// loadPages loads the next pages, and stops at the first error.
func (r *Reader[D]) loadPages(ctx context.Context, s *snapshot[D]) error {
	from, to := s.nextPages()
	group, pages := errgroup.WithContext(ctx)
	group.SetLimit(pagesAtOnce)
	for number := from; number <= to && pages.Err() == nil; number++ {
		group.Go(func() error { return r.loadPage(pages, s, number) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

func (r *Reader[D]) loadPage(ctx context.Context, s *snapshot[D], number int) error {
	asked := r.now()
	page, err := r.list.Page(ctx, number)
	if err != nil {
		return err
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return s.add(number, asked, page)
}
