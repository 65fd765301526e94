// SPDX-License-Identifier: MPL-2.0

package bed

import (
	"fmt"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

const planFile = "saved.tfplan"

// SavePlan plans, and keeps the plan for ApplyPlan. With "-destroy" it is one of a destruction.
func SavePlan(more ...string) []string {
	return append([]string{"plan", "-input=false", "-no-color", "-out=" + planFile}, more...)
}

// ApplyPlan applies the plan that was kept, so that it only writes.
func ApplyPlan() []string { return []string{"apply", "-input=false", "-no-color", planFile} }

// NoopPlan is a plan that fails where it is not empty.
func NoopPlan() []string { return []string{"plan", "-input=false", "-no-color", "-detailed-exitcode"} }

// Destroy destroys everything.
func Destroy() []string { return []string{"destroy", "-auto-approve", "-input=false", "-no-color"} }

// fastest is the most that the provider can be configured for.
const fastest = 10000

// Provider is the part of a configuration that sets the provider up for a rate limit; 0 requests
// per second are for none.
func Provider(perSecond float64, burst int) string {
	if perSecond == 0 {
		perSecond, burst = fastest, fastest
	}
	return fmt.Sprintf(`
terraform {
  required_providers {
    refold = {
      source = %q
    }
  }
}

provider "refold" {
  requests_per_second = %.0f
  burst               = %d
}
`, cli.ProviderSource, perSecond, burst)
}
