// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/number"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
	"github.com/gocobalt/terraform-provider-refold/internal/wholemap"
)

// defaultMaxDeletions is small: customers leave one by one, and a file that was cut off loses many
// lines at once.
const defaultMaxDeletions = 10

func credentialsType() types.MapType { return types.MapType{ElemType: types.StringType} }

// Schema implements resource.Resource.
func (r *accountsResource) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "Many linked accounts as one resource, for onboarding from a CSV file or an inventory. " +
			"It manages exactly the accounts in its map and leaves all others alone. For thousands of accounts it is much faster than one `refold_linked_account` each: " +
			"Terraform's own work grows with the square of the number of instances in a block, and this is one instance.\n\n" +
			"~> **Deleting a linked account cannot be undone.** It revokes every connection that the customer made. " +
			"An account that is no longer in `accounts` is deleted; see `max_deletions`, `force_destroy` and `deletion_policy`.",
		Attributes: map[string]schema.Attribute{
			// Not a nested attribute: the framework's work on those grows with the square of their
			// number.
			"accounts": schema.MapAttribute{
				CustomType: wholemap.Of(accountType()),
				Required:   true,
				MarkdownDescription: "The accounts by `linked_account_id`. Each has a `name` and `udf`, the user-defined fields, and either may be `null`: it is then left alone at Refold. " +
					"A `udf` that is set is the whole set (but see `udf_exclusive`): other keys are removed, and `{}` removes all; a key whose value is `null` counts as left out. " +
					"Values are strings; a number or boolean at Refold is shown as text, and becomes a string when the account is next written. " +
					"`provider::refold::parse_accounts_csv` makes this map from a CSV file.",
			},
			"udf_exclusive": udf.ExclusiveAttribute("of each account"),
			"app_id":        credentials.AppIDAttribute("Id of your organization's own app, to which credentials belong."),
			"auth_credentials": schema.MapAttribute{
				CustomType: wholemap.Of(credentialsType()),
				Optional:   true,
				Sensitive:  true,
				MarkdownDescription: "Credentials with which your organization's own app is called on behalf of a customer: by `linked_account_id`, then by key. **Stored in the state in plain text**; prefer `auth_credentials_wo`. " +
					"Refold never returns credentials, so changes made elsewhere cannot be seen.",
			},
			"auth_credentials_wo": schema.MapAttribute{
				CustomType: wholemap.Of(credentialsType()),
				Optional:   true,
				Sensitive:  true,
				WriteOnly:  true,
				MarkdownDescription: "As `auth_credentials`, but write-only: neither plan nor state holds them. An account's credentials are sent when it is created, and those of all accounts whenever `auth_credentials_wo_version` changes. " +
					"Needs Terraform 1.11 or OpenTofu 1.11.",
			},
			"auth_credentials_wo_version": credentials.VersionAttribute(),
			"adopt_existing": attribute.OffByDefaultInResource("Take over accounts that exist already, and bring them in line with the configuration. " +
				"Defaults to `false`: an account that exists is then an error, unless it is what an interrupted apply of this configuration leaves behind: equal to it, created within the last 24 hours, and not connected to anything."),
			"force_destroy": attribute.OffByDefaultInResource("Delete accounts even while the customer has connected apps, without asking Refold for each of them before. Defaults to `false`: the deletion of such an account is then refused and the connected apps are listed. It is also refused where Refold does not say what is connected, or shows another account than the state knows. " +
				"Has to be applied before the deletion."),
			"max_deletions": schema.Int64Attribute{
				CustomType: number.WholeType{},
				Optional:   true,
				Computed:   true,
				Default:    int64default.StaticInt64(defaultMaxDeletions),
				MarkdownDescription: fmt.Sprintf("How many accounts one plan may delete of this resource, because a CSV file that was cut off must not wipe out customers. Each instance of a block with `for_each` or `count` counts by itself. Defaults to `%d`. "+
					"A plan that would delete more fails; where `-replace` asks for the deletion, the apply fails. To destroy the whole resource, first apply a value that is large enough. With `deletion_policy = \"ABANDON\"` nothing is deleted, and nothing counts. At least 0.", defaultMaxDeletions),
				Validators:    []validator.Int64{int64validator.AtLeast(0)},
				PlanModifiers: []planmodifier.Int64{number.RefuseOthers()},
			},
			"deletion_policy":           attribute.DeletionPolicyInResource("to the accounts when the resource is destroyed or replaced, and to an account that is taken out of `accounts`"),
			"effective_deletion_policy": attribute.EffectiveDeletionPolicyInResource(),
			"organization_id":           attribute.OrganizationIDInResource(),
			"environment":               attribute.EnvironmentInResource(),
		},
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *accountsResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, response *resource.IdentitySchemaResponse) {
	response.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"linked_account_ids": identityschema.ListAttribute{
				ElementType:       types.StringType,
				RequiredForImport: true,
				Description:       "The ids of the accounts, in any order.",
			},
		},
	}
}
