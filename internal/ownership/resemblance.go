// SPDX-License-Identifier: MPL-2.0

package ownership

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Traits are what tells an object where its id is not known. Each is empty where it is not known
// either, or not set.
type Traits struct {
	Name string
	// Fields are all user-defined fields in one text, the same for the same fields.
	Fields string
}

// resemble reports whether both may be the same object. Fields tell less than names: many customers
// have the same plan.
func (t Traits) resemble(other Traits) bool {
	if t.Name != "" && other.Name != "" {
		return t.Name == other.Name
	}
	return t.Fields != "" && t.Fields == other.Fields
}

// weigh looks at what enters without an id beside what leaves, where an address does either.
func (m *Movements) weigh(at *address, found *Findings) {
	for _, entering := range m.undecided {
		for _, left := range m.leaving {
			if left.address == entering || left.address.kind != entering.kind || (left.address != at && entering != at) {
				continue
			}
			if left.address.traits != nil && left.address.traits(left.id).resemble(entering.like) {
				found.Alike = append(found.Alike, left.id)
			}
			if !m.isWarned {
				found.MayMove, m.isWarned = true, true
			}
		}
	}
}

// compareSpelling looks for an id at another address that looks the same.
func (m *Movements) compareSpelling(at *address, id string, found *Findings) {
	if m.spellings == nil {
		m.spellings = map[Key]spelling{}
	}
	key := Key{at.kind, Fold(id)}
	first, isKnown := m.spellings[key]
	if !isKnown {
		m.spellings[key] = spelling{id, at}
		return
	}
	if first.id != id && first.address != at {
		found.Twins = append(found.Twins, [2]string{first.id, id})
	}
}

// Fold returns the same text for ids that differ only in upper and lower case, or in the form of
// Unicode in which the same characters are written.
func Fold(id string) string {
	if isASCII(id) {
		return strings.ToLower(id)
	}
	return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(id)))
}

func isASCII(text string) bool {
	for _, character := range []byte(text) {
		if character >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
