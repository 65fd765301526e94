// SPDX-License-Identifier: MPL-2.0

package jsonvalue

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
)

const (
	// numberPrecision is Terraform's own precision of numbers in bits, so that values that pass
	// through here equal those of the configuration.
	numberPrecision = 512
	// exactDigits are few enough that a number comes out of that precision unchanged.
	exactDigits = 150
	// longestNumber bounds the digits of a number that is written out, as Terraform writes all:
	// 1e600000000 would be hundreds of megabytes in a plan, and take hours to get there.
	longestNumber = 1000
	// largestExponent is the same in bits.
	largestExponent = longestNumber * 10 / 3
	// longestInteger bounds the digits that are sent; larger numbers take their exponent form.
	longestInteger = 400
)

// parseNumber reads a number that Terraform can hold to its last digit.
func parseNumber(text string) (*big.Float, error) {
	if len(text) > 2*longestNumber {
		return nil, fmt.Errorf("number %s has %d characters, which is out of range", beginning(text), len(text))
	}
	number, _, err := big.ParseFloat(text, 10, numberPrecision, big.ToNearestEven)
	if err != nil {
		return nil, fmt.Errorf("number %s: %w", beginning(text), err)
	}
	if err := CheckNumber(number); err != nil {
		return nil, fmt.Errorf("number %s %w", beginning(text), err)
	}
	if !isExact(number, text) {
		return nil, fmt.Errorf("number %s has more digits than Terraform can tell apart", beginning(text))
	}
	return number, nil
}

// beginning is of a number in a message.
func beginning(text string) string {
	const shown = 30
	if len(text) <= shown {
		return text
	}
	return text[:shown] + "..."
}

// CheckNumber says why Terraform cannot hold a number, as a clause without its subject, or returns
// nil. Refused are numbers that take too long to be written out.
func CheckNumber(number *big.Float) error {
	exponent := number.MantExp(nil)
	if number.IsInf() || exponent > largestExponent || exponent < -largestExponent {
		return fmt.Errorf("is out of range: written out, it has more than %d digits", longestNumber)
	}
	return nil
}

// isExact reports whether a number within the range is what its text says.
func isExact(number *big.Float, text string) bool {
	if number.Sign() == 0 || len(text) <= exactDigits {
		return true
	}
	written, isNumber := new(big.Rat).SetString(text)
	held, isHeld := new(big.Rat).SetString(numberText(number))
	return isNumber && isHeld && written.Cmp(held) == 0
}

// IsBeyondDouble reports whether a number is too large for 64-bit floating point, in which most
// parsers of JSON keep numbers, and make infinity of it, which JSON cannot write.
func IsBeyondDouble(number *big.Float) bool {
	double, _ := number.Float64()
	return math.IsInf(double, 0)
}

// IsChangedByDouble reports whether a store that keeps numbers in 64-bit floating point would hold
// another number than this one: 1/3 or 2^53+1, and neither 0.1 nor 2^60.
func IsChangedByDouble(number *big.Float) bool {
	if IsBeyondDouble(number) {
		return true
	}
	double, _ := number.Float64()
	if number.Cmp(new(big.Float).SetFloat64(double)) == 0 {
		return false
	}
	shortest, err := parseNumber(strconv.FormatFloat(double, 'g', -1, 64))
	return err != nil || !sameNumber(number, shortest)
}

// numberText writes a number within the range: exactly if it is an integer, else as the shortest
// decimal that reads back as the same number.
func numberText(number *big.Float) string {
	if number.IsInt() {
		if text := number.Text('f', 0); len(text) <= longestInteger {
			return text
		}
	}
	return number.Text('g', -1)
}

// isShortFor reports whether short is how a store that keeps numbers in 64-bit floating point
// writes one that it holds exactly: 1152921504606847000 for 2^60.
func isShortFor(exact, short *big.Float) bool {
	double, accuracy := exact.Float64()
	if accuracy != big.Exact || !exact.IsInt() || !short.IsInt() {
		return false
	}
	written, err := parseNumber(strconv.FormatFloat(double, 'g', -1, 64))
	return err == nil && written.Cmp(short) == 0
}

// sameNumber compares by value. Fractions have no exact binary form, and the precision of the text
// that they were parsed from may differ, so these compare by their shortest decimal.
func sameNumber(a, b *big.Float) bool {
	if a.Cmp(b) == 0 || isShortFor(a, b) || isShortFor(b, a) {
		return true
	}
	isWritten := errors.Join(CheckNumber(a), CheckNumber(b)) == nil
	return isWritten && !a.IsInt() && !b.IsInt() && numberText(a) == numberText(b)
}
