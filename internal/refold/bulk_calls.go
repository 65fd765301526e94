// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

// SnapshotLife is how long a list of accounts may stand for reads of single
// ones. Loading one may not take longer either.
const SnapshotLife = bulkread.SnapshotLife

// ReadOptions say how far a read may rely on a list of all accounts instead of
// asking for the account alone.
type ReadOptions = bulkread.Options

// Lookup is what came of reading one account of many.
type Lookup struct {
	// Account is shared: it must not be changed. Nil with an error.
	Account *LinkedAccount
	// Err is this account's own, as that of Client.ReadLinkedAccount.
	Err error
}

// ReadLinkedAccount reads an account like LinkedAccount, at a lower price where many are read: from
// a list of all accounts (FACTS 2.1.4) as soon as that is cheaper. All reads of a client together
// take at most twice the requests of whoever knew in advance what would be read. Errors are as of
// LinkedAccount; a trusted absence is one of kind AccountNotFound that carries the Scope of the
// list, where that is known. The account is shared: it must not be changed.
func (c *Client) ReadLinkedAccount(ctx context.Context, accountID string, options ReadOptions) (*LinkedAccount, error) {
	shown, rest, err := c.bulk.Lookup(ctx, []string{accountID}, options)
	if err != nil {
		return nil, listError(err)
	}
	if len(rest) > 0 {
		return c.LinkedAccount(ctx, accountID)
	}
	found := c.lookup(shown[accountID])
	return found.Account, found.Err
}

// ReadLinkedAccounts reads many accounts like ReadLinkedAccount, at once, and yields one result for
// each different id, in any order. It decides with the number in view: list pages where they are
// fewer than accounts, else GETs. An error that would meet every account alike (a refused key, the
// end of the context) is yielded for each without a request of its own.
func (c *Client) ReadLinkedAccounts(ctx context.Context, accountIDs []string, options ReadOptions) iter.Seq2[string, Lookup] {
	return func(yield func(string, Lookup) bool) {
		ids := slices.Compact(slices.Sorted(slices.Values(accountIDs)))
		shown, rest, err := c.bulk.Lookup(ctx, ids, options)
		if err != nil {
			for _, id := range ids {
				if !yield(id, Lookup{Err: listError(err)}) {
					return
				}
			}
			return
		}
		for id, found := range shown {
			if !yield(id, c.lookup(found)) {
				return
			}
		}
		c.getEach(ctx, rest)(yield)
	}
}

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
		// There is room for all results, so that nobody waits for a reader that has stopped.
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

// AllLinkedAccounts reads all accounts of the environment (FACTS 2.1.4), once each, in order of
// AccountID. What it returns is not older than the call, except that calls at the same time share.
// A list whose pages do not fit together is read again, a few times, and is then an error, as is
// one that cannot be had whole. An *UnusableIDsError comes with all other accounts. The accounts
// are shared: they must not be changed.
func (c *Client) AllLinkedAccounts(ctx context.Context) ([]*LinkedAccount, error) {
	return c.allWhose(ctx, func(string) bool { return true })
}

// allWhose is AllLinkedAccounts for those whose id is wanted. Others may be among
// them, where they cost nothing. What the list does not show whole (FACTS 4.7), and
// what was written meanwhile, is read with a GET.
func (c *Client) allWhose(ctx context.Context, isWanted func(id string) bool) ([]*LinkedAccount, error) {
	documents, rest, err := c.bulk.All(ctx)
	if err != nil {
		return nil, listError(err)
	}
	rest = slices.DeleteFunc(rest, func(id string) bool { return !isWanted(id) })
	slices.Sort(rest)
	read, err := c.getListed(ctx, rest)
	if err != nil && !isPartial(err) {
		return nil, err
	}
	accounts := slices.Collect(maps.Values(read))
	for _, document := range documents {
		accounts = append(accounts, document.account)
	}
	sortAccounts(accounts)
	return accounts, err
}

// lookup says what a list tells of one account.
func (c *Client) lookup(found bulkread.Found[listed]) Lookup {
	if !found.IsAbsent {
		return Lookup{Account: found.Document.account}
	}
	return Lookup{Err: &Error{
		Status: http.StatusOK,
		Kind:   AccountNotFound,
		// That of the list as well: a key's scope does not change.
		Scope:    c.scope.get(),
		Message:  fmt.Sprintf("it is not in the list of all linked accounts (their number: %d)", found.Among),
		Delivery: Delivery{Repeatable: true},
	}}
}
