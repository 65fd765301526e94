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
	return NewError(fmt.Sprintf("Could not list %ss", noun), fmt.Sprintf("Tried to list %ss.\n\n%s", noun, Answer(err)), adviceOnList(Subject{Noun: noun}, err))
}

// shownIDs bounds how many ids a message names.
const shownIDs = 10

// LeftOutWarning is about accounts that Refold has, and that nothing here can stand for.
func LeftOutWarning(ids []refold.UnusableID) *Problem {
	return NewWarning(fmt.Sprintf("%s %s left out", Count(len(ids), nounOfAccount), Agree(len(ids), "is", "are")),
		fmt.Sprintf("Refold lists what can be neither asked for by its id nor held apart from others: %s.", Unusable(ids)),
		"Everything else goes on without them. They stay at Refold as they are; manage them in the dashboard.")
}

// Unusable names the first ids, each with what is wrong with it, and counts the rest.
func Unusable(ids []refold.UnusableID) string {
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
		return fmt.Sprintf("If %ss are being created or deleted in large numbers, run the command again later. Otherwise what this server lists does not fit together: pass the message above to Refold's support.", subject.Short())
	case isRefusal && refusal.Status == http.StatusNotFound && !refusal.NotRefold:
		return "The server may not know the path: check the provider's `base_url` (path prefix), and whether the deployment is too old for this."
	}
	return advice(subject, err)
}
