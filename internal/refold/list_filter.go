// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"net/url"
	"slices"
	"strings"
)

// ListFilter selects linked accounts (FACTS 2.1.4). A field that is empty does not select. What a
// server may not know or may ignore is applied again to what it lists, as far as that shows.
type ListFilter struct {
	// Search is a part of the name, in any case. How Refold matches it is not documented
	// (FACTS 4.16): it is sent as it stands, and what is listed without it in its name is dropped.
	Search string
	// Scope is the scope that an account was created with (FACTS 4.17). An account that is listed
	// with another one is dropped; servers that neither know the filter nor show scopes list all.
	Scope string
	// EnvVariableName is a variable that is set for the account. Servers before
	// v3.4.2 list all: nothing that is listed shows variables.
	EnvVariableName string
	// EnvVariableValue is the value of that variable; without a name it is not sent.
	EnvVariableValue string
	// IDPrefix is how the linked_account_id begins, case-sensitive. Servers do not know it.
	IDPrefix string
	// ConnectedApp is an app that is connected: its slug, or the id of a custom
	// app. Servers do not know it.
	ConnectedApp string
}

// query is what servers know of the filter.
func (f ListFilter) query() url.Values {
	query := url.Values{}
	set := func(name, value string) {
		if value != "" {
			query.Set(name, value)
		}
	}
	set("search", f.Search)
	set("scope", f.Scope)
	set("env_variable_name", f.EnvVariableName)
	if f.EnvVariableName != "" {
		set("env_variable_value", f.EnvVariableValue)
	}
	return query
}

// mayMatch goes by what a document of a list shows.
func (f ListFilter) mayMatch(document listed) bool {
	switch {
	case !f.matchesID(document.accountID):
		return false
	case f.Scope != "" && document.scope != "" && document.scope != f.Scope:
		return false
	case document.account == nil:
		return document.name == "" || f.matchesName(document.name)
	}
	return f.matches(document.account)
}

// matches goes by the account itself.
func (f ListFilter) matches(account *LinkedAccount) bool {
	return f.matchesID(account.AccountID) &&
		f.matchesName(account.Name) &&
		(f.ConnectedApp == "" || slices.ContainsFunc(account.Integrations, func(app Integration) bool {
			return app.Type == f.ConnectedApp || app.AppID == f.ConnectedApp
		}))
}

func (f ListFilter) matchesID(id string) bool { return strings.HasPrefix(id, f.IDPrefix) }

func (f ListFilter) matchesName(name string) bool {
	return strings.Contains(foldCase(name), foldCase(f.Search))
}

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
	case !document.IsNamed():
		return nil
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
