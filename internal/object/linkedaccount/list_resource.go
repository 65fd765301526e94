// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"cmp"
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/accountview"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var (
	_ list.ListResourceWithConfigure      = (*accountList)(nil)
	_ list.ListResourceWithValidateConfig = (*accountList)(nil)
)

type accountList struct{ providerdata.ListResource }

// NewListResource makes the list resource refold_linked_account.
func NewListResource() list.ListResource {
	return &accountList{providerdata.ListResource{Name: typeName}}
}

// ListResourceConfigSchema implements list.ListResource.
func (l *accountList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, response *list.ListResourceSchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "Lists the linked accounts that exist at Refold, for `terraform query`, which can write configuration and import blocks for them. Without an argument it lists all. " +
			"Changes nothing. Needs Terraform 1.14.",
		Attributes: accountview.ListAttributes(),
	}
}

// ValidateListResourceConfig implements list.ListResourceWithValidateConfig.
func (l *accountList) ValidateListResourceConfig(ctx context.Context, request list.ValidateConfigRequest, response *list.ValidateConfigResponse) {
	var filter accountview.Filter
	response.Diagnostics.Append(request.Config.Get(ctx, &filter)...)
	filter.Check(&response.Diagnostics)
}

// List implements list.ListResource. Accounts are shown as they arrive; an error after some of them
// is the last result.
func (l *accountList) List(ctx context.Context, request list.ListRequest, stream *list.ListResultsStream) {
	var filter accountview.Filter
	diagnostics := request.Config.Get(ctx, &filter)
	client := l.Client(&diagnostics)
	if diagnostics.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diagnostics)
		return
	}
	options := refold.ListOptions{AtMost: int(request.Limit), NamesOnly: !request.IncludeResource, WithoutApps: true}
	stream.Results = func(push func(list.ListResult) bool) {
		for account, err := range client.ListLinkedAccounts(ctx, filter.ForClient(), options) {
			for _, result := range l.resultsOf(ctx, request, account, err) {
				if !push(result) {
					return
				}
			}
		}
	}
}

func (l *accountList) resultsOf(ctx context.Context, request list.ListRequest, account *refold.LinkedAccount, err error) []list.ListResult {
	if err == nil {
		return []list.ListResult{l.resultOf(ctx, request, account)}
	}
	unusable, isPartial := errors.AsType[*refold.UnusableIDsError](err)
	if !isPartial {
		return []list.ListResult{providerdata.Saying(diagnose.ListFailure("linked account", err))}
	}
	var results []list.ListResult
	for _, id := range unusable.IDs {
		results = append(results, providerdata.Saying(unusableIDWarning(id.AccountID, id.Reason)))
	}
	return results
}

// resultOf shows an account; its resource is what an import and a read of it give. One that these
// would refuse is left out with a warning, because Terraform ends a list at the first error.
func (l *accountList) resultOf(ctx context.Context, request list.ListRequest, account *refold.LinkedAccount) list.ListResult {
	if err := refold.CheckLinkedAccountID(account.AccountID); err != nil {
		return providerdata.Saying(unusableIDWarning(account.AccountID, err))
	}
	result := request.NewListResult(ctx)
	result.DisplayName = cmp.Or(account.Name, account.AccountID)
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("linked_account_id"), account.AccountID)...)
	if !request.IncludeResource {
		return result
	}
	state := model{YourApp: noYourApp()}
	state.refresh(ctx, account, &result.Diagnostics)
	state.Settle(l.DeletionPolicy())
	result.Diagnostics.Append(result.Resource.Set(ctx, &state)...)
	return result
}
