// SPDX-License-Identifier: MPL-2.0

package accountview

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

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
	elementType := types.ObjectType{AttrTypes: typesOf(integrationAttributes())}
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
