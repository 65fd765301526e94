// SPDX-License-Identifier: MPL-2.0

package config

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"

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

var _ list.ListResourceWithConfigure = (*configList)(nil)

type configList struct{ providerdata.ListResource }

// NewListResource makes the list resource refold_config.
func NewListResource() list.ListResource {
	return &configList{providerdata.ListResource{Name: typeName}}
}

// listModel is what a list block selects.
type listModel struct {
	LinkedAccountID types.String `tfsdk:"linked_account_id"`
	Slug            types.String `tfsdk:"slug"`
}

// ListResourceConfigSchema implements list.ListResource.
func (l *configList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, response *list.ListResourceSchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "Lists the configs of the apps that linked accounts have connected, for `terraform query`, which can write configuration and import blocks for them. `list` blocks stand in files that end in `.tfquery.hcl`. " +
			"Without an argument it lists those of all accounts, at a request for each app that is connected. Configs that Terraform could not import, as those of an account whose id is not of ASCII characters, are left out with a warning. Changes nothing. Needs Terraform 1.14.",
		Attributes: map[string]schema.Attribute{
			"linked_account_id": schema.StringAttribute{
				Optional: true, MarkdownDescription: "List the configs of this account only. One that does not exist is an error.",
				Validators: []validator.String{attribute.LinkedAccountID(), attribute.InHeader()},
			},
			"slug": schema.StringAttribute{
				Optional: true, MarkdownDescription: "List the configs of this app only: its slug, or for an app that your organization built its application id. With `linked_account_id`, the app need not be connected, and one that does not exist is an error.",
				Validators: []validator.String{attribute.Slug(), attribute.InHeader()},
			},
		},
	}
}

// List implements list.ListResource. Configs are shown as they arrive; an error after some of them
// is the last result.
func (l *configList) List(ctx context.Context, request list.ListRequest, stream *list.ListResultsStream) {
	var selected listModel
	diagnostics := request.Config.Get(ctx, &selected)
	client := l.Client(&diagnostics)
	if diagnostics.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diagnostics)
		return
	}
	listing := listing{configList: l, client: client, request: request, selected: selected}
	stream.Results = providerdata.AtMost(request.Limit, listing.results(ctx))
}

// listing is one list under way.
type listing struct {
	*configList
	client   *refold.Client
	request  list.ListRequest
	selected listModel
}

// results are configs, and what is to be said about accounts and configs. An error is the last.
func (l listing) results(ctx context.Context) iter.Seq[list.ListResult] {
	return func(yield func(list.ListResult) bool) {
		for account, err := range l.accounts(ctx) {
			for result := range l.resultsOf(ctx, account, err) {
				if !yield(result) || result.Diagnostics.HasError() {
					return
				}
			}
		}
	}
}

// accounts are those whose configs are listed, with what they have connected.
func (l listing) accounts(ctx context.Context) iter.Seq2[*refold.LinkedAccount, error] {
	id := l.selected.LinkedAccountID.ValueString()
	if id == "" {
		return l.client.ListLinkedAccounts(ctx, refold.ListFilter{ConnectedApp: l.selected.Slug.ValueString()}, refold.ListOptions{})
	}
	return func(yield func(*refold.LinkedAccount, error) bool) { yield(l.client.LinkedAccount(ctx, id)) }
}

func (l listing) resultsOf(ctx context.Context, account *refold.LinkedAccount, err error) iter.Seq[list.ListResult] {
	if err != nil {
		return slices.Values(l.withoutAccount(err))
	}
	if reason := unlistable(account); reason != nil {
		return slices.Values([]list.ListResult{providerdata.Saying(accountLeftOutWarning(account.AccountID, reason))})
	}
	return l.configsOf(ctx, account)
}

// withoutAccount says why an account is not there to list its configs.
func (l listing) withoutAccount(err error) []list.ListResult {
	unusable, isPartial := errors.AsType[*refold.UnusableIDsError](err)
	switch {
	case !l.selected.LinkedAccountID.IsNull():
		return []list.ListResult{providerdata.Saying(diagnose.Failure("read", diagnose.LinkedAccount(l.selected.LinkedAccountID.ValueString()), err))}
	case !isPartial:
		return []list.ListResult{providerdata.Saying(diagnose.ListFailure("linked account", err))}
	}
	var results []list.ListResult
	for _, id := range unusable.IDs {
		results = append(results, providerdata.Saying(accountLeftOutWarning(id.AccountID, id.Reason)))
	}
	return results
}

// unlistable is why nothing can be asked about the configs of an account, or nil.
func unlistable(account *refold.LinkedAccount) error {
	return cmp.Or(refold.CheckLinkedAccountID(account.AccountID), refold.CheckHeader(account.AccountID))
}

// configsOf are the configs of an account, of the app that is selected or of all that are
// connected.
func (l listing) configsOf(ctx context.Context, account *refold.LinkedAccount) iter.Seq[list.ListResult] {
	return func(yield func(list.ListResult) bool) {
		for _, slug := range l.slugs(account) {
			ids, err := l.client.ConfigIDs(ctx, account.AccountID, slug)
			if l.isNothing(err) {
				continue
			}
			if err != nil {
				yield(providerdata.Saying(listFailure(account.AccountID, slug, err)))
				return
			}
			for _, id := range ids {
				result, exists := l.resultOf(ctx, account, refold.ConfigKey{AccountID: account.AccountID, Slug: slug, ConfigID: id})
				if exists && !yield(result) {
					return
				}
			}
		}
	}
}

// slugs are the apps whose configs are asked for, once each. One that the organization built, and
// whose application id is not shown, cannot be named.
func (l listing) slugs(account *refold.LinkedAccount) []string {
	selected := l.selected.Slug.ValueString()
	if selected != "" && !l.selected.LinkedAccountID.IsNull() {
		return []string{selected}
	}
	var slugs []string
	for _, connected := range account.Integrations {
		isSelected := selected == "" || selected == connected.Slug()
		if isSelected && refold.CheckSlug(connected.Slug()) == nil && !slices.Contains(slugs, connected.Slug()) {
			slugs = append(slugs, connected.Slug())
		}
	}
	return slugs
}

// isNothing reports whether an account, or an app that it has connected, has left since it was
// listed. An app that the list names is to exist.
func (l listing) isNothing(err error) bool {
	isGone := refold.KindOf(err) == refold.AccountNotFound || refold.KindOf(err) == refold.ApplicationNotFound
	return isGone && (l.selected.LinkedAccountID.IsNull() || l.selected.Slug.IsNull())
}

// resultOf shows a config; its resource is what an import and a read of it give. One that these
// would refuse is left out with a warning, because Terraform ends a list at the first error.
func (l listing) resultOf(ctx context.Context, account *refold.LinkedAccount, key refold.ConfigKey) (list.ListResult, bool) {
	leftOut := func(reason error) (list.ListResult, bool) {
		return providerdata.Saying(configLeftOutWarning(key, reason)), true
	}
	if err := cmp.Or(refold.CheckLinkedAccountID(key.ConfigID), refold.CheckHeader(key.Slug)); err != nil {
		return leftOut(err)
	}
	state := model{LinkedAccountID: types.StringValue(key.AccountID), Slug: types.StringValue(key.Slug), ConfigID: types.StringValue(key.ConfigID)}
	result := l.request.NewListResult(ctx)
	result.DisplayName = cmp.Or(account.Name, account.AccountID) + ": " + state.Object().Name
	for name, value := range map[string]types.String{"linked_account_id": state.LinkedAccountID, "slug": state.Slug, "config_id": state.ConfigID} {
		result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root(name), value)...)
	}
	if !l.request.IncludeResource {
		return result, true
	}
	config, err := l.client.Config(ctx, key, false)
	switch {
	case isGone(err):
		return list.ListResult{}, false
	case err != nil:
		return providerdata.Saying(diagnose.Failure("read", state.subject(), err)), true
	}
	at, err := l.client.Scope(ctx, key.AccountID)
	if err != nil {
		return providerdata.Saying(diagnose.Failure("read", state.subject(), err)), true
	}
	if err := state.importAll(ctx, config, at); err != nil {
		return leftOut(err)
	}
	state.Settle(l.DeletionPolicy())
	result.Diagnostics.Append(result.Resource.Set(ctx, &state)...)
	return result, true
}
