// SPDX-License-Identifier: MPL-2.0

// Package battery holds the acceptance tests that every object of the provider
// runs: what nobody should have to remember to write.
//
// An object registers what the battery cannot know: a configuration, a Refold to
// try it at, and what happens there behind Terraform's back. The battery does the
// rest, a case after the other, each with a Refold of its own: most over the plugin
// protocol, in this process and in virtual time, and one with a real CLI. There is
// a file per kind of object, and in it a list of the cases with a function each.
package battery

import (
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Suite is a provider, and the registrations of its objects.
type Suite struct {
	// Server makes the server of the provider, as a process of its own. Each adjust function
	// may change the client's options.
	Server func(adjust ...func(*refold.Options)) tfprotov6.ProviderServer
	Object
}

// Object is what is registered of one object of Refold, with all its kinds.
type Object struct {
	Resources          []Resource
	DataSources        []DataSource
	ListResources      []ListResource
	EphemeralResources []EphemeralResource
	Actions            []Action
	Functions          []Function
	// Known puts into a Refold what the examples of the object take as given.
	Known []func(*mockapi.Server)
}

// Add adds the registrations of one more object.
func (o *Object) Add(more Object) {
	o.Resources = append(o.Resources, more.Resources...)
	o.DataSources = append(o.DataSources, more.DataSources...)
	o.ListResources = append(o.ListResources, more.ListResources...)
	o.EphemeralResources = append(o.EphemeralResources, more.EphemeralResources...)
	o.Actions = append(o.Actions, more.Actions...)
	o.Functions = append(o.Functions, more.Functions...)
	o.Known = append(o.Known, more.Known...)
}

// T is what a case reports to.
type T = acctest.T

// Runner runs cases by name: in virtual time where it may, on the real clock where
// other processes take part.
type Runner interface {
	InVirtualTime(name string, run func(T))
	OnRealClock(name string, run func(T))
}

// Subtests runs each case as a parallel subtest.
func Subtests(t *testing.T) Runner { return subtests{t} }

type subtests struct{ t *testing.T }

// InVirtualTime implements Runner.
func (s subtests) InVirtualTime(name string, run func(T)) {
	s.t.Run(name, func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) { run(t) })
	})
}

// OnRealClock implements Runner.
func (s subtests) OnRealClock(name string, run func(T)) {
	s.t.Run(name, func(t *testing.T) {
		t.Parallel()
		run(t)
	})
}

// Run runs the battery of every object that is registered.
func (s Suite) Run(runner Runner) {
	runAll(runner, s, "resource", s.Resources, resourceCases())
	runAll(runner, s, "data source", s.DataSources, dataSourceCases())
	runAll(runner, s, "list resource", s.ListResources, listResourceCases())
	runAll(runner, s, "ephemeral resource", s.EphemeralResources, ephemeralResourceCases())
	runAll(runner, s, "action", s.Actions, actionCases())
	runAll(runner, s, "function", s.Functions, functionCases())
}

// registration is what the kinds of registration have in common.
type registration interface {
	typeName() string
	world(T) World
}

// testCase is one test of a kind of object.
type testCase[O registration] struct {
	name  string
	run   func(*bench, O)
	byCLI bool
	// live is true where it is up to Refold what comes of the case, so that it is worth while at a
	// real one, and where nothing behind the back of the provider has to be done there.
	live bool
}

func runAll[O registration](runner Runner, suite Suite, kind string, objects []O, cases []testCase[O]) {
	for _, object := range objects {
		for _, one := range cases {
			run := runner.InVirtualTime
			if one.byCLI {
				run = runner.OnRealClock
			}
			run(kind+" "+object.typeName()+"/"+one.name, func(t T) { one.run(newBench(t, suite, object.world(t)), object) })
		}
	}
}
