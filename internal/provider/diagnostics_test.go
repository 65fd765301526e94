// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestDiagnostics(t *testing.T) {
	diagnosticspage.Test(t, diagnosticspage.Page{
		Chapters: []diagnosticspage.Chapter{{Title: "The provider block", Situations: configurationSituations()}},
		Unmeetable: []diagnosticspage.Unmeetable{
			{Summary: "Could not set up the Refold client", Reason: "what New refuses, the checks of the provider block refuse before"},
			{Summary: "Private state cannot be kept", Reason: "texts can always be encoded as JSON"},
			{Summary: "Unexpected provider data", Reason: "only this provider's Configure hands data to its objects"},
		},
	})
}

// configurationSituations are about the provider block.
func configurationSituations() []diagnosticspage.Situation {
	key := acctest.Text(mockapi.TestKey)
	with := func(name string, value tftypes.Value) acctest.Attributes {
		return acctest.Attributes{"api_key": key, name: value}
	}
	return []diagnosticspage.Situation{
		{Name: "No API key", Meet: configuring(nil)},
		{Name: "An API key with a line end", Meet: configuring(acctest.Attributes{"api_key": acctest.Text("tk-1\n")})},
		{Name: "The key of another environment", Meet: configuring(with("environment", acctest.Text("production")))},
		{Name: "An environment in another spelling", Meet: configuring(with("environment", acctest.Text("Test")))},
		{Name: "A base URL without a scheme", Meet: configuring(with("base_url", acctest.Text("app.refold.ai")))},
		{Name: "A base URL with a password", Meet: configuring(with("base_url", acctest.Text("https://a:b@example.com")))},
		{Name: "Plain http to another host", Meet: configuring(with("base_url", acctest.Text("http://refold.example.com")))},
		{Name: "A base URL without a host", Meet: configuring(with("base_url", acctest.Text("https://")))},
		{Name: "A base URL with a query", Meet: configuring(with("base_url", acctest.Text("https://example.com?a=b")))},
		{Name: "A base URL that is none", Meet: configuring(with("base_url", acctest.Text("https://exa mple.com")))},
		{Name: "A timeout without a unit", Meet: configuring(with("request_timeout", acctest.Text("30")))},
		{Name: "A deletion policy that is not known yet", Meet: configuring(with("deletion_policy", tftypes.NewValue(tftypes.String, tftypes.UnknownValue)))},
		{Name: "A deletion policy that is none", Meet: validating(acctest.Attributes{"deletion_policy": acctest.Text("prevent")})},
		{Name: "Values that are set, but empty", Meet: validating(acctest.Attributes{
			"api_key": acctest.Text(""), "base_url": acctest.Text(""), "environment": acctest.Text("")})},
		{Name: "Numbers that cannot be held", Meet: validating(acctest.Attributes{
			"requests_per_second": tftypes.NewValue(tftypes.Number, huge()), "burst": tftypes.NewValue(tftypes.Number, 2.5)})},
		{Name: "Numbers out of range", Meet: validating(acctest.Attributes{
			"requests_per_second": acctest.Number(0), "burst": acctest.Number(0), "max_retries": acctest.Number(-1)})},
	}
}

// huge is more than a 64-bit number holds.
func huge() *big.Float { return new(big.Float).SetMantExp(big.NewFloat(1), 2000) }

func configuring(block acctest.Attributes) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics { return acctest.UnconfiguredProtocol(t).Configure(block) }
}

func validating(block acctest.Attributes) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		met := acctest.UnconfiguredProtocol(t).ValidateProvider(block)
		// The framework goes through attributes in no order.
		slices.SortFunc(met, func(a, b *tfprotov6.Diagnostic) int {
			return strings.Compare(a.Attribute.String(), b.Attribute.String())
		})
		return met
	}
}
