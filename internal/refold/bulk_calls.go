// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"iter"
	"maps"
	"slices"
)

// wholeAttempts is how often a list that shifts is read before that is an error.
const wholeAttempts = 4

// ReadLinkedAccount reads an account like LinkedAccount, at a lower price where
// many are read: from a list of all accounts (FACTS 2.1.4) as soon as that is
// cheaper. All reads of a client together take at most twice the requests of
// whoever knew in advance what would be read. Errors are as of LinkedAccount; a
// trusted absence is one of kind AccountNotFound that carries the Scope of the
// list, where that is known. The account is shared: it must not be changed.
func (c *Client) ReadLinkedAccount(ctx context.Context, accountID string, options ReadOptions) (*LinkedAccount, error) {
	served, rest, err := c.fromList(ctx, []string{accountID}, options)
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 {
		return c.LinkedAccount(ctx, accountID)
	}
	return served[accountID].Account, served[accountID].Err
}

// ReadLinkedAccounts reads many accounts like ReadLinkedAccount, at once, and
// yields one result for each different id, in any order. It decides with the
// number in view: list pages where they are fewer than accounts, else GETs. An
// error that would meet every account alike (a refused key, the end of the
// context) is yielded for each without a request of its own.
func (c *Client) ReadLinkedAccounts(ctx context.Context, accountIDs []string, options ReadOptions) iter.Seq2[string, Lookup] {
	return func(yield func(string, Lookup) bool) {
		ids := slices.Compact(slices.Sorted(slices.Values(accountIDs)))
		served, rest, err := c.fromList(ctx, ids, options)
		for _, id := range ids {
			found, ok := served[id]
			if err != nil {
				found, ok = Lookup{Err: err}, true
			}
			if ok && !yield(id, found) {
				return
			}
		}
		for id, found := range c.getEach(ctx, rest) {
			if !yield(id, found) {
				return
			}
		}
	}
}

// AllLinkedAccounts reads all accounts of the environment (FACTS 2.1.4), once
// each, in order of AccountID. What it returns is not older than the call,
// except that calls at the same time share. A list whose pages do not fit
// together is read again, a few times, and is then an error, as is one that
// cannot be had whole. An *UnusableIDsError comes with all other accounts. The
// accounts are shared: they must not be changed.
func (c *Client) AllLinkedAccounts(ctx context.Context) ([]*LinkedAccount, error) {
	return c.allWhose(ctx, func(string) bool { return true })
}

// allWhose is AllLinkedAccounts for those whose id is wanted. Others may be among
// them, where they cost nothing.
func (c *Client) allWhose(ctx context.Context, isWanted func(id string) bool) ([]*LinkedAccount, error) {
	var last *snapshot
	for range wholeAttempts {
		var err error
		if last, err = c.loadWhole(ctx); err != nil {
			return nil, err
		}
		if last.isConsistent() {
			return c.wholeAccounts(ctx, last, isWanted)
		}
	}
	return nil, errListChanges(last.total, len(last.accounts))
}

// loadWhole returns a list of which nothing is left to load, so that nothing
// changes it any more.
func (c *Client) loadWhole(ctx context.Context) (*snapshot, error) {
	if ctx.Err() != nil {
		return nil, ended(ctx)
	}
	s, loading, err := c.joinWhole(ctx)
	if err != nil {
		return nil, err
	}
	select {
	case <-loading:
	case <-ctx.Done():
		return nil, ended(ctx)
	}
	return s, s.err
}

// joinWhole joins a load of the whole list, unless a write has ended since it
// began, or starts one that replaces the snapshot at hand.
func (c *Client) joinWhole(ctx context.Context) (*snapshot, <-chan struct{}, error) {
	b := &c.bulk
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.wrong != nil {
		return nil, nil, b.wrong
	}
	if s := b.current; s != nil && s.isWhole && s.loading != nil && s.begun == b.writes {
		return s, s.loading, nil
	}
	b.current = newSnapshot()
	b.current.toEnd, b.current.isWhole, b.current.begun = true, true, b.writes
	return b.current, c.startLoad(ctx, b.current), nil
}

// wholeAccounts reads with a GET what the list does not show whole
// (FACTS 4.7), and what was written since.
func (c *Client) wholeAccounts(ctx context.Context, s *snapshot, isWanted func(id string) bool) ([]*LinkedAccount, error) {
	accounts, rest := c.split(s)
	rest = slices.DeleteFunc(rest, func(id string) bool { return !isWanted(id) })
	slices.Sort(rest)
	read, err := c.getListed(ctx, rest)
	if err != nil && !isPartial(err) {
		return nil, err
	}
	accounts = slices.AppendSeq(accounts, maps.Values(read))
	sortAccounts(accounts)
	return accounts, err
}

func (c *Client) split(s *snapshot) (accounts []*LinkedAccount, rest []string) {
	c.bulk.mutex.Lock()
	defer c.bulk.mutex.Unlock()
	for id, found := range s.accounts {
		if found.account == nil || !c.bulk.isUsable(id, found.asked, question{}) {
			rest = append(rest, id)
			continue
		}
		accounts = append(accounts, found.account)
	}
	return accounts, rest
}
