// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"net/url"
	"slices"
	"strings"
)

// ListFilter selects linked accounts (FACTS 2.1.4). A field that is empty does
// not select. What a server may not know or may ignore is applied again to what
// it lists, as far as that shows.
type ListFilter struct {
	// Search is a part of the name, in any case. How Refold matches it is not
	// documented (FACTS 4.16): it is sent as it stands, and what is listed
	// without it in its name is dropped.
	Search string
	// Scope is the scope that an account was created with (FACTS 4.17). An
	// account that is listed with another one is dropped; servers that neither
	// know the filter nor show scopes list all.
	Scope string
	// EnvVariableName is a variable that is set for the account. Servers before
	// v3.4.2 list all: nothing that is listed shows variables.
	EnvVariableName string
	// EnvVariableValue is the value of that variable; without a name it is not
	// sent.
	EnvVariableValue string
	// IDPrefix is how the linked_account_id begins, case-sensitive. Servers do
	// not know it.
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

// matching are the documents that may match.
func (f ListFilter) matching(documents []listed) []listed {
	var found []listed
	for _, document := range documents {
		if f.mayMatch(document) {
			found = append(found, document)
		}
	}
	return found
}
