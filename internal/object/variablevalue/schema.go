// SPDX-License-Identifier: MPL-2.0

package variablevalue

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
)

// Schema implements resource.Resource.
func (r *valueResource) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	account := attribute.LinkedAccountIDInResource("For a variable of the scope `linked_account` only, which needs it. The account has to exist; refer to the `linked_account_id` of its resource. It has to be of ASCII characters, because Refold deletes a value only for an account that is named in a header. Changing it deletes the value and sets another one.")
	account.Required, account.Optional = false, true
	account.Validators = append(account.Validators, attribute.InHeader())
	response.Schema = schema.Schema{
		MarkdownDescription: "The value of a variable: for a linked account, for a workflow, or for all of the workspace or the organization, as the variable's definition says. Definitions are made in Refold's dashboard.\n\n" +
			"The value of an encrypted variable is never read back: give it as `value_wo`, which neither plan nor state holds. When somebody else has set it since, plans warn of it, as far as Refold tells when it was set.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ComputedInResource("Refold's own id of the value, where Refold has shown it. Without it, the value cannot be deleted from here."),
			"variable_definition_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The id of the variable's definition. Changing it deletes the value and sets another one.",
				Validators:          []validator.String{id("definition")},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"linked_account_id": account,
			"workflow_id": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The id of a workflow. For a variable of the scope `workflow` only, which needs it. Changing it deletes the value and sets another one.",
				Validators:          []validator.String{id("workflow")},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"value": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The value, **stored in the state in plain text**, for a variable that is not encrypted. Numbers are written as text too (`25` and `\"25\"` are the same here). It has to have the variable's format. " +
					"To set the value, one of the two forms is needed; what is imported keeps what it has where there is none. A value that is taken out stays at Refold.",
			},
			"value_wo": schema.StringAttribute{
				Optional:  true,
				Sensitive: true,
				WriteOnly: true,
				MarkdownDescription: "The value, write-only: neither plan nor state holds it. An encrypted variable takes no other form. It is sent when the value is made and whenever `value_wo_version` changes. " +
					"Needs Terraform 1.11 or OpenTofu 1.11.",
			},
			"value_wo_version": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Version of `value_wo`, required with it: a number, a date, or a hash; the state shows it. Change it to send the value again.",
				Validators:          []validator.String{attribute.NotEmpty("A version tells when to send the value again.")},
			},
			"adopt_existing": attribute.OffByDefaultInResource("Take over a value that is set already, and replace it. " +
				"Defaults to `false`: a value that is set is then an error that shows how to import it. One that is the same, and can be seen to be, is taken over in any case: an apply that was interrupted may have set it."),
			"deletion_policy":           attribute.DeletionPolicyInResource("to the value when it is destroyed or replaced"),
			"effective_deletion_policy": attribute.EffectiveDeletionPolicyInResource(),
			"name":                      attribute.ComputedInResource("Name of the variable, under which workflows know it."),
			"scope":                     attribute.ComputedInResource("Scope of the variable: `org`, `workspace`, `linked_account` or `workflow`."),
			"encrypted": schema.BoolAttribute{
				Computed:            true,
				MarkdownDescription: "Whether the variable is encrypted, so that its values are never shown.",
				PlanModifiers:       []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			},
			"updated_at": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "When the value was set last (RFC 3339, UTC), where Refold says.",
			},
			"organization_id": attribute.OrganizationIDInResource(),
			"environment":     attribute.EnvironmentInResource(),
		},
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *valueResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, response *resource.IdentitySchemaResponse) {
	response.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"variable_definition_id": identityschema.StringAttribute{RequiredForImport: true, Description: "The id of the variable's definition."},
		"linked_account_id":      identityschema.StringAttribute{OptionalForImport: true, Description: "The account that the value is for, if the variable's scope is `linked_account`."},
		"workflow_id":            identityschema.StringAttribute{OptionalForImport: true, Description: "The workflow that the value is for, if the variable's scope is `workflow`."},
	}}
}

// IdentityOrder implements providerdata.Identified.
func (r *valueResource) IdentityOrder() []string {
	return []string{"variable_definition_id", "linked_account_id", "workflow_id"}
}
