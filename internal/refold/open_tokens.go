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
}

// RevokeAtEnd has Options.OpenTokens revoke a token, unless RevokeSessionToken has done so before.
func (c *Client) RevokeAtEnd(accountID, token string) {
	c.openTokens.add(token, openToken{c, accountID})
}

// Revoke revokes what is left, several at a time, and returns how many it could not. It ends with
// the context at the latest. Requests keep to the pace of their client, so that there is time for
// about as many as Refold allows a second (FACTS 1.4).
func (o *OpenTokens) Revoke(ctx context.Context) (left int) {
	var group sync.WaitGroup
	var failed atomic.Int64
	for token, open := range o.all() {
		group.Go(func() {
			if open.client.RevokeSessionToken(ctx, open.accountID, token) != nil {
				failed.Add(1)
			}
		})
	}
	group.Wait()
	return int(failed.Load())
}

func (o *OpenTokens) all() map[string]openToken {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return maps.Clone(o.open)
}

func (o *OpenTokens) add(token string, open openToken) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.open == nil {
		o.open = map[string]openToken{}
	}
	o.open[token] = open
}

func (o *OpenTokens) remove(token string) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	delete(o.open, token)
}
