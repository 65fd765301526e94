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
		{Name: "No API key", Mended: configuring(acctest.Attributes{"api_key": key}), Advice: diagnosticspage.Advice{Tests: "TestEnvironmentVariables"}, Meet: configuring(nil)},
		{Name: "An API key with a line end", Mended: configuring(acctest.Attributes{"api_key": key}), Meet: configuring(acctest.Attributes{"api_key": acctest.Text("tk-1\n")})},
		{Name: "The key of another environment", Mended: configuring(with("environment", acctest.Text("test"))), Meet: configuring(with("environment", acctest.Text("production")))},
		{Name: "An environment in another spelling", Mended: configuring(with("environment", acctest.Text("test"))), Meet: configuring(with("environment", acctest.Text("Test")))},
		{Name: "A base URL without a scheme", Mended: configuring(with("base_url", acctest.Text("https://example.com"))), Meet: configuring(with("base_url", acctest.Text("app.refold.ai")))},
		{Name: "A base URL with a password", Mended: configuring(with("base_url", acctest.Text("https://example.com"))), Meet: configuring(with("base_url", acctest.Text("https://a:b@example.com")))},
		{Name: "Plain http to another host", Mended: configuring(acctest.Attributes{"api_key": key, "base_url": acctest.Text("http://refold.example.com"), "allow_insecure_http": acctest.Yes()}), Meet: configuring(with("base_url", acctest.Text("http://refold.example.com")))},
		{Name: "A base URL without a host", Mended: configuring(with("base_url", acctest.Text("https://example.com"))), Meet: configuring(with("base_url", acctest.Text("https://")))},
		{Name: "A base URL with a query", Mended: configuring(with("base_url", acctest.Text("https://example.com"))), Meet: configuring(with("base_url", acctest.Text("https://example.com?a=b")))},
		{Name: "A base URL that is none", Mended: configuring(with("base_url", acctest.Text("https://example.com"))), Meet: configuring(with("base_url", acctest.Text("https://exa mple.com")))},
		{Name: "A timeout without a unit", Mended: configuring(with("request_timeout", acctest.Text("30s"))), Meet: configuring(with("request_timeout", acctest.Text("30")))},
		{Name: "A deletion policy that is not known yet", Mended: configuring(with("deletion_policy", acctest.Text("PREVENT"))), Advice: diagnosticspage.Advice{Tests: "object/linkedaccount.TestWhatIsNotKnownYetIsAppliedFirst"}, Meet: configuring(with("deletion_policy", tftypes.NewValue(tftypes.String, tftypes.UnknownValue)))},
		{Name: "A deletion policy that is none", Mended: validating(acctest.Attributes{"deletion_policy": acctest.Text("PREVENT")}), Meet: validating(acctest.Attributes{"deletion_policy": acctest.Text("prevent")})},
		{Name: "Values that are set, but empty", Mended: validating(nil), Meet: validating(acctest.Attributes{
			"api_key": acctest.Text(""), "base_url": acctest.Text(""), "environment": acctest.Text("")})},
		{Name: "Numbers that cannot be held", Mended: validating(acctest.Attributes{"requests_per_second": acctest.Number(20), "burst": acctest.Number(2)}), Meet: validating(acctest.Attributes{
			"requests_per_second": tftypes.NewValue(tftypes.Number, huge()), "burst": tftypes.NewValue(tftypes.Number, 2.5)})},
		{Name: "Numbers out of range", Mended: validating(acctest.Attributes{"requests_per_second": acctest.Number(1), "burst": acctest.Number(1), "max_retries": acctest.Number(0)}), Meet: validating(acctest.Attributes{
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
