// SPDX-License-Identifier: MPL-2.0

package sessiontoken

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

func sharedTokenError() diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("revoke_on_close"), "A shared session token would be revoked",
		"`revoke_on_close` needs `force_refresh = true`. Without it, Refold returns the account's valid session token, which others hold as well: revoking it would log out the customer or another system. "+
			"Set `force_refresh = true` to get a new token, or leave out `revoke_on_close`.")
}

// failure says of a request for a fresh token that may have arrived that it has left one behind.
func (m model) failure(err error) diag.Diagnostic {
	account := diagnose.LinkedAccount(m.LinkedAccountID.ValueString())
	if m.ForceRefresh.ValueBool() {
		account.Again = "Then a session token was issued that nobody has: it stays valid until it expires, and another run gets another one. If that is not acceptable, ask Refold's support to revoke the account's tokens."
	}
	return providerdata.AccountFailure(doing, account, m.ID, err)
}

func repeatedWarning(accountID string) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Another session token may have been issued", fmt.Sprintf(
		"The answer to a request for a new session token for linked account %q got lost, so it was asked for again. "+
			"If the first request arrived, its token stays valid until it expires: nobody has it. If that is not acceptable, ask Refold's support to revoke the account's tokens.", accountID))
}

// reusedError leaves the token alone: whoever else holds it would be logged out.
func reusedError(accountID string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("The session token is not a new one", fmt.Sprintf(
		"For linked account %q, Refold returned a session token that was issued before, although `force_refresh` is set. Others may hold it as well, so it is not revoked, and not handed out.\n\n"+
			"This server seems to ignore `force_refresh`: leave out `revoke_on_close` to use the shared token, and pass this message to Refold's support. "+
			"If the token is new after all, the clock of this machine is more than five minutes ahead of Refold's: set it right.", accountID))
}

// expiresSoonWarning advises to refresh only where that was not done.
func (m model) expiresSoonWarning(isReused bool) diag.Diagnostic {
	reason := "Refold returned one that was issued before. If what uses it takes longer, set `force_refresh = true` to get a new one."
	switch {
	case m.ForceRefresh.ValueBool() && isReused:
		reason = "Refold returned one that was issued before, although `force_refresh` is set: this server seems to ignore it. What uses the token has to be done by then."
	case m.ForceRefresh.ValueBool():
		reason = "`force_refresh` is set, so Refold issues none that lasts longer. What uses the token has to be done by then; if that is too short, ask Refold's support, or whoever runs the deployment, for a longer lifetime."
	}
	return diag.NewWarningDiagnostic("The session token expires soon", fmt.Sprintf(
		"The session token for linked account %q expires at %s. %s", m.LinkedAccountID.ValueString(), m.ExpiresAt.ValueString(), reason))
}

func unreadableError() diag.Diagnostic {
	return diag.NewErrorDiagnostic("The session token was not revoked",
		"What this provider kept for the end of the run cannot be read, so a session token stays valid until it expires. This is a bug in the provider; please report it.")
}

// notRevokedError is an error and no warning: a token that was to end has not.
func notRevokedError(kept *keptToken, err error) diag.Diagnostic {
	expiry := "until it expires"
	if kept.ExpiresAt != "" {
		expiry = "until " + kept.ExpiresAt
	}
	return diag.NewErrorDiagnostic("The session token was not revoked", fmt.Sprintf(
		"The session token for linked account %q was to be revoked at the end of the run, and may stay valid %s.\n\n%s\n\n"+
			"It is tried once more when the provider ends, which nothing reports. Another run gets another token, and does not revoke this one. Whoever this configuration handed the token to can act for the customer until then: "+
			"if that is not acceptable, have whoever received it revoke it (POST /api/v2/public/session-token/revoke, with the token itself in the header), or ask Refold's support to revoke the account's tokens: this provider does not show it.",
		kept.LinkedAccountID, expiry, diagnose.Answer(err)))
}
