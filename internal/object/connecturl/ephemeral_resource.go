// SPDX-License-Identifier: MPL-2.0

// Package connecturl is the ephemeral resource refold_connect_url.
package connecturl

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var _ ephemeral.EphemeralResourceWithConfigure = (*urlResource)(nil)

type urlResource struct{ providerdata.EphemeralResource }

// NewEphemeralResource makes the ephemeral resource refold_connect_url.
func NewEphemeralResource() ephemeral.EphemeralResource {
	return &urlResource{providerdata.EphemeralResource{Name: "connect_url"}}
}

const doing = "get a connect URL for"

// Schema implements ephemeral.EphemeralResource.
func (r *urlResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, response *ephemeral.SchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "Gets the URL of the page that Refold hosts, on which the customer of a linked account connects apps. It stands in no state and no plan.",
		Attributes: map[string]schema.Attribute{
			"linked_account_id": attribute.LinkedAccountIDInEphemeralResource(),
			"id":                attribute.IDInEphemeralResource(),
			"config_id":         optionalText("Id of the configuration that the page is for, where the customer has several."),
			"name":              optionalText("Name that the page shows."),
			"redirect_url":      optionalText("Where the page sends the customer afterwards."),
			"base_color":        optionalText("Base color of the page, as Refold takes it: `base_color`."),
			"button_color":      optionalText("Color of its buttons: `button_color`."),
			"color":             optionalText("Color of its text: `color`."),
			"bg_color":          optionalText("Color of its background: `bgColor`."),
			"hosted_url": schema.StringAttribute{
				Computed: true, Sensitive: true,
				MarkdownDescription: "The URL. The account's session token is part of it, so whoever has the URL can act for the customer until that token expires.",
			},
			"expires_at": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "When the URL expires with that token (RFC 3339, UTC), counted from the moment of the answer. It may be a token that was issued before, with little time left. " +
					"Null where Refold does not say, and on servers that issue the URL for the API key instead of the token.",
			},
		},
	}
}

func optionalText(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional:            true,
		MarkdownDescription: description,
		Validators:          []validator.String{attribute.NotEmpty("Then Refold's own default holds.")},
	}
}

// Open implements ephemeral.EphemeralResource. There is no Close: the URL is made to be used after
// the run.
func (r *urlResource) Open(ctx context.Context, request ephemeral.OpenRequest, response *ephemeral.OpenResponse) {
	var data model
	response.Diagnostics.Append(request.Config.Get(ctx, &data)...)
	client := r.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	id := data.LinkedAccountID.ValueString()
	response.Diagnostics.Append(r.CheckAccount(ctx, doing, id, data.ID)...)
	if response.Diagnostics.HasError() {
		return
	}
	hosted, err := providerdata.OfAccount(ctx, data.ID, func(ctx context.Context) (*refold.ConnectURL, error) {
		return client.CreateConnectURL(ctx, id, data.page())
	})
	if err != nil {
		response.Diagnostics.Append(providerdata.AccountFailure(doing, diagnose.LinkedAccount(id), data.ID, err))
		return
	}
	data.read(hosted)
	if expiresSoon(hosted.Expires, time.Now()) {
		response.Diagnostics.Append(data.expiresSoonWarning())
	}
	response.Diagnostics.Append(response.Result.Set(ctx, &data)...)
}
