// SPDX-License-Identifier: MPL-2.0

// Package sessiontoken is the ephemeral resource refold_session_token.
package sessiontoken

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

var (
	_ ephemeral.EphemeralResourceWithConfigure      = (*tokenResource)(nil)
	_ ephemeral.EphemeralResourceWithValidateConfig = (*tokenResource)(nil)
	_ ephemeral.EphemeralResourceWithClose          = (*tokenResource)(nil)
)

// tokenResource has no Renew: that cannot hand out another token, and no run lasts as long as one.
type tokenResource struct{ providerdata.EphemeralResource }

// NewEphemeralResource makes the ephemeral resource refold_session_token.
func NewEphemeralResource() ephemeral.EphemeralResource {
	return &tokenResource{providerdata.EphemeralResource{Name: "session_token"}}
}

const doing = "get a session token for"

// ValidateConfig implements ephemeral.EphemeralResourceWithValidateConfig.
func (r *tokenResource) ValidateConfig(ctx context.Context, request ephemeral.ValidateConfigRequest, response *ephemeral.ValidateConfigResponse) {
	var config model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	config.check(&response.Diagnostics)
}

// Open implements ephemeral.EphemeralResource.
func (r *tokenResource) Open(ctx context.Context, request ephemeral.OpenRequest, response *ephemeral.OpenResponse) {
	var data model
	response.Diagnostics.Append(request.Config.Get(ctx, &data)...)
	data.check(&response.Diagnostics)
	client := r.Client(&response.Diagnostics)
	if response.Diagnostics.HasError() {
		return
	}
	id := data.LinkedAccountID.ValueString()
	response.Diagnostics.Append(r.CheckAccount(ctx, doing, id, data.ID)...)
	if response.Diagnostics.HasError() {
		return
	}
	token, err := providerdata.OfAccount(ctx, data.ID, func(ctx context.Context) (*refold.SessionToken, error) {
		return client.CreateSessionToken(ctx, id, data.ForceRefresh.ValueBool())
	})
	if err != nil {
		response.Diagnostics.Append(data.failure(err))
		return
	}
	data.read(token)
	if data.RevokeOnClose.ValueBool() && token.IsReused {
		response.Diagnostics.Append(reusedError(id))
		return
	}
	if token.IsRepeated {
		response.Diagnostics.Append(repeatedWarning(id))
	}
	if expiresSoon(token.Expires, time.Now()) {
		response.Diagnostics.Append(data.expiresSoonWarning(token.IsReused))
	}
	if data.RevokeOnClose.ValueBool() {
		client.OpenTokens().Add(ctx, client, id, token.Token)
		response.Diagnostics.Append(tokenForClose().Keep(ctx, response.Private, data.kept())...)
	}
	response.Diagnostics.Append(response.Result.Set(ctx, &data)...)
}

// Close implements ephemeral.EphemeralResourceWithClose.
func (r *tokenResource) Close(ctx context.Context, request ephemeral.CloseRequest, response *ephemeral.CloseResponse) {
	kept, problems := tokenForClose().Read(ctx, request.Private)
	if problems.HasError() {
		response.Diagnostics.Append(unreadableError())
		return
	}
	if kept == nil {
		return
	}
	client := r.Client(&response.Diagnostics)
	if client == nil {
		return
	}
	if err := client.RevokeSessionToken(ctx, kept.LinkedAccountID, kept.Token); err != nil {
		response.Diagnostics.Append(notRevokedError(kept, err))
	}
}
