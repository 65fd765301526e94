// SPDX-License-Identifier: MPL-2.0

package accountcsv

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

const byteOrderMark = "\ufeff"

// textOf takes away what spreadsheets put around the lines, and refuses what
// is not readable as text.
func textOf(text string) (string, error) {
	const advice = "save the file as UTF-8 (Excel calls it CSV UTF-8)"
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") || strings.Contains(text, "\x00") {
		return "", errors.New("the text contains what UTF-16 contains and UTF-8 does not: " + advice)
	}
	if at := invalidUTF8(text); at >= 0 {
		return "", fmt.Errorf("line %d: the text is not valid UTF-8: %s", 1+strings.Count(text[:at], "\n"), advice)
	}
	return withoutMarks(withLineFeeds(text)), nil
}

// withoutMarks takes byte-order marks away from where lines begin: files that were
// appended to each other have several.
func withoutMarks(text string) string {
	text = strings.TrimLeft(text, byteOrderMark)
	return strings.ReplaceAll(text, "\n"+byteOrderMark, "\n")
}

// invalidUTF8 returns where text stops being UTF-8, or -1.
func invalidUTF8(text string) int {
	for at, r := range text {
		if r != utf8.RuneError {
			continue
		}
		if _, size := utf8.DecodeRuneInString(text[at:]); size == 1 {
			return at
		}
	}
	return -1
}

// withLineFeeds ends lines with line feeds in a file whose first line ends with a carriage return
// alone, as old spreadsheets for the Mac write them. Other line ends are known to encoding/csv.
func withLineFeeds(text string) string {
	inQuotes := false
	for i := range len(text) {
		switch text[i] {
		case '"':
			inQuotes = !inQuotes
		case '\r', '\n':
			if inQuotes {
				continue
			}
			if text[i] == '\n' || strings.HasPrefix(text[i:], "\r\n") {
				return text
			}
			return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
		}
	}
	return text
}
