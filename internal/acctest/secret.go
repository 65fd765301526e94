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
	return holdsSecret(text, secret, encodings)
}

func holdsSecret(text, secret string, encodings int) bool {
	if containsFolded(text, secret) || containsFolded(text, strings.ReplaceAll(secret, " ", "+")) {
		return true
	}
	if encodings == 0 {
		return false
	}
	for _, part := range inBase64.FindAllString(text, -1) {
		standard := strings.NewReplacer("-", "+", "_", "/", "=", "").Replace(part)
		if decoded, err := base64.RawStdEncoding.DecodeString(standard); err == nil && holdsSecret(string(decoded), secret, encodings-1) {
			return true
		}
	}
	for _, part := range inHex.FindAllString(text, -1) {
		if decoded, err := hex.DecodeString(part[:len(part)&^1]); err == nil && holdsSecret(string(decoded), secret, encodings-1) {
			return true
		}
	}
	decoded := unquote(text)
	return decoded != text && holdsSecret(decoded, secret, encodings-1)
}

func containsFolded(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

var (
	inBase64      = regexp.MustCompile(`[A-Za-z0-9+/_-]{11,}={0,2}`)
	inHex         = regexp.MustCompile(`[0-9A-Fa-f]{16,}`)
	percentEscape = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
	unicodeEscape = regexp.MustCompile(`\\u[0-9A-Fa-f]{4}`)
)

// unquote undoes one encoding, of JSON, HTML or URLs.
func unquote(text string) string {
	text = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\/`, `/`).Replace(text)
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
