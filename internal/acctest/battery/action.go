// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"slices"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Action registers an action.
type Action struct {
	// Type is its name, such as refold_disconnect_integration.
	Type string
	// World starts a Refold at which Config can be invoked. It needs a Handler, and a
	// Count of what the action is about.
	World  func(T) World
	Config Attributes
	// Block is Config in HCL, as the body of a config block.
	Block string
	// Leaves is what World.Count is after the action.
	Leaves int
	// Unknown is about what does not exist.
	Unknown Attributes
	// Invalid are configurations that are refused before Refold is asked.
	Invalid []Attributes
	// Live is what it takes to try it at a real Refold.
	Live Live
}

func (a Action) typeName() string { return a.Type }

func (a Action) world(t T) World { return a.World(t) }

func (a Action) config() Attributes { return a.Config }

func (a Action) invalid() []Attributes { return a.Invalid }

func (a Action) attempt(b *bench, process *acctest.Protocol, attributes Attributes) diagnostics {
	b.Helper()
	_, met := b.invoke(process, a, attributes)
	return met
}

// actionCases are the battery of an action.
func actionCases() []testCase[Action] {
	return slices.Concat([]testCase[Action]{
		{name: "invoke", run: invoke, live: true},
		{name: "lost answer", run: invokeWithLostAnswer},
		{name: "writes that are repeated", run: repeatedInvoke},
		{name: "unknown object", run: invokeOnUnknown, live: true},
		{name: "by CLI", run: invokeByCLI, byCLI: true},
	}, readerCases[Action]())
}

func (b *bench) invoke(process *acctest.Protocol, a Action, attributes Attributes) ([]string, diagnostics) {
	b.Helper()
	return process.InvokeAction(a.Type, b.values(process.Schema().ActionSchemas[a.Type].Schema.ValueType(), attributes))
}

func invoke(b *bench, a Action) {
	if b.Count() == a.Leaves {
		b.Fatalf("the world of the registration is as the action leaves it, so that the action proves nothing")
	}
	messages, met := b.invoke(b.process(), a, a.Config)
	b.succeeded("the action", met)
	b.counts("after the action", a.Leaves)
	if len(messages) == 0 {
		b.Errorf("the action does not say what it does")
	}
}

// invokeWithLostAnswer: an action that was carried out is a success at the latest
// when it is invoked again.
func invokeWithLostAnswer(b *bench, a Action) {
	b.wire.treat(losing(1))
	if acctest.HasFailure(a.attempt(b, b.process(), a.Config)) {
		b.succeeded("the next action after one whose answer was lost", a.attempt(b, b.process(), a.Config))
	}
	b.counts("after an action whose answer was lost", a.Leaves)
}

// repeatedInvoke: meanwhile somebody may have made anew what the action removes.
func repeatedInvoke(b *bench, a Action) {
	b.wire.treat(failingOnce())
	b.succeeded("an action whose first attempts failed", a.attempt(b, b.process(), a.Config))
	b.wire.treat(nil)
	b.looksBeforeRepeating("an action", nil)
	b.counts("after an action whose first attempts failed", a.Leaves)
}

func invokeOnUnknown(b *bench, a Action) {
	b.failed("an action on what does not exist", a.attempt(b, b.process(), a.Unknown))
	b.wroteNothing("an action on what does not exist")
}

// invokeByCLI: a CLI that knows actions invokes it, and another one says what it does not know.
func invokeByCLI(b *bench, a Action) {
	workspace := acctest.NewWorkspace(b, map[string]string{
		"main.tf": "terraform {\n  required_providers {\n    refold = { source = \"gocobalt/refold\" }\n  }\n}\n" +
			"action \"" + a.Type + "\" \"test\" {\n  config {\n" + a.Block + "\n  }\n}\n",
	}, "REFOLD_API_KEY="+mockapi.TestKey, "REFOLD_BASE_URL="+acctest.Serve(b, b.wire))
	output, err := acctest.RunCLI(b.Context(), workspace, "init", "-no-color")
	if !workspace.CLI.CanAct() {
		if err == nil || !strings.Contains(output, `Blocks of type "action" are not expected here`) {
			b.Errorf("%s: %v\n%s", workspace.CLI, err, output)
		}
		return
	}
	if err != nil {
		b.Fatalf("%v\n%s", err, output)
	}
	acctest.MustRunCLI(b, workspace, "apply", "-no-color", "-auto-approve", "-invoke=action."+a.Type+".test")
	b.counts("after the action", a.Leaves)
}
