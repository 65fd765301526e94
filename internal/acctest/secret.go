// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strings"
)

// encodings is how often a text may be encoded: a value within JSON that is quoted
// within JSON, say.
const encodings = 4

// HoldsSecret looks for a secret in whatever encoding it may have taken on its way
// into a log, an error, a state or a URL.
func HoldsSecret(text, secret string) bool {
	search := search{secret: secret, spaced: strings.ReplaceAll(secret, " ", "+"), left: map[string]int{}}
	return search.finds(text, encodings)
}

// search is one look for a secret.
type search struct {
	secret string
	// spaced is the secret as a query has it.
	spaced string
	// left is how many encodings could still be undone in a text that was searched already: a log
	// of many megabytes has few words, many times.
	left map[string]int
}

func (s search) finds(text string, encodings int) bool {
	if left, isKnown := s.left[text]; isKnown && left >= encodings {
		return false
	}
	s.left[text] = encodings
	if containsFolded(text, s.secret) || containsFolded(text, s.spaced) {
		return true
	}
	if encodings == 0 {
		return false
	}
	for part := range strings.FieldsFuncSeq(text, isNotBase64) {
		if len(part) < fewestBase64 {
			continue
		}
		if decoded, err := base64.RawStdEncoding.DecodeString(standardBase64.Replace(part)); err == nil && s.finds(string(decoded), encodings-1) {
			return true
		}
	}
	for part := range strings.FieldsFuncSeq(text, isNotHex) {
		if len(part) < fewestHex {
			continue
		}
		if decoded, err := hex.DecodeString(part[:len(part)&^1]); err == nil && s.finds(string(decoded), encodings-1) {
			return true
		}
	}
	decoded := unquote(text)
	return decoded != text && s.finds(decoded, encodings-1)
}

// The digits of the shortest secrets that are looked for, which have 8 characters.
const (
	fewestBase64 = 11
	fewestHex    = 16
)

func isNotBase64(r rune) bool {
	isLetter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	return !isLetter && (r < '0' || r > '9') && r != '+' && r != '/' && r != '-' && r != '_'
}

func isNotHex(r rune) bool {
	return (r < '0' || r > '9') && (r < 'a' || r > 'f') && (r < 'A' || r > 'F')
}

func containsFolded(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

var (
	standardBase64 = strings.NewReplacer("-", "+", "_", "/")
	unescaped      = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\/`, `/`)
	percentEscape  = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
	unicodeEscape  = regexp.MustCompile(`\\u[0-9A-Fa-f]{4}`)
)

// unquote undoes one encoding, of JSON, HTML or URLs.
func unquote(text string) string {
	text = unescaped.Replace(text)
	text = unicodeEscape.ReplaceAllStringFunc(text, func(escape string) string {
		var decoded string
		if json.Unmarshal([]byte(`"`+escape+`"`), &decoded) != nil {
			return escape
		}
		return decoded
	})
	text = html.UnescapeString(text)
	return percentEscape.ReplaceAllStringFunc(text, func(escape string) string {
		decoded, err := url.PathUnescape(escape)
		if err != nil {
			return escape
		}
		return decoded
	})
}
