// SPDX-License-Identifier: MPL-2.0

package careless

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
)

// describe is a description, where there is one.
func (m Mistakes) describe(text string) string {
	if m.DescribesNothing {
		return ""
	}
	return text
}

// Schema implements resource.Resource.
func (r *hookResource) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	kept := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	var renaming []planmodifier.String
	if r.mistakes.ReplacesOnRename {
		renaming = append(renaming, stringplanmodifier.RequiresReplace())
	}
	response.Schema = schema.Schema{
		MarkdownDescription: r.mistakes.describe("A hook."),
		Attributes: map[string]schema.Attribute{
			"name":              schema.StringAttribute{Required: true, PlanModifiers: renaming, MarkdownDescription: r.mistakes.describe("Its name.")},
			"sample":            schema.StringAttribute{Required: true, MarkdownDescription: "A sample of what is sent, which Refold does not show."},
			"secret_wo":         schema.StringAttribute{Optional: true, WriteOnly: true, MarkdownDescription: "Signs what is sent."},
			"secret_wo_version": schema.StringAttribute{Optional: true, MarkdownDescription: "Change it to send the secret again."},
			"id":                schema.StringAttribute{Computed: true, PlanModifiers: kept, MarkdownDescription: "Refold's id."},
			"environment":       schema.StringAttribute{Computed: true, PlanModifiers: kept, MarkdownDescription: "Where it is."},
		},
	}
	if !r.mistakes.HasNoPolicy {
		response.Schema.Attributes["deletion_policy"] = attribute.DeletionPolicyInResource("to the hook when it is destroyed or replaced")
		response.Schema.Attributes["effective_deletion_policy"] = attribute.EffectiveDeletionPolicyInResource()
	}
	if r.mistakes.TakesReservedName {
		response.Schema.Attributes["provider"] = schema.StringAttribute{Optional: true, MarkdownDescription: "Who provides it."}
	}
	if r.mistakes.OpenSecrets {
		addOpenSecrets(response.Schema.Attributes)
	}
}

// addOpenSecrets adds a secret in the open in each shape of attribute.
func addOpenSecrets(attributes map[string]schema.Attribute) {
	token := map[string]schema.Attribute{"token": schema.StringAttribute{Optional: true, MarkdownDescription: "A token."}}
	nested := schema.NestedAttributeObject{Attributes: token}
	object := types.ObjectType{AttrTypes: map[string]attr.Type{"token": types.StringType}}
	for name, open := range map[string]schema.Attribute{
		"in_single":  schema.SingleNestedAttribute{Optional: true, MarkdownDescription: "Single.", Attributes: token},
		"in_list":    schema.ListNestedAttribute{Optional: true, MarkdownDescription: "List.", NestedObject: nested},
		"in_set":     schema.SetNestedAttribute{Optional: true, MarkdownDescription: "Set.", NestedObject: nested},
		"in_map":     schema.MapNestedAttribute{Optional: true, MarkdownDescription: "Map.", NestedObject: nested},
		"in_object":  schema.ObjectAttribute{Optional: true, MarkdownDescription: "Object.", AttributeTypes: object.AttrTypes},
		"in_objects": schema.MapAttribute{Optional: true, MarkdownDescription: "Objects.", ElementType: types.ListType{ElemType: object}},
		"headers":    schema.MapAttribute{Optional: true, MarkdownDescription: "Headers.", ElementType: types.StringType},
		"secret":     schema.StringAttribute{Optional: true, MarkdownDescription: "A secret."},
		"url":        schema.StringAttribute{Optional: true, MarkdownDescription: "Where to."},
		"key_wo":     schema.StringAttribute{Optional: true, WriteOnly: true, MarkdownDescription: "A key."},
	} {
		attributes[name] = open
	}
}

// Schema implements datasource.DataSource.
func (d *hookDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, response *datasource.SchemaResponse) {
	var checks []validator.String
	if !d.mistakes.AcceptsAnything {
		checks = append(checks, attribute.NotEmpty("It is the id of nothing."))
	}
	response.Schema = datasourceschema.Schema{
		MarkdownDescription: d.mistakes.describe("Reads a hook."),
		Attributes: map[string]datasourceschema.Attribute{
			"id":          datasourceschema.StringAttribute{Required: true, Validators: checks, MarkdownDescription: "Refold's id."},
			"name":        datasourceschema.StringAttribute{Computed: true, MarkdownDescription: d.mistakes.describe("Its name.")},
			"environment": datasourceschema.StringAttribute{Computed: true, MarkdownDescription: "Where it is."},
		},
	}
}
