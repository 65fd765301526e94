// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// isAltered reports whether decoding JSON changes texts in it: bytes that are no UTF-8, and halves
// of surrogate pairs, as of a text that a program has cut off, become U+FFFD.
func isAltered(raw []byte) bool {
	if !utf8.Valid(raw) {
		return true
	}
	for i := 0; i < len(raw); {
		unit, isUnit := escapedUnit(raw[i:])
		switch {
		case !isUnit && raw[i] == '\\':
			i += 2
		case !isUnit:
			i++
		case !utf16.IsSurrogate(unit):
			i += escapeLength
		default:
			low, hasLow := escapedUnit(raw[min(i+escapeLength, len(raw)):])
			if !hasLow || utf16.DecodeRune(unit, low) == utf8.RuneError {
				return true
			}
			i += 2 * escapeLength
		}
	}
	return false
}

// escapeLength is that of an escape such as 00e9 behind a backslash and u.
const escapeLength = 6

// escapedUnit is the UTF-16 unit that a JSON text begins with as an escape.
func escapedUnit(raw []byte) (rune, bool) {
	if len(raw) < escapeLength || raw[0] != '\\' || raw[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(raw[2:escapeLength]), 16, 16)
	return rune(unit), err == nil
}
