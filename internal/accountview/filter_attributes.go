// SPDX-License-Identifier: MPL-2.0

package accountview

import (
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	list "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
)

// DataSourceAttributes are the attributes of a Filter in a data source.
func DataSourceAttributes() map[string]datasource.Attribute {
	attributes := map[string]datasource.Attribute{}
	for name, description := range descriptions() {
		attributes[name] = datasource.StringAttribute{Optional: true, MarkdownDescription: description, Validators: validators()}
	}
	return attributes
}

// ListAttributes are the attributes of a Filter in a list resource.
func ListAttributes() map[string]list.Attribute {
	attributes := map[string]list.Attribute{}
	for name, description := range descriptions() {
		attributes[name] = list.StringAttribute{Optional: true, MarkdownDescription: description, Validators: validators()}
	}
	return attributes
}

func validators() []validator.String {
	return []validator.String{attribute.NotEmpty("Then it does not select.")}
}

func descriptions() map[string]string {
	return map[string]string{
		"search": "Only accounts whose name contains this text, in any case. " +
			"The text is sent to Refold as it stands, and the provider drops what Refold lists without it in its name. " +
			"How Refold matches names is not documented, so characters other than letters, digits and spaces may select fewer accounts than expected.",
		"scope": "Only accounts that were created with this scope. " +
			"An account that Refold lists with another scope is dropped. Servers older than the filter may show no scopes: then all accounts are listed.",
		variableName: "Only accounts for which a variable of this name is set. " +
			"Refold alone can tell: servers before v3.4.2 ignore it and list all accounts.",
		variableValue: "Only accounts for which that variable has this value. Needs `" + variableName + "`, and has the same limits.",
		"id_prefix": "Only accounts whose `linked_account_id` begins with this text, case-sensitive. " +
			"The provider applies it itself, to all accounts.",
		"connected_app": "Only accounts whose customer has connected this app: its slug, or the `app_id` of an app that your organization built. `custom` selects every account with any such app. " +
			"The provider applies it itself, to all accounts.",
	}
}
