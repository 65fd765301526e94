// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

// ListedError is an error about one account, met while many were listed: their
// list does not show it whole, and it could not be read by itself (FACTS 4.7).
type ListedError struct {
	// AccountID is fit to be shown: it is shortened, and redacted.
	AccountID string
	cause     error
}

// Error implements error.
func (e *ListedError) Error() string {
	return fmt.Sprintf("read linked account %q: %s", e.AccountID, e.cause)
}

// Unwrap gives the error as of LinkedAccount.
func (e *ListedError) Unwrap() error { return e.cause }

// UnusableIDsError is about accounts that a list does not show whole
// (FACTS 4.7), and that cannot be asked for either. It says nothing of other accounts.
type UnusableIDsError struct {
	// IDs is never empty.
	IDs []UnusableID
}

// UnusableID is an id that CheckLinkedAccountID refuses.
type UnusableID struct {
	// AccountID is shortened and redacted, and empty where a list shows no id. It may begin or end
	// with white space and hold control characters, so it is to be shown with %q.
	AccountID string
	// Reason is as of CheckLinkedAccountID.
	Reason error
}

// String implements fmt.Stringer.
func (u UnusableID) String() string { return fmt.Sprintf("%q, because %s", u.AccountID, u.Reason) }

// Error implements error.
func (e *UnusableIDsError) Error() string {
	message := fmt.Sprintf("the list has a linked account that cannot be read: %s", e.IDs[0])
	if more := len(e.IDs) - 1; more > 0 {
		message += fmt.Sprintf("; and %d more", more)
	}
	return message
}

// isPartial reports whether an error leaves the other accounts.
func isPartial(err error) bool {
	_, ok := errors.AsType[*UnusableIDsError](err)
	return ok
}

// shownIDLimit bounds an id in characters where many are shown.
const shownIDLimit = 100

// sortOut takes what cannot be asked for out of the keys of listed documents.
func sortOut(clean redactor, keys []string) (usable []string, unusable []UnusableID) {
	for _, key := range keys {
		id, identity, _ := strings.Cut(key, identityMark)
		reason := CheckLinkedAccountID(id)
		if id == "" {
			reason = fmt.Errorf("it is listed without an id that is a text (Refold's own id of it: %s)", clean.quote(identity, shownIDLimit))
		}
		if reason != nil {
			unusable = append(unusable, UnusableID{AccountID: clean.exact(id, shownIDLimit), Reason: reason})
			continue
		}
		usable = append(usable, id)
	}
	return usable, unusable
}

// listError makes one of the client's errors of one of a list.
func listError(err error) error {
	if misfit, ok := errors.AsType[*bulkread.Error](err); ok {
		return &Error{Status: http.StatusOK, Message: misfit.Error(), Delivery: Delivery{Repeatable: true}}
	}
	if err == context.Canceled || err == context.DeadlineExceeded {
		return ended(err)
	}
	return err
}
