// SPDX-License-Identifier: MPL-2.0

package variablevalue

import (
	"errors"
	"strconv"
	"strings"
)

// Formats of variables (FACTS 2.8).
const (
	formatNumber = "number"
	formatURL    = "url"
)

// flawOf says why a text cannot be a value of a format, and is empty where it may be one. Which
// texts fit is not documented (FACTS 4.43): what nobody reads as one is refused here, and the rest
// is Refold's to refuse. It does not show the text, which may be secret.
func flawOf(format, text string) string {
	switch {
	case format == formatNumber && !mayBeNumber(text):
		return "it is no number: digits, perhaps with a sign, a decimal point or an exponent, and nothing else"
	case format == formatURL && !mayBeURL(text):
		return "it is no absolute URL, such as https://example.com/path"
	}
	return ""
}

// mayBeNumber goes by what JavaScript and C read as a number.
func mayBeNumber(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || strings.Contains(text, "_") {
		return text == ""
	}
	if _, err := strconv.ParseFloat(text, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return !strings.EqualFold(strings.TrimLeft(text, "+-"), "nan")
	}
	isOfOtherBase := len(text) > 2 && text[0] == '0' && strings.ContainsRune("xXoObB", rune(text[1]))
	_, err := strconv.ParseUint(text, 0, 64)
	return isOfOtherBase && err == nil
}

// mayBeURL refuses what has neither a scheme nor a host, and a web address without its host.
func mayBeURL(text string) bool {
	text = strings.TrimSpace(text)
	scheme, rest, hasScheme := strings.Cut(text, ":")
	switch {
	case !hasScheme:
		return strings.Contains(text, ".") && !strings.HasPrefix(text, ".")
	case strings.EqualFold(scheme, "http"), strings.EqualFold(scheme, "https"):
		host := strings.TrimLeft(rest, `/\`)
		return host != "" && host[0] != '?' && host[0] != '#'
	}
	return scheme != "" && rest != ""
}
