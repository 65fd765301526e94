// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"maps"
	"sync"
	"sync/atomic"
)

// OpenTokens are the session tokens of a process that are to be revoked, and have not been yet:
// those of all clients whose Options name it. The zero value has none, and is ready for use. It is
// safe for concurrent use.
type OpenTokens struct {
	mutex sync.Mutex
	// open has whom to ask for the revocation of each token.
	open map[string]openToken
}

type openToken struct {
	client    *Client
	accountID string
	// values is the context of whoever opened it, without its end: it says where to log.
	values context.Context
}

// OpenTokens is Options.OpenTokens.
func (c *Client) OpenTokens() *OpenTokens { return c.openTokens }

// Add has a token of a client revoked by Revoke, unless RevokeSessionToken does so before. What the
// revocation logs goes where the context says; its end does not matter.
func (o *OpenTokens) Add(ctx context.Context, client *Client, accountID, token string) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.open == nil {
		o.open = map[string]openToken{}
	}
	o.open[token] = openToken{client, accountID, context.WithoutCancel(ctx)}
}

// Revoke revokes what is left, several at a time, and returns how many it could not. It ends with
// the context at the latest. Requests keep to the pace of their client, so that there is time for
// about as many as Refold allows a second (FACTS 1.4).
func (o *OpenTokens) Revoke(ctx context.Context) (left int) {
	var group sync.WaitGroup
	var failed atomic.Int64
	for token, open := range o.all() {
		group.Go(func() {
			if open.revoke(ctx, token) != nil {
				failed.Add(1)
			}
		})
	}
	group.Wait()
	return int(failed.Load())
}

// revoke ends with the context.
func (o openToken) revoke(ctx context.Context, token string) error {
	revoking, cancel := context.WithCancel(o.values)
	defer cancel()
	if deadline, ok := ctx.Deadline(); ok {
		revoking, cancel = context.WithDeadline(revoking, deadline)
		defer cancel()
	}
	defer context.AfterFunc(ctx, cancel)()
	return o.client.RevokeSessionToken(revoking, o.accountID, token)
}

func (o *OpenTokens) all() map[string]openToken {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return maps.Clone(o.open)
}

func (o *OpenTokens) remove(token string) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	delete(o.open, token)
}
