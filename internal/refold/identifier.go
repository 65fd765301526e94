// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// CheckLinkedAccountID says why an id cannot be used as linked_account_id, or
// returns nil. Refold documents no rule (FACTS 4.10); refused is what
// cannot travel in a path segment or would be changed on the way.
func CheckLinkedAccountID(id string) error {
	if strings.TrimSpace(id) != id {
		return errors.New("it begins or ends with white space")
	}
	if err := CheckExact(id); err != nil {
		return err
	}
	return checkPathSegment(id)
}

// Invisible are the characters of a text that nobody sees, each once and in order: what formats,
// joins or fills, and the blanks that are no white space.
func Invisible(text string) []rune {
	var found []rune
	for _, r := range text {
		if isInvisible(r) && !slices.Contains(found, r) {
			found = append(found, r)
		}
	}
	return found
}

func isInvisible(r rune) bool {
	const brailleBlank = '\u2800'
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) || r == brailleBlank
}

// ShowInvisible quotes a text, with the characters of Invisible as escapes.
func ShowInvisible(text string) string {
	var shown strings.Builder
	for _, r := range text {
		if isInvisible(r) {
			shown.WriteString(escapeRune(r))
			continue
		}
		quoted := strconv.Quote(string(r))
		shown.WriteString(quoted[1 : len(quoted)-1])
	}
	return `"` + shown.String() + `"`
}

func escapeRune(r rune) string {
	const beyondFourDigits = 0xffff
	if r > beyondFourDigits {
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// CheckExact says why a text is not the same on all the way between Refold and a configuration, or
// returns nil: two that differ at Refold may be one to Terraform.
func CheckExact(text string) error {
	switch {
	case !utf8.ValidString(text):
		return errors.New("it is not valid UTF-8")
	case !isWhole(text):
		return errors.New("a part of it is no text, for which U+FFFD stands")
	case !norm.NFC.IsNormalString(text):
		return errors.New("it is not in Unicode's normal form C, into which Terraform brings every text")
	}
	return nil
}

// isWhole is false for a text that holds what decoders write for what they cannot read, such as one
// half of a surrogate pair.
func isWhole(text string) bool { return !strings.ContainsRune(text, utf8.RuneError) }

// CheckCredentialName says why a name cannot be used as a credential's key, or
// returns nil. Names travel as a path segment of their own (FACTS 2.2).
func CheckCredentialName(name string) error {
	return checkPathSegment(name)
}

// CheckID says why a text cannot be one of Refold's own ids, as that of a definition, or returns
// nil. It travels as a path segment of its own (FACTS 2.8).
func CheckID(id string) error { return checkPathSegment(id) }

// CheckFieldID says why a text cannot be the id of a config's field, or returns
// nil. It travels as a path segment of its own (FACTS 2.7).
func CheckFieldID(id string) error {
	return checkPathSegment(id)
}

// CheckSlug says why a text cannot be an app's slug or application id, or returns
// nil. It travels as a path segment of its own (FACTS 2.1.5).
func CheckSlug(slug string) error {
	switch {
	case strings.TrimSpace(slug) != slug:
		return errors.New("it begins or ends with white space")
	case slug == TypeCustom:
		return errors.New("`custom` is the type of all apps that your organization built; a custom app is named by its application id")
	}
	return checkPathSegment(slug)
}

func checkPathSegment(text string) error {
	switch {
	case text == "":
		return errors.New("it is empty")
	case text == "." || text == "..":
		return errors.New("`.` and `..` have a meaning of their own in URLs")
	case !utf8.ValidString(text):
		return errors.New("it is not valid UTF-8")
	case strings.ContainsFunc(text, unicode.IsControl):
		return errors.New("it contains a control character (a line break or a tab, for example)")
	}
	return nil
}

// escapeSegment percent-encodes everything but unreserved characters, exactly
// once (FACTS 2.1.6: double encoding was a fault of older servers).
func escapeSegment(segment string) string {
	return strings.ReplaceAll(url.QueryEscape(segment), "+", "%20")
}

// CheckHeader says why a text cannot travel as the value of a header, or returns nil. Refold's
// server reads the bytes of headers as Latin-1 (inferred), so that beyond ASCII another text
// arrives; and what stands around a value is no part of it (RFC 9110, section 5.5).
func CheckHeader(text string) error {
	if strings.TrimSpace(text) != text {
		return errors.New("begins or ends with white space, and Refold takes it in a header only, where this gets lost")
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
		return errors.New("holds other characters than letters, digits, signs and spaces of ASCII, and Refold takes it in a header only, where these do not arrive as they are")
	}
	return nil
}

// isVisibleASCII reports whether text survives unchanged as an HTTP header
// value; Refold's server reads header bytes as Latin-1.
func isVisibleASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}

// foldID maps ids to the same text that a server may take for the same account, because they differ
// in case or in their Unicode form only (FACTS 4.9).
func foldID(id string) string { return norm.NFKC.String(foldCase(norm.NFKC.String(id))) }

// foldCase maps texts that differ in case only to the same one.
func foldCase(text string) string { return strings.Map(foldRune, text) }

func foldRune(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	return least
}
