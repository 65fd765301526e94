// SPDX-License-Identifier: MPL-2.0

package refold

// ListOptions say how much of a list is wanted.
type ListOptions struct {
	// AtMost ends the list after so many accounts; 0 is no end. Accounts with ids
	// that CheckLinkedAccountID refuses do not count.
	AtMost int
	// NamesOnly: of an account, no more than AccountID and Name has to be known.
	// This saves the GETs that old servers' lists take (FACTS 4.7).
	NamesOnly bool
	// WithoutApps: Integrations need not be known. This saves the GETs that lists
	// without that field take (FACTS 4.8).
	WithoutApps bool
}

// pageLimit is as many as are wanted, where each that is listed is one of them.
func (o ListOptions) pageLimit(filter ListFilter) int {
	if o.AtMost > 0 && filter == (ListFilter{}) {
		return min(o.AtMost, pageLimit)
	}
	return pageLimit
}

// accountFrom is an account as its document shows it, or nil where more has to be known.
func (o ListOptions) accountFrom(document listed, filter ListFilter) *LinkedAccount {
	switch {
	case document.account != nil:
		return document.account
	case filter.ConnectedApp != "":
		return nil
	case o.WithoutApps && document.withoutApps != nil:
		return document.withoutApps
	case o.NamesOnly && (document.name != "" || filter.Search == ""):
		return &LinkedAccount{AccountID: document.accountID, Name: document.name}
	}
	return nil
}
