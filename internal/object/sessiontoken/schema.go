// SPDX-License-Identifier: MPL-2.0

package sessiontoken

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
)

// Schema implements ephemeral.EphemeralResource.
func (r *tokenResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, response *ephemeral.SchemaResponse) {
	response.Schema = schema.Schema{
		MarkdownDescription: "Gets a session token, with which a client acts at Refold for one linked account. It stands in no state and no plan.",
		Attributes: map[string]schema.Attribute{
			"linked_account_id": attribute.LinkedAccountIDInEphemeralResource(),
			"id":                attribute.IDInEphemeralResource(),
			"force_refresh": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether Refold is to issue another token. By default it returns the one that is valid already, which others hold as well, and which may have little time left. " +
					"Whether the earlier token stays valid is up to Refold. Every plan and every apply opens this resource, and so gets a token of its own. " +
					"Where an answer gets lost, another token is asked for, and a warning says that the first one may be valid as well.",
			},
			"revoke_on_close": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether the token is revoked when the run no longer needs it. Needs `force_refresh = true`: the token of the default is shared, and revoking it would log out whoever else holds it. " +
					"Where a server returns an earlier token all the same, that is an error, and nothing is revoked. " +
					"Terraform does not close a resource whose user failed, or whose run was stopped: then the token is revoked when the provider ends, as far as that works within 1.5 seconds. While the new token is valid, Refold may hand it to others who ask for one, and these are logged out then.",
			},
			"token": schema.StringAttribute{
				Computed: true, Sensitive: true,
				MarkdownDescription: "The session token, for the header `Authorization: Bearer ...`.",
			},
			"refresh_token": schema.StringAttribute{
				Computed: true, Sensitive: true,
				MarkdownDescription: "The refresh token, where Refold sends one. Refold has given up the endpoint that took it; `force_refresh` takes its place.",
			},
			"expires_at": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "When the token expires (RFC 3339, UTC), counted from the moment of the answer. Null where Refold does not say.",
			},
		},
	}
}
