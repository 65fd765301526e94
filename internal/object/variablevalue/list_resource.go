// SPDX-License-Identifier: MPL-2.0

package variablevalue

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var _ list.ListResourceWithConfigure = (*valueList)(nil)

type valueList struct{ providerdata.ListResource }

// NewListResource makes the list resource refold_variable_value.
func NewListResource() list.ListResource {
	return &valueList{providerdata.ListResource{Name: typeName}}
}

// listModel is what a list block selects. What is null does not.
type listModel struct {
	VariableDefinitionID types.String `tfsdk:"variable_definition_id"`
	LinkedAccountID      types.String `tfsdk:"linked_account_id"`
	WorkflowID           types.String `tfsdk:"workflow_id"`
}

// ListResourceConfigSchema implements list.ListResource.
func (l *valueList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, response *list.ListResourceSchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "Lists the values of variables, for `terraform query`, which can write configuration and import blocks for them. `list` blocks stand in files that end in `.tfquery.hcl`. " +
			"Without an argument it lists those of all accounts, of the workspace and of the organization. Refold lists those of a workflow only where it is named. " +
			"The configuration of an encrypted value has no value in it: what is imported keeps what it has. Values that Terraform could not import, as those of an account whose id is not of ASCII characters, are left out with a warning. Changes nothing. Needs Terraform 1.14.",
		Attributes: map[string]schema.Attribute{
			"variable_definition_id": schema.StringAttribute{
				Optional: true, MarkdownDescription: "List the values of this variable only, by the id of its definition. One that does not exist is an error. One of the scope `workflow` needs `workflow_id`.",
				Validators: []validator.String{id("definition")},
			},
			"linked_account_id": schema.StringAttribute{
				Optional: true, MarkdownDescription: "List the values of this account only. One that does not exist is an error.",
				Validators: []validator.String{attribute.LinkedAccountID(), attribute.InHeader()},
			},
			"workflow_id": schema.StringAttribute{
				Optional: true, MarkdownDescription: "List the values of this workflow only.",
				Validators: []validator.String{id("workflow")},
			},
		},
	}
}

// List implements list.ListResource. Values are shown as they arrive; an error after some of them
// is the last result.
func (l *valueList) List(ctx context.Context, request list.ListRequest, stream *list.ListResultsStream) {
	var selected listModel
	diagnostics := request.Config.Get(ctx, &selected)
	client := l.Client(&diagnostics)
	listing := listing{valueList: l, client: client, request: request, selected: selected}
	if !diagnostics.HasError() {
		diagnostics.Append(listing.begin(ctx)...)
	}
	if diagnostics.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diagnostics)
		return
	}
	stream.Results = providerdata.AtMost(request.Limit, listing.results(ctx))
}

// listing is one list under way.
type listing struct {
	*valueList
	client   *refold.Client
	request  list.ListRequest
	selected listModel
	// scopes are those whose values are asked for, one after the other.
	scopes []string
}

// results are values, and what is to be said about some. An error is the last.
func (l listing) results(ctx context.Context) iter.Seq[list.ListResult] {
	return func(yield func(list.ListResult) bool) {
		for _, scope := range l.scopes {
			for value, err := range l.client.ListVariableValues(ctx, scope, l.selected.LinkedAccountID.ValueString(), l.selected.WorkflowID.ValueString()) {
				result, isListed := l.resultOf(ctx, value, err)
				if isListed && (!yield(result) || result.Diagnostics.HasError()) {
					return
				}
			}
		}
	}
}

// resultOf shows a value; its resource is what an import and a read of it give. It returns false
// for one that is not selected.
func (l listing) resultOf(ctx context.Context, value *refold.VariableValue, err error) (list.ListResult, bool) {
	if err != nil {
		return providerdata.Saying(listProblem(err)), true
	}
	if !l.selects(value) {
		return list.ListResult{}, false
	}
	state := modelOf(value)
	definition, err := l.client.VariableDefinition(ctx, value.DefinitionID, refold.SnapshotLife)
	if err != nil && refold.KindOf(err) != refold.NotFound {
		return providerdata.Saying(diagnose.Failure("find the definition of", state.subject(), err)), true
	}
	if reason := unlistable(value, definition); reason != nil {
		return providerdata.Saying(leftOutWarning(state, reason)), true
	}
	state.Name = attribute.TextOrNull(definition.Name)
	return l.show(ctx, state, definition, value), true
}

func (l listing) show(ctx context.Context, state model, definition *refold.VariableDefinition, value *refold.VariableValue) list.ListResult {
	result := l.request.NewListResult(ctx)
	result.DisplayName = displayName(state, definition)
	for name, part := range map[string]types.String{
		"variable_definition_id": state.VariableDefinitionID, "linked_account_id": state.LinkedAccountID, "workflow_id": state.WorkflowID,
	} {
		result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root(name), part)...)
	}
	if !l.request.IncludeResource {
		return result
	}
	at, err := l.client.Scope(ctx, value.AccountID)
	if err != nil {
		return providerdata.Saying(diagnose.Failure("read", state.subject(), err))
	}
	state.refresh(definition, value, at)
	state.Settle(l.DeletionPolicy())
	result.Diagnostics.Append(result.Resource.Set(ctx, &state)...)
	return result
}

func (l listing) selects(value *refold.VariableValue) bool {
	return l.selected.VariableDefinitionID.IsNull() || l.selected.VariableDefinitionID.ValueString() == value.DefinitionID
}

// modelOf is a value of which nothing is known but what it is the value of.
func modelOf(value *refold.VariableValue) model {
	return model{
		VariableDefinitionID: types.StringValue(value.DefinitionID),
		LinkedAccountID:      attribute.TextOrNull(value.AccountID),
		WorkflowID:           attribute.TextOrNull(value.WorkflowID),
	}
}

// unlistable is why an import of a value would be refused, or nil. The definition is nil where
// there is none.
func unlistable(value *refold.VariableValue, definition *refold.VariableDefinition) error {
	if value.AccountID != "" {
		if err := cmp.Or(refold.CheckLinkedAccountID(value.AccountID), refold.CheckHeader(value.AccountID)); err != nil {
			return fmt.Errorf("the id of its account cannot be used here: %w", err)
		}
	}
	switch {
	case definition == nil:
		return errors.New("its definition is not known at Refold")
	case modelOf(value).misfit(definition) != "":
		return errors.New("it does not fit the scope of its definition")
	}
	return nil
}

func displayName(state model, definition *refold.VariableDefinition) string {
	return state.Object().Name + ": " + cmp.Or(state.LinkedAccountID.ValueString(), definition.Scope)
}
