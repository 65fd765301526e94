// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
)

// Schema implements resource.Resource.
func (r *integrationResource) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "An app that is connected to a linked account by keys, such as an API key of the customer's. Apps that are connected by OAuth are connected by the customer: see the ephemeral resource `refold_connect_url`.\n\n" +
			"~> **When the last connection of an app goes, Refold deletes all configurations of the app for this account**, with what the customer chose in them. See `force_destroy` and `deletion_policy`. (No CLI shows what goes with a replacement that `-replace` or `replace_triggered_by` asks for.)\n\n" +
			"The guide [Connecting and configuring apps](../guides/connecting-apps) shows it together with the account and the configuration of the app.",
		Attributes: map[string]schema.Attribute{
			"linked_account_id": attribute.LinkedAccountIDInResource("The account has to exist; refer to the `linked_account_id` of its resource. Changing it removes the connection and makes another one."),
			"slug":              attribute.SlugInResource("Changing it removes the connection and makes another one."),
			"auth_type": schema.StringAttribute{
				Optional: true,
				Computed: true,
				MarkdownDescription: "The type of the connection. Defaults to `keybased`, or to the app's own type where it has another one that is based on keys. Only the connection of this type is managed: one that the customer made by OAuth beside it stays as it is. " +
					"When it is changed, the new connection is made, and the old one removed after it; where one of the new type exists already, that is an error as at a creation. Taking it out of the configuration changes nothing.",
				Validators:    []validator.String{attribute.NotEmpty("Then it is `keybased`, or what else the app has.")},
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
			},
			"credentials": schema.MapAttribute{
				ElementType: types.StringType,
				Optional:    true,
				Sensitive:   true,
				MarkdownDescription: "The keys, by the names that the app gives them (the data source `refold_application` lists them). **Stored in the state in plain text**; prefer `credentials_wo`. " +
					"Refold never returns keys, so changes made elsewhere cannot be seen.",
			},
			"credentials_wo": schema.MapAttribute{
				ElementType: types.StringType,
				Optional:    true,
				Sensitive:   true,
				WriteOnly:   true,
				MarkdownDescription: "The keys, write-only: neither plan nor state holds them. They are sent when the connection is made and whenever `credentials_wo_version` or `auth_type` changes. " +
					"Needs Terraform 1.11 or OpenTofu 1.11. To create the connection, one of the two forms is needed; what is imported keeps the keys that it has where there is none, and gets those of the configuration in the apply of the import where there is one.",
			},
			"credentials_wo_version": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Version of `credentials_wo`, required with it: a number, a date, or a hash; the state shows it. Change it to send the keys again.",
				Validators:          []validator.String{attribute.NotEmpty("A version tells when to send the keys again.")},
			},
			"adopt_existing": attribute.OffByDefaultInResource("Take over a connection of this type that exists already, and replace its keys. " +
				"Defaults to `false`: a connection that exists is then an error that shows how to import it, because the customer may have made it."),
			"force_destroy": attribute.OffByDefaultInResource("Remove the connection even where somebody else has made it anew outside Terraform, and where it is the app's last one and the app's configurations hold values: Refold deletes them with it. Defaults to `false`: the removal is then refused, and the values are listed (`WORKFLOW: FIELD` is a field of a workflow, which only Refold's dashboard changes). A `refold_config` that is destroyed in the same run goes first, where its `slug` refers to this resource. " +
				"Has to be applied before the deletion."),
			"deletion_policy":           attribute.DeletionPolicyInResource("to the connection when it is destroyed or replaced"),
			"effective_deletion_policy": attribute.EffectiveDeletionPolicyInResource(),
			"connected": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether the app is connected. What is not is planned to be created.",
				PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			},
			"reauth_required": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether the app does not accept the keys any more. Every plan warns of it then; it changes nothing by itself.",
			},
			"connected_at": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "When the connection was made (RFC 3339, UTC), where Refold says. If a read finds another time than the last apply from here left, somebody else has made the connection anew: its removal is refused then, unless `force_destroy` is set, until keys are sent again, which replaces it.",
			},
			"name":            attribute.ComputedInResource("Display name of the app."),
			"icon":            attribute.ComputedInResource("URL of the app's icon, where Refold gives one."),
			"organization_id": attribute.OrganizationIDInResource(),
			"environment":     attribute.EnvironmentInResource(),
		},
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *integrationResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, response *resource.IdentitySchemaResponse) {
	response.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"linked_account_id": attribute.LinkedAccountIDInIdentity(),
		"slug":              attribute.SlugInIdentity(),
	}}
}

// IdentityOrder implements providerdata.Identified.
func (r *integrationResource) IdentityOrder() []string { return []string{"linked_account_id", "slug"} }
