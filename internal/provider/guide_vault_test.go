// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// vault stands in for HashiCorp's provider of this name, of which the guides use one ephemeral
// resource: a secret in a version.
type vault struct {
	// versions are what the secret customers/hooli has held, the first version first.
	versions []map[string]string
}

func (v *vault) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = "vault"
}

func (v *vault) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (v *vault) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (v *vault) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (v *vault) Resources(context.Context) []func() resource.Resource { return nil }

func (v *vault) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{func() ephemeral.EphemeralResource { return vaultSecret{v} }}
}

// vaultSecret is vault_kv_secret_v2, of which it has the arguments that the guides set.
type vaultSecret struct{ vault *vault }

func (s vaultSecret) Metadata(_ context.Context, _ ephemeral.MetadataRequest, response *ephemeral.MetadataResponse) {
	response.TypeName = "vault_kv_secret_v2"
}

func (s vaultSecret) Schema(_ context.Context, _ ephemeral.SchemaRequest, response *ephemeral.SchemaResponse) {
	response.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"mount":   schema.StringAttribute{Required: true},
		"name":    schema.StringAttribute{Required: true},
		"version": schema.Int64Attribute{Optional: true},
		"data":    schema.MapAttribute{ElementType: types.StringType, Computed: true, Sensitive: true},
	}}
}

func (s vaultSecret) Open(ctx context.Context, request ephemeral.OpenRequest, response *ephemeral.OpenResponse) {
	var secret struct {
		Mount   string            `tfsdk:"mount"`
		Name    string            `tfsdk:"name"`
		Version int64             `tfsdk:"version"`
		Data    map[string]string `tfsdk:"data"`
	}
	response.Diagnostics.Append(request.Config.Get(ctx, &secret)...)
	if response.Diagnostics.HasError() {
		return
	}
	if path := secret.Mount + "/" + secret.Name; path != "customers/hooli" || secret.Version < 1 || secret.Version > int64(len(s.vault.versions)) {
		response.Diagnostics.AddError("No such secret", fmt.Sprintf("Version %d of %s does not exist.", secret.Version, path))
		return
	}
	secret.Data = s.vault.versions[secret.Version-1]
	response.Diagnostics.Append(response.Result.Set(ctx, &secret)...)
}
