// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"sync"
	"sync/atomic"
)

// getsAtOnce keep the pace while answers take a while.
const getsAtOnce = 32

// getEach reads accounts with a GET each, several at a time.
func (c *Client) getEach(ctx context.Context, ids []string) iter.Seq2[string, Lookup] {
	type result struct {
		id    string
		found Lookup
	}
	return func(yield func(string, Lookup) bool) {
		ctx, cancel := context.WithCancel(ctx)
		// There is room for all results, so that nobody waits for a reader that
		// has stopped.
		results := make(chan result, len(ids))
		var next atomic.Int64
		var common atomic.Pointer[Lookup]
		var group sync.WaitGroup
		defer group.Wait()
		defer cancel()
		for range min(getsAtOnce, len(ids)) {
			group.Go(func() {
				for i := next.Add(1) - 1; i < int64(len(ids)); i = next.Add(1) - 1 {
					results <- result{ids[i], c.getUnless(ctx, &common, ids[i])}
				}
			})
		}
		for range ids {
			if one := <-results; !yield(one.id, one.found) {
				return
			}
		}
	}
}

// getUnless sends nothing once an error is known that would meet every account.
func (c *Client) getUnless(ctx context.Context, common *atomic.Pointer[Lookup], id string) Lookup {
	if known := common.Load(); known != nil {
		return *known
	}
	account, err := c.LinkedAccount(ctx, id)
	found := Lookup{Account: account, Err: err}
	if err != nil && (ctx.Err() != nil || isCommon(err)) {
		common.Store(&found)
	}
	return found
}

func isCommon(err error) bool {
	refusal, ok := errors.AsType[*Error](err)
	return isEnvironmentError(err) || ok && refusal.Status == http.StatusUnauthorized
}
