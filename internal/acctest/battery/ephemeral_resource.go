// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// EphemeralResource registers an ephemeral resource.
type EphemeralResource struct {
	// Type is its name, such as refold_session_token.
	Type string
	// World starts a Refold at which Config can be opened. It needs a Handler and, where
	// closing ends something at Refold, a Count of what has not ended.
	World  func(T) World
	Config Attributes
	// Block is Config in HCL, as the body of an ephemeral block.
	Block string
	// Gives are attributes that are not empty when it is open, and Secrets those
	// among them that may stand nowhere else.
	Gives, Secrets []string
	// Unknown is about what does not exist.
	Unknown Attributes
	// Invalid are configurations that are refused before Refold is asked.
	Invalid []Attributes
	// Live is what it takes to try it at a real Refold.
	Live Live
}

func (e EphemeralResource) typeName() string { return e.Type }

func (e EphemeralResource) world(t T) World { return e.World(t) }

func (e EphemeralResource) config() Attributes { return e.Config }

func (e EphemeralResource) invalid() []Attributes { return e.Invalid }

func (e EphemeralResource) attempt(b *bench, process *acctest.Protocol, attributes Attributes) diagnostics {
	b.Helper()
	_, met := b.open(process, e, attributes)
	return met
}

// ephemeralResourceCases are the battery of an ephemeral resource.
func ephemeralResourceCases() []testCase[EphemeralResource] {
	return slices.Concat([]testCase[EphemeralResource]{
		{name: "open and close", run: openAndClose, live: true},
		{name: "close after a stop", run: closeAfterStop, live: true},
		{name: "unknown object", run: openUnknown, live: true},
		{name: "secrets nowhere", run: ephemeralSecrets, live: true},
		{name: "secrets in echoes", run: echoedEphemeralSecrets},
		{name: "by CLI", run: openByCLI, byCLI: true, live: true},
	}, readerCases[EphemeralResource]())
}

func (b *bench) open(process *acctest.Protocol, e EphemeralResource, attributes Attributes) (acctest.Opened, diagnostics) {
	b.Helper()
	return process.OpenEphemeral(e.Type, b.values(process.Schema().EphemeralResourceSchemas[e.Type].ValueType(), attributes))
}

// opened opens what Config says.
func (b *bench) opened(process *acctest.Protocol, e EphemeralResource) acctest.Opened {
	b.Helper()
	opened, met := b.open(process, e, e.Config)
	b.succeeded("opening", met)
	return opened
}

func openAndClose(b *bench, e EphemeralResource) {
	process := b.process()
	opened := b.opened(process, e)
	if len(e.Gives) == 0 {
		b.Errorf("the registration does not say what it gives")
	}
	for _, name := range e.Gives {
		if opened.Text(b, name) == "" {
			b.Errorf("%s is empty", name)
		}
	}
	b.succeeded("closing", process.CloseEphemeral(e.Type, opened))
	b.leftNothingOpen("after closing")
}

// leftNothingOpen checks that what was opened has ended, where that is so.
func (b *bench) leftNothingOpen(when string) {
	b.Helper()
	if b.Count != nil {
		b.counts(when, 0)
	}
}

// closeAfterStop: a CLI closes also after a Ctrl-C.
func closeAfterStop(b *bench, e EphemeralResource) {
	process := b.process()
	opened := b.opened(process, e)
	process.Stop()
	b.succeeded("closing after a stop", process.CloseEphemeral(e.Type, opened))
	b.leftNothingOpen("after closing after a stop")
}

func openUnknown(b *bench, e EphemeralResource) {
	b.failed("opening what does not exist", e.attempt(b, b.process(), e.Unknown))
}

// ephemeralSecrets: what it gives stands in no log, diagnostic or URL.
func ephemeralSecrets(b *bench, e EphemeralResource) {
	process, log := b.process(), &logged{}
	process.LogTo(log)
	opened := b.opened(process, e)
	var secrets []string
	for _, name := range e.Secrets {
		secrets = append(secrets, opened.Text(b, name))
	}
	b.wire.treat(quotingKey)
	met := process.CloseEphemeral(e.Type, opened)
	_, refused := b.open(process, e, e.Config)
	b.failed("opening what Refold refuses", refused)
	b.kept(secrets, slices.Concat(met, refused), log)
}

// echoedEphemeralSecrets: what it gave is not shown either where Refold quotes it in any form.
func echoedEphemeralSecrets(b *bench, e EphemeralResource) {
	process, log := b.process(), &logged{}
	process.LogTo(log)
	opened := b.opened(process, e)
	var secrets []string
	for _, name := range e.Secrets {
		secrets = append(secrets, opened.Text(b, name))
	}
	b.echoed(secrets, log, func(echo treatment) diagnostics {
		b.wire.treat(echo)
		met := process.CloseEphemeral(e.Type, opened)
		_, refused := b.open(process, e, e.Config)
		return append(met, refused...)
	})
}

// openByCLI puts what it gives into the state of a provider made for that.
func openByCLI(b *bench, e EphemeralResource) {
	providers := b.factories()
	providers["echo"] = echoprovider.NewProviderServer()
	config := acctest.Provider(acctest.Serve(b, b.wire), mockapi.TestKey) +
		"ephemeral \"" + e.Type + "\" \"test\" {\n" + e.Block + "\n}\n" +
		"provider \"echo\" {\n  data = ephemeral." + e.Type + ".test\n}\nresource \"echo\" \"test\" {}\n"
	step := resource.TestStep{Config: config}
	for _, name := range e.Gives {
		step.ConfigStateChecks = append(step.ConfigStateChecks,
			statecheck.ExpectKnownValue("echo.test", tfjsonpath.New("data").AtMapKey(name), knownvalue.NotNull()))
	}
	acctest.RunWith(b, providers, step)
	b.leftNothingOpen("after the CLI")
}
