// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"net/url"
	"strconv"
)

// defaultLimit is how long a page is when a query does not say (FACTS 1.5).
const defaultLimit = 10

// page is the envelope of the mongoose-paginate library (FACTS 1.5).
type page struct {
	Docs          []document `json:"docs"`
	TotalDocs     int        `json:"totalDocs"`
	Limit         int        `json:"limit"`
	TotalPages    int        `json:"totalPages"`
	Page          int        `json:"page"`
	PagingCounter int64      `json:"pagingCounter"`
	HasPrevPage   bool       `json:"hasPrevPage"`
	HasNextPage   bool       `json:"hasNextPage"`
	PrevPage      *int       `json:"prevPage"`
	NextPage      *int       `json:"nextPage"`
}

// paginate cuts out the page that a query asks for, and shows what is on it. A
// limit above most is lowered to it; 0 is no maximum.
func paginate[T any](found []T, query url.Values, most int, show func(T) document) page {
	number, limit := max(numberOr(query.Get("page"), 1), 1), numberOr(query.Get("limit"), defaultLimit)
	if limit < 0 {
		limit = defaultLimit
	}
	if most > 0 {
		limit = min(limit, most)
	}
	if limit == 0 {
		return page{Docs: []document{}, TotalDocs: len(found), TotalPages: 1, Page: 1, PagingCounter: 1}
	}
	pages := max((len(found)-1)/limit+1, 1)
	before := int64(number-1) * int64(limit)
	rest := found[min(before, int64(len(found))):]
	made := page{
		Docs:      []document{},
		TotalDocs: len(found), Limit: limit, TotalPages: pages,
		Page: number, PagingCounter: before + 1,
		HasPrevPage: number > 1, HasNextPage: number < pages,
	}
	for _, one := range rest[:min(limit, len(rest))] {
		made.Docs = append(made.Docs, show(one))
	}
	if made.HasPrevPage {
		made.PrevPage = new(number - 1)
	}
	if made.HasNextPage {
		made.NextPage = new(number + 1)
	}
	return made
}

// numberOr keeps to 32 bits, so that no product of page and limit overflows 64.
func numberOr(text string, preset int) int {
	number, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return preset
	}
	return int(number)
}
