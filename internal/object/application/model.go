// SPDX-License-Identifier: MPL-2.0

package application

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// filter is what selects apps of a list. What is null does not select.
type filter struct {
	LinkedAccountID types.String `tfsdk:"linked_account_id"`
	Tags            types.Set    `tfsdk:"tags"`
	Ecosystem       types.Bool   `tfsdk:"ecosystem"`
	AuthType        types.String `tfsdk:"auth_type"`
	Connected       types.Bool   `tfsdk:"connected"`
}

// selects reports whether an app is all that is asked for; the values must be known. What Refold
// does not say of an app is not what is asked for.
func (f filter) selects(app *refold.Application) bool {
	for _, tag := range f.Tags.Elements() {
		if !slices.Contains(app.Tags, textOf(tag)) {
			return false
		}
	}
	switch {
	case !f.Ecosystem.IsNull() && !types.BoolPointerValue(app.Ecosystem).Equal(f.Ecosystem):
		return false
	case !f.AuthType.IsNull() && !slices.Contains(app.AuthTypes, f.AuthType.ValueString()):
		return false
	}
	return f.Connected.IsNull() || app.IsConnected == f.Connected.ValueBool()
}

// textOf is empty for a tag that is null or not known.
func textOf(tag attr.Value) string {
	text, _ := tag.(types.String)
	return text.ValueString()
}

// detailTypes are those of the attributes that show an app, by name.
func detailTypes() map[string]attr.Type { return objectType(details()).AttrTypes }

// listedType is that of an app in a list.
func listedType() types.ObjectType {
	attributeTypes := detailTypes()
	attributeTypes["slug"] = types.StringType
	return types.ObjectType{AttrTypes: attributeTypes}
}

func objectType(attributes map[string]schema.Attribute) types.ObjectType {
	return schema.NestedAttributeObject{Attributes: attributes}.Type().(types.ObjectType)
}

// listOf are apps, in order, with the connections of an account or without.
func listOf(applications []*refold.Application, isOfAccount bool) types.List {
	elementType := listedType()
	elements := make([]attr.Value, len(applications))
	for i, app := range applications {
		values := valuesOf(app, isOfAccount)
		values["slug"] = types.StringValue(slugOf(app))
		elements[i] = types.ObjectValueMust(elementType.AttrTypes, values)
	}
	return types.ListValueMust(elementType, elements)
}

// slugOf is what names an app in the attributes called slug.
func slugOf(app *refold.Application) string { return app.RemovalSlug() }

func slugsOf(applications []*refold.Application) []string {
	slugs := make([]string, len(applications))
	for i, app := range applications {
		slugs[i] = slugOf(app)
	}
	return slugs
}

// valuesOf are the details of an app by name, for an object of detailTypes. What the catalogue
// cannot say of connections is null.
func valuesOf(app *refold.Application, isOfAccount bool) map[string]attr.Value {
	values := map[string]attr.Value{
		"name":               attribute.TextOrNull(app.Name),
		"icon":               attribute.TextOrNull(app.Icon),
		"description":        attribute.TextOrNull(app.Description),
		"type":               attribute.TextOrNull(app.Type),
		"app_id":             attribute.TextOrNull(app.AppID),
		"auth_type":          attribute.TextOrNull(app.AuthType),
		"tags":               textList(app.Tags),
		"ecosystem":          types.BoolPointerValue(app.Ecosystem),
		"credential_fields":  credentialFields(app),
		"connected":          types.BoolNull(),
		"reauth_required":    types.BoolNull(),
		"connected_accounts": types.ListNull(objectType(connectionAttributes())),
	}
	if isOfAccount {
		values["connected"] = types.BoolValue(app.IsConnected)
		values["reauth_required"] = types.BoolValue(app.ReauthRequired)
		values["connected_accounts"] = connections(app.Connections)
	}
	return values
}

func textList(texts []string) types.List {
	elements := make([]attr.Value, len(texts))
	for i, text := range texts {
		elements[i] = types.StringValue(text)
	}
	return types.ListValueMust(types.StringType, elements)
}

// credentialFields is empty, and never null, for an app that takes none.
func credentialFields(app *refold.Application) types.List {
	elementType := objectType(credentialFieldAttributes())
	authType, _ := app.KeyType()
	elements := []attr.Value{}
	for _, field := range app.Keys[authType] {
		elements = append(elements, types.ObjectValueMust(elementType.AttrTypes, map[string]attr.Value{
			"name":     types.StringValue(field.Name),
			"label":    attribute.TextOrNull(field.Label),
			"required": types.BoolValue(field.Required),
			"secret":   types.BoolValue(field.Secret),
		}))
	}
	return types.ListValueMust(elementType, elements)
}

func connections(connected []refold.Connection) types.List {
	elementType := objectType(connectionAttributes())
	elements := make([]attr.Value, len(connected))
	for i, connection := range connected {
		elements[i] = types.ObjectValueMust(elementType.AttrTypes, map[string]attr.Value{
			"auth_type":    attribute.TextOrNull(connection.AuthType),
			"identifier":   attribute.TextOrNull(connection.Identifier),
			"connected_at": attribute.TextOrNull(connection.ConnectedAt),
			"status":       attribute.TextOrNull(connection.Status),
		})
	}
	return types.ListValueMust(elementType, elements)
}
