// SPDX-License-Identifier: MPL-2.0

package redact

// listedTexts are what could be texts among lists of bytes, in decimal or as 0xHH: JavaScript shows
// a buffer so, and Go a []byte.
func listedTexts(in sequence) []sequence {
	var found []sequence
	var bytes sequence
	flush := func() {
		found = append(found, textsIn(bytes)...)
		bytes = bytes[:0]
	}
	for i := 0; i < len(in); {
		number, length := decodeByte(in[i:])
		switch {
		case length > 0:
			bytes = append(bytes, number)
			i += length
			continue
		case in[i].r != ',' && visible(in[i].r):
			flush()
		}
		i++
	}
	flush()
	return found
}

func (s sequence) beginsHex() bool { return len(s) > 2 && s[0].r == '0' && s[1].r == 'x' }

// decodeByte reads a number that a sequence begins with. Length is how many units it has, 0 where
// there is none up to 255.
func decodeByte(in sequence) (number unit, length int) {
	base := rune(10)
	if in.beginsHex() {
		base, length = 16, 2
	}
	first, value := length, rune(0)
	for length < len(in) && !in[length:].beginsHex() {
		digit := hexDigit(in[length].r)
		if digit < 0 || digit >= base {
			break
		}
		if value = value*base + digit; value > 0xff {
			return unit{}, 0
		}
		length++
	}
	if length == first {
		return unit{}, 0
	}
	return spanning(value, in[:length]), length
}
