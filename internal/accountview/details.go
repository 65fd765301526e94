// SPDX-License-Identifier: MPL-2.0

package accountview

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Details is an account without its user-defined fields, which each data source
// shows in its own form. What Refold does not say is null.
type Details struct {
	LinkedAccountID types.String `tfsdk:"linked_account_id"`
	ID              types.String `tfsdk:"id"`
	Name            types.String `tfsdk:"name"`
	Environment     types.String `tfsdk:"environment"`
	OrganizationID  types.String `tfsdk:"organization_id"`
	CreatedAt       types.String `tfsdk:"created_at"`
	UpdatedAt       types.String `tfsdk:"updated_at"`
	Integrations    types.List   `tfsdk:"integrations"`
}

// Of shows an account.
func Of(account *refold.LinkedAccount) Details {
	return Details{
		LinkedAccountID: types.StringValue(account.AccountID),
		ID:              TextOrNull(account.ID),
		Name:            TextOrNull(account.Name),
		Environment:     TextOrNull(account.Environment),
		OrganizationID:  TextOrNull(account.OrganizationID),
		CreatedAt:       TextOrNull(account.CreatedAt),
		UpdatedAt:       TextOrNull(account.UpdatedAt),
		Integrations:    integrations(account.Integrations),
	}
}

// Types are those of the attributes of Details, by name.
func Types() map[string]attr.Type {
	return map[string]attr.Type{
		"linked_account_id": types.StringType,
		"id":                types.StringType,
		"name":              types.StringType,
		"environment":       types.StringType,
		"organization_id":   types.StringType,
		"created_at":        types.StringType,
		"updated_at":        types.StringType,
		"integrations":      types.ListType{ElemType: integrationType()},
	}
}

// Values are the attributes by name, for an object of Types.
func (d Details) Values() map[string]attr.Value {
	return map[string]attr.Value{
		"linked_account_id": d.LinkedAccountID,
		"id":                d.ID,
		"name":              d.Name,
		"environment":       d.Environment,
		"organization_id":   d.OrganizationID,
		"created_at":        d.CreatedAt,
		"updated_at":        d.UpdatedAt,
		"integrations":      d.Integrations,
	}
}

// TextOrNull is null for an empty text: what Refold leaves out is not known.
func TextOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
