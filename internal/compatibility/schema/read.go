// SPDX-License-Identifier: MPL-2.0

package schema

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// What an object, or a part of it, needs of the CLI. Nothing in a schema tells it, but the table of
// supported versions in README.md.
const (
	needsAny       = "Terraform 1.5 or OpenTofu 1.6"
	needsFunctions = "Terraform 1.8 or OpenTofu 1.7"
	needsEphemeral = "Terraform 1.10 or OpenTofu 1.11"
	needsWriteOnly = "Terraform 1.11 or OpenTofu 1.11"
	needsIdentity  = "Terraform 1.12 or OpenTofu 1.12"
	needsLists     = "Terraform 1.14"
	needsActions   = "Terraform 1.14"
)

// reader collects facts.
type reader struct {
	ctx context.Context
	// typeName is that of the provider.
	typeName string
	facts    Facts
	failures diag.Diagnostics
}

// Read asks a provider of the framework for all of its schemas. The error names what the provider
// itself finds wrong with them.
func Read(ctx context.Context, offered provider.Provider) (Facts, error) {
	r := &reader{ctx: ctx}
	r.provider(offered)
	r.resources(offered.Resources(ctx))
	r.dataSources(offered.DataSources(ctx))
	if lists, ok := offered.(provider.ProviderWithListResources); ok {
		r.listResources(lists.ListResources(ctx))
	}
	if opens, ok := offered.(provider.ProviderWithEphemeralResources); ok {
		r.ephemeralResources(opens.EphemeralResources(ctx))
	}
	if acts, ok := offered.(provider.ProviderWithActions); ok {
		r.actions(acts.Actions(ctx))
	}
	if calculates, ok := offered.(provider.ProviderWithFunctions); ok {
		r.functions(calculates.Functions(ctx))
	}
	r.facts.sort()
	for _, failure := range r.failures.Errors() {
		return nil, fmt.Errorf("read the schemas: %s: %s", failure.Summary(), failure.Detail())
	}
	return r.facts, nil
}

func (r *reader) add(object, part, name, value string) {
	r.facts = append(r.facts, Fact{object, part, name, value})
}

// addText adds a fact where there is something to say.
func (r *reader) addText(object, part, name, value string) {
	if value != "" {
		r.add(object, part, name, value)
	}
}

func (r *reader) provider(offered provider.Provider) {
	var metadata provider.MetadataResponse
	offered.Metadata(r.ctx, provider.MetadataRequest{}, &metadata)
	r.typeName = metadata.TypeName
	var response provider.SchemaResponse
	offered.Schema(r.ctx, provider.SchemaRequest{}, &response)
	r.failures.Append(response.Diagnostics...)
	const object = "provider"
	r.add(object, "", "needs", needsAny)
	r.schema(object, response.Schema)
	r.rules(object, "", call(offered, "ConfigValidators", r.ctx))
}

func (r *reader) resources(constructors []func() resource.Resource) {
	for _, construct := range constructors {
		one := construct()
		var metadata resource.MetadataResponse
		one.Metadata(r.ctx, resource.MetadataRequest{ProviderTypeName: r.typeName}, &metadata)
		var response resource.SchemaResponse
		one.Schema(r.ctx, resource.SchemaRequest{}, &response)
		r.failures.Append(response.Diagnostics...)
		object := "resource/" + metadata.TypeName
		r.add(object, "", "version", fmt.Sprint(response.Schema.Version))
		r.schema(object, response.Schema)
		r.rules(object, "", call(one, "ConfigValidators", r.ctx))
		if upgrading, ok := one.(resource.ResourceWithUpgradeState); ok {
			r.addText(object, "", "upgrades", versionsOf(upgrading.UpgradeState(r.ctx)))
		}
		r.identity(object, one)
	}
}

func (r *reader) identity(object string, one resource.Resource) {
	if _, isImported := one.(resource.ResourceWithImportState); isImported {
		r.add(object, "", "imports", "yes")
	}
	if ordered, ok := one.(interface{ IdentityOrder() []string }); ok {
		r.addText(object, "", "import-id", strings.Join(ordered.IdentityOrder(), "/"))
	}
	identified, ok := one.(resource.ResourceWithIdentity)
	if !ok {
		return
	}
	var response resource.IdentitySchemaResponse
	identified.IdentitySchema(r.ctx, resource.IdentitySchemaRequest{}, &response)
	r.failures.Append(response.Diagnostics...)
	r.add(object, "", "identity-version", fmt.Sprint(response.IdentitySchema.Version))
	r.add(object, "", "identity-needs", needsIdentity)
	if upgrading, ok := one.(resource.ResourceWithUpgradeIdentity); ok {
		r.addText(object, "", "identity-upgrades", versionsOf(upgrading.UpgradeIdentity(r.ctx)))
	}
	for name, attribute := range response.IdentitySchema.Attributes {
		part := "identity:" + name
		r.add(object, part, "type", r.typeText(attribute.GetType()))
		r.add(object, part, "usage", importUsage(call(attribute, "IsRequiredForImport").Bool()))
		r.addText(object, part, "description", attribute.GetDescription())
	}
}

func importUsage(isRequired bool) string {
	if isRequired {
		return "required"
	}
	return "optional"
}

// versionsOf are those from which a state can be upgraded, with commas.
func versionsOf[T any](upgraders map[int64]T) string {
	var texts []string
	for _, version := range slices.Sorted(maps.Keys(upgraders)) {
		texts = append(texts, fmt.Sprint(version))
	}
	return strings.Join(texts, ",")
}

func (r *reader) dataSources(constructors []func() datasource.DataSource) {
	for _, construct := range constructors {
		one := construct()
		var metadata datasource.MetadataResponse
		one.Metadata(r.ctx, datasource.MetadataRequest{ProviderTypeName: r.typeName}, &metadata)
		var response datasource.SchemaResponse
		one.Schema(r.ctx, datasource.SchemaRequest{}, &response)
		r.failures.Append(response.Diagnostics...)
		object := "data-source/" + metadata.TypeName
		r.schema(object, response.Schema)
		r.rules(object, "", call(one, "ConfigValidators", r.ctx))
	}
}

func (r *reader) listResources(constructors []func() list.ListResource) {
	for _, construct := range constructors {
		one := construct()
		var metadata resource.MetadataResponse
		one.Metadata(r.ctx, resource.MetadataRequest{ProviderTypeName: r.typeName}, &metadata)
		var response list.ListResourceSchemaResponse
		one.ListResourceConfigSchema(r.ctx, list.ListResourceSchemaRequest{}, &response)
		r.failures.Append(response.Diagnostics...)
		object := "list-resource/" + metadata.TypeName
		r.add(object, "", "needs", needsLists)
		r.schema(object, response.Schema)
		r.rules(object, "", call(one, "ListResourceConfigValidators", r.ctx))
	}
}

func (r *reader) ephemeralResources(constructors []func() ephemeral.EphemeralResource) {
	for _, construct := range constructors {
		one := construct()
		var metadata ephemeral.MetadataResponse
		one.Metadata(r.ctx, ephemeral.MetadataRequest{ProviderTypeName: r.typeName}, &metadata)
		var response ephemeral.SchemaResponse
		one.Schema(r.ctx, ephemeral.SchemaRequest{}, &response)
		r.failures.Append(response.Diagnostics...)
		object := "ephemeral-resource/" + metadata.TypeName
		r.add(object, "", "needs", needsEphemeral)
		r.schema(object, response.Schema)
		r.rules(object, "", call(one, "ConfigValidators", r.ctx))
	}
}

func (r *reader) actions(constructors []func() action.Action) {
	for _, construct := range constructors {
		one := construct()
		var metadata action.MetadataResponse
		one.Metadata(r.ctx, action.MetadataRequest{ProviderTypeName: r.typeName}, &metadata)
		var response action.SchemaResponse
		one.Schema(r.ctx, action.SchemaRequest{}, &response)
		r.failures.Append(response.Diagnostics...)
		object := "action/" + metadata.TypeName
		r.add(object, "", "needs", needsActions)
		r.schema(object, response.Schema)
		r.rules(object, "", call(one, "ConfigValidators", r.ctx))
	}
}
