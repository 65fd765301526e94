// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"unicode"
)

// verdict is what a 2xx answer says by itself of what was asked for. The worst is the greatest.
type verdict int

const (
	// silent is an answer that does not say. It may show what was made all the same.
	silent verdict = iota
	// succeeded is an answer that says that it was done.
	succeeded
	// failed is an error with the status of a success (FACTS 0.4).
	failed
)

// An answer speaks through the members of its outermost object, and the worst of them counts. Names
// are compared whole, but for case and separators, so that `field_errors` (FACTS 2.7) says nothing.
var (
	// What is named for success is one unless it denies it: `success` (FACTS 2.2), `ok`.
	namedForSuccess = regexp.MustCompile(`^(is|was)?(ok|success|successful|succeeded|acknowledged)$`)
	// What is named for an error is one unless it is empty (FACTS 1.6).
	namedForError = regexp.MustCompile(`^(is|has|http)?(err|error|exception|fault|failure|failed)s?(code|type|name|message|description|details?|reason|count)?$`)
	// What is named for how it went, or wraps the rest, is read as an answer of its own: a word, an
	// HTTP status, an object. In a document it is something else: the state of a schedule, or of an
	// execution that failed (FACTS 2.16, 2.17). Documents have an _id, or stand in docs
	// (FACTS 1.5, 1.7).
	namedForOutcome = regexp.MustCompile(`^((http)?status(code)?|code|result|outcome|state|data|response|payload|body)$`)

	// Texts count by how they end: `ok`, `User deleted successfully`, `Webhook Fired Success`
	// (FACTS 0.8, 2.1.6, 2.11).
	confirmation = regexp.MustCompile(`(?i)\b(ok|success(ful|fully)?|succeeded)[.!]?$`)
	negation     = regexp.MustCompile(`(?i)\b(no|not|never|without)\b|n't\b`)
	complaint    = regexp.MustCompile(`(?i)(error|exception)(s|ed)?\b|fail(s|ed|ures?)?\b|\b(invalid|denied|rejected|refused|forbidden|unauthori[sz]ed|unavailable|aborted|unable|cannot|could not|timed? ?out|bad request)\b`)
)

// judge says what a 2xx answer says.
func judge(status int, header http.Header, body []byte) verdict {
	body = bytes.TrimSpace(body)
	kind, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	switch {
	case err == nil && kind == "application/problem+json", looksLikeHTML(body):
		return failed
	case len(body) == 0 && status == http.StatusNoContent:
		return succeeded
	case json.Valid(body):
		return judgeJSON(body, mostWrappers)
	case len(body) > 0 && strings.IndexByte(`{["`, body[0]) < 0:
		return judgeText(string(body))
	}
	return silent
}

// mostWrappers is how many objects around the one that speaks are looked through.
const mostWrappers = 3

func judgeJSON(raw json.RawMessage, wrappers int) verdict {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) == nil {
		return judgeMembers(members, wrappers)
	}
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return silent
	}
	switch value := value.(type) {
	case bool:
		return judgeFlag(value)
	case string:
		return judgeText(value)
	case float64:
		return judgeStatus(value)
	}
	return silent
}

func judgeMembers(members map[string]json.RawMessage, wrappers int) verdict {
	isDocument := len(members["_id"]) > 0 || len(members["docs"]) > 0
	found := silent
	for name, raw := range members {
		switch name = folded(name); {
		case namedForSuccess.MatchString(name):
			found = max(found, judgeSuccess(raw))
		case namedForError.MatchString(name):
			found = max(found, judgeError(raw))
		case namedForOutcome.MatchString(name) && !isDocument && wrappers > 0:
			found = max(found, judgeJSON(raw, wrappers-1))
		}
	}
	if message := members["message"]; found == silent && !isDocument && len(message) > 0 {
		return judgeJSON(message, 0)
	}
	return found
}

func judgeSuccess(raw json.RawMessage) verdict {
	var value any
	if json.Unmarshal(raw, &value) != nil || value == nil {
		return silent
	}
	return judgeFlag(!isNothing(value) && !isDenial(value))
}

// isDenial recognises the flag of a form, which is a text.
func isDenial(value any) bool {
	text, ok := value.(string)
	return ok && strings.EqualFold(text, "no")
}

func judgeError(raw json.RawMessage) verdict {
	var value any
	if json.Unmarshal(raw, &value) != nil || isNothing(value) {
		return silent
	}
	return failed
}

func judgeFlag(isSuccess bool) verdict {
	if isSuccess {
		return succeeded
	}
	return failed
}

func judgeStatus(status float64) verdict {
	switch {
	case status >= 400 && status < 600:
		return failed
	case status >= 200 && status < 300:
		return succeeded
	}
	return silent
}

// judgeText reads a word or a sentence. Of one that denies something it is not clear what it says.
func judgeText(text string) verdict {
	text = strings.TrimSpace(strings.ReplaceAll(text, "_", " "))
	switch {
	case complaint.MatchString(text):
		return failed
	case confirmation.MatchString(text) && !negation.MatchString(text):
		return succeeded
	}
	return judgeNumeral(text)
}

func judgeNumeral(text string) verdict {
	var status float64
	if json.Unmarshal([]byte(text), &status) != nil {
		return silent
	}
	return judgeStatus(status)
}

// isNothing reports whether a value says that there is nothing, or nothing but such values.
func isNothing(value any) bool {
	switch value := value.(type) {
	case bool:
		return !value
	case float64:
		return value == 0
	case string:
		return nothing.MatchString(value)
	case []any:
		for _, entry := range value {
			if !isNothing(entry) {
				return false
			}
		}
	case map[string]any:
		for _, member := range value {
			if !isNothing(member) {
				return false
			}
		}
	}
	return true
}

var nothing = regexp.MustCompile(`(?i)^\s*(|0|false|none|null)\s*$`)

// folded is a name without regard to case and separators.
func folded(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}
