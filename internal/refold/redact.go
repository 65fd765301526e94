// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"bytes"
	"cmp"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// redacted stands where a secret stood.
const redacted = "(redacted)"

// redactor removes the secrets of one request from text that the server sent
// back or that an error quotes.
type redactor struct{ replacer *strings.Replacer }

func newRedactor(secrets []string) redactor {
	var forms []string
	for _, secret := range secrets {
		if secret != "" {
			forms = append(forms, echoes(secret)...)
		}
	}
	// Longest first, so that a secret that contains another one goes whole.
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	var pairs []string
	for _, form := range slices.Compact(forms) {
		pairs = append(pairs, form, redacted)
	}
	return redactor{strings.NewReplacer(pairs...)}
}

// echoes lists what a secret looks like where a server quotes its request:
// as it is, within HTML, a URL or JSON, and any of these within JSON once more.
func echoes(secret string) []string {
	query := url.QueryEscape(secret)
	forms := []string{
		secret, html.EscapeString(secret), query, url.PathEscape(secret), uriComponent.Replace(query),
		jsonEscaped(secret, true), jsonEscaped(secret, false),
	}
	for _, form := range forms {
		forms = append(forms, jsonEscaped(form, true), jsonEscaped(form, false))
	}
	return forms
}

// clean cuts out session tokens too, which an answer may show that nobody has
// seen yet: they are JWTs (FACTS 2.5).
func (r redactor) clean(text string) string {
	return sessionTokens.ReplaceAllString(r.replacer.Replace(text), redacted)
}

// sessionTokens matches JSON web tokens, with or without their signature.
var sessionTokens = regexp.MustCompile(`eyJ[\w-]+\.eyJ[\w-]+(\.[\w-]*)?`)

// uriComponent makes of url.QueryEscape what JavaScript's encodeURIComponent
// gives; Refold's server is written in it (FACTS 1.7).
var uriComponent = strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*")

// jsonEscaped is text within a JSON string. Go escapes <, > and & too, JavaScript does not.
func jsonEscaped(text string, escapeHTML bool) string {
	var encoded bytes.Buffer
	encoder := json.NewEncoder(&encoded)
	encoder.SetEscapeHTML(escapeHTML)
	if err := encoder.Encode(text); err != nil {
		return text
	}
	return strings.TrimSuffix(strings.TrimPrefix(encoded.String(), `"`), "\"\n")
}

// quote makes text of the server's fit to be shown. It looks for secrets once
// more without the characters that are dropped: those may stand within one.
func (r redactor) quote(text string, limit int) string {
	cleaned := r.clean(text)
	if plain := withoutControls(cleaned); plain != cleaned {
		cleaned = r.clean(plain)
	}
	return printable(cleaned, limit)
}

// exact is quote for a text whose white space and control characters matter. It has
// to be shown with %q.
func (r redactor) exact(text string, limit int) string {
	cleaned := r.clean(text)
	if plain := withoutControls(cleaned); r.clean(plain) != plain {
		return r.quote(text, limit)
	}
	return shortened(cleaned, limit)
}

// printable drops control characters, which a hostile answer could use to
// rewrite the reader's terminal, and bounds the length in characters.
func printable(text string, limit int) string {
	return shortened(strings.TrimSpace(withoutControls(text)), limit)
}

func shortened(text string, limit int) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	return string(runes[:limit]) + "..."
}

func withoutControls(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}
