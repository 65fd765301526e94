// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"net/http"
	"strings"
)

// meaning is a refusal that means something of its own to a call, because of the
// way in which Refold words it: status and code alone do not tell (FACTS 0.3, 1.6).
type meaning struct {
	kind   Kind
	status int
	// prefix and suffix are how the message begins and ends, in lower case.
	prefix, suffix string
}

func (m meaning) matches(status int, message string) bool {
	message = strings.ToLower(message)
	return status == m.status && strings.HasPrefix(message, m.prefix) && strings.HasSuffix(message, m.suffix)
}

// classify says what a refusal means to a call. One that belongs to an account may
// be told that there is no such account.
func (c call) classify(status int, message string) (Kind, Scope) {
	if c.accountID != "" {
		if scope, ok := parseNoAccount(status, message, c.accountID); ok {
			return AccountNotFound, scope
		}
	}
	for _, known := range c.meanings {
		if known.matches(status, message) {
			return known.kind, Scope{}
		}
	}
	return Other, Scope{}
}

// parseNoAccount recognises the messages of FACTS 1.6, 2.5, each with the
// statuses that it comes with.
func parseNoAccount(status int, message, accountID string) (Scope, bool) {
	isOld := status == http.StatusInternalServerError
	if isOld || status == http.StatusNotFound {
		if scope, ok := parseAccountNotFound(message, accountID); ok {
			return scope, true
		}
	}
	if isOld || status == http.StatusBadRequest {
		return parseTokenAccountNotFound(message, accountID)
	}
	return Scope{}, false
}

// isAccountNotFound is for any id: a server may name another one than was sent, as
// after a fault of encoding (FACTS 2.1.6).
func isAccountNotFound(message string) bool {
	lower := strings.ToLower(message)
	isOfAccount := strings.HasPrefix(lower, accountNotFoundPrefix) && strings.HasSuffix(strings.TrimSuffix(lower, "."), " not found")
	return isOfAccount || strings.HasPrefix(lower, tokenAccountNotFoundPrefix)
}

const (
	accountNotFoundPrefix      = "linked account with account id "
	tokenAccountNotFoundPrefix = "no linked account found for account id : "
)

// parseAccountNotFound reads "Linked Account with account id {id} for org {org} in environment
// {environment} not found", or the short form of 2023 without the scope.
func parseAccountNotFound(message, accountID string) (Scope, bool) {
	rest, isAbout := afterID(message, accountNotFoundPrefix, accountID)
	place, isNotFound := strings.CutSuffix(rest, " not found")
	if !isAbout || !isNotFound || place == "" {
		return Scope{}, isAbout && isNotFound
	}
	place, isPlace := strings.CutPrefix(place, " for org ")
	organization, environment, isWhole := strings.Cut(place, " in environment ")
	if !isPlace || !isWhole {
		return Scope{}, false
	}
	return Scope{OrganizationID: printable(organization, messageLimit), Environment: printable(environment, messageLimit)}, true
}

// parseTokenAccountNotFound reads "No linked account found for account id : {id}
// in environment {environment}".
func parseTokenAccountNotFound(message, accountID string) (Scope, bool) {
	rest, isAbout := afterID(message, tokenAccountNotFoundPrefix, accountID)
	environment, isPlace := strings.CutPrefix(rest, " in environment ")
	return Scope{Environment: printable(environment, messageLimit)}, isAbout && isPlace
}

// afterID is what follows a prefix, in any case, and the very id that was asked for.
func afterID(message, prefix, accountID string) (string, bool) {
	message = strings.TrimSuffix(strings.TrimSpace(message), ".")
	if len(message) < len(prefix) || !strings.EqualFold(message[:len(prefix)], prefix) {
		return "", false
	}
	return strings.CutPrefix(message[len(prefix):], accountID)
}
