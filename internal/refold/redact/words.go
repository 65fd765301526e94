// SPDX-License-Identifier: MPL-2.0

package redact

import (
	_ "embed"
	"hash/maphash"
	"slices"
	"strings"
	"sync"
)

//go:embed words.txt
var wordList string

// ordinaryWords are words of messages and documentation. A secret may be one or hold some, and a
// message is not to lose them.
var ordinaryWords = sync.OnceValue(func() map[string]struct{} {
	known := map[string]struct{}{}
	for word := range strings.FieldsSeq(wordList) {
		known[word] = struct{}{}
	}
	return known
})

// words are the words of a text, as they are compared.
func words(text string) []string {
	var all []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			all = append(all, string(word))
		}
		word = word[:0]
	}
	for _, r := range text {
		if !isLetterOrDigit(r) {
			flush()
			continue
		}
		word = appendFolded(word, r)
	}
	flush()
	return all
}

// isOrdinary reports whether all words of which there is a part between two units are ordinary
// ones, or those of public names. Where there is no word, only a ruler is ordinary.
func (s *Secrets) isOrdinary(in sequence, from, to int) bool {
	for from > 0 && isLetterOrDigit(in[from].r) && isLetterOrDigit(in[from-1].r) {
		from--
	}
	for to < len(in) && isLetterOrDigit(in[to].r) && isLetterOrDigit(in[to-1].r) {
		to++
	}
	found := words(in[from:to].text())
	if len(found) == 0 {
		return in[from:to].isRuler()
	}
	for _, word := range found {
		_, isWord := ordinaryWords()[word]
		_, isPublic := s.public[maphash.String(s.seed, word)]
		if !isWord && !isPublic {
			return false
		}
	}
	return true
}

// isRuler reports whether what can be seen is one character, again and again.
func (s sequence) isRuler() bool {
	seen := s.folded(visible).runes
	return !slices.ContainsFunc(seen, func(r rune) bool { return r != seen[0] })
}
