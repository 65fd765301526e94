// SPDX-License-Identifier: MPL-2.0

package sessiontoken

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

const tokenKey = "token"

// keptToken is what Close needs. A CLI keeps the private data of an ephemeral
// resource in memory until Close, and neither in a state nor in a plan.
type keptToken struct {
	LinkedAccountID string `json:"linked_account_id"`
	Token           string `json:"token"`
	ExpiresAt       string `json:"expires_at"`
}

func keep(ctx context.Context, private interface {
	SetKey(context.Context, string, []byte) diag.Diagnostics
}, data model) diag.Diagnostics {
	encoded, err := json.Marshal(keptToken{data.LinkedAccountID.ValueString(), data.Token.ValueString(), data.ExpiresAt.ValueString()})
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("The session token cannot be kept", err.Error())}
	}
	return private.SetKey(ctx, tokenKey, encoded)
}

// kept is empty when nothing is to be revoked.
func kept(ctx context.Context, private interface {
	GetKey(context.Context, string) ([]byte, diag.Diagnostics)
}) (keptToken, diag.Diagnostics) {
	var found keptToken
	encoded, diagnostics := private.GetKey(ctx, tokenKey)
	if len(encoded) == 0 || diagnostics.HasError() {
		return found, diagnostics
	}
	if err := json.Unmarshal(encoded, &found); err != nil {
		// Not err's text: it may quote the token.
		diagnostics.AddError("The session token was not revoked", "What this provider kept for the end of the run cannot be read, so a session token stays valid until it expires. This is a bug in the provider; please report it.")
	}
	return found, diagnostics
}
