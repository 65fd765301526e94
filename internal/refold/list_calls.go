// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
)

// ListLinkedAccounts yields the accounts that a filter selects, page by page and once each, in the
// order of the server (FACTS 1.5, 2.1.4). Nothing more is asked for once the caller stops. Where
// pages shift, the list is read again for what slipped through, a few times. After an
// *UnusableIDsError the list goes on. Any other error is the last that is yielded: as of
// LinkedAccount, in a *ListedError where one account is meant, or a list whose pages do not fit
// together. What was yielded before stays right.
func (c *Client) ListLinkedAccounts(ctx context.Context, filter ListFilter, options ListOptions) iter.Seq2[*LinkedAccount, error] {
	return func(yield func(*LinkedAccount, error) bool) {
		// What is not listed whole is read in portions, so that who wants few
		// accounts does not pay for a page of GETs.
		portion := getsAtOnce
		if options.AtMost > 0 {
			portion = min(portion, options.AtMost)
		}
		count := 0
		for page, err := range c.accountList(filter.query(), options.pageLimit(filter)).Each(ctx) {
			if err != nil {
				yield(nil, listError(err))
				return
			}
			candidates := slices.DeleteFunc(page, func(document listed) bool { return !filter.mayMatch(document) })
			for documents := range slices.Chunk(candidates, portion) {
				accounts, err := c.accountsOf(ctx, documents, filter, options)
				if err != nil && (!yield(nil, err) || !isPartial(err)) {
					return
				}
				for _, account := range accounts {
					if !yield(account, nil) {
						return
					}
					if CheckLinkedAccountID(account.AccountID) != nil {
						continue
					}
					if count++; count == options.AtMost {
						return
					}
				}
			}
		}
	}
}

// SelectLinkedAccounts returns the accounts that a filter selects, in order of AccountID. Where
// the servers' part of the filter is empty, it is as of AllLinkedAccounts. Errors are as of
// ListLinkedAccounts; an *UnusableIDsError comes with all other accounts. The accounts may be
// shared: they must not be changed.
func (c *Client) SelectLinkedAccounts(ctx context.Context, filter ListFilter) ([]*LinkedAccount, error) {
	if len(filter.query()) == 0 {
		all, err := c.allWhose(ctx, filter.matchesID)
		return slices.DeleteFunc(all, func(account *LinkedAccount) bool { return !filter.matches(account) }), err
	}
	var found []*LinkedAccount
	var unusable []UnusableID
	for account, err := range c.ListLinkedAccounts(ctx, filter, ListOptions{}) {
		partial, isPartial := errors.AsType[*UnusableIDsError](err)
		switch {
		case isPartial:
			unusable = append(unusable, partial.IDs...)
		case err != nil:
			return nil, err
		default:
			found = append(found, account)
		}
	}
	sortAccounts(found)
	if len(unusable) > 0 {
		return found, &UnusableIDsError{IDs: unusable}
	}
	return found, nil
}

func sortAccounts(accounts []*LinkedAccount) {
	slices.SortFunc(accounts, func(a, b *LinkedAccount) int { return cmp.Compare(a.AccountID, b.AccountID) })
}

// accountsOf are the accounts of documents that match, in order. One that was deleted since
// it was listed is left out. An *UnusableIDsError comes with all others.
func (c *Client) accountsOf(ctx context.Context, documents []listed, filter ListFilter, options ListOptions) ([]*LinkedAccount, error) {
	shown := make([]*LinkedAccount, len(documents))
	var lacking []string
	for i, document := range documents {
		if shown[i] = options.accountFrom(document, filter); shown[i] == nil {
			lacking = append(lacking, document.Key())
		}
	}
	read, err := c.getListed(ctx, lacking)
	if err != nil && !isPartial(err) {
		return nil, err
	}
	var accounts []*LinkedAccount
	for i, document := range documents {
		if account := cmp.Or(shown[i], read[document.accountID]); account != nil && filter.matches(account) {
			accounts = append(accounts, account)
		}
	}
	return accounts, err
}

// getListed reads listed accounts with a GET each. Those that were deleted since
// they were listed are left out. An *UnusableIDsError comes with all others.
func (c *Client) getListed(ctx context.Context, ids []string) (map[string]*LinkedAccount, error) {
	clean := redactor{c.secrets}
	usable, unusable := sortOut(clean, ids)
	accounts := make(map[string]*LinkedAccount, len(usable))
	for id, found := range c.getEach(ctx, usable) {
		switch {
		case KindOf(found.Err) == AccountNotFound:
			// It was deleted since the list was read.
		case found.Err != nil:
			return nil, &ListedError{AccountID: clean.quote(id, messageLimit), cause: found.Err}
		default:
			accounts[id] = found.Account
		}
	}
	if len(unusable) > 0 {
		return accounts, &UnusableIDsError{IDs: unusable}
	}
	return accounts, nil
}
