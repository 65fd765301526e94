// SPDX-License-Identifier: MPL-2.0

package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// unit is a character of a text, or of what a part of it decodes to.
type unit struct {
	r rune
	// start and end are where it stands in the text, in bytes.
	start, end int32
}

// sequence is a text, or what a part of it decodes to.
type sequence []unit

func sequenceOf(text string) sequence {
	units := make(sequence, 0, len(text))
	for i, r := range text {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(text[i:])
		}
		units = append(units, unit{r, int32(i), int32(i + size)})
	}
	return units
}

func (s sequence) text() string {
	var text strings.Builder
	for _, one := range s {
		text.WriteRune(one.r)
	}
	return text.String()
}

// folding is a sequence as it is compared.
type folding struct {
	runes []rune
	// from says which unit each rune is of.
	from []int32
}

// folded keeps some of the characters, without case and accents.
func (s sequence) folded(keep func(rune) bool) folding {
	result := folding{make([]rune, 0, len(s)), make([]int32, 0, len(s))}
	var room [4]rune
	for i, one := range s {
		for _, r := range appendFolded(room[:0], one.r) {
			if keep(r) {
				result.runes, result.from = append(result.runes, r), append(result.from, int32(i))
			}
		}
	}
	return result
}

// appendFolded appends the form in which a character is compared: NFKD, without marks and case.
func appendFolded(to []rune, r rune) []rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return append(to, r+'a'-'A')
	case r < utf8.RuneSelf:
		return append(to, r)
	case r == 'ß', r == 'ẞ':
		return append(to, 's', 's')
	}
	for _, part := range norm.NFKD.String(string(r)) {
		if !unicode.Is(unicode.Mn, part) {
			to = append(to, unicode.ToLower(unicode.ToUpper(part)))
		}
	}
	return to
}

func isLetterOrDigit(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// visible is true for what is no white space and no control character. A plus is white space in the
// query of a URL.
func visible(r rune) bool { return r != '+' && !isBreak(r) }

// isBreak is true for what may break a text without being part of it.
func isBreak(r rune) bool {
	if r < utf8.RuneSelf {
		return r <= ' ' || r == 0x7f
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}
