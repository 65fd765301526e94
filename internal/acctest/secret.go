// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/base64"
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
	if strings.Contains(text, secret) || strings.Contains(text, strings.ReplaceAll(secret, " ", "+")) {
		return true
	}
	if encodings == 0 {
		return false
	}
	for _, part := range inBase64.FindAllString(text, -1) {
		if decoded, err := base64.StdEncoding.DecodeString(part); err == nil && holdsSecret(string(decoded), secret, encodings-1) {
			return true
		}
	}
	decoded := unquote(text)
	return decoded != text && holdsSecret(decoded, secret, encodings-1)
}

var (
	inBase64      = regexp.MustCompile(`[A-Za-z0-9+/]{12,}={0,2}`)
	percentEscape = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
)

// unquote undoes one encoding, of JSON or of URLs.
func unquote(text string) string {
	text = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\u003c`, `<`, `\u003e`, `>`, `\u0026`, `&`, `\/`, `/`).Replace(text)
	return percentEscape.ReplaceAllStringFunc(text, func(escape string) string {
		decoded, err := url.PathUnescape(escape)
		if err != nil {
			return escape
		}
		return decoded
	})
}
