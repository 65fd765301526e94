// SPDX-License-Identifier: MPL-2.0

package sessiontoken

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// keptToken is what Close needs. A CLI keeps the private data of an ephemeral
// resource in memory until Close, and neither in a state nor in a plan.
type keptToken struct {
	LinkedAccountID string `json:"linked_account_id"`
	Token           string `json:"token"`
	ExpiresAt       string `json:"expires_at"`
}

func tokenState() providerdata.PrivateState[keptToken] {
	return providerdata.PrivateState[keptToken]{Key: "token", About: "the session token"}
}

func keep(ctx context.Context, private providerdata.PrivateWriter, data model) diag.Diagnostics {
	return tokenState().Keep(ctx, private, &keptToken{data.LinkedAccountID.ValueString(), data.Token.ValueString(), data.ExpiresAt.ValueString()})
}

// kept is nil when nothing is to be revoked.
func kept(ctx context.Context, private providerdata.PrivateReader) (*keptToken, diag.Diagnostics) {
	found, diagnostics := tokenState().Read(ctx, private)
	if diagnostics.HasError() {
		return nil, diag.Diagnostics{unreadableError()}
	}
	return found, diagnostics
}
