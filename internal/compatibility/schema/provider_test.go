// SPDX-License-Identifier: MPL-2.0

package schema_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/gocobalt/terraform-provider-refold/internal/compatibility/schema"
)

// sample is a provider with one resource and one function. Tests change it.
type sample struct {
	provider.Provider
	attributes map[string]resourceschema.Attribute
	blocks     map[string]resourceschema.Block
	identity   map[string]identityschema.Attribute
	// The versions are those of schema and identity, the upgrades those from which each upgrades.
	version, identityVersion   int64
	upgrades, identityUpgrades []int64
	importOrder                []string
	function                   function.Definition
	hasNoResource              bool
}

func newSample() *sample {
	return &sample{
		attributes: map[string]resourceschema.Attribute{
			"key":    resourceschema.StringAttribute{Required: true, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()}},
			"name":   resourceschema.StringAttribute{Optional: true, Validators: []validator.String{rule("must not be empty")}},
			"forced": resourceschema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(false)},
			"limit":  resourceschema.Int64Attribute{Optional: true, MarkdownDescription: "How many. Defaults to `5`."},
			"id":     resourceschema.StringAttribute{Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}},
			"secret": resourceschema.StringAttribute{Optional: true, Sensitive: true},
			"app": resourceschema.SingleNestedAttribute{Optional: true, Attributes: map[string]resourceschema.Attribute{
				"token": resourceschema.StringAttribute{Optional: true},
			}},
		},
		blocks: map[string]resourceschema.Block{"timeouts": resourceschema.SingleNestedBlock{Attributes: map[string]resourceschema.Attribute{
			"create": resourceschema.StringAttribute{Optional: true},
		}}},
		identity:    map[string]identityschema.Attribute{"key": identityschema.StringAttribute{RequiredForImport: true}},
		importOrder: []string{"key"},
		function: function.Definition{
			Summary:    "Reads.",
			Parameters: []function.Parameter{function.StringParameter{Name: "text", AllowNullValue: true}},
			Return:     function.StringReturn{},
		},
	}
}

func (s *sample) facts(t *testing.T) schema.Facts {
	t.Helper()
	facts, err := schema.Read(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

func (s *sample) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = "sample"
}

func (s *sample) Schema(_ context.Context, _ provider.SchemaRequest, response *provider.SchemaResponse) {
	response.Schema = providerschema.Schema{Attributes: map[string]providerschema.Attribute{"url": providerschema.StringAttribute{Optional: true}}}
}

func (s *sample) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (s *sample) Resources(context.Context) []func() resource.Resource {
	if s.hasNoResource {
		return nil
	}
	return []func() resource.Resource{func() resource.Resource { return thing{sample: s} }}
}

func (s *sample) Functions(context.Context) []func() function.Function {
	return []func() function.Function{func() function.Function { return read{sample: s} }}
}

// thing is the resource sample_thing.
type thing struct {
	resource.ResourceWithImportState
	sample *sample
}

func (r thing) Metadata(_ context.Context, request resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = request.ProviderTypeName + "_thing"
}

func (r thing) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	response.Schema = resourceschema.Schema{Version: r.sample.version, Attributes: r.sample.attributes, Blocks: r.sample.blocks}
}

func (r thing) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, response *resource.IdentitySchemaResponse) {
	response.IdentitySchema = identityschema.Schema{Version: r.sample.identityVersion, Attributes: r.sample.identity}
}

func (r thing) IdentityOrder() []string { return r.sample.importOrder }

func (r thing) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	upgraders := map[int64]resource.StateUpgrader{}
	for _, version := range r.sample.upgrades {
		upgraders[version] = resource.StateUpgrader{}
	}
	return upgraders
}

func (r thing) UpgradeIdentity(context.Context) map[int64]resource.IdentityUpgrader {
	upgraders := map[int64]resource.IdentityUpgrader{}
	for _, version := range r.sample.identityUpgrades {
		upgraders[version] = resource.IdentityUpgrader{}
	}
	return upgraders
}

// read is the function read.
type read struct {
	function.Function
	sample *sample
}

func (f read) Metadata(_ context.Context, _ function.MetadataRequest, response *function.MetadataResponse) {
	response.Name = "read"
}

func (f read) Definition(_ context.Context, _ function.DefinitionRequest, response *function.DefinitionResponse) {
	response.Definition = f.sample.function
}

// rule is a validator of which only the words count.
type rule string

func (r rule) Description(context.Context) string { return string(r) }

func (r rule) MarkdownDescription(context.Context) string { return string(r) }

func (r rule) ValidateString(context.Context, validator.StringRequest, *validator.StringResponse) {}

// ownPlan is a plan modifier of which nobody knows what it does.
type ownPlan struct{ rule }

func (ownPlan) PlanModifyString(context.Context, planmodifier.StringRequest, *planmodifier.StringResponse) {
}

// strictText is a type of its own.
type strictText struct{ basetypes.StringType }

var _ attr.Type = strictText{}
