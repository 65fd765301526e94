// SPDX-License-Identifier: MPL-2.0

package redact

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

const (
	// deepest is how many encodings may be within each other.
	deepest = 8
	// window is how much of a text is looked at in one go, in bytes, and overlap how much of it
	// once more with what follows: more than RunLength characters take up in any encodings.
	window, overlap = 1 << 16, 1 << 12
	// effort bounds the work on a window, in characters looked at for each byte of it, and
	// leastEffort for short texts. What takes more is made to, and redacted as a whole.
	effort, leastEffort = 24, 1 << 14
	// longestCoincidence is from how many characters on a run counts in a text of somebody else's,
	// also where its words are ordinary.
	longestCoincidence = 16
)

// webTokens matches JSON web tokens, with or without their signature: nobody may have seen one that
// a server issues and quotes.
var webTokens = regexp.MustCompile(`eyJ[\w-]+\.eyJ[\w-]+(\.[\w-]*)?`)

// Redact redacts a text of this program's, which may hold what others have filled in. Short secrets
// are redacted where it shows a value, such as in quotes; ordinary words and public names stay.
func (s *Secrets) Redact(text string) string { return s.redact(text, false) }

// RedactForeign redacts a text that a server or a library has written. Short secrets and ordinary
// words are redacted where they stand as a whole: in prose only if they cannot be a word of it.
func (s *Secrets) RedactForeign(text string) string { return s.redact(text, true) }

func (s *Secrets) redact(text string, isForeign bool) string {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	if len(s.runs) > 0 || len(s.values) > 0 {
		var found spans
		for start := 0; start < len(text); start += window - overlap {
			part := text[start:min(start+window, len(text))]
			found = append(found, s.search(part, isForeign).at(start)...)
		}
		text = found.cutFrom(text)
	}
	return webTokens.ReplaceAllString(text, Redacted)
}

func (s *Secrets) search(text string, isForeign bool) spans {
	search := search{Secrets: s, isForeign: isForeign, budget: effort*len(text) + leastEffort, explored: map[uint64]struct{}{}}
	search.explore(sequenceOf(text), 0, true)
	if search.budget < 0 {
		return spans{{0, len(text)}}
	}
	return search.hits
}

// search looks for secrets in one text.
type search struct {
	*Secrets
	isForeign bool
	// budget is how many characters may still be looked at. Below zero the search has given up.
	budget int
	// explored are the sequences that were looked into: several ways may lead to one.
	explored map[uint64]struct{}
	hits     spans
}

// hashOf is of the characters and of where they stand.
func (s *search) hashOf(in sequence) uint64 {
	var hash uint64
	for _, one := range in {
		hash = s.roll(s.roll(hash, one.r), one.start)
	}
	return mix(hash)
}

// explore looks into a sequence and whatever it decodes to. Readable ones are those that people may
// have written as they are.
func (s *search) explore(in sequence, depth int, isReadable bool) {
	hash := s.hashOf(in)
	if _, isKnown := s.explored[hash]; isKnown {
		return
	}
	s.explored[hash] = struct{}{}
	s.budget -= len(in)
	if s.budget < 0 {
		return
	}
	s.findRuns(in, in.folded(isLetterOrDigit), isReadable)
	s.findRuns(in, in.folded(visible), isReadable)
	if s.longest > 0 {
		s.findValues(in)
	}
	if depth == deepest {
		return
	}
	s.exploreUnescaped(in, depth, isReadable)
	for _, text := range listedTexts(in) {
		s.explore(text, depth+1, false)
	}
	for _, radix := range radixes() {
		for _, text := range radix.texts(in) {
			s.explore(text, depth+1, false)
		}
	}
}

// exploreUnescaped undoes all escapes, and where there are several kinds also each kind alone: one
// may be part of the secret.
func (s *search) exploreUnescaped(in sequence, depth int, isReadable bool) {
	decoded, met := unescape(in, escapes)
	if met == "" {
		return
	}
	s.explore(decoded, depth+1, isReadable)
	if len(met) == 1 {
		return
	}
	for _, beginning := range met {
		decoded, _ = unescape(in, string(beginning))
		s.explore(decoded, depth+1, isReadable)
	}
}

// findRuns finds what consists of runs of secrets, which overlap.
func (s *search) findRuns(in sequence, folded folding, isReadable bool) {
	first, end := 0, 0
	settle := func() {
		if end == 0 {
			return
		}
		from, to := int(folded.from[first]), int(folded.from[end-1])+1
		mayBeChance := isReadable && (!s.isForeign || end-first < longestCoincidence)
		if !mayBeChance || !s.isOrdinary(in, from, to) {
			s.hits.add(in[from:to])
		}
		end = 0
	}
	for i, run := range s.hashes(folded.runes) {
		if _, isHit := s.runs[run]; !isHit {
			continue
		}
		if i >= end {
			settle()
			first = i
		}
		end = i + RunLength
	}
	settle()
}

// findValues finds secrets that are redacted as a whole.
func (s *search) findValues(in sequence) {
	for start := range in {
		if isBreak(in[start].r) || start > 0 && isLetterOrDigit(in[start-1].r) {
			continue
		}
		var hash uint64
		var room [4]rune
		length := 0
		for end := start; end < len(in) && length < s.longest; end++ {
			before := length
			for _, r := range appendFolded(room[:0], in[end].r) {
				if visible(r) {
					hash = s.roll(hash, r)
					length++
				}
			}
			if length == before || end+1 < len(in) && isLetterOrDigit(in[end+1].r) {
				continue
			}
			if kind, isHit := s.values[mix(hash)]; isHit && s.isMeant(in, start, end+1, kind, length) {
				s.hits.add(in[start : end+1])
			}
		}
	}
}

// isMeant tells a secret of so many characters that is redacted as a whole from a part of the text
// that only reads like it. A text of this program's has words and little numbers of its own.
func (s *search) isMeant(in sequence, from, to int, kind value, length int) bool {
	if s.isForeign {
		return kind == token || in.showsValue(from, to)
	}
	return length >= shortestToken && in.showsValue(from, to) && !s.isOrdinary(in, from, to)
}

const (
	quotes = "\"'`“”‘’«»"
	// ends are characters that may follow a value which is not in quotes.
	ends = ",;)}]&<|" + quotes
)

// showsValue reports whether what stands between two units is a value rather than part of a
// sentence: in quotes, after a colon or an equals sign, or alone.
func (s sequence) showsValue(from, to int) bool {
	before, after := from-1, to
	for before >= 0 && isBreak(s[before].r) {
		before--
	}
	isLast := !slices.ContainsFunc(s[after:], func(one unit) bool { return !isBreak(one.r) && one.r != '.' })
	if before < 0 {
		return isLast
	}
	if strings.ContainsRune(quotes, s[before].r) {
		return !isLast && strings.ContainsRune(quotes, s[after].r)
	}
	isAssigned := s[before].r == ':' || s[before].r == '='
	return isAssigned && (isLast || strings.ContainsRune(ends, s[after].r))
}

// spans are parts of a text, in bytes.
type spans []span

type span struct{ start, end int }

func (s *spans) add(found sequence) {
	*s = append(*s, span{int(found[0].start), int(found[len(found)-1].end)})
}

// at moves the spans of a part to where the part stands.
func (s spans) at(start int) spans {
	for i := range s {
		s[i].start, s[i].end = s[i].start+start, s[i].end+start
	}
	return s
}

// cutFrom replaces the spans in a text.
func (s spans) cutFrom(text string) string {
	if len(s) == 0 {
		return text
	}
	slices.SortFunc(s, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	var rest strings.Builder
	done := 0
	for i := 0; i < len(s); {
		start, end := s[i].start, s[i].end
		for i++; i < len(s) && s[i].start <= end; i++ {
			end = max(end, s[i].end)
		}
		rest.WriteString(text[done:start])
		rest.WriteString(Redacted)
		done = end
	}
	rest.WriteString(text[done:])
	return rest.String()
}
