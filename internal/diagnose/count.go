// SPDX-License-Identifier: MPL-2.0

package diagnose

import "fmt"

// Count writes a number with what it counts: "1 linked account", "2 linked accounts". The noun
// takes an s in the plural.
func Count(number int, noun string) string {
	return fmt.Sprintf("%d %s", number, Agree(number, noun, noun+"s"))
}

// Share writes a part of many: "1 of 3 linked accounts". Its verb goes by the part (Agree).
func Share(part, all int, noun string) string {
	return fmt.Sprintf("%d of %d %ss", part, all, noun)
}

// Agree is the form of a word that goes with a number: "is" or "are".
func Agree(number int, one, many string) string {
	if number == 1 {
		return one
	}
	return many
}
