// SPDX-License-Identifier: MPL-2.0

package redact_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact/redacttest"
)

// FuzzRedact hides secrets of any characters in stacks of encodings within any text. What is left
// shows less than a run of them.
func FuzzRedact(f *testing.F) {
	f.Add("k7Qz-91xP", "refused: ", " was sent", uint64(0))
	f.Add(`a"b&c<d>e/f+g`, "Authorization: ", "", uint64(1))
	f.Add("pässwörd-日本語-42", "prose before it", "and after", uint64(2))
	f.Add("!@#$%^&*()_=|~", "", "", uint64(3))
	f.Add("line 1 line 2, and 3", "{\"value\":\"", "\"}", uint64(4))
	f.Add("%41%42&amp;\\u0041\\n9", "a", "b", uint64(5))
	f.Add("5ecretB\u200bm4rkerE", "x", "y", uint64(6))
	// What Basic puts before a secret is none, and so may stay, in whatever encodings.
	encodings := slices.DeleteFunc(redacttest.Encodings(), func(one redacttest.Encoding) bool { return one.Name == "Basic" })
	f.Fuzz(func(t *testing.T, secret, before, after string, seed uint64) {
		random := rand.New(rand.NewPCG(seed, 0))
		if !isSecret(secret) {
			secret = randomSecret(random)
		}
		if !isFiller(before) || !isFiller(after) {
			before, after = "It was refused: ", " is no password."
		}
		shown := secret
		var stack []string
		apply := func(from []redacttest.Encoding) {
			one := from[random.IntN(len(from))]
			shown, stack = one.Encode(shown), append(stack, one.Name)
		}
		apply(redacttest.Distortions())
		for layers := random.IntN(5); layers > 0 && len(shown) < longest; layers-- {
			apply(encodings)
		}
		store := knowing(secret)
		for range random.IntN(20) {
			store.Add(randomSecret(random))
		}
		redacted := store.RedactForeign(before + shown + after)
		for part := range strings.SplitSeq(redacted, redact.Redacted) {
			most := tolerated(secret, shown)
			if shares(part, shown, most) && !shares(before+" "+after, shown, most) {
				t.Errorf("%q of %q: too much of %q is left: %q", stack, secret, shown, redacted)
			}
		}
	})
}

// longest bounds what is encoded once more, in bytes: some encodings make six of one.
const longest = 1 << 13

// isInvisible is true for what Redact leaves out of the comparison.
func isInvisible(r rune) bool { return r == '+' || unicode.IsSpace(r) || !unicode.IsGraphic(r) }

// isSecret leaves out what has more than a few characters that are not compared, or one that cannot
// be seen at an end, so that they may be left in full, and words.
func isSecret(text string) bool {
	if !utf8.ValidString(text) || strings.Contains(text, "://") || len(text) > 300 || strings.ContainsFunc(text, unicode.IsControl) {
		return false
	}
	compared, others, isProse := 0, 0, true
	if strings.TrimFunc(text, isInvisible) != text {
		return false
	}
	for _, r := range text {
		if r < utf8.RuneSelf && r > ' ' && r != '+' && r != 0x7f {
			compared++
		} else {
			others++
		}
		isProse = isProse && (unicode.IsLetter(r) || !unicode.IsNumber(r))
	}
	return compared >= redact.RunLength && others < 3 && !isProse
}

// isFiller leaves out what would become part of the first or last escape of a secret, and what
// takes long to compare.
func isFiller(text string) bool {
	return utf8.ValidString(text) && len(text) < 300 && !strings.ContainsAny(text, `%\&#;`)
}

func randomSecret(random *rand.Rand) string {
	alphabets := []string{
		"abcdefghijklmnopqrstuvwxyz",
		"0123456789abcdef",
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
		"!\"#$%&'()*,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~",
		"aäbßcдdże日fﬁg9hŒi",
		"\\%&;#x24u0nt\"/",
	}
	alphabet := []rune(alphabets[random.IntN(len(alphabets))])
	secret := make([]rune, redact.RunLength+random.IntN(40))
	for i := range secret {
		secret[i] = alphabet[random.IntN(len(alphabet))]
	}
	return string(secret)
}
