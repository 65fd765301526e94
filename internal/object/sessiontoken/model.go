// SPDX-License-Identifier: MPL-2.0

package sessiontoken

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// minimumLifetime is how long a token should last at least that a run begins with.
const minimumLifetime = time.Hour

type model struct {
	LinkedAccountID types.String `tfsdk:"linked_account_id"`
	ID              types.String `tfsdk:"id"`
	ForceRefresh    types.Bool   `tfsdk:"force_refresh"`
	RevokeOnClose   types.Bool   `tfsdk:"revoke_on_close"`
	Token           types.String `tfsdk:"token"`
	RefreshToken    types.String `tfsdk:"refresh_token"`
	ExpiresAt       types.String `tfsdk:"expires_at"`
}

// keptToken is what Close needs. A CLI keeps the private data of an ephemeral resource in memory
// until Close, and neither in a state nor in a plan.
type keptToken struct {
	LinkedAccountID string `json:"linked_account_id"`
	Token           string `json:"token"`
	ExpiresAt       string `json:"expires_at"`
}

func tokenForClose() providerdata.PrivateState[keptToken] {
	return providerdata.PrivateState[keptToken]{Key: "token", About: "the session token"}
}

// check refuses to revoke a token that others hold as well. A value that is not known yet is left
// to Open.
func (m model) check(diagnostics *diag.Diagnostics) {
	if m.RevokeOnClose.ValueBool() && !m.ForceRefresh.IsUnknown() && !m.ForceRefresh.ValueBool() {
		diagnostics.Append(sharedTokenError())
	}
}

func (m *model) read(token *refold.SessionToken) {
	m.Token = types.StringValue(token.Token)
	m.RefreshToken = attribute.TextOrNull(token.RefreshToken)
	m.ExpiresAt = attribute.TimeOrNull(token.Expires)
}

func (m model) kept() *keptToken {
	return &keptToken{LinkedAccountID: m.LinkedAccountID.ValueString(), Token: m.Token.ValueString(), ExpiresAt: m.ExpiresAt.ValueString()}
}

// expiresSoon is false where Refold does not say when.
func expiresSoon(expires, now time.Time) bool {
	return !expires.IsZero() && expires.Sub(now) < minimumLifetime
}
