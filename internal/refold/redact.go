// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"strings"
	"unicode"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
)

// redactor makes text from outside fit to be shown: what the server sent back, or what an error of
// a library quotes.
type redactor struct{ secrets *redact.Secrets }

// quotable is how much of a text is looked at in bytes, which is far more than is ever shown.
const quotable = 64 << 10

// clean cuts secrets out.
func (r redactor) clean(text string) string {
	return r.secrets.RedactForeign(text[:min(len(text), quotable)])
}

// quote cuts secrets out before it cuts the text short: half a secret may no longer be recognised
// as one.
func (r redactor) quote(text string, limit int) string { return printable(r.clean(text), limit) }

// exact is quote for a text whose white space and control characters matter. It has
// to be shown with %q.
func (r redactor) exact(text string, limit int) string { return shortened(r.clean(text), limit) }

// printable drops control characters, which a hostile answer could use to
// rewrite the reader's terminal, and bounds the length in characters.
func printable(text string, limit int) string {
	return shortened(strings.TrimSpace(withoutControls(text)), limit)
}

func shortened(text string, limit int) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	return string(runes[:limit]) + "..."
}

func withoutControls(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}
