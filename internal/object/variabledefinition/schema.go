// SPDX-License-Identifier: MPL-2.0

package variabledefinition

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
)

const (
	nameOf   = "Name of the variable, as workflows refer to it"
	scopeOf  = "Whose values it has: `linked_account`, `workflow`, `workspace` or `org`"
	formatOf = "What a value has to be: `string`, `number` or `url`"
)

// details are the attributes that show a definition. What Refold does not say is null, but for
// encrypted.
func details() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":          attribute.IDInDataSource("definition"),
		"name":        attribute.ComputedInDataSource(nameOf + "."),
		"description": attribute.ComputedInDataSource("What it is for, in your organization's words."),
		"scope":       attribute.ComputedInDataSource(scopeOf + "."),
		"format":      attribute.ComputedInDataSource(formatOf + "."),
		"encrypted": schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: "Whether its values are encrypted, so that nobody can read them. Where Refold does not say, this is true.",
		},
		"organization_id": attribute.OrganizationIDInDataSource("definition"),
		"created_at":      attribute.CreatedAtInDataSource("definition"),
		"updated_at":      attribute.ComputedInDataSource("When the definition was last changed (RFC 3339, UTC)."),
	}
}

// chosen is an attribute that names the definition, or shows it where another one does.
func chosen(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: description, Validators: validators}
}

// selecting is an attribute that selects definitions.
func selecting(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, MarkdownDescription: description,
		Validators: []validator.String{attribute.NotEmpty("Then it does not select.")},
	}
}
