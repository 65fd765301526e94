// SPDX-License-Identifier: MPL-2.0

package cli_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

// The mirror must offer the provider under the address that it calls itself.
func TestMirrorOffersTheProvidersAddress(t *testing.T) {
	if offered := cli.Terraform.RegistryHost() + "/" + cli.ProviderSource; offered != provider.Address {
		t.Errorf("the mirror offers %s, the provider is %s", offered, provider.Address)
	}
}
