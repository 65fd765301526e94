// SPDX-License-Identifier: MPL-2.0

package redact

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// escapes are what escapes of URLs, JSON and other strings, HTML, quoted-printable text and U+XXXX
// begin with.
const escapes = `%\&=U`

// unescape undoes once the escapes that begin with one of some characters, and says with which they
// did. What is none stays as it is.
func unescape(in sequence, beginnings string) (out sequence, met string) {
	out = make(sequence, 0, len(in))
	for i := 0; i < len(in); {
		var decoded sequence
		length := 0
		if strings.ContainsRune(beginnings, in[i].r) {
			decoded, length = decodeEscape(in[i:])
		}
		if length == 0 {
			out = append(out, in[i])
			i++
			continue
		}
		if !strings.ContainsRune(met, in[i].r) {
			met += string(in[i].r)
		}
		out = append(out, decoded...)
		i += length
	}
	return out, met
}

// decodeEscape decodes the escape that a sequence begins with. Length is how many units it has, 0
// for none.
func decodeEscape(in sequence) (decoded sequence, length int) {
	switch in[0].r {
	case '%':
		return decodePercent(in)
	case '\\':
		return decodeBackslash(in)
	case '=':
		if decoded, length := decodeBytes(in, quotedByte); length > 0 {
			return decoded, length
		}
		return nil, lineBreaks(in)
	case 'U':
		return decodeCodePoint(in)
	}
	return decodeEntity(in)
}

// spanning is a character that stands where several units do.
func spanning(r rune, units sequence) unit { return unit{r, units[0].start, units[len(units)-1].end} }

// decodePercent decodes bytes, and the %uXXXX of old JavaScript.
func decodePercent(in sequence) (sequence, int) {
	if len(in) > 1 && (in[1].r == 'u' || in[1].r == 'U') {
		return decodeUTF16(in, 2)
	}
	return decodeBytes(in, percentByte)
}

// decodeBytes decodes as many escaped bytes as make a whole character of UTF-8. Read reads one, and
// says how many units it has, 0 for none.
func decodeBytes(in sequence, read func(sequence) (byte, int)) (sequence, int) {
	var encoded []byte
	length := 0
	for len(encoded) < utf8.UTFMax {
		value, units := read(in[length:])
		if units == 0 {
			break
		}
		encoded, length = append(encoded, value), length+units
		if r, size := utf8.DecodeRune(encoded); r != utf8.RuneError && size == len(encoded) {
			return sequence{spanning(r, in[:length])}, length
		}
	}
	return nil, 0
}

func percentByte(in sequence) (byte, int) { return hexByte(in, '%') }

// quotedByte reads the =XX of quoted-printable text, also at the beginning of its next line.
func quotedByte(in sequence) (byte, int) {
	skipped := lineBreaks(in)
	value, units := hexByte(in[skipped:], '=')
	if units == 0 {
		return 0, 0
	}
	return value, skipped + units
}

// lineBreaks is how many units a sequence begins with that break lines of quoted-printable text.
func lineBreaks(in sequence) int {
	skipped := 0
	for len(in) > skipped+1 && in[skipped].r == '=' && isBreak(in[skipped+1].r) {
		skipped += 2
	}
	return skipped
}

func hexByte(in sequence, beginning rune) (byte, int) {
	if len(in) < 3 || in[0].r != beginning {
		return 0, 0
	}
	value, ok := hexadecimal(in[1:], 2)
	if !ok {
		return 0, 0
	}
	return byte(value), 3
}

// octalByte reads the \ooo of C, shells and databases, of one to three digits, or of four with a
// zero before.
func octalByte(in sequence) (byte, int) {
	if len(in) < 2 || in[0].r != '\\' {
		return 0, 0
	}
	most := 4
	if in[1].r == '0' {
		most = 5
	}
	var value rune
	end := 1
	for end < min(len(in), most) && '0' <= in[end].r && in[end].r <= '7' && value<<3|(in[end].r-'0') <= 0xff {
		value = value<<3 | (in[end].r - '0')
		end++
	}
	if end == 1 {
		return 0, 0
	}
	return byte(value), end
}

// decodeCodePoint decodes U+XXXX, as messages about characters have it, with the space (in a query,
// the plus sign) or comma behind it.
func decodeCodePoint(in sequence) (sequence, int) {
	const first, least, most = 2, 4, 6
	if len(in) < first || in[1].r != '+' {
		return nil, 0
	}
	end := first
	var value rune
	for end < len(in) && end < first+most && hexDigit(in[end].r) >= 0 {
		value = value<<4 | hexDigit(in[end].r)
		end++
	}
	if end < first+least || !utf8.ValidRune(value) {
		return nil, 0
	}
	if end < len(in) && strings.ContainsRune(" +,", in[end].r) {
		end++
	}
	return sequence{spanning(value, in[:end])}, end
}

// hexadecimal reads so many digits.
func hexadecimal(in sequence, digits int) (rune, bool) {
	if len(in) < digits {
		return 0, false
	}
	var value rune
	for _, one := range in[:digits] {
		digit := hexDigit(one.r)
		if digit < 0 {
			return 0, false
		}
		value = value<<4 | digit
	}
	return value, true
}

// hexDigit is the value of a digit, or -1.
func hexDigit(r rune) rune {
	switch {
	case '0' <= r && r <= '9':
		return r - '0'
	case 'a' <= r && r <= 'f':
		return r - 'a' + 10
	case 'A' <= r && r <= 'F':
		return r - 'A' + 10
	}
	return -1
}

// decodeUTF16 reads four hexadecimal digits after a prefix, and a second four where it takes two to
// make one character.
func decodeUTF16(in sequence, prefix int) (sequence, int) {
	first, ok := hexadecimal(in[min(prefix, len(in)):], 4)
	length := prefix + 4
	if !ok {
		return nil, 0
	}
	if !utf16.IsSurrogate(first) {
		return sequence{spanning(first, in[:length])}, length
	}
	if len(in) < length+prefix || in[length].r != in[0].r || in[length+1].r != in[1].r {
		return nil, 0
	}
	second, ok := hexadecimal(in[length+prefix:], 4)
	both := utf16.DecodeRune(first, second)
	if !ok || both == utf8.RuneError {
		return nil, 0
	}
	length *= 2
	return sequence{spanning(both, in[:length])}, length
}

// decodeBackslash decodes the escapes of JSON, and what Go, JavaScript, Python and C have beyond
// them.
func decodeBackslash(in sequence) (sequence, int) {
	if len(in) < 2 {
		return nil, 0
	}
	switch r := in[1].r; r {
	case '"', '\'', '\\', '/', '`', '&', '<', '>', '=', '$', '%':
		return sequence{spanning(r, in[:2])}, 2
	case 'n', 'r', 't', 'b', 'f', 'v', 'a':
		return sequence{spanning(' ', in[:2])}, 2
	case 'u':
		if len(in) > 2 && in[2].r == '{' {
			return decodeBraced(in)
		}
		return decodeUTF16(in, 2)
	case 'x', 'X':
		if len(in) > 2 && in[2].r == '{' {
			return decodeBraced(in)
		}
		if decoded, length := decodeBytes(in, backslashByte); length > 0 {
			return decoded, length
		}
		return decodeFixed(in, 2)
	case 'U':
		return decodeFixed(in, 8)
	}
	return decodeBytes(in, octalByte)
}

// backslashByte reads the \xXX of bytes, as logs have it.
func backslashByte(in sequence) (byte, int) {
	if len(in) < 2 || in[0].r != '\\' || in[1].r != 'x' && in[1].r != 'X' {
		return 0, 0
	}
	value, units := hexByte(in[1:], in[1].r)
	if units == 0 {
		return 0, 0
	}
	return value, 1 + units
}

// decodeFixed decodes a character of so many digits after \x or \U.
func decodeFixed(in sequence, digits int) (sequence, int) {
	value, ok := hexadecimal(in[2:], digits)
	if !ok || !utf8.ValidRune(value) {
		return nil, 0
	}
	return sequence{spanning(value, in[:2+digits])}, 2 + digits
}

// decodeBraced decodes \u{...} and \x{...}.
func decodeBraced(in sequence) (sequence, int) {
	for digits := 1; digits <= 6 && 3+digits < len(in); digits++ {
		if in[3+digits].r != '}' {
			continue
		}
		value, ok := hexadecimal(in[3:], digits)
		if !ok || !utf8.ValidRune(value) {
			return nil, 0
		}
		return sequence{spanning(value, in[:4+digits])}, 4 + digits
	}
	return nil, 0
}

// longestEntity is more than the longest name of HTML has.
const longestEntity = 40

// decodeEntity decodes the entities of HTML, by name and by number.
func decodeEntity(in sequence) (sequence, int) {
	if len(in) > 2 && in[1].r == '#' {
		return decodeNumber(in)
	}
	var name strings.Builder
	for i, one := range in[:min(len(in), longestEntity)] {
		if i > 0 && !isLetterOrDigit(one.r) && one.r != ';' {
			return nil, 0
		}
		name.WriteRune(one.r)
		if one.r != ';' {
			continue
		}
		decoded := html.UnescapeString(name.String())
		if decoded == name.String() || strings.HasSuffix(decoded, ";") && len(decoded) > 1 {
			return nil, 0
		}
		var units sequence
		for _, r := range decoded {
			units = append(units, spanning(r, in[:i+1]))
		}
		return units, i + 1
	}
	return nil, 0
}

// decodeNumber decodes &#NNN; and &#xHHH;. The semicolon may be missing, as browsers allow.
func decodeNumber(in sequence) (sequence, int) {
	base, at := 10, 2
	if in[2].r == 'x' || in[2].r == 'X' {
		base, at = 16, 3
	}
	var digits strings.Builder
	for at < len(in) && hexDigit(in[at].r) >= 0 && int(hexDigit(in[at].r)) < base && digits.Len() < longestEntity {
		digits.WriteRune(in[at].r)
		at++
	}
	value, err := strconv.ParseInt(digits.String(), base, 32)
	if err != nil || !utf8.ValidRune(rune(value)) {
		return nil, 0
	}
	if at < len(in) && in[at].r == ';' {
		at++
	}
	return sequence{spanning(rune(value), in[:at])}, at
}
