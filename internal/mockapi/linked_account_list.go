// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"net/http"
	"net/url"
	"strings"
)

// ListBehaviour holds the switches about paging and filters.
type ListBehaviour struct {
	// MaxLimit is what a larger limit is lowered to (FACTS 4.15). 0: no maximum.
	MaxLimit int
	// IgnoreSearch ignores search, which matches any part of the name, in any
	// case, otherwise (FACTS 4.16).
	IgnoreSearch bool
	// IgnoreEnvVariables ignores env_variable_name and env_variable_value, as
	// servers before v3.4.2 do (FACTS 2.1.4).
	IgnoreEnvVariables bool
	// FourFields shows only associated_org, account_id, environment and name of
	// each account (FACTS 4.7).
	FourFields bool
}

// listAccounts is GET /linked-account (FACTS 2.1.4), oldest first.
func (s *Server) listAccounts(c *call) (answer, error) {
	var found []*Account
	for _, account := range s.accounts(c.place).readAll() {
		if s.selects(c.query, account) {
			found = append(found, account)
		}
	}
	show := choose(s.behaviour.List.FourFields, s.behaviour.showFour, s.behaviour.showRead)
	return jsonAnswer(http.StatusOK, paginate(found, c.query, s.behaviour.List.MaxLimit, show)), nil
}

func (s *Server) selects(query url.Values, account *Account) bool {
	if name := query.Get("env_variable_name"); name != "" && !s.behaviour.List.IgnoreEnvVariables {
		value, set := account.EnvVariables[name]
		if !set || (query.Has("env_variable_value") && query.Get("env_variable_value") != value) {
			return false
		}
	}
	if scope := query.Get("scope"); scope != "" && s.behaviour.Document.Scope != ScopeIgnored && account.Scope != scope {
		return false
	}
	search := query.Get("search")
	if search == "" || s.behaviour.List.IgnoreSearch {
		return true
	}
	return account.Name != nil && strings.Contains(strings.ToLower(*account.Name), strings.ToLower(search))
}
