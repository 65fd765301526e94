// SPDX-License-Identifier: MPL-2.0

package providerdata

import (
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// absenceLife is how long an account that was not there while an object was planned counts as
// absent. An apply plans each object once more right before it creates it.
const absenceLife = time.Minute

// Sighting is an account of a state as the refresh of this run saw it. A plan need not ask for it
// again, and a tainted object is shown to no other call.
type Sighting struct {
	Account *refold.LinkedAccount
	// Connected are the apps that the customer loses when the state gives the account up.
	Connected []refold.Integration
	// ForceDestroy is whether the state lets a deletion cut them.
	ForceDestroy bool

	at time.Time
}

type absence struct{ at time.Time }

type plannedNew struct{ at time.Time }

type imported struct{}

// See takes down an account that a state holds and that exists.
func (d *Data) See(seen Sighting) {
	seen.at = time.Now()
	Remember(d, seen.Account.AccountID, seen)
}

// Seen returns what the refresh saw of an account, not longer than refold.SnapshotLife ago.
func (d *Data) Seen(accountID string) (Sighting, bool) {
	seen, ok := Recall[Sighting](d, accountID)
	return seen, ok && time.Since(seen.at) < refold.SnapshotLife
}

// missing is the topic of warnings about an account that is not found.
type missing struct{ accountID string }

// IsFirstToMiss reports whether nobody has said yet that an account of a state is not found, and
// takes down that it is said now: what belongs to the account need not repeat it.
func (d *Data) IsFirstToMiss(accountID string) bool { return d.movements.IsFirst(missing{accountID}) }

// Miss takes down that Refold, asked for an account, said that it does not exist.
func (d *Data) Miss(accountID string) { Remember(d, accountID, absence{time.Now()}) }

// IsMissed reports whether Refold has just said that the account does not exist.
func (d *Data) IsMissed(accountID string) bool {
	missed, ok := Recall[absence](d, accountID)
	return ok && time.Since(missed.at) < absenceLife
}

// MissInPlan takes down that the plan of an account found that it does not exist, as Refold said or
// as a list shows, which is not enough to create it: see Miss.
func (d *Data) MissInPlan(accountID string) { Remember(d, accountID, plannedNew{time.Now()}) }

// IsNew reports whether an account was found not to exist by its own plan, not longer than
// refold.SnapshotLife ago, also where this run has made it since. A plan need not look for what
// belongs to it.
func (d *Data) IsNew(accountID string) bool {
	missed, ok := Recall[plannedNew](d, accountID)
	return ok && time.Since(missed.at) < refold.SnapshotLife
}

// Import takes down an account that an import of this run takes in.
func (d *Data) Import(accountID string) { Remember(d, accountID, imported{}) }

// IsImported reports whether an import of this run takes the account in.
func (d *Data) IsImported(accountID string) bool {
	_, ok := Recall[imported](d, accountID)
	return ok
}

// StopLooking takes down why a look of a plan failed that others would fail for as well.
func (d *Data) StopLooking(why error) { d.noLooks.CompareAndSwap(nil, &why) }

// WhyNotLook is the first reason of StopLooking, and nil as long as looking is of use.
func (d *Data) WhyNotLook() error {
	if why := d.noLooks.Load(); why != nil {
		return *why
	}
	return nil
}
