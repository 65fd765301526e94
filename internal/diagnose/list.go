// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// ListFailure describes an error of the client while it listed accounts.
func ListFailure(err error) diag.Diagnostic {
	if listed, ok := errors.AsType[*refold.ListedError](err); ok && !errors.Is(err, context.Canceled) {
		return Failure("read linked account", listed.AccountID, errors.Unwrap(listed))
	}
	if unusable, ok := errors.AsType[*refold.UnusableIDsError](err); ok {
		return diag.NewErrorDiagnostic("Linked accounts cannot be read", fmt.Sprintf(
			"Tried to list linked accounts.\n\nThis server's list does not show accounts whole, so each is read by its id. That is impossible for %s.\n\n%s", naming(unusable.IDs), adviceOnUnusableIDs()))
	}
	return diag.NewErrorDiagnostic("Could not list linked accounts", fmt.Sprintf("Tried to list linked accounts.\n\n%s\n\n%s", Answer(err), adviceOnList(err)))
}

// shownIDs bounds how many ids a message names.
const shownIDs = 10

func naming(ids []refold.UnusableID) string {
	var named []string
	for _, id := range ids[:min(len(ids), shownIDs)] {
		named = append(named, id.String())
	}
	list := strings.Join(named, "; ")
	if more := len(ids) - len(named); more > 0 {
		list += fmt.Sprintf("; and %d more", more)
	}
	return list
}

func adviceOnUnusableIDs() string {
	return "Select other accounts with `id_prefix`. Newer servers show accounts whole, so that an upgrade helps too. An account that nobody needs can be deleted in Refold's dashboard, which cannot be undone."
}

func adviceOnList(err error) string {
	refusal, isRefusal := errors.AsType[*refold.Error](err)
	switch {
	case errors.Is(err, context.Canceled):
		return "Nothing was changed. Run the command again."
	case isRefusal && refusal.Status == http.StatusOK && !refusal.NotRefold:
		return "If accounts are being created or deleted in large numbers, run the command again later. Otherwise what this server lists does not fit together: pass the message above to Refold's support."
	case isRefusal && refusal.Status == http.StatusNotFound && !refusal.NotRefold:
		return "The server may not know the path: check the provider's `base_url` (path prefix), and whether the deployment is too old for this."
	}
	return advice("", err)
}
