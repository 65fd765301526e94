// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Account is a linked account as it is stored (FACTS 2.1).
type Account struct {
	// ID is the server's id (_id), 24 hex characters.
	ID string
	// OrganizationID is associated_org.
	OrganizationID string
	// AccountID is the natural key, unique within the environment.
	AccountID string
	// Environment is the environment's name, "test" for example.
	Environment string
	// Name is nil when unset.
	Name *string
	// UDF are the user-defined fields, in the order in which Refold shows them.
	UDF []UDFEntry
	// Integrations are the connected apps. The default app is the one whose
	// AppID is DefaultAppID: taking it away takes the credentials with it.
	Integrations []Integration
	// EnvVariables are values that list filters by; they are never shown.
	EnvVariables map[string]string
	// Scope is empty when unset (FACTS 4.17).
	Scope string
	// TenantAccountID is shown only when set.
	TenantAccountID *string
	CreatedAt       time.Time
	UpdatedAt       time.Time
	// Version is __v, which moves on every change.
	Version int
}

func (a *Account) clone() Account {
	copied := *a
	copied.Name = clonePointer(a.Name)
	copied.TenantAccountID = clonePointer(a.TenantAccountID)
	copied.EnvVariables = maps.Clone(a.EnvVariables)
	copied.UDF = slices.Clone(a.UDF)
	for i := range copied.UDF {
		copied.UDF[i].Value = cloneJSON(copied.UDF[i].Value)
	}
	copied.Integrations = slices.Clone(a.Integrations)
	for i := range copied.Integrations {
		copied.Integrations[i] = copied.Integrations[i].clone()
	}
	return copied
}

// accounts holds the accounts of one place.
type accounts struct {
	stored collection[record]
	stale  map[string]*staleRead
}

// record is one stored account; credentials is nil until the default app's integration exists.
type record struct {
	account     Account
	credentials map[string]string
}

// staleRead is what reads see of an account for a while after a write.
type staleRead struct {
	before *Account
	reads  int
}

func (s *Server) accounts(at place) *accounts { return storeOf[accounts](s, at) }

// find returns the record as writes see it, or nil.
func (a *accounts) find(id string, ignoreCase bool) *record {
	if found := a.stored.find(id); found != nil || !ignoreCase {
		return found
	}
	for _, known := range a.stored.all() {
		if strings.EqualFold(known.account.AccountID, id) {
			return known
		}
	}
	return nil
}

// lag notes how the account looks now, for the next reads after a write. It is
// called before the write.
func (a *accounts) lag(id string, reads int) {
	if reads <= 0 {
		delete(a.stale, id)
		return
	}
	seen := &staleRead{reads: reads}
	if stored := a.stored.find(id); stored != nil {
		before := stored.account.clone()
		seen.before = &before
	}
	if a.stale == nil {
		a.stale = map[string]*staleRead{}
	}
	a.stale[id] = seen
}

// read returns the account as a read sees it, or nil. It uses up one stale read.
func (a *accounts) read(id string, ignoreCase bool) *Account {
	if stored := a.find(id, ignoreCase); stored != nil {
		id = stored.account.AccountID
	}
	if seen := a.stale[id]; seen != nil {
		seen.reads--
		if seen.reads == 0 {
			delete(a.stale, id)
		}
		return seen.before
	}
	if stored := a.stored.find(id); stored != nil {
		return &stored.account
	}
	return nil
}

// readAll returns all accounts as a read sees them, oldest first.
func (a *accounts) readAll() []*Account {
	ids := slices.Clone(a.stored.ids)
	for _, id := range slices.Sorted(maps.Keys(a.stale)) {
		if a.stored.find(id) == nil {
			ids = append(ids, id)
		}
	}
	seen := make([]*Account, 0, len(ids))
	for _, id := range ids {
		if account := a.read(id, false); account != nil {
			seen = append(seen, account)
		}
	}
	return seen
}

// touch is what every change of an account does.
func (r *record) touch(now time.Time) {
	r.account.UpdatedAt = now
	r.account.Version++
}
