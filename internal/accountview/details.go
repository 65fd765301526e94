// SPDX-License-Identifier: MPL-2.0

// Package accountview is how data sources and lists select linked accounts, and what they show of
// them.
package accountview

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Attributes show an account without its user-defined fields, which each data source shows in its
// own form. What Refold does not say is null.
func Attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"linked_account_id": attribute.LinkedAccountIDInDataSource(),
		"id":                attribute.IDInDataSource("account"),
		"name":              attribute.ComputedInDataSource("Display name, or null for an account without one."),
		"environment":       attribute.EnvironmentInDataSource("account"),
		"organization_id":   attribute.OrganizationIDInDataSource("account"),
		"created_at":        attribute.CreatedAtInDataSource("account"),
		"updated_at":        attribute.ComputedInDataSource("When the account or its connections were last changed (RFC 3339, UTC)."),
		"integrations": schema.ListNestedAttribute{
			Computed:            true,
			MarkdownDescription: "The apps that the customer connected, in Refold's order. Your organization's own app is one of them once it has credentials.",
			NestedObject:        schema.NestedAttributeObject{Attributes: integrationAttributes()},
		},
	}
}

// Types are those of the attributes, by name.
func Types() map[string]attr.Type { return objectType(Attributes()).AttrTypes }

func objectType(attributes map[string]schema.Attribute) types.ObjectType {
	return schema.NestedAttributeObject{Attributes: attributes}.Type().(types.ObjectType)
}

// Values are the attributes of an account by name, for an object of Types.
func Values(account *refold.LinkedAccount) map[string]attr.Value {
	return map[string]attr.Value{
		"linked_account_id": types.StringValue(account.AccountID),
		"id":                attribute.TextOrNull(account.ID),
		"name":              attribute.TextOrNull(account.Name),
		"environment":       attribute.TextOrNull(account.Environment),
		"organization_id":   attribute.TextOrNull(account.OrganizationID),
		"created_at":        attribute.TextOrNull(account.CreatedAt),
		"updated_at":        attribute.TextOrNull(account.UpdatedAt),
		"integrations":      integrations(account.Integrations),
	}
}

func integrationAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"type":       attribute.ComputedInDataSource("Slug of the app, or `custom` for an app that your organization built."),
		"name":       attribute.ComputedInDataSource("Display name of the app."),
		"icon":       attribute.ComputedInDataSource("URL of the app's icon, where Refold gives one."),
		"app_id":     attribute.ComputedInDataSource("Id of the app, for custom apps."),
		"created_at": attribute.ComputedInDataSource("When the app was connected (RFC 3339, UTC), where Refold says."),
		"updated_at": attribute.ComputedInDataSource("When the connection was last changed (RFC 3339, UTC), where Refold says."),
		"reauth_required": schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: "Whether the customer has to connect the app again, where Refold says.",
		},
	}
}

// integrations is empty, and never null, for an account without any.
func integrations(connected []refold.Integration) types.List {
	elementType := objectType(integrationAttributes())
	elements := make([]attr.Value, len(connected))
	for i, app := range connected {
		elements[i] = types.ObjectValueMust(elementType.AttrTypes, map[string]attr.Value{
			"type":            attribute.TextOrNull(app.Type),
			"name":            attribute.TextOrNull(app.Name),
			"icon":            attribute.TextOrNull(app.Icon),
			"app_id":          attribute.TextOrNull(app.AppID),
			"reauth_required": types.BoolPointerValue(app.ReauthRequired),
			"created_at":      attribute.TextOrNull(app.CreatedAt),
			"updated_at":      attribute.TextOrNull(app.UpdatedAt),
		})
	}
	return types.ListValueMust(elementType, elements)
}
