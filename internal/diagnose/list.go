// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// ListFailure describes an error of the client while it listed accounts.
func ListFailure(err error) diag.Diagnostic {
	next := advice("", err)
	if errors.Is(err, context.Canceled) {
		next = "Nothing was changed. Run the command again."
	}
	return diag.NewErrorDiagnostic("Could not list linked accounts", fmt.Sprintf("Tried to list linked accounts.\n\n%s\n\n%s", Answer(err), next))
}
