// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"slices"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

// Lists are for speed. Where an account itself is other than a list has shown it, and was so when
// the list was read, the list was wrong, and the next one may be: from then on this client asks for
// each account by itself.

// TrustsLists reports whether no list was found to be wrong yet. What was taken from one before
// does not count any more after that.
func (c *Client) TrustsLists() bool { return !c.bulk.IsDistrusted() }

// compareWithAbsence is for an account that a write found to exist.
func (c *Client) compareWithAbsence(accountID string) {
	if claim, ok := c.bulk.Claimed(accountID); ok && claim.IsAbsent {
		c.bulk.Distrust()
	}
}

// compareWithLists is for an account that was read by itself.
func (c *Client) compareWithLists(account *LinkedAccount) {
	if claim, ok := c.bulk.Claimed(account.AccountID); ok && refutes(account, claim) {
		c.bulk.Distrust()
	}
}

func refutes(account *LinkedAccount, claim bulkread.Claim[listed]) bool {
	if claim.IsAbsent {
		return wasSo(account.CreatedAt, account.AnsweredAt, claim.Asked)
	}
	// The date moves with the connected apps (FACTS 2.1).
	shown := claim.Document.account
	return hasFurtherApp(account, shown) &&
		(account.UpdatedAt == shown.UpdatedAt || wasSo(account.UpdatedAt, account.AnsweredAt, claim.Asked))
}

// wasSo reports whether something is as it is since before a list was asked for, as far as its date
// tells: without one, nothing says that it is not.
func wasSo(since string, answered, asked time.Time) bool {
	precedes, known := isDatedBefore(since, answered, asked)
	return precedes || !known
}

// hasFurtherApp reports whether an account has an app connected that a list does not show.
func hasFurtherApp(account, shown *LinkedAccount) bool {
	return slices.ContainsFunc(account.Integrations, func(app Integration) bool {
		return !slices.ContainsFunc(shown.Integrations, func(known Integration) bool {
			return known.Type == app.Type && known.AppID == app.AppID
		})
	})
}
