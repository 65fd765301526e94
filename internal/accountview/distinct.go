// SPDX-License-Identifier: MPL-2.0

package accountview

import "github.com/gocobalt/terraform-provider-refold/internal/refold"

// Distinct sorts out the accounts whose ids Terraform cannot keep apart from others. What it can
// hold is shown, whether or not an account can be managed by it.
func Distinct(accounts []*refold.LinkedAccount) (shown []*refold.LinkedAccount, leftOut []refold.UnusableID) {
	for _, account := range accounts {
		if err := refold.CheckExact(account.AccountID); err != nil {
			leftOut = append(leftOut, refold.UnusableID{AccountID: account.AccountID, Reason: err})
			continue
		}
		shown = append(shown, account)
	}
	return shown, leftOut
}
