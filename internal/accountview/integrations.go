// SPDX-License-Identifier: MPL-2.0

package accountview

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func integrationType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{
		"type":            types.StringType,
		"name":            types.StringType,
		"icon":            types.StringType,
		"app_id":          types.StringType,
		"reauth_required": types.BoolType,
		"created_at":      types.StringType,
		"updated_at":      types.StringType,
	}}
}

// integrations is empty, and never null, for an account without any.
func integrations(connected []refold.Integration) types.List {
	elementType := integrationType()
	elements := make([]attr.Value, len(connected))
	for i, app := range connected {
		elements[i] = types.ObjectValueMust(elementType.AttrTypes, map[string]attr.Value{
			"type":            TextOrNull(app.Type),
			"name":            TextOrNull(app.Name),
			"icon":            TextOrNull(app.Icon),
			"app_id":          TextOrNull(app.AppID),
			"reauth_required": types.BoolPointerValue(app.ReauthRequired),
			"created_at":      TextOrNull(app.CreatedAt),
			"updated_at":      TextOrNull(app.UpdatedAt),
		})
	}
	return types.ListValueMust(elementType, elements)
}
