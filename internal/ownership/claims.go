// SPDX-License-Identifier: MPL-2.0

// Package ownership knows which object of a run holds which linked account, so that
// no operation destroys or overwrites what another one made.
package ownership

import (
	"context"
	"slices"
	"sync"
)

// Claims are the accounts that resources of this run create, take over or update. The same account
// may be deleted in the same run under another address: when a resource is renamed without a moved
// block, or replaced with create_before_destroy. The deletion would then destroy what is managed
// here. And two resources may create the same account: the second would overwrite it. The zero
// value has none.
type Claims struct {
	// byAccount has a *claim for each account id that was asked for.
	byAccount sync.Map
}

type claim struct {
	// turn is held while one operation works on the account.
	turn  chan struct{}
	taken bool
	// isNew is true where the resource has created the account or taken it over, with credentials
	// of these names.
	isNew       bool
	credentials []string
}

// Turn is the right to write or delete one account; nobody else has it until Release.
type Turn struct{ claim *claim }

// TakeTurn waits until no other operation writes or deletes the account.
func (c *Claims) TakeTurn(ctx context.Context, accountID string) (Turn, error) {
	known, _ := c.byAccount.LoadOrStore(accountID, &claim{turn: make(chan struct{}, 1)})
	entry := known.(*claim)
	select {
	case entry.turn <- struct{}{}:
		return Turn{entry}, nil
	case <-ctx.Done():
		return Turn{}, ctx.Err()
	}
}

// Unclaimed are those of the accounts that no resource of this run has claimed.
func (c *Claims) Unclaimed(ctx context.Context, accountIDs []string) ([]string, error) {
	var unclaimed []string
	for _, id := range accountIDs {
		turn, err := c.TakeTurn(ctx, id)
		if err != nil {
			return nil, err
		}
		if !turn.IsClaimed() {
			unclaimed = append(unclaimed, id)
		}
		turn.Release()
	}
	return unclaimed, nil
}

// Release ends the turn.
func (t Turn) Release() { <-t.claim.turn }

// Claim says that a resource of this run manages the account from now on.
func (t Turn) Claim() { t.claim.taken = true }

// ClaimNew is Claim for an account that the resource has created or taken over, with credentials of
// these names.
func (t Turn) ClaimNew(credentials []string) {
	t.claim.taken, t.claim.isNew, t.claim.credentials = true, true, slices.Clone(credentials)
}

// Credentials are the names of ClaimNew, and false where there was none.
func (t Turn) Credentials() (names []string, isNew bool) { return t.claim.credentials, t.claim.isNew }

// IsClaimed reports whether a resource of this run claimed the account.
func (t Turn) IsClaimed() bool { return t.claim.taken }
