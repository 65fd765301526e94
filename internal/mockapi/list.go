// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// page is the envelope of the mongoose-paginate library (FACTS 1.5).
type page struct {
	Docs          []document `json:"docs"`
	TotalDocs     int        `json:"totalDocs"`
	Limit         int        `json:"limit"`
	TotalPages    int        `json:"totalPages"`
	Page          int        `json:"page"`
	PagingCounter int        `json:"pagingCounter"`
	HasPrevPage   bool       `json:"hasPrevPage"`
	HasNextPage   bool       `json:"hasNextPage"`
	PrevPage      *int       `json:"prevPage"`
	NextPage      *int       `json:"nextPage"`
}

// listAccounts is GET /linked-account (FACTS 2.1.4), oldest first.
func (s *Server) listAccounts(c *call) (answer, error) {
	var found []*Account
	for _, account := range s.places[c.place].readAll() {
		if s.selects(c.query, account) {
			found = append(found, account)
		}
	}
	number := max(numberOr(c.query.Get("page"), 1), 1)
	limit := numberOr(c.query.Get("limit"), 10)
	if limit < 0 {
		limit = 10
	}
	if most := s.behaviour.List.MaxLimit; most > 0 {
		limit = min(limit, most)
	}
	return jsonAnswer(http.StatusOK, s.paginate(found, number, limit)), nil
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

func (s *Server) paginate(found []*Account, number, limit int) page {
	if limit == 0 {
		return page{Docs: []document{}, TotalDocs: len(found), TotalPages: 1, Page: 1, PagingCounter: 1}
	}
	pages := max((len(found)+limit-1)/limit, 1)
	start := min((number-1)*limit, len(found))
	made := page{
		Docs:      []document{},
		TotalDocs: len(found), Limit: limit, TotalPages: pages,
		Page: number, PagingCounter: (number-1)*limit + 1,
		HasPrevPage: number > 1, HasNextPage: number < pages,
	}
	for _, account := range found[start:min(start+limit, len(found))] {
		if s.behaviour.List.FourFields {
			made.Docs = append(made.Docs, s.behaviour.showFour(account))
			continue
		}
		made.Docs = append(made.Docs, s.behaviour.showRead(account))
	}
	if made.HasPrevPage {
		made.PrevPage = new(number - 1)
	}
	if made.HasNextPage {
		made.NextPage = new(number + 1)
	}
	return made
}

// numberOr keeps to 32 bits, so that no product of page and limit overflows.
func numberOr(text string, preset int) int {
	number, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return preset
	}
	return int(number)
}
