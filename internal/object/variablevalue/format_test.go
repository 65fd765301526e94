// SPDX-License-Identifier: MPL-2.0

package variablevalue

import "testing"

// Only what nobody reads as one is refused (FACTS 4.43).
func TestFlawOf(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		format  string
		fits    []string
		doesNot []string
	}{
		{"number", []string{"7", "-7.50", "+1e3", " 12 ", "1e999", ".5", "5.", "", "0x1F", "0b101", "Infinity", "0012"},
			[]string{"seven", "1,5", "1_000", "12 apples", "NaN", "-nan", "0xZ", "1.2.3", "٣"}},
		{"url", []string{"https://example.com", "HTTP://example.com/a b", "https:\\\\host", "ftp://files.example.com", "example.com/path", "https://user@host:1?x#y", "mailto:jo@example.com"},
			[]string{"", "eu", "/path", "https://", "http:", "https://?x", "no address", ".", ":x", "x:"}},
		{"string", []string{"", "anything"}, nil},
		{"", []string{"anything"}, nil},
		{"date", []string{"anything"}, nil},
	} {
		for _, text := range test.fits {
			if flaw := flawOf(test.format, text); flaw != "" {
				t.Errorf("%q as a %s: %s", text, test.format, flaw)
			}
		}
		for _, text := range test.doesNot {
			if flawOf(test.format, text) == "" {
				t.Errorf("%q is taken for a %s", text, test.format)
			}
		}
	}
}
