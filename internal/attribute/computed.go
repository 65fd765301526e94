// SPDX-License-Identifier: MPL-2.0

// Package attribute is the schema pieces that objects share, with their validators: ids of
// accounts, slugs of apps, texts that must not be empty, and what Refold tells of every object. The
// name of a piece ends with the kind of object whose schema it fits.
package attribute

import (
	"time"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeral "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ComputedInResource is a text that Refold alone decides on, and that stays as it is once it is
// known.
func ComputedInResource(description string) resource.StringAttribute {
	return resource.StringAttribute{
		Computed:            true,
		MarkdownDescription: description,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()},
	}
}

// ComputedInDataSource is a text that Refold shows.
func ComputedInDataSource(description string) datasource.StringAttribute {
	return datasource.StringAttribute{Computed: true, MarkdownDescription: description}
}

// OffByDefaultInResource is a switch that is false where it is not configured.
func OffByDefaultInResource(description string) resource.BoolAttribute {
	return resource.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(false), MarkdownDescription: description}
}

// IDInResource is Refold's own id (_id) of an object, which is named by a noun such as "account".
func IDInResource(noun string) resource.StringAttribute { return ComputedInResource(idOf(noun)) }

// IDInDataSource is IDInResource for a data source.
func IDInDataSource(noun string) datasource.StringAttribute { return ComputedInDataSource(idOf(noun)) }

// IDInEphemeralResource is Refold's own id of the account that an ephemeral resource is about,
// which is known when the account exists.
func IDInEphemeralResource() ephemeral.StringAttribute {
	return ephemeral.StringAttribute{
		Optional: true,
		MarkdownDescription: "Refold's own id of the account, which the resource of the account has as `id`. Refer to that where the account may be created in the same run: Terraform opens an ephemeral resource as soon as its values are known, and waits with this one until the account exists. " +
			"An account that has another id, because somebody has made it anew, is an error.",
		Validators: []validator.String{NotEmpty("Leave it out to go by `linked_account_id` alone.")},
	}
}

// CreatedAtInResource is when an object was created.
func CreatedAtInResource(noun string) resource.StringAttribute {
	return ComputedInResource(createdAt(noun))
}

// CreatedAtInDataSource is CreatedAtInResource for a data source.
func CreatedAtInDataSource(noun string) datasource.StringAttribute {
	return ComputedInDataSource(createdAt(noun))
}

// OrganizationIDInResource is the organization in which a state was made.
func OrganizationIDInResource() resource.StringAttribute {
	return ComputedInResource("Refold's id of the organization that the API key selects.")
}

// OrganizationIDInDataSource is the organization of an object.
func OrganizationIDInDataSource(noun string) datasource.StringAttribute {
	return ComputedInDataSource("Refold's id of the organization that the " + noun + " belongs to.")
}

// EnvironmentInResource is the environment in which a state was made.
func EnvironmentInResource() resource.StringAttribute {
	return ComputedInResource("The environment that the API key selects, for example `test` or `production`.")
}

// EnvironmentInDataSource is the environment of an object.
func EnvironmentInDataSource(noun string) datasource.StringAttribute {
	return ComputedInDataSource("The environment that the " + noun + " lives in, for example `test` or `production`.")
}

func idOf(noun string) string { return "Refold's own id of the " + noun + "." }

func createdAt(noun string) string { return "When the " + noun + " was created (RFC 3339, UTC)." }

// TextOrNull is null for an empty text: what Refold leaves out is not known.
func TextOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// TimeOrNull is a time as attributes show it (RFC 3339), null for one that is not known.
func TimeOrNull(moment time.Time) types.String {
	if moment.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(moment.Format(time.RFC3339))
}
