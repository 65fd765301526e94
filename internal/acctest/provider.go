// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

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

// Run runs steps against the provider under test.
func Run(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: Providers(), Steps: steps})
}

// Unpaced lets a test wait neither for the pace of requests nor between attempts.
func Unpaced(options *refold.Options) {
	options.RequestsPerSecond, options.Burst, options.RetryWait = 1e6, 1e6, time.Millisecond
}
