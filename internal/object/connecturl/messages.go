// SPDX-License-Identifier: MPL-2.0

package connecturl

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

func (m model) expiresSoonWarning() diag.Diagnostic {
	return diag.NewWarningDiagnostic("The connect URL expires soon", fmt.Sprintf(
		"The connect URL for linked account %q expires at %s, with the account's session token, which Refold hands out until it ends. If the customer is to use it later than that, get another URL after then.",
		m.LinkedAccountID.ValueString(), m.ExpiresAt.ValueString()))
}
