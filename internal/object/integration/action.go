// SPDX-License-Identifier: MPL-2.0

// Package integration offers the apps that are connected to linked accounts: those that are
// connected by keys as a resource, and the removal of any as an action.
package integration

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

var _ action.ActionWithConfigure = (*disconnectAction)(nil)

type disconnectAction struct{ providerdata.Action }

// NewDisconnectAction makes the action refold_disconnect_integration.
func NewDisconnectAction() action.Action {
	return &disconnectAction{providerdata.Action{Name: "disconnect_integration"}}
}

const doing = "disconnect an app of"

// Schema implements action.Action.
func (a *disconnectAction) Schema(_ context.Context, _ action.SchemaRequest, response *action.SchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "Disconnects an app from a linked account. This cannot be undone: the customer has to connect the app again.",
		Attributes: map[string]schema.Attribute{
			"linked_account_id": attribute.LinkedAccountIDInAction(),
			"slug": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The app: its slug, for example `slack`, or for an app that your organization built its application id. The data source `refold_linked_account` shows them as `type` and `app_id`.",
				Validators:          []validator.String{attribute.Slug()},
			},
			"auth_type": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Removes only the connection of this type, for example `oauth2` or `keybased`. By default all connections of the app are removed.",
				Validators:          []validator.String{attribute.NotEmpty("Then all connections of the app are removed.")},
			},
		},
	}
}

// Invoke implements action.Action. Refold says nothing about an app that was not connected (FACTS
// 2.1.5), so the account is looked at first.
func (a *disconnectAction) Invoke(ctx context.Context, request action.InvokeRequest, response *action.InvokeResponse) {
	var config disconnection
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	client := a.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	report := func(message string) { response.SendProgress(action.InvokeProgressEvent{Message: message}) }
	removal := config.removal()
	account, err := client.LinkedAccount(ctx, removal.accountID)
	if err != nil {
		response.Diagnostics.Append(removal.failure(err))
		return
	}
	before := shown{account.Integrations, !account.ShowsIntegrations}
	report(removal.before(before))
	// Also where the app is not shown: only Refold knows for sure.
	done, err := removal.remove(ctx, client)
	if err != nil {
		response.Diagnostics.Append(removal.failureToRemove(err))
		return
	}
	if done.ReadBackError != nil {
		response.Diagnostics.Append(removal.notReadBackWarning(done.ReadBackError))
		return
	}
	after := shown{done.Integrations, !done.ShowsIntegrations}
	report(removal.after(after))
	response.Diagnostics.Append(removal.judge(before, after))
}
