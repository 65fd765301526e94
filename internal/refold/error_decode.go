// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
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
func decodeError(response *http.Response, body []byte, call call, clean redactor) *Error {
	status, header := response.StatusCode, response.Header
	found, readable := parseEnvelope(body)
	refusal := &Error{Status: status, NotRefold: !readable, RetryAfter: retryAfter(status, header)}
	refusal.Final = status == http.StatusInternalServerError && call.isFinal500(body)
	switch {
	case !readable && call.hidesBody:
		found.message = describeForm(status, header, body, clean)
	case !readable:
		found.message = describeBody(status, header, body, clean)
	}
	refusal.Kind, refusal.Scope = call.classify(status, found.message)
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
		errorType: cmp.Or(fields["http_error_type"], fields["error_type"]),
		requestID: fields["request_id"],
	}
	switch cause := cmp.Or(fields["error"], fields["errors"]); {
	case upperSnake.MatchString(cause):
		found.code = cmp.Or(found.code, cause)
	case cause != "" && found.message != "":
		found.message += ": " + cause
	default:
		found.message = cmp.Or(found.message, cause)
	}
	found.code = cmp.Or(found.code, found.errorType)
	readable := found.message != "" || found.code != ""
	if found.message == "" {
		found.message = "(no message)"
	}
	return found, readable
}

// describeForm is describeBody for what may not be quoted. A redirect and a page are not Refold's.
func describeForm(status int, header http.Header, body []byte, clean redactor) string {
	text := bytes.TrimSpace(body)
	switch {
	case status >= 300 && status < 400, len(text) == 0, looksLikeHTML(text):
		return describeBody(status, header, body, clean)
	case json.Valid(text):
		return "unexpected JSON"
	}
	return "a text that is not JSON"
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

// redirectTarget names scheme and host of a Location header; the rest of it could hold anything.
func redirectTarget(header http.Header) string {
	location := header.Get("Location")
	target, err := url.Parse(location)
	switch {
	case location == "":
		return "an address that it does not name"
	case err != nil:
		return "an unreadable address"
	case target.Host == "":
		return "another address of the same host"
	}
	return (&url.URL{Scheme: target.Scheme, Host: target.Host}).String()
}

func looksLikeHTML(body []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) }

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
