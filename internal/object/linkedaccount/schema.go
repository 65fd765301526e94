// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/dynamicplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// Schema implements resource.Resource.
func (r *accountResource) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "A linked account: one of your customers, to whom Refold integrations are offered.\n\n" +
			"~> **Deleting a linked account cannot be undone.** It revokes every connection that the customer made. " +
			"See `force_destroy`, and consider `deletion_policy = \"PREVENT\"` in production.",
		Attributes: map[string]schema.Attribute{
			"linked_account_id": attribute.LinkedAccountIDInResource("Changing it deletes the account and creates another one."),
			"name": schema.StringAttribute{
				Optional:            true,
				Computed:            true,
				MarkdownDescription: "Display name. Left alone at Refold when not configured. Refold has no way to remove a name once it is set.",
				Validators:          []validator.String{attribute.NotEmpty("Then Refold's name for the account stays as it is; there is no way to remove one.")},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"udf": schema.DynamicAttribute{
				CustomType: udf.Type{},
				Optional:   true,
				Computed:   true,
				MarkdownDescription: "User-defined fields: a map or an object of strings, numbers and booleans, for example `{ plan = \"pro\", seats = 20, beta = true }`. " +
					"Types are kept, so `5` is not `\"5\"`. When configured, this is the whole set (but see `udf_exclusive`): other keys are removed, and `{}` removes all. " +
					"An element that is `null` counts as absent. Left alone at Refold when not configured. " +
					"Workflows can depend on these fields, so a change may make a workflow appear or vanish for the customer.",
				Validators:    []validator.Dynamic{udf.Validator()},
				PlanModifiers: []planmodifier.Dynamic{dynamicplanmodifier.UseStateForUnknown(), udf.KeepEqualState()},
			},
			"udf_exclusive": udf.ExclusiveAttribute("of the account"),
			"your_app":      yourAppSchema(),
			"adopt_existing": attribute.OffByDefaultInResource("Take over an account of this id that exists already, and bring it in line with the configuration. " +
				"Defaults to `false`: creating an account that exists is then an error that shows how to import it, unless it is what an interrupted apply of this configuration leaves behind: equal to it, created within the last 24 hours, and not connected to anything."),
			"force_destroy": attribute.OffByDefaultInResource("Delete the account even while the customer has connected apps, without asking Refold for it before. Defaults to `false`: the deletion is then refused and the connected apps are listed. It is also refused where Refold does not say what is connected, or shows another account than the state knows. " +
				"Has to be applied before the deletion."),
			"deletion_policy":           attribute.DeletionPolicyInResource("to the account when it is destroyed or replaced"),
			"effective_deletion_policy": attribute.EffectiveDeletionPolicyInResource(),
			"id":                        attribute.IDInResource("account"),
			"organization_id":           attribute.OrganizationIDInResource(),
			"environment":               attribute.EnvironmentInResource(),
			"created_at":                attribute.CreatedAtInResource("account"),
			"updated_at": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "When the account was last changed (RFC 3339, UTC). Also moves when the customer connects or disconnects an app.",
			},
		},
	}
}

func yourAppSchema() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "Credentials with which your organization's own app is called on behalf of this customer. Set exactly one of `auth_credentials` and `auth_credentials_wo`; or `app_id` alone, which sends nothing and only tells the guard against deletions which of the connected apps is your own. " +
			"Refold never returns credentials, so changes made elsewhere cannot be seen.",
		Attributes: map[string]schema.Attribute{
			"app_id": credentials.AppIDAttribute("Id of your app."),
			"auth_credentials": schema.MapAttribute{
				ElementType: types.StringType,
				Optional:    true,
				Sensitive:   true,
				MarkdownDescription: "Credentials by key. **Stored in the state in plain text**; prefer `auth_credentials_wo`. " +
					"Keys are case-sensitive; each is changed and removed on its own.",
			},
			"auth_credentials_wo": schema.MapAttribute{
				ElementType: types.StringType,
				Optional:    true,
				Sensitive:   true,
				WriteOnly:   true,
				MarkdownDescription: "Credentials by key, write-only: neither plan nor state holds them. They are sent when the account is created and whenever `auth_credentials_wo_version` changes. " +
					"Needs Terraform 1.11 or OpenTofu 1.11.",
			},
			"auth_credentials_wo_version": credentials.VersionAttribute(),
		},
	}
}

func noYourApp() types.Object {
	return types.ObjectNull(yourAppSchema().GetType().(types.ObjectType).AttrTypes)
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *accountResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, response *resource.IdentitySchemaResponse) {
	response.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{"linked_account_id": attribute.LinkedAccountIDInIdentity()},
	}
}
