// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

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

var _ list.ListResourceWithConfigure = (*integrationList)(nil)

type integrationList struct{ providerdata.ListResource }

// NewListResource makes the list resource refold_integration.
func NewListResource() list.ListResource {
	return &integrationList{providerdata.ListResource{Name: typeName}}
}

// ListResourceConfigSchema implements list.ListResource.
func (l *integrationList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, response *list.ListResourceSchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "Lists the apps that are connected to linked accounts by keys, for `terraform query`, which can write configuration and import blocks for them. `list` blocks stand in files that end in `.tfquery.hcl`. Connections that customers made by OAuth are left out. Without an argument it lists those of all accounts, at the price of one request for each account that has connected any app. " +
			"Changes nothing. Needs Terraform 1.14.",
		Attributes: map[string]schema.Attribute{
			"linked_account_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{attribute.LinkedAccountID()},
				MarkdownDescription: "Only what this account has connected. An account that does not exist is an error.",
			},
			"slug": schema.StringAttribute{
				Optional: true, Validators: []validator.String{attribute.Slug()},
				MarkdownDescription: "Only connections of this app: its slug, or for an app that your organization built its application id.",
			},
		},
	}
}

// listed is the configuration of a list. What is null does not select.
type listed struct {
	LinkedAccountID types.String `tfsdk:"linked_account_id"`
	Slug            types.String `tfsdk:"slug"`
}

// List implements list.ListResource. Connections are shown as their accounts arrive; an error after
// some of them is the last result.
func (l *integrationList) List(ctx context.Context, request list.ListRequest, stream *list.ListResultsStream) {
	var filter listed
	diagnostics := request.Config.Get(ctx, &filter)
	client := l.Client(&diagnostics)
	if diagnostics.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diagnostics)
		return
	}
	stream.Results = providerdata.AtMost(request.Limit, func(yield func(list.ListResult) bool) {
		for model, problem := range filter.models(ctx, client) {
			result := providerdata.Saying(problem)
			if problem == nil {
				result = l.resultOf(ctx, request, model)
			}
			if !yield(result) {
				return
			}
		}
	})
}

// models yields the connections that are selected, as an import and a read of them give them. After
// a warning it goes on; an error is the last that it yields.
func (f listed) models(ctx context.Context, client *refold.Client) iter.Seq2[model, *diagnose.Problem] {
	return func(yield func(model, *diagnose.Problem) bool) {
		for accountID, problem := range f.accounts(ctx, client) {
			if problem != nil {
				if !yield(model{}, problem) {
					return
				}
				continue
			}
			connections, problem := f.connectionsOf(ctx, client, accountID)
			if problem != nil {
				yield(model{}, problem)
				return
			}
			for _, connection := range connections {
				if !yield(connection.model, nil) || connection.further != nil && !yield(model{}, connection.further) {
					return
				}
			}
		}
	}
}

// accounts yields those accounts that may have what is selected.
func (f listed) accounts(ctx context.Context, client *refold.Client) iter.Seq2[string, *diagnose.Problem] {
	return func(yield func(string, *diagnose.Problem) bool) {
		if !f.LinkedAccountID.IsNull() {
			yield(f.LinkedAccountID.ValueString(), nil)
			return
		}
		for account, err := range client.ListLinkedAccounts(ctx, refold.ListFilter{}, refold.ListOptions{}) {
			switch {
			case err != nil:
				if !yieldListError(err, yield) {
					return
				}
			case !f.mayHave(account):
			case !yieldAccount(account.AccountID, yield):
				return
			}
		}
	}
}

// yieldAccount yields an account, unless no configuration can hold its id.
func yieldAccount(id string, yield func(string, *diagnose.Problem) bool) bool {
	if reason := refold.CheckLinkedAccountID(id); reason != nil {
		return yield("", diagnose.LeftOutWarning([]refold.UnusableID{{AccountID: id, Reason: reason}}))
	}
	return yield(id, nil)
}

// yieldListError yields what an error of a list of accounts is about, and returns whether the list
// goes on.
func yieldListError(err error, yield func(string, *diagnose.Problem) bool) bool {
	unusable, isPartial := errors.AsType[*refold.UnusableIDsError](err)
	if !isPartial {
		yield("", diagnose.ListFailure("linked account", err))
		return false
	}
	return yield("", diagnose.LeftOutWarning(unusable.IDs))
}

// mayHave reports whether an account may have a connection that is selected. Apps that the
// organization built may be named by either of two names.
func (f listed) mayHave(account *refold.LinkedAccount) bool {
	if !account.ShowsIntegrations {
		return true
	}
	for _, integration := range account.Integrations {
		if f.Slug.IsNull() || integration.Slug() == f.Slug.ValueString() || integration.Type == refold.TypeCustom {
			return true
		}
	}
	return false
}

// listedConnection is a connection, and the warning about further ones of its app, or nil.
type listedConnection struct {
	model   model
	further *diagnose.Problem
}

// connectionsOf are the connections of an account by keys, one for each app. An account that was
// deleted since it was listed has none.
func (f listed) connectionsOf(ctx context.Context, client *refold.Client, accountID string) ([]listedConnection, *diagnose.Problem) {
	catalogue, err := client.Applications(ctx, accountID, refold.SnapshotLife)
	if refold.KindOf(err) == refold.AccountNotFound && f.LinkedAccountID.IsNull() {
		return nil, nil
	}
	if err != nil {
		return nil, diagnose.Failure("list the integrations of", diagnose.LinkedAccount(accountID), err)
	}
	selected, err := client.Scope(ctx, accountID)
	if err != nil {
		return nil, diagnose.Failure("list the integrations of", diagnose.LinkedAccount(accountID), err)
	}
	var connections []listedConnection
	for _, app := range catalogue {
		if !f.Slug.IsNull() && !app.IsNamed(f.Slug.ValueString()) || refold.CheckSlug(app.RemovalSlug()) != nil {
			continue
		}
		connection := newModel(accountID, app.RemovalSlug())
		if found := connectedOf(catalogue, connection).byKeys(); found.isByKeys() {
			found.show(&connection, selected)
			connections = append(connections, listedConnection{connection, furtherWarning(connection, found.further())})
		}
	}
	return connections, nil
}

// furtherWarning is about connections that no list and no import can name, and nil for none.
func furtherWarning(shown model, authTypes []string) *diagnose.Problem {
	if len(authTypes) == 0 {
		return nil
	}
	return diagnose.NewWarning("A further connection is left out", fmt.Sprintf(
		"%s is listed by its connection of type %q. It is connected by %s as well, which neither a list nor an import can name.", shown.subject().AtStart(), shown.AuthType.ValueString(), strings.Join(authTypes, ", ")),
		"To manage such a connection, write a block with its `auth_type`, and `adopt_existing = true`, which replaces its keys.")
}

// isByKeys reports whether a connection was found of which it is sure that it is based on keys.
func (c connected) isByKeys() bool {
	if c.connection == nil {
		return false
	}
	return c.connection.AuthType != "" || refold.IsKeyBased(c.app.AuthType)
}

// newModel is a connection of which nothing is known but its name.
func newModel(accountID, slug string) model {
	return model{
		LinkedAccountID: types.StringValue(accountID), Slug: types.StringValue(slug),
		Credentials: types.MapNull(types.StringType), CredentialsWO: types.MapNull(types.StringType),
	}
}

// resultOf shows a connection.
func (l *integrationList) resultOf(ctx context.Context, request list.ListRequest, found model) list.ListResult {
	result := request.NewListResult(ctx)
	result.DisplayName = fmt.Sprintf("%s of %s", found.displayName(), found.LinkedAccountID.ValueString())
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("linked_account_id"), found.LinkedAccountID)...)
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("slug"), found.Slug)...)
	if !request.IncludeResource {
		return result
	}
	found.Settle(l.DeletionPolicy())
	result.Diagnostics.Append(result.Resource.Set(ctx, &found)...)
	return result
}

func (m model) displayName() string {
	if m.Name.IsNull() {
		return m.Slug.ValueString()
	}
	return m.Name.ValueString()
}
