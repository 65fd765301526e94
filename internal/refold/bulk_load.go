// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"
)

// pagesAtOnce keep the pace while answers take a while; the pacer does the rest.
const pagesAtOnce = 8

// startLoad loads what is next of a snapshot, for all who wait for the channel
// that it returns. The mutex must be held, and nothing else be loading it.
func (c *Client) startLoad(ctx context.Context, s *snapshot) <-chan struct{} {
	done := make(chan struct{})
	from, to := s.nextPages()
	s.loading, s.born = done, time.Now()
	// The load serves more than the one who happened to start it, so it does
	// not end with that one's context.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), SnapshotLife)
	go func() {
		defer cancel()
		err := c.loadPages(ctx, s, from, to)
		for err == nil && c.wantsMore(s) {
			from, to := s.nextPages()
			err = c.loadPages(ctx, s, from, to)
		}
		c.endLoad(s, err)
		close(done)
	}()
	return done
}

// wantsMore reports whether a load goes on after the pages that it began with.
func (c *Client) wantsMore(s *snapshot) bool {
	c.bulk.mutex.Lock()
	defer c.bulk.mutex.Unlock()
	return s.toEnd && !s.isEnded
}

func (c *Client) endLoad(s *snapshot, err error) {
	b := &c.bulk
	b.mutex.Lock()
	defer b.mutex.Unlock()
	s.loading = nil
	if err == nil {
		return
	}
	// What is shown stays usable; the rest is read with GETs.
	s.isEnded, s.err, b.gaveUp = true, err, true
	if wrong, ok := errors.AsType[*EnvironmentError](err); ok {
		b.wrong = wrong
	}
}

// loadPages stops at the first error.
func (c *Client) loadPages(ctx context.Context, s *snapshot, from, to int) error {
	group, pages := errgroup.WithContext(ctx)
	group.SetLimit(pagesAtOnce)
	for number := from; number <= to && pages.Err() == nil; number++ {
		group.Go(func() error { return c.loadPage(pages, s, number) })
	}
	err := group.Wait()
	if err == nil && ctx.Err() != nil {
		err = ended(ctx)
	}
	return err
}

func (c *Client) loadPage(ctx context.Context, s *snapshot, number int) error {
	asked := c.bulk.now()
	page, err := c.listPage(ctx, nil, number, pageLimit)
	if err != nil {
		return err
	}
	c.bulk.mutex.Lock()
	defer c.bulk.mutex.Unlock()
	return s.add(number, asked, page)
}
