// SPDX-License-Identifier: MPL-2.0

package variablevalue

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// importExample names each part of an import id as it is to be written.
const importExample = "6a1401de41e63efd08fb3e01/acme"

// ImportState implements resource.ResourceWithImportState: by id, and by identity. In an id, the
// definition's scope says what its second part names.
func (r *valueResource) ImportState(ctx context.Context, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	parts := []providerdata.ImportPart{
		{Attribute: "variable_definition_id", Valid: id("definition")},
		{Attribute: "linked_account_id", Valid: attribute.LinkedAccountID(), IsOptional: true, Name: "the account's or the workflow's id, as the variable's scope is"},
	}
	if request.ID == "" {
		parts = append(parts, providerdata.ImportPart{Attribute: "workflow_id", Valid: id("workflow"), IsOptional: true})
	}
	providerdata.ImportParts(ctx, parts, importExample, request, response)
	client := r.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	named := importedModel(ctx, response)
	if response.Diagnostics.HasError() {
		return
	}
	definition, problem := findDefinition(ctx, client, named)
	if problem != nil {
		response.Diagnostics.Append(diag.NewErrorDiagnostic(problem.Summary(), problem.Detail()))
		return
	}
	named.Name = attribute.TextOrNull(definition.Name)
	if request.ID != "" && definition.Scope == refold.ScopeWorkflow {
		named.LinkedAccountID, named.WorkflowID = types.StringNull(), named.LinkedAccountID
		setTarget(ctx, named, response)
	}
	response.Diagnostics.Append(response.State.SetAttribute(ctx, path.Root("name"), named.Name)...)
	response.Diagnostics.Append(named.checkImport(ctx, definition)...)
}

// importedModel is what an import names.
func importedModel(ctx context.Context, response *resource.ImportStateResponse) model {
	var named model
	for name, value := range map[string]*types.String{
		"variable_definition_id": &named.VariableDefinitionID, "linked_account_id": &named.LinkedAccountID, "workflow_id": &named.WorkflowID,
	} {
		response.Diagnostics.Append(response.State.GetAttribute(ctx, path.Root(name), value)...)
	}
	return named
}

func setTarget(ctx context.Context, named model, response *resource.ImportStateResponse) {
	for name, value := range map[string]types.String{"linked_account_id": named.LinkedAccountID, "workflow_id": named.WorkflowID} {
		response.Diagnostics.Append(response.State.SetAttribute(ctx, path.Root(name), value)...)
		if response.Identity != nil {
			response.Diagnostics.Append(response.Identity.SetAttribute(ctx, path.Root(name), value)...)
		}
	}
}

// checkImport refuses what is imported for something else than the variable's values are for, and
// an account whose values could not be deleted.
func (m model) checkImport(ctx context.Context, definition *refold.VariableDefinition) diag.Diagnostics {
	var problems diag.Diagnostics
	if misfit := m.misfit(definition); misfit != "" {
		problems.Append(importMisfit(m, definition, misfit))
	}
	if !m.LinkedAccountID.IsNull() {
		var checked validator.StringResponse
		attribute.InHeader().ValidateString(ctx, validator.StringRequest{Path: path.Root("linked_account_id"), ConfigValue: m.LinkedAccountID}, &checked)
		for _, problem := range checked.Diagnostics {
			problems.AddError(problem.Summary(), problem.Detail())
		}
	}
	return problems
}

func importMisfit(m model, definition *refold.VariableDefinition, misfit string) diag.Diagnostic {
	expected := map[string]string{
		refold.ScopeLinkedAccount: "DEFINITION/ACCOUNT, for example " + importExample,
		refold.ScopeWorkflow:      "DEFINITION/WORKFLOW, for example 6a1401de41e63efd08fb3e08/6a313eda6d5528bdcf71eb01",
	}[definition.Scope]
	if expected == "" {
		expected = "DEFINITION alone, for example 6a1401de41e63efd08fb3e07"
	}
	return diagnose.NewError("The import does not fit the scope of the variable", fmt.Sprintf(
		"%s cannot be imported: the scope of the variable is `%s`, %s.", m.subject().AtStart(), definition.Scope, misfit),
		"The import id is "+expected+". An identity has the same parts by their names.")
}
