// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// World is the Refold of one case, and what can be done there behind Terraform's back. It knows
// mockapi.TestKey and mockapi.ProductionKey; everything is done in the environment of the first. A
// kind of object that has no use for a function leaves it out.
type World struct {
	Handler http.Handler
	// Count is how many objects there are of those that the object is about.
	Count func() int
	// Change changes what was made of Resource.Config.
	Change func()
	// Remove removes what was made of Resource.Config.
	Remove func()
	// PutIn puts something of the customer's into what was made of Resource.Config, or in its
	// place, which its deletion would lose, and returns how to find out whether it is still there.
	// Objects without a natural key have none.
	PutIn func() (isThere func() bool)
	// MakeElsewhere makes another object of the same id in the environment of
	// mockapi.ProductionKey. Where Refold gives out the ids, the mock is told to have one
	// there: what is found has to be held against the scope of the state all the same.
	MakeElsewhere func()
	// ImportID is by what id Terraform imports what was made of Resource.Config.
	ImportID func() string
}

// bench is where one case runs: a Refold, the wire to it, and the provider.
type bench struct {
	T
	World
	suite Suite
	wire  *wire
}

func newBench(t T, suite Suite, world World) *bench {
	return &bench{T: t, World: world, suite: suite, wire: &wire{next: world.Handler}}
}

// process is a new process of the provider, as each command of a CLI has one.
func (b *bench) process() *acctest.Protocol { return b.processWith(Attributes{}) }

// swapped is a process whose API key selects another environment.
func (b *bench) swapped() *acctest.Protocol {
	return b.processWith(Attributes{"api_key": mockapi.ProductionKey})
}

// guarded is a process whose provider block names another environment.
func (b *bench) guarded() *acctest.Protocol {
	return b.processWith(Attributes{"environment": "staging"})
}

// processWith is a process with further attributes in the provider block.
func (b *bench) processWith(attributes Attributes) *acctest.Protocol {
	b.Helper()
	values := map[string]tftypes.Value{"base_url": acctest.Text("https://refold.test"), "api_key": acctest.Text(mockapi.TestKey)}
	for name, value := range attributes {
		values[name] = acctest.Text(value.(string))
	}
	return b.serve(values)
}

// undecided is a process whose API key is known only after apply.
func (b *bench) undecided() *acctest.Protocol {
	b.Helper()
	return b.serve(map[string]tftypes.Value{"api_key": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)})
}

func (b *bench) serve(attributes map[string]tftypes.Value) *acctest.Protocol {
	b.Helper()
	transport := acctest.InProcess(b, b.wire)
	return acctest.ServeProtocol(b, b.suite.Server(func(o *refold.Options) { o.Transport = transport }), attributes)
}

type diagnostics = []*tfprotov6.Diagnostic

// succeeded ends the case after an error.
func (b *bench) succeeded(what string, met diagnostics) {
	b.Helper()
	if acctest.HasFailure(met) {
		b.Fatalf("%s failed:\n%s", what, acctest.List(met))
	}
}

// failed checks that there is an error, and that it holds the texts.
func (b *bench) failed(what string, met diagnostics, texts ...string) {
	b.Helper()
	if !acctest.HasFailure(met) {
		b.Errorf("%s is no error:\n%s", what, acctest.List(met))
		return
	}
	for _, text := range texts {
		if !strings.Contains(acctest.List(met), text) {
			b.Errorf("the error of %s does not name %q:\n%s", what, text, acctest.List(met))
		}
	}
}

// warned checks that there is a warning and no error, and that it holds the texts.
func (b *bench) warned(what string, met diagnostics, texts ...string) {
	b.Helper()
	b.succeeded(what, met)
	if len(met) == 0 {
		b.Errorf("%s is done without a word", what)
		return
	}
	for _, text := range texts {
		if !strings.Contains(acctest.List(met), text) {
			b.Errorf("the warning of %s does not say %q:\n%s", what, text, acctest.List(met))
		}
	}
}

// counts checks how many objects there are at Refold.
func (b *bench) counts(when string, want int) {
	b.Helper()
	if got := b.Count(); got != want {
		b.Errorf("%s, %d objects are at Refold, want %d", when, got, want)
	}
}

// wroteNothing checks that no request that may change something has arrived since
// the log was reset.
func (b *bench) wroteNothing(what string) {
	b.Helper()
	if writes := b.wire.writes(); len(writes) > 0 {
		b.Errorf("%s wrote: %s %s", what, writes[0].method, writes[0].target)
	}
}
