// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// Live is what an object needs to be tried at a real Refold, which nobody can change from behind.
// The zero value needs nothing: the object is tried there as well.
type Live struct {
	// Not says why the object is not tried: what it needs that no request can make.
	Not string
	// Accounts are those that have to be there.
	Accounts []LiveAccount
	// Variables are definitions of the mock by their ids, in whose place there has to be one of the
	// same scope, format and encryption.
	Variables []string
}

// LiveAccount is an account as an upsert makes it.
type LiveAccount struct {
	ID   string         `json:"linked_account_id"`
	Name string         `json:"name,omitempty"`
	UDF  map[string]any `json:"udf,omitempty"`
}

// Site makes the Refold of one case, in which there is what Live says and nothing else. It takes
// all away when the test ends.
type Site func(T, Live) http.Handler

// RunLive runs, of each object that can be tried there, the cases in which it is up to Refold what
// comes of them.
func (s Suite) RunLive(runner Runner, at Site) {
	runLive(runner, s, at, "resource", s.Resources, resourceCases())
	runLive(runner, s, at, "data source", s.DataSources, dataSourceCases())
	runLive(runner, s, at, "list resource", s.ListResources, listResourceCases())
	runLive(runner, s, at, "ephemeral resource", s.EphemeralResources, ephemeralResourceCases())
	runLive(runner, s, at, "action", s.Actions, actionCases())
}

// NotLive names each object that RunLive leaves out, and says why.
func (s Suite) NotLive() []string {
	var left []string
	note := func(kind, name string, live Live) {
		if live.Not != "" {
			left = append(left, kind+" "+name+": "+live.Not)
		}
	}
	for _, r := range s.Resources {
		note("resource", r.Type, r.Live)
	}
	for _, d := range s.DataSources {
		note("data source", d.Type, d.Live)
	}
	for _, l := range s.ListResources {
		note("list resource", l.Type, l.Live)
	}
	for _, e := range s.EphemeralResources {
		note("ephemeral resource", e.Type, e.Live)
	}
	for _, a := range s.Actions {
		note("action", a.Type, a.Live)
	}
	for _, f := range s.Functions {
		note("function", f.Name, Live{Not: "it asks no Refold"})
	}
	return left
}

// liveRegistration is one of an object that asks Refold.
type liveRegistration[O any] interface {
	registration
	live() Live
	// inLive is the registration as it is at a real Refold, and what there can be done behind
	// Terraform's back.
	inLive(*bench) O
}

func runLive[O liveRegistration[O]](runner Runner, suite Suite, at Site, kind string, objects []O, cases []testCase[O]) {
	for _, object := range objects {
		for _, one := range cases {
			if !one.live || object.live().Not != "" {
				continue
			}
			run := runner.InVirtualTime
			if one.byCLI {
				run = runner.OnRealClock
			}
			run(kind+" "+object.typeName()+"/"+one.name, func(t T) {
				b := newBench(t, suite, World{Handler: at(t, object.live())})
				one.run(b, object.inLive(b))
			})
		}
	}
}

func (r Resource) live() Live { return r.Live }

func (d DataSource) live() Live { return d.Live }

func (l ListResource) live() Live { return l.Live }

func (e EphemeralResource) live() Live { return e.Live }

func (a Action) live() Live { return a.Live }

func (d DataSource) inLive(*bench) DataSource { return d }

func (e EphemeralResource) inLive(*bench) EphemeralResource { return e }

func (a Action) inLive(*bench) Action { return a }

// inLive lists the accounts that are there, which are not more than one request lists.
func (l ListResource) inLive(*bench) ListResource {
	l.Objects = len(l.Live.Accounts)
	return l
}

// inLive lets another user of the provider do what the mock does behind Terraform's back.
func (r Resource) inLive(b *bench) Resource {
	b.ImportID = r.World(b.T).ImportID
	b.Count = func() int { return b.countImported(r) }
	b.Change = func() {
		other, imported := b.otherUser(r)
		_, met := b.apply(other, r, &imported, r.Changed.without(r.NotReadBack))
		b.succeeded("a change by somebody else", met)
	}
	b.Remove = func() {
		other, imported := b.otherUser(r)
		forced, met := b.apply(other, r, &imported, r.forced(other))
		b.succeeded("a consent to the removal by somebody else", met)
		_, met = other.Apply(r.Type, &forced, tftypes.NewValue(forced.State.Type(), nil))
		b.succeeded("a removal by somebody else", met)
	}
	return r
}

// forced is Config for somebody who wants the object deleted, whatever that costs.
func (r Resource) forced(process *acctest.Protocol) Attributes {
	const force = "force_destroy"
	forced := r.Config.without(r.NotReadBack)
	for _, attribute := range process.Schema().ResourceSchemas[r.Type].Block.Attributes {
		if attribute.Name == force {
			forced[force] = true
		}
	}
	return forced
}

// otherUser has imported what was made of Resource.Config, on a way of his own.
func (b *bench) otherUser(r Resource) (*acctest.Protocol, acctest.Instance) {
	b.Helper()
	other := b.beside()
	imported, met := other.Import(r.Type, b.ImportID())
	b.succeeded("an import by somebody else", met)
	return other, imported
}

// beside is a process that the case does not see.
func (b *bench) beside() *acctest.Protocol {
	b.Helper()
	beside := *b
	beside.wire = &wire{next: b.Handler}
	return beside.process()
}

// countImported counts what an import finds.
func (b *bench) countImported(r Resource) int {
	b.Helper()
	imported, met := b.beside().Import(r.Type, b.ImportID())
	if acctest.HasFailure(met) {
		if !strings.Contains(strings.ToLower(acctest.List(met)), "there is no ") {
			b.Fatalf("it is not known how many objects there are:\n%s", acctest.List(met))
		}
		return 0
	}
	if !r.isCollection() {
		return 1
	}
	return b.elements(r, imported)
}

// elements counts those of the attribute that holds the objects of a collection.
func (b *bench) elements(r Resource, instance acctest.Instance) int {
	b.Helper()
	for name, value := range r.Config {
		if configured, isMap := value.(map[string]any); isMap && len(configured) == r.Objects {
			var elements map[string]tftypes.Value
			if err := instance.Attribute(b, name).As(&elements); err != nil {
				b.Fatal(err)
			}
			return len(elements)
		}
	}
	b.Fatalf("the registration has no attribute with %d objects", r.Objects)
	return 0
}
