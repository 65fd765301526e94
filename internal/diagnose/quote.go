// SPDX-License-Identifier: MPL-2.0

package diagnose

import "strconv"

// quotedLength is in characters.
const quotedLength = 80

// Quote makes text from a file or a command line safe to show, and bounds it.
func Quote(text string) string {
	runes := []rune(text)
	if len(runes) <= quotedLength {
		return strconv.Quote(text)
	}
	return strconv.Quote(string(runes[:quotedLength])) + " (and so on)"
}
