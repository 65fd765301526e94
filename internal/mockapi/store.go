// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// place is what an API key selects: one environment of one organization.
type place struct {
	organization string
	environment  string
}

// collection holds the accounts of one place.
type collection struct {
	records map[string]*record
	// order holds account ids, oldest first.
	order []string
	stale map[string]*staleRead
}

// record is one stored account; credentials is nil until the default app's
// integration exists.
type record struct {
	account     Account
	credentials map[string]string
}

// staleRead is what reads see of an account for a while after a write.
type staleRead struct {
	before *Account
	reads  int
}

func newCollection() *collection {
	return &collection{records: map[string]*record{}, stale: map[string]*staleRead{}}
}

// find returns the record as writes see it, or nil.
func (c *collection) find(id string, ignoreCase bool) *record {
	if found := c.records[id]; found != nil || !ignoreCase {
		return found
	}
	for _, known := range c.order {
		if strings.EqualFold(known, id) {
			return c.records[known]
		}
	}
	return nil
}

func (c *collection) add(r *record) {
	c.records[r.account.AccountID] = r
	c.order = append(c.order, r.account.AccountID)
}

func (c *collection) remove(id string) {
	delete(c.records, id)
	c.order = slices.DeleteFunc(c.order, func(known string) bool { return known == id })
}

// lag notes how the account looks now, for the next reads after a write. It is
// called before the write.
func (c *collection) lag(id string, reads int) {
	if reads <= 0 {
		delete(c.stale, id)
		return
	}
	seen := &staleRead{reads: reads}
	if stored := c.records[id]; stored != nil {
		before := stored.account.clone()
		seen.before = &before
	}
	c.stale[id] = seen
}

// read returns the account as a read sees it, or nil. It uses up one stale read.
func (c *collection) read(id string, ignoreCase bool) *Account {
	if stored := c.find(id, ignoreCase); stored != nil {
		id = stored.account.AccountID
	}
	if seen := c.stale[id]; seen != nil {
		seen.reads--
		if seen.reads == 0 {
			delete(c.stale, id)
		}
		return seen.before
	}
	if stored := c.records[id]; stored != nil {
		return &stored.account
	}
	return nil
}

// readAll returns all accounts as a read sees them, oldest first.
func (c *collection) readAll() []*Account {
	ids := slices.Clone(c.order)
	for _, id := range slices.Sorted(maps.Keys(c.stale)) {
		if c.records[id] == nil {
			ids = append(ids, id)
		}
	}
	accounts := make([]*Account, 0, len(ids))
	for _, id := range ids {
		if account := c.read(id, false); account != nil {
			accounts = append(accounts, account)
		}
	}
	return accounts
}

// touch is what every change of an account does.
func (r *record) touch(now time.Time) {
	r.account.UpdatedAt = now
	r.account.Version++
}

// seed gives the record the default app's integration unless it has it.
func (r *record) seed(id string, now time.Time) {
	if r.credentials != nil {
		return
	}
	r.credentials = map[string]string{}
	if r.account.defaultApp() >= 0 {
		return
	}
	appID := DefaultAppID
	r.account.Integrations = append(r.account.Integrations, Integration{
		ID: id, Type: "custom", Name: defaultAppName, AppID: &appID,
		AuthTypes: []string{"keybased"}, CreatedAt: now, UpdatedAt: now,
	})
}

// reconcile keeps credentials and the default app's integration together after
// the integrations changed.
func (r *record) reconcile() {
	present := r.account.defaultApp() >= 0
	if !present {
		r.credentials = nil
	}
	if present && r.credentials == nil {
		r.credentials = map[string]string{}
	}
}

// now returns the time of a write: UTC, in milliseconds, later than every write
// before, so that updatedAt always moves.
func (s *Server) now() time.Time {
	now := s.clock().UTC().Truncate(time.Millisecond)
	if !now.After(s.lastWrite) {
		now = s.lastWrite.Add(time.Millisecond)
	}
	s.lastWrite = now
	return now
}

// objectID returns a new id whose first 8 characters are the second of its
// creation, as in FACTS 1.7.
func (s *Server) objectID(now time.Time) string {
	s.sequence++
	return fmt.Sprintf("%08x%010x%06x", uint32(now.Unix()), 0x8d3a91e4c7, s.sequence&0xffffff)
}
