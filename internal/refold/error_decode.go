// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// messageLimit bounds quoted server texts, in characters.
const messageLimit = 500

// envelope is what the error variants of FACTS 1.6 have in common.
type envelope struct {
	message   string
	code      string
	errorType string
	requestID string
}

var (
	upperSnake = regexp.MustCompile(`^[A-Z][A-Z0-9_]+$`)
	// brokenField finds "name": "value" in text that is not valid JSON: some
	// documented error bodies miss a comma (FACTS 0.8).
	brokenField = regexp.MustCompile(`"(message|error|error_code|error_type|http_error_type|request_id)"\s*:\s*("(?:[^"\\]|\\.)*")`)
	htmlTitle   = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
)

// decodeError turns an answer that is not a success into an *Error. The kind
// is decided on the server's own words, before secrets are cut out of them.
func decodeError(status int, header http.Header, body []byte, accountID string, clean redactor) *Error {
	found, readable := parseEnvelope(body)
	refusal := &Error{Status: status, NotRefold: !readable, RetryAfter: retryAfter(status, header)}
	refusal.Final = status == http.StatusInternalServerError && isFinal500(body)
	if !readable {
		found.message = describeBody(status, header, body, clean)
	}
	refusal.Kind, refusal.Scope = classify(status, found.message, accountID)
	refusal.Code = clean.quote(found.code, 100)
	refusal.Message = clean.quote(found.message, messageLimit)
	refusal.RequestID = clean.quote(found.requestID, 100)
	return refusal
}

func parseEnvelope(body []byte) (envelope, bool) {
	fields := map[string]string{}
	var object map[string]any
	if err := json.Unmarshal(body, &object); err == nil {
		for name, value := range object {
			if text := textOf(value); text != "" {
				fields[name] = text
			}
		}
	} else if !looksLikeHTML(body) {
		for _, match := range brokenField.FindAllSubmatch(body, -1) {
			var text string
			if json.Unmarshal(match[2], &text) == nil {
				fields[string(match[1])] = text
			}
		}
	}
	found := envelope{
		message:   fields["message"],
		code:      fields["error_code"],
		errorType: firstOf(fields["http_error_type"], fields["error_type"]),
		requestID: fields["request_id"],
	}
	switch cause := fields["error"]; {
	case upperSnake.MatchString(cause):
		found.code = firstOf(found.code, cause)
	case cause != "" && found.message != "":
		found.message += ": " + cause
	default:
		found.message = firstOf(found.message, cause)
	}
	found.code = firstOf(found.code, found.errorType)
	readable := found.message != "" || found.code != ""
	if found.message == "" {
		found.message = "(no message)"
	}
	return found, readable
}

// describeBody cuts secrets out before it cuts anything short: half a secret
// would no longer be recognised as one.
func describeBody(status int, header http.Header, body []byte, clean redactor) string {
	if status >= 300 && status < 400 {
		return fmt.Sprintf("a redirect to %s, which was not followed", redirectTarget(header))
	}
	text := bytes.TrimSpace(body)
	switch {
	case len(text) == 0:
		return "an empty answer"
	case looksLikeHTML(text):
		if title := htmlTitle.FindSubmatch(text); title != nil {
			return fmt.Sprintf("an HTML page titled %q instead of JSON", clean.quote(string(title[1]), 100))
		}
		return "an HTML page instead of JSON"
	}
	form := "a text that is not JSON: "
	if json.Valid(text) {
		form = "unexpected JSON: "
	}
	return form + clean.quote(string(text), messageLimit)
}

func looksLikeHTML(body []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) }

const accountNotFoundPrefix = "linked account with account id "

// classify recognises the messages of FACTS 1.6, 2.2, 2.5.
func classify(status int, message, accountID string) (Kind, Scope) {
	if status == http.StatusNotFound || status == http.StatusInternalServerError {
		if scope, ok := parseAccountNotFound(message, accountID); ok {
			return AccountNotFound, scope
		}
	}
	if status == http.StatusBadRequest || status == http.StatusInternalServerError {
		if scope, ok := parseTokenAccountNotFound(message, accountID); ok {
			return AccountNotFound, scope
		}
	}
	lower := strings.ToLower(message)
	switch {
	case status == http.StatusNotFound && strings.HasPrefix(lower, "default app integration not found"):
		return DefaultAppMissing, Scope{}
	case status == http.StatusNotFound && strings.HasPrefix(lower, "auth credential key ") && strings.HasSuffix(lower, " not found"):
		return CredentialMissing, Scope{}
	case status == http.StatusBadRequest && strings.HasPrefix(lower, "duplicate auth key_name"):
		return DuplicateCredential, Scope{}
	}
	return Other, Scope{}
}

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

// textOf reads a text that some servers wrap in a list or an object.
func textOf(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case []any:
		var texts []string
		for _, item := range value {
			texts = append(texts, textOf(item))
		}
		return strings.Join(texts, "; ")
	case map[string]any:
		return textOf(value["message"])
	}
	return ""
}

// isNotFoundMessage is for an id that is not at hand: a 500 that says that an
// account is not found is an answer, not a fault to retry.
func isNotFoundMessage(body []byte) bool {
	found, _ := parseEnvelope(body)
	lower := strings.ToLower(found.message)
	isOfAccount := strings.HasPrefix(lower, accountNotFoundPrefix) && strings.HasSuffix(strings.TrimSuffix(lower, "."), " not found")
	return isOfAccount || strings.HasPrefix(lower, tokenAccountNotFoundPrefix)
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
