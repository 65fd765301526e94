// SPDX-License-Identifier: MPL-2.0

package refold

import "fmt"

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
