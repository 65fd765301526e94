// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"maps"
	"net/http"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/route"
)

// kind is what a request is about.
type kind string

// The kinds, in the order in which a customer is made.
const (
	accounts     kind = "accounts"
	integrations kind = "integrations"
	configs      kind = "configs"
	fields       kind = "fields"
	switches     kind = "switches"
	variables    kind = "variables"
	// others are requests that no step needs.
	others kind = "others"
)

func kinds() []kind {
	return []kind{accounts, integrations, configs, fields, switches, variables, others}
}

// kindOf tells requests by their paths. Each path stands for one kind, whatever the method.
func kindOf() func(mockapi.Request) kind {
	const (
		public  = "/api/v2/public"
		account = public + "/linked-account"
		slug    = public + "/slug/{slug}"
	)
	byPath := &route.Table[kind]{}
	for _, known := range []struct {
		kind  kind
		paths []string
	}{
		{accounts, []string{account, account + "/{id}"}},
		{integrations, []string{public + "/application", public + "/application/{slug}", account + "/integration/{slug}", account + "/integration/save-key-credentials/{slug}"}},
		{configs, []string{public + "/config", slug + "/config", slug + "/config/{id}", slug + "/configs"}},
		{fields, []string{public + "/config/field", public + "/config/field/{id}"}},
		{switches, []string{slug + "/config/{id}/workflows/{workflow}"}},
		{variables, []string{public + "/env/definitions", public + "/env/definitions/{id}", public + "/env/value/{id}", public + "/env/values", public + "/env/values/{id}"}},
	} {
		for _, path := range known.paths {
			byPath.Add("", path, known.kind)
		}
	}
	return func(request mockapi.Request) kind {
		if found, _, ok := byPath.Find("", request.Path); ok {
			return found
		}
		return others
	}
}

// count is how many requests read and wrote.
type count struct{ reads, writes int }

func (c count) total() int { return c.reads + c.writes }

// counts are the requests of a step by kind.
type counts map[kind]count

func (c counts) sum() count {
	var all count
	for _, one := range c {
		all.reads += one.reads
		all.writes += one.writes
	}
	return all
}

// plus is a sum by kind.
func (c counts) plus(more counts) counts {
	sum := maps.Clone(c)
	for about, one := range more {
		sum[about] = count{sum[about].reads + one.reads, sum[about].writes + one.writes}
	}
	return sum
}

func (c counts) add(about kind, isRead bool) {
	one := c[about]
	if isRead {
		one.reads++
	} else {
		one.writes++
	}
	c[about] = one
}

// figures are what a step came to.
type figures struct {
	counts
	// rejected were throttled, and failed answered with another error, or not at all. A look that
	// finds nothing is neither.
	rejected, failed int
}

func figuresOf(requests []mockapi.Request) figures {
	kindOf, measured := kindOf(), figures{counts: counts{}}
	for _, request := range requests {
		isRead := request.Method == http.MethodGet
		measured.add(kindOf(request), isRead)
		switch isMiss := isRead && request.Status == http.StatusNotFound; {
		case request.Status == http.StatusTooManyRequests:
			measured.rejected++
		case !isMiss && (request.Status < http.StatusOK || request.Status >= http.StatusBadRequest):
			measured.failed++
		}
	}
	return measured
}
