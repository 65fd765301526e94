// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"net/http"
	"slices"
	"sync/atomic"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// ListResource registers a list resource.
type ListResource struct {
	// Type is its name, which is that of the resource that it lists.
	Type string
	// World starts a Refold with Objects objects, which are more than one request
	// lists; it needs a Handler only.
	World   func(T) World
	Objects int
	// Requests is how many it takes to show the first object; 1 where it is 0.
	Requests int
	// Filters are ways to list some of them.
	Filters []Filter
	// Invalid are arguments that are refused before Refold is asked.
	Invalid []Attributes
	// Live is what it takes to try it at a real Refold.
	Live Live
}

// Filter is a way to list some objects.
type Filter struct {
	Arguments Attributes
	// Finds is how many of the objects.
	Finds int
}

// toFirst is how many requests show the first object.
func (l ListResource) toFirst() int { return max(1, l.Requests) }

func (l ListResource) typeName() string { return l.Type }

func (l ListResource) world(t T) World { return l.World(t) }

func (l ListResource) config() Attributes { return nil }

func (l ListResource) invalid() []Attributes { return l.Invalid }

func (l ListResource) attempt(b *bench, process *acctest.Protocol, arguments Attributes) diagnostics {
	b.Helper()
	var met diagnostics
	for _, listed := range b.list(process, l, arguments, 0) {
		met = append(met, listed.Diagnostics...)
	}
	return met
}

// listResourceCases are the battery of a list resource.
func listResourceCases() []testCase[ListResource] {
	return slices.Concat([]testCase[ListResource]{
		{name: "list", run: listAll, live: true},
		{name: "what an import and a read give", run: listAsImported, live: true},
		{name: "generated configuration", run: listToConfiguration, live: true},
		{name: "filters", run: listFiltered},
		{name: "limit", run: listLimited},
		{name: "error in the middle", run: listThatFails},
		{name: "caller that stops", run: listUntilEnough},
		{name: "stop in the middle", run: listUntilStopped},
	}, readerCases[ListResource]())
}

// listing is a list block with these arguments, whose results have states.
func (b *bench) listing(process *acctest.Protocol, l ListResource, arguments Attributes) acctest.Listing {
	b.Helper()
	return acctest.Listing{
		Arguments:       b.values(process.Schema().ListResourceSchemas[l.Type].ValueType(), arguments),
		IncludeResource: true,
	}
}

// list takes all results. A limit of 0 is none.
func (b *bench) list(process *acctest.Protocol, l ListResource, arguments Attributes, limit int64) []acctest.Listed {
	b.Helper()
	listing := b.listing(process, l, arguments)
	listing.Limit = limit
	return slices.Collect(process.List(l.Type, listing))
}

// found takes all results, none of which may be an error.
func (b *bench) found(process *acctest.Protocol, l ListResource, arguments Attributes, limit int64) []acctest.Listed {
	b.Helper()
	all := b.list(process, l, arguments, limit)
	for _, listed := range all {
		b.succeeded("list", listed.Diagnostics)
	}
	return all
}

func listAll(b *bench, l ListResource) {
	all := b.found(b.process(), l, nil, 0)
	if len(all) != l.Objects {
		b.Errorf("%d objects are listed, want %d", len(all), l.Objects)
	}
	for _, listed := range all {
		if listed.DisplayName == "" {
			b.Errorf("an object is listed without a name: %s", listed.Identity)
		}
	}
	b.wroteNothing("a list")
}

// listAsImported: what a list shows is what an import of it and a read give.
func listAsImported(b *bench, l ListResource) {
	process := b.process()
	for _, listed := range b.found(process, l, nil, 0) {
		imported, met := process.ImportByIdentity(l.Type, listed.Identity)
		b.succeeded("an import of what was listed", met)
		if !imported.State.Equal(listed.State) {
			b.Errorf("listed is\n%s\nand imported\n%s", listed.State, imported.State)
		}
	}
}

// listToConfiguration: the configuration that Terraform generates for what was
// listed is valid, and has nothing to change.
func listToConfiguration(b *bench, l ListResource) {
	process := b.process()
	for _, listed := range b.found(process, l, nil, 0) {
		config, met := process.Generated(l.Type, listed.State)
		b.succeeded("generating a configuration", met)
		b.succeeded("validating a generated configuration", process.Validate(l.Type, config))
		imported, met := process.ImportByIdentity(l.Type, listed.Identity)
		b.succeeded("an import of what was listed", met)
		if changes := b.changes(process.Plan(l.Type, &imported, config), imported); changes != "" {
			b.Errorf("the plan for a generated configuration is not empty:\n%s", changes)
		}
	}
}

func listFiltered(b *bench, l ListResource) {
	for _, filter := range l.Filters {
		if found := len(b.found(b.process(), l, filter.Arguments, 0)); found != filter.Finds {
			b.Errorf("%v finds %d objects, want %d", filter.Arguments, found, filter.Finds)
		}
	}
}

func listLimited(b *bench, l ListResource) {
	for _, limit := range []int{1, l.Objects - 1, l.Objects, l.Objects + 1} {
		b.wire.reset()
		found := len(b.found(b.process(), l, nil, int64(limit)))
		if want := min(limit, l.Objects); found != want {
			b.Errorf("a limit of %d lists %d objects, want %d", limit, found, want)
		}
		if sent := len(b.wire.requests()); limit == 1 && sent > l.toFirst() {
			b.Errorf("a limit of 1 takes %d requests", sent)
		}
	}
}

// listThatFails: what was listed before a failure stays, and the failure follows.
func listThatFails(b *bench, l ListResource) {
	var arrived atomic.Int32
	b.wire.treat(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if int(arrived.Add(1)) > l.toFirst() {
			refusingKey(w, r, next)
			return
		}
		next.ServeHTTP(w, r)
	})
	all := b.list(b.process(), l, nil, 0)
	if int(arrived.Load()) <= l.toFirst() {
		b.Fatalf("the objects of the registration fit in one request, so that none fails in the middle")
	}
	last := len(all) - 1
	b.failed("the end of a list that fails", all[last].Diagnostics)
	for _, listed := range all[:last] {
		b.succeeded("a result before the failure", listed.Diagnostics)
	}
	if last < 1 || last >= l.Objects {
		b.Errorf("%d objects are listed before the failure, want some of %d", last, l.Objects)
	}
}

// listUntilEnough: a caller that has seen enough causes no more requests.
func listUntilEnough(b *bench, l ListResource) {
	process := b.process()
	for range process.List(l.Type, b.listing(process, l, nil)) {
		break
	}
	if sent := len(b.wire.requests()); sent > l.toFirst() {
		b.Errorf("%d requests were sent for a caller that took one object", sent)
	}
}

// listUntilStopped: a stop, as at a Ctrl-C, ends a list with an error.
func listUntilStopped(b *bench, l ListResource) {
	process := b.process()
	var met diagnostics
	sent := 0
	for listed := range process.List(l.Type, b.listing(process, l, nil)) {
		if sent == 0 {
			process.Stop()
			sent = len(b.wire.requests())
		}
		met = listed.Diagnostics
	}
	b.failed("the end of a list that was stopped", met)
	if later := len(b.wire.requests()) - sent; later > 0 {
		b.Errorf("%d requests began after the stop", later)
	}
}
