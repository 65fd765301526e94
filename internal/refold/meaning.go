// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"net/http"
	"slices"
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
	known := slices.IndexFunc(c.meanings, func(m meaning) bool { return m.matches(status, message) })
	if known < 0 {
		return Other, Scope{}
	}
	return c.meanings[known].kind, Scope{}
}

// parseNoAccount recognises the messages of FACTS 1.6, 2.5, each with the
// statuses that it comes with.
func parseNoAccount(status int, message, accountID string) (Scope, bool) {
	switch status {
	case http.StatusNotFound:
		return parseAccountNotFound(message, accountID)
	case http.StatusBadRequest:
		return parseTokenAccountNotFound(message, accountID)
	case http.StatusInternalServerError:
		if scope, ok := parseAccountNotFound(message, accountID); ok {
			return scope, true
		}
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

const accountNotFoundPrefix = "linked account with account id "

// parseAccountNotFound reads "Linked Account with account id {id} for org {org}
// in environment {environment} not found", or the short form of 2023 without
// the scope. The id must be the one asked for.
func parseAccountNotFound(message, accountID string) (Scope, bool) {
	message = strings.TrimSuffix(strings.TrimSpace(message), ".")
	if len(message) < len(accountNotFoundPrefix) || !strings.EqualFold(message[:len(accountNotFoundPrefix)], accountNotFoundPrefix) {
		return Scope{}, false
	}
	rest, ok := strings.CutPrefix(message[len(accountNotFoundPrefix):], accountID)
	if !ok {
		return Scope{}, false
	}
	rest, ok = strings.CutSuffix(rest, " not found")
	if !ok {
		return Scope{}, false
	}
	if rest == "" {
		return Scope{}, true
	}
	rest, ok = strings.CutPrefix(rest, " for org ")
	if !ok {
		return Scope{}, false
	}
	organization, environment, ok := strings.Cut(rest, " in environment ")
	return Scope{OrganizationID: printable(organization, messageLimit), Environment: printable(environment, messageLimit)}, ok
}

const tokenAccountNotFoundPrefix = "no linked account found for account id : "

// parseTokenAccountNotFound reads "No linked account found for account id : {id}
// in environment {environment}". The id must be the one asked for.
func parseTokenAccountNotFound(message, accountID string) (Scope, bool) {
	message = strings.TrimSpace(message)
	if len(message) < len(tokenAccountNotFoundPrefix) || !strings.EqualFold(message[:len(tokenAccountNotFoundPrefix)], tokenAccountNotFoundPrefix) {
		return Scope{}, false
	}
	rest, ok := strings.CutPrefix(message[len(tokenAccountNotFoundPrefix):], accountID)
	if !ok {
		return Scope{}, false
	}
	environment, ok := strings.CutPrefix(rest, " in environment ")
	return Scope{Environment: printable(environment, messageLimit)}, ok
}
