// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

// configurationSituations are about the provider block.
func configurationSituations() []situation {
	key := attributes{"api_key": str(mockapi.TestKey)}
	with := func(name string, value tftypes.Value) attributes {
		return attributes{"api_key": key["api_key"], name: value}
	}
	return []situation{
		{"No API key", configuring(attributes{})},
		{"An API key with a line end", configuring(attributes{"api_key": str("tk-1\n")})},
		{"The key of another environment", configuring(with("environment", str("production")))},
		{"A base URL without a scheme", configuring(with("base_url", str("app.refold.ai")))},
		{"A base URL with a password", configuring(with("base_url", str("https://a:b@example.com")))},
		{"Plain http to another host", configuring(with("base_url", str("http://refold.example.com")))},
		{"A base URL without a host", configuring(with("base_url", str("https://")))},
		{"A base URL with a query", configuring(with("base_url", str("https://example.com?a=b")))},
		{"A base URL that is none", configuring(with("base_url", str("https://exa mple.com")))},
		{"A timeout without a unit", configuring(with("request_timeout", str("30")))},
		{"Values that are set, but empty", validatingProvider(attributes{"api_key": str(""), "base_url": str(""), "environment": str("")})},
		{"Numbers out of range", validatingProvider(attributes{"requests_per_second": number(0), "burst": number(0), "max_retries": number(-1)})},
	}
}

// providerOf is a provider that is not configured, with a value for its block.
func providerOf(t *testing.T, values attributes) (tfprotov6.ProviderServer, *tfprotov6.DynamicValue) {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	schema, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	block := acctest.Object(schema.Provider.ValueType(), values)
	encoded, err := tfprotov6.NewDynamicValue(block.Type(), block)
	if err != nil {
		t.Fatal(err)
	}
	return server, &encoded
}

func configuring(values attributes) func(*testing.T) diagnostics {
	return func(t *testing.T) diagnostics {
		server, block := providerOf(t, values)
		response, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: block})
		if err != nil {
			t.Fatal(err)
		}
		return response.Diagnostics
	}
}

func validatingProvider(values attributes) func(*testing.T) diagnostics {
	return func(t *testing.T) diagnostics {
		server, block := providerOf(t, values)
		response, err := server.ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: block})
		if err != nil {
			t.Fatal(err)
		}
		// The framework goes through attributes in no order.
		slices.SortFunc(response.Diagnostics, func(a, b *tfprotov6.Diagnostic) int {
			return strings.Compare(a.Attribute.String(), b.Attribute.String())
		})
		return response.Diagnostics
	}
}
