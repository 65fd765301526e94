// SPDX-License-Identifier: MPL-2.0

// Package provider is the provider itself: its configuration, and the list of
// the objects that it offers.
package provider

import (
	"context"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/redactserver"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
	"github.com/gocobalt/terraform-provider-refold/internal/wholemap"
)

// TypeName is the provider's local name and the prefix of its objects.
const TypeName = "refold"

// Address is where the provider is published.
const Address = "registry.terraform.io/gocobalt/refold"

var (
	_ provider.Provider                       = (*refoldProvider)(nil)
	_ provider.ProviderWithActions            = (*refoldProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*refoldProvider)(nil)
	_ provider.ProviderWithFunctions          = (*refoldProvider)(nil)
	_ provider.ProviderWithListResources      = (*refoldProvider)(nil)
	_ provider.ProviderWithValidateConfig     = (*refoldProvider)(nil)
)

type refoldProvider struct {
	version string
	adjust  []func(*refold.Options)
	// secrets are those that the server of this provider has met.
	secrets *redact.Secrets
}

// New returns the provider's constructor. Each adjust function may change the
// client's options before the client is made; tests use that.
func New(version string, adjust ...func(*refold.Options)) func() provider.Provider {
	return func() provider.Provider {
		return &refoldProvider{version: version, adjust: adjust, secrets: redact.New()}
	}
}

// NewServer makes the server of a new provider, as New has it. No diagnostic that leaves it holds a
// secret which it has met, whatever the provider, a library or Refold has written.
func NewServer(version string, adjust ...func(*refold.Options)) redactserver.Server {
	served := &refoldProvider{version: version, adjust: adjust, secrets: redact.New()}
	// The server of the framework has all calls that the protocol knows.
	framework := providerserver.NewProtocol6(served)().(redactserver.Server)
	whole := wholemap.NewServer(framework, TypeName, served.Resources(context.Background()))
	return redactserver.New(whole, served.secrets)
}

// Metadata implements provider.Provider.
func (p *refoldProvider) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = TypeName
	response.Version = p.version
}

// Schema implements provider.Provider.
func (p *refoldProvider) Schema(_ context.Context, _ provider.SchemaRequest, response *provider.SchemaResponse) {
	response.Schema = providerSchema()
}

// ValidateConfig implements provider.ProviderWithValidateConfig.
func (p *refoldProvider) ValidateConfig(ctx context.Context, request provider.ValidateConfigRequest, response *provider.ValidateConfigResponse) {
	var config configuration
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	if response.Diagnostics.HasError() {
		return
	}
	config.check(&response.Diagnostics)
}

// Configure implements provider.Provider.
func (p *refoldProvider) Configure(ctx context.Context, request provider.ConfigureRequest, response *provider.ConfigureResponse) {
	var config configuration
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	if response.Diagnostics.HasError() {
		return
	}
	policy := config.deletionPolicy(&response.Diagnostics)
	if unknown := config.unknown(); len(unknown) > 0 {
		p.provide(response, providerdata.Pending(unknown).WithDeletionPolicy(policy))
		return
	}
	options := config.withEnvironment().options(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	options.UserAgent = userAgent(p.version, request.TerraformVersion)
	options.Trace = trace
	options.Secrets = p.secrets
	p.secrets.Add(proxyPasswords(os.Environ())...)
	for _, adjust := range p.adjust {
		adjust(&options)
	}
	client, err := refold.New(options)
	if err != nil {
		response.Diagnostics.AddAttributeError(path.Root("base_url"), "Could not set up the Refold client", err.Error())
		return
	}
	p.provide(response, providerdata.Ready(client).WithDeletionPolicy(policy))
}

func (p *refoldProvider) provide(response *provider.ConfigureResponse, data *providerdata.Data) {
	response.DataSourceData = data
	response.ResourceData = data
	response.EphemeralResourceData = data
	response.ListResourceData = data
	response.ActionData = data
}

// trace logs an attempt. Nothing in it is secret: see refold.Attempt.
func trace(ctx context.Context, attempt refold.Attempt) {
	tflog.Debug(ctx, "request to Refold", map[string]any{
		"method":      attempt.Method,
		"path":        attempt.Path,
		"attempt":     attempt.Number,
		"status":      attempt.Status,
		"duration_ms": attempt.Duration.Milliseconds(),
		"no_answer":   attempt.Status == 0,
	})
}
