// SPDX-License-Identifier: MPL-2.0

// Package ownership knows which resource of a run holds which object, so that no operation destroys
// or overwrites what another one made.
package ownership

import (
	"context"
	"crypto/rand"
	"slices"
	"sync"
)

// Claims are the objects that resources of this run create, take over or update. The same object
// may be deleted in the same run under another address: when a resource is renamed without a moved
// block, or replaced with create_before_destroy. The deletion would then destroy what is managed
// here. And two resources may create the same one: the second would overwrite it. The zero value
// has none.
type Claims struct {
	// byKey has a *claim for each object that was asked for.
	byKey sync.Map
}

type claim struct {
	// turn is held while one operation works on the object.
	turn  chan struct{}
	taken bool
	// owner is what the claiming resource keeps in its state.
	owner string
	// isNew is true where the resource has created the account or taken it over, with credentials
	// of these names.
	isNew       bool
	credentials []string
}

// Turn is the right to write or delete one object; nobody else has it until Release.
type Turn struct {
	claim *claim
	owner string
}

// NewOwner names a resource that is being created. Its state keeps the name: whoever creates,
// changes and deletes in one run, as the tests of Terraform 1.15 do, deletes what is its own.
func NewOwner() string { return rand.Text() }

// AccountKey names a linked account.
func AccountKey(accountID string) Key { return Key{Kind: "linked account", ID: accountID} }

// TakeTurn waits until no other operation writes or deletes the object. Owner is the name of the
// resource, empty where its state has none.
func (c *Claims) TakeTurn(ctx context.Context, object Key, owner string) (Turn, error) {
	known, _ := c.byKey.LoadOrStore(object, &claim{turn: make(chan struct{}, 1)})
	entry := known.(*claim)
	select {
	case entry.turn <- struct{}{}:
		return Turn{entry, owner}, nil
	case <-ctx.Done():
		return Turn{}, ctx.Err()
	}
}

// Unclaimed are those of the accounts that no other resource of this run has claimed than the
// owner.
func (c *Claims) Unclaimed(ctx context.Context, accountIDs []string, owner string) ([]string, error) {
	var unclaimed []string
	for _, id := range accountIDs {
		turn, err := c.TakeTurn(ctx, AccountKey(id), owner)
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

// Claim says that a resource of this run manages the object from now on.
func (t Turn) Claim() { t.claim.taken, t.claim.owner = true, t.owner }

// Free says that no resource manages the object any more.
func (t Turn) Free() { t.claim.taken, t.claim.isNew = false, false }

// ClaimNew is Claim for an account that the resource has created or taken over, with credentials of
// these names.
func (t Turn) ClaimNew(credentials []string) {
	t.Claim()
	t.claim.isNew, t.claim.credentials = true, slices.Clone(credentials)
}

// Credentials are the names of ClaimNew, and false where there was none.
func (t Turn) Credentials() (names []string, isNew bool) { return t.claim.credentials, t.claim.isNew }

// IsClaimed reports whether another resource of this run claimed the object.
func (t Turn) IsClaimed() bool { return t.claim.taken && (t.owner == "" || t.claim.owner != t.owner) }
