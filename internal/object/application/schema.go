// SPDX-License-Identifier: MPL-2.0

package application

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
)

// accountAttribute selects an account, for a purpose that is a sentence or two.
func accountAttribute(purpose string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true,
		MarkdownDescription: purpose + " An account that does not exist is an error where Refold says so. " +
			"Some servers show the catalogue for any id, and then it looks like an account without connections: to be sure that there is one, refer to a resource or data source `refold_linked_account`.",
		Validators: []validator.String{attribute.LinkedAccountID()},
	}
}

// details are the attributes that show an app. What Refold does not say is null.
func details() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"name":        attribute.ComputedInDataSource("Display name."),
		"icon":        attribute.ComputedInDataSource("URL of the app's icon, where Refold gives one."),
		"description": attribute.ComputedInDataSource("What the app is, in Refold's words."),
		"type":        attribute.ComputedInDataSource("What Refold takes the app for: `custom` is an app that your organization built."),
		"app_id":      attribute.ComputedInDataSource("Application id, for apps that your organization built."),
		"auth_type":   attribute.ComputedInDataSource("How the app is connected unless something else is said, for example `oauth2` or `keybased`."),
		"tags": schema.ListAttribute{
			ElementType: types.StringType, Computed: true,
			MarkdownDescription: "The app's tags, in Refold's order.",
		},
		"ecosystem": schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: "Whether Refold counts the app among those of its ecosystem, where it says.",
		},
		"credential_fields": schema.ListNestedAttribute{
			Computed: true,
			MarkdownDescription: "The credentials that the app takes where it is connected by keys: those of the type `keybased`, or of the key-based type that it has instead. " +
				"Empty for an app that only its customer can connect, by OAuth, and for one that names none, which takes any.",
			NestedObject: schema.NestedAttributeObject{Attributes: credentialFieldAttributes()},
		},
		"connected": schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: "Whether the account has connected the app, by any type. Null without `linked_account_id`.",
		},
		"reauth_required": schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: "Whether a connection has stopped working until it is made again; false for an app that is not connected. Null without `linked_account_id`.",
		},
		"connected_accounts": schema.ListNestedAttribute{
			Computed:            true,
			MarkdownDescription: "The connections of the account, one for each type, in Refold's order. Null without `linked_account_id`.",
			NestedObject:        schema.NestedAttributeObject{Attributes: connectionAttributes()},
		},
	}
}

func credentialFieldAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"name":  attribute.ComputedInDataSource("The key under which the credential is given."),
		"label": attribute.ComputedInDataSource("What Refold's dialog calls it."),
		"required": schema.BoolAttribute{
			Computed: true, MarkdownDescription: "Whether the app cannot be connected without it.",
		},
		"secret": schema.BoolAttribute{
			Computed: true, MarkdownDescription: "Whether Refold's dialog hides it, as a password. Where it does not say, this is false.",
		},
	}
}

func connectionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"auth_type":    attribute.ComputedInDataSource("How it was made, for example `oauth2` or `keybased`, where Refold says."),
		"identifier":   attribute.ComputedInDataSource("What tells people which account of the app it is: an address, or JSON, where Refold says."),
		"connected_at": attribute.ComputedInDataSource("When it was made (RFC 3339, UTC), where Refold says."),
		"status":       attribute.ComputedInDataSource("Refold's word for its state, for example `active`."),
	}
}
