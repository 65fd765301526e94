// SPDX-License-Identifier: MPL-2.0

// Package redact takes secrets out of texts, in whatever form they stand there. It knows nothing of
// Terraform or Refold.
//
// A text is decoded as far as it can be: escapes of JSON, URLs and HTML, base64, base32 and hex,
// one within the other. What comes out is compared without case, accents, white space and
// separators, and any run of RunLength characters of a secret is a hit. What is found is mapped
// back to where it stands, so that the rest of the text stays as it is.
package redact

import (
	"hash/maphash"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Redacted stands where a secret stood.
const Redacted = "(redacted)"

// RunLength is how many characters of a secret in a row count as one, however long the secret is.
// It is the length from which on secrets are protected wholly, so that it cannot be more. Less
// would be no gain: whoever has seven characters of a secret has nothing. And it would hit by
// chance: eight letters and digits are one of 2.8 trillion.
const RunLength = 8

// Secrets are those that a process has met, and take them out of texts. They keep hashes of runs,
// not the values. They are safe for concurrent use.
type Secrets struct {
	seed   maphash.Seed
	factor uint64

	mutex sync.RWMutex
	// met are the values that were added, and the complements of public names.
	met map[uint64]struct{}
	// runs are those of RunLength characters of all secrets: of letters and digits alone, and of
	// all characters where there is another one among them.
	runs map[uint64]struct{}
	// values are secrets that are only redacted as a whole: short ones, and ordinary words.
	values map[uint64]value
	// longest is the length of the longest of values.
	longest int
	// public are words of names that are no secret.
	public map[uint64]struct{}
}

// value says how a secret that is redacted as a whole is told from the text around it.
type value int

const (
	// setting is what may be a word or a little number of the text: redacted where the text shows a
	// value.
	setting value = iota + 1
	// token is redacted wherever it is not part of a longer word.
	token
)

// New makes a store without secrets.
func New() *Secrets {
	seed := maphash.MakeSeed()
	return &Secrets{
		seed:   seed,
		factor: maphash.String(seed, "factor") | 1,
		met:    map[uint64]struct{}{},
		runs:   map[uint64]struct{}{},
		values: map[uint64]value{},
		public: map[uint64]struct{}{},
	}
}

// Add adds secrets. Of one that is a URL, scheme and host are none: they are redacted together with
// the rest only.
func (s *Secrets) Add(secrets ...string) {
	for _, secret := range secrets {
		if secret == "" || !s.isNew(maphash.String(s.seed, secret)) {
			continue
		}
		parts, isURL := partsOfURL(secret)
		s.mutex.Lock()
		if isURL {
			s.indexValue(sequenceOf(secret).folded(visible).runes)
		} else {
			s.index(secret)
		}
		for _, part := range parts {
			s.index(part)
		}
		s.mutex.Unlock()
	}
}

func (s *Secrets) isNew(hash uint64) bool {
	s.mutex.RLock()
	_, isKnown := s.met[hash]
	s.mutex.RUnlock()
	if isKnown {
		return false
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if _, isKnown = s.met[hash]; isKnown {
		return false
	}
	s.met[hash] = struct{}{}
	return true
}

// AddPublic adds names that messages are about, such as ids. Their words alone are no secret, also
// where they are part of one.
func (s *Secrets) AddPublic(names ...string) {
	for _, name := range names {
		if !s.isNew(^maphash.String(s.seed, name)) {
			continue
		}
		s.mutex.Lock()
		for _, word := range words(name) {
			s.public[maphash.String(s.seed, word)] = struct{}{}
		}
		s.mutex.Unlock()
	}
}

// partsOfURL are what may be secret of a URL: user and password, and what follows the host.
func partsOfURL(text string) (parts []string, isURL bool) {
	scheme, rest, isURL := strings.Cut(text, "://")
	if !isURL || scheme == "" || strings.ContainsFunc(scheme, func(r rune) bool { return !isLetterOrDigit(r) && !strings.ContainsRune("+-.", r) }) {
		return nil, false
	}
	authority, after := rest, ""
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		authority, after = rest[:end], rest[end:]
	}
	if end := strings.LastIndex(authority, "@"); end >= 0 {
		parts = append(parts, authority[:end])
		if _, password, ok := strings.Cut(authority[:end], ":"); ok {
			parts = append(parts, password)
		}
	}
	if strings.Trim(after, "/?#") != "" {
		parts = append(parts, after)
	}
	return parts, true
}

// index adds what a secret is found by, also where it is itself something that decodes.
func (s *Secrets) index(secret string) {
	sequence := sequenceOf(secret)
	for range deepest {
		s.indexForm(sequence)
		decoded, met := unescape(sequence, escapes)
		if met == "" || utf8.RuneCountInString(decoded.text()) < RunLength {
			return
		}
		sequence = decoded
	}
}

func (s *Secrets) indexForm(secret sequence) {
	all, plain := secret.folded(visible), secret.folded(isLetterOrDigit)
	if len(all.runes) == 0 {
		return
	}
	if len(all.runes) < RunLength || s.isOrdinary(secret, 0, len(secret)) {
		s.indexValue(all.runes)
	}
	for _, run := range s.hashes(plain.runes) {
		s.runs[run] = struct{}{}
	}
	for i, run := range s.hashes(all.runes) {
		if hasSymbol(all.runes[i : i+RunLength]) {
			s.runs[run] = struct{}{}
		}
	}
}

// longestValue bounds what is redacted as a whole only, in characters.
const longestValue = 64

func (s *Secrets) indexValue(runes []rune) {
	if len(runes) > longestValue {
		return
	}
	s.values[s.hash(runes)] = kindOf(runes)
	s.longest = max(s.longest, len(runes))
}

// shortestToken is how many characters a short secret has to have to be looked for in prose.
const shortestToken = 4

func kindOf(short []rune) value {
	isWord := true
	for _, r := range short {
		isWord = isWord && unicode.IsLetter(r)
	}
	if isWord || len(short) < shortestToken {
		return setting
	}
	return token
}

func hasSymbol(run []rune) bool {
	for _, r := range run {
		if !isLetterOrDigit(r) {
			return true
		}
	}
	return false
}

// hash is of a text as a whole.
func (s *Secrets) hash(runes []rune) uint64 {
	var hash uint64
	for _, r := range runes {
		hash = s.roll(hash, r)
	}
	return mix(hash)
}

func (s *Secrets) roll(hash uint64, r rune) uint64 { return hash*s.factor + uint64(r) + 1 }

// hashes are of all runs, in order.
func (s *Secrets) hashes(runes []rune) []uint64 {
	if len(runes) < RunLength {
		return nil
	}
	leaving := uint64(1)
	for range RunLength {
		leaving *= s.factor
	}
	hashes := make([]uint64, 0, len(runes)-RunLength+1)
	var hash uint64
	for i, r := range runes {
		hash = s.roll(hash, r)
		if i >= RunLength {
			hash -= leaving * (uint64(runes[i-RunLength]) + 1)
		}
		if i >= RunLength-1 {
			hashes = append(hashes, mix(hash))
		}
	}
	return hashes
}

// mix spreads a hash over all bits (the finalizer of SplitMix64).
func mix(hash uint64) uint64 {
	hash = (hash ^ hash>>30) * 0xbf58476d1ce4e5b9
	hash = (hash ^ hash>>27) * 0x94d049bb133111eb
	return hash ^ hash>>31
}
