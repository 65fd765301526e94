// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Providers serves the provider under test to terraform-plugin-testing. Each
// adjust function may change the client's options.
func Providers(adjust ...func(*refold.Options)) map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		provider.TypeName: func() (tfprotov6.ProviderServer, error) { return provider.NewServer("test", adjust...), nil },
	}
}

// Run is RunWith for the provider under test. A short run leaves it out: a step is about nine
// commands of a CLI.
func Run(t *testing.T, steps ...resource.TestStep) bool {
	t.Helper()
	shortrun.Thorough(t, "TestBattery of acctest/registered takes each object through its life with a CLI")
	return RunWith(t, Providers(), steps...)
}

// T is a *testing.T, or what records failures that are expected.
type T interface {
	testing.TB
	Parallel()
}

// RunWith runs steps against these providers, as terraform-plugin-testing names them. It is false
// of a CLI that does not know all that the steps configure, and says so: of those, only the ones
// before are run. (At the protocol, all of it is tested for every CLI.)
func RunWith(t T, providers map[string]func() (tfprotov6.ProviderServer, error), steps ...resource.TestStep) bool {
	t.Helper()
	shortrun.WithoutRaceDetector(t)
	known := steps[:knownTo(t, steps)]
	if len(known) > 0 {
		resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: providers, Steps: known})
	}
	return len(known) == len(steps)
}

// knownTo counts the steps before the first one that the CLI refuses, of which the CLI says so.
func knownTo(t testing.TB, steps []resource.TestStep) int {
	t.Helper()
	// What no CLI refuses needs none to be looked for.
	if !slices.ContainsFunc(steps, func(step resource.TestStep) bool { return cli.CLI{}.Refusal(step.Config) != "" }) {
		return len(steps)
	}
	found, err := findCLI()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(steps, func(step resource.TestStep) bool { return found.Refusal(step.Config) != "" })
	if at < 0 {
		return len(steps)
	}
	const requirement = "terraform {\n  required_providers {\n    refold = { source = \"gocobalt/refold\" }\n  }\n}\n"
	IsRefused(t, NewWorkspace(t, map[string]string{"main.tf": requirement + steps[at].Config}))
	return at
}

// Unpaced lets a test wait neither for the pace of requests nor between attempts.
func Unpaced(options *refold.Options) {
	options.RequestsPerSecond, options.Burst, options.RetryWait = 1e6, 1e6, time.Millisecond
}
