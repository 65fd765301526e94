// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// ListFailure describes an error of the client while it listed objects of which noun is one
// ("linked account").
func ListFailure(noun string, err error) *Problem {
	if listed, ok := errors.AsType[*refold.ListedError](err); ok && !errors.Is(err, context.Canceled) {
		return Failure("read", LinkedAccount(listed.AccountID), errors.Unwrap(listed))
	}
	if unusable, ok := errors.AsType[*refold.UnusableIDsError](err); ok {
		return NewError("Linked accounts cannot be read", fmt.Sprintf(
			"Tried to list linked accounts.\n\nThis server's list does not show accounts whole, so each is read by its id. That is impossible for %s.", naming(unusable.IDs)),
			"Select other accounts with `id_prefix`. Newer servers show accounts whole, so that an upgrade helps too. An account that nobody needs can be deleted in Refold's dashboard, which cannot be undone.")
	}
	return NewError(fmt.Sprintf("Could not list %ss", noun), fmt.Sprintf("Tried to list %ss.\n\n%s", noun, Answer(err)), adviceOnList(Subject{Noun: noun}, err))
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

func adviceOnList(subject Subject, err error) string {
	refusal, isRefusal := errors.AsType[*refold.Error](err)
	switch {
	case errors.Is(err, context.Canceled):
		return "Nothing was changed. Run the command again."
	case isRefusal && refusal.Status == http.StatusOK && !refusal.NotRefold:
		return fmt.Sprintf("If %ss are being created or deleted in large numbers, run the command again later. Otherwise what this server lists does not fit together: pass the message above to Refold's support.", subject.short())
	case isRefusal && refusal.Status == http.StatusNotFound && !refusal.NotRefold:
		return "The server may not know the path: check the provider's `base_url` (path prefix), and whether the deployment is too old for this."
	}
	return advice(subject, err)
}
