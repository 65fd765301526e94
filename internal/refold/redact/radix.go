// SPDX-License-Identifier: MPL-2.0

package redact

import (
	"strings"
	"unicode/utf8"
)

// radix is a notation of bytes in digits.
type radix struct {
	// bits are those of a digit.
	bits int
	// alignments are at how many digits a byte may begin.
	alignments int
	// fewest are the digits of RunLength bytes.
	fewest int
	// digit is the value of a digit, or -1.
	digit func(rune) rune
	// between may stand between digits, and white space where isBroken is true.
	between  string
	isBroken bool
}

func radixes() []radix {
	return []radix{
		{bits: 6, alignments: 4, fewest: 11, digit: base64Digit, isBroken: true},
		// Prose without its white space is nothing but digits of base32.
		{bits: 5, alignments: 8, fewest: 13, digit: base32Digit, between: "-"},
		{bits: 4, alignments: 2, fewest: 16, digit: hexDigit, between: ":-,+", isBroken: true},
	}
}

// base64Digit is of both alphabets.
func base64Digit(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r - 'A'
	case 'a' <= r && r <= 'z':
		return r - 'a' + 26
	case '0' <= r && r <= '9':
		return r - '0' + 52
	case r == '+', r == '-':
		return 62
	case r == '/', r == '_':
		return 63
	}
	return -1
}

// base32Digit is in either case.
func base32Digit(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r - 'A'
	case 'a' <= r && r <= 'z':
		return r - 'a'
	case '2' <= r && r <= '7':
		return r - '2' + 26
	}
	return -1
}

// texts are what could be texts among what all digits of a sequence decode to. What may stand
// between digits is left out, so that words next to encoded text become part of it: it is decoded
// from every digit on with which a byte may begin.
func (x radix) texts(in sequence) []sequence {
	var found []sequence
	var digits sequence
	flush := func() {
		if len(digits) >= x.fewest {
			for skipped := range x.alignments {
				found = append(found, textsIn(x.bytes(digits[skipped:]))...)
			}
		}
		digits = digits[:0]
	}
	for _, one := range in {
		switch {
		case x.digit(one.r) >= 0:
			digits = append(digits, one)
		case !x.isBetween(one.r):
			flush()
		}
	}
	flush()
	return found
}

// isBetween is true for what may stand between digits.
func (x radix) isBetween(r rune) bool {
	return x.isBroken && isBreak(r) || strings.ContainsRune(x.between, r)
}

// bytes are what digits decode to, each with where the digits stand that it is made of.
func (x radix) bytes(digits sequence) sequence {
	decoded := make(sequence, 0, len(digits)*x.bits/8)
	var value rune
	bits, first := 0, 0
	for i, one := range digits {
		value = value<<x.bits | x.digit(one.r)
		bits += x.bits
		if bits < 8 {
			continue
		}
		bits -= 8
		decoded = append(decoded, spanning(value>>bits&0xff, digits[first:i+1]))
		value &= 1<<bits - 1
		first = i + 1
		if bits > 0 {
			first = i
		}
	}
	return decoded
}

// textsIn finds runs of valid UTF-8 among bytes that are long enough to hold a secret. Of bytes
// that are something else, next to none remain.
func textsIn(bytes sequence) []sequence {
	var found []sequence
	var text sequence
	flush := func() {
		if len(text) >= RunLength {
			found = append(found, text)
			text = nil
		}
		text = text[:0]
	}
	var pending []byte
	var from sequence
	for _, one := range bytes {
		pending, from = append(pending, byte(one.r)), append(from, one)
		for len(pending) > 0 && utf8.FullRune(pending) {
			r, size := utf8.DecodeRune(pending)
			if r == utf8.RuneError {
				flush()
			} else {
				text = append(text, spanning(r, from[:size]))
			}
			pending, from = pending[size:], from[size:]
		}
	}
	flush()
	return found
}
