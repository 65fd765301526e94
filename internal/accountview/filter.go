// SPDX-License-Identifier: MPL-2.0

package accountview

import (
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	list "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Filter is the part of a configuration that its attributes describe. What is null does not select.
type Filter struct {
	Search           types.String `tfsdk:"search"`
	Scope            types.String `tfsdk:"scope"`
	EnvVariableName  types.String `tfsdk:"env_variable_name"`
	EnvVariableValue types.String `tfsdk:"env_variable_value"`
	IDPrefix         types.String `tfsdk:"id_prefix"`
	ConnectedApp     types.String `tfsdk:"connected_app"`
}

// Check adds an error for a value of a variable that is not named (FACTS 2.1.4).
func (f Filter) Check(diagnostics *diag.Diagnostics) {
	if !f.EnvVariableName.IsNull() || f.EnvVariableValue.IsNull() {
		return
	}
	diagnostics.AddAttributeError(path.Root("env_variable_value"), "The value of no variable",
		"`env_variable_value` selects by the value of a variable, and `env_variable_name` does not say of which one. Set both, or leave both out.")
}

// ForClient is the filter in the client's form; its values must be known.
func (f Filter) ForClient() refold.ListFilter {
	return refold.ListFilter{
		Search:           f.Search.ValueString(),
		Scope:            f.Scope.ValueString(),
		EnvVariableName:  f.EnvVariableName.ValueString(),
		EnvVariableValue: f.EnvVariableValue.ValueString(),
		IDPrefix:         f.IDPrefix.ValueString(),
		ConnectedApp:     f.ConnectedApp.ValueString(),
	}
}

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
		"env_variable_name": "Only accounts for which a variable of this name is set. " +
			"Refold alone can tell: servers before v3.4.2 ignore it and list all accounts.",
		"env_variable_value": "Only accounts for which that variable has this value. Needs `env_variable_name`, and has the same limits.",
		"id_prefix": "Only accounts whose `linked_account_id` begins with this text, case-sensitive. " +
			"The provider applies it itself, to all accounts.",
		"connected_app": "Only accounts whose customer has connected this app: its slug, or the `app_id` of an app that your organization built. `custom` selects every account with any such app. " +
			"The provider applies it itself, to all accounts.",
	}
}
