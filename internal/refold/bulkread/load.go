// SPDX-License-Identifier: MPL-2.0

package bulkread

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"
)

// pagesAtOnce keep the pace while answers take a while; the pacer does the rest.
const pagesAtOnce = 8

// startLoad loads what is next of a snapshot, for all who wait for the channel
// that it returns. The mutex must be held, and nothing else be loading it.
func (r *Reader[D]) startLoad(ctx context.Context, s *snapshot[D]) <-chan struct{} {
	done := make(chan struct{})
	from, to := s.nextPages()
	s.loading, s.born = done, time.Now()
	// The load serves more than the one who happened to start it, so it does
	// not end with that one's context.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), SnapshotLife)
	go func() {
		defer cancel()
		err := r.loadPages(ctx, s, from, to)
		for err == nil && r.wantsMore(s) {
			from, to := s.nextPages()
			err = r.loadPages(ctx, s, from, to)
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

// loadPages stops at the first error.
func (r *Reader[D]) loadPages(ctx context.Context, s *snapshot[D], from, to int) error {
	group, pages := errgroup.WithContext(ctx)
	group.SetLimit(pagesAtOnce)
	for number := from; number <= to && pages.Err() == nil; number++ {
		group.Go(func() error { return r.loadPage(pages, s, number) })
	}
	err := group.Wait()
	if err == nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	return err
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
