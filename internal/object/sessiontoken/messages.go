// SPDX-License-Identifier: MPL-2.0

package sessiontoken

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
)

func sharedTokenError() diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("revoke_on_close"), "A shared session token would be revoked",
		"`revoke_on_close` needs `force_refresh = true`. Without it, Refold returns the account's valid session token, which others hold as well: revoking it would log out the customer or another system. "+
			"Set `force_refresh = true` to get a new token, or leave out `revoke_on_close`.")
}

func endsSoonWarning(accountID string, expires time.Time) diag.Diagnostic {
	return diag.NewWarningDiagnostic("The session token expires soon", fmt.Sprintf(
		"The session token for linked account %q expires at %s. Refold returned one that was issued before. If what uses it takes longer, set `force_refresh = true` to get a new one.",
		accountID, expires.Format(time.RFC3339)))
}

// notRevokedError is an error and no warning: a token that was to end has not.
func notRevokedError(kept keptToken, err error) diag.Diagnostic {
	expiry := "until it expires"
	if kept.ExpiresAt != "" {
		expiry = "until " + kept.ExpiresAt
	}
	return diag.NewErrorDiagnostic("The session token was not revoked", fmt.Sprintf(
		"The session token for linked account %q was to be revoked at the end of the run, and may stay valid %s.\n\n%s\n\n"+
			"Another run gets another token, and does not revoke this one. Whoever this configuration handed the token to can act for the customer until then: "+
			"if that is not acceptable, revoke it there (POST /api/v2/public/session-token/revoke with the token), or ask Refold's support to revoke the account's tokens.",
		kept.LinkedAccountID, expiry, diagnose.Answer(err)))
}
