// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"cmp"
	"slices"
	"time"
)

// VariableValue is the value of a variable, as it is stored (FACTS 2.9).
type VariableValue struct {
	// ID is the server's id, 24 hex characters.
	ID           string
	DefinitionID string
	// AccountID and WorkflowID say whom the value is for. At most one is set; neither is, where
	// the definition is of the organization or the workspace.
	AccountID  string
	WorkflowID string
	// Value is the plain text, also where the definition is encrypted.
	Value     string
	CreatedAt time.Time
	UpdatedAt time.Time
}

// variableTarget is whom a value is for.
type variableTarget struct{ AccountID, WorkflowID string }

func (v *VariableValue) target() variableTarget { return variableTarget{v.AccountID, v.WorkflowID} }

// valueRecord is one stored value.
type valueRecord struct {
	VariableValue
	// number orders values by their making.
	number int
}

// variableValues holds the values of one place, oldest first.
type variableValues struct {
	stored []*valueRecord
	stale  map[variableTarget]*staleValues
	made   int
}

// staleValues is what reads see of a target's values for a while after a write.
type staleValues struct {
	before []*valueRecord
	reads  int
}

func (s *Server) variableValues(at place) *variableValues { return storeOf[variableValues](s, at) }

// add stores a value of a definition and target that have none.
func (v *variableValues) add(value VariableValue) *valueRecord {
	v.made++
	added := &valueRecord{value, v.made}
	v.stored = append(v.stored, added)
	return added
}

// find returns the value as writes see it, or nil.
func (v *variableValues) find(definitionID string, target variableTarget) *valueRecord {
	return findValue(v.stored, definitionID, target)
}

func findValue(values []*valueRecord, definitionID string, target variableTarget) *valueRecord {
	for _, known := range values {
		if known.DefinitionID == definitionID && known.target() == target {
			return known
		}
	}
	return nil
}

// byID returns the value of an id as writes see it, or nil.
func (v *variableValues) byID(id string) *valueRecord {
	if i := slices.IndexFunc(v.stored, func(known *valueRecord) bool { return known.ID == id }); i >= 0 {
		return v.stored[i]
	}
	return nil
}

// of returns the values of a target, oldest first.
func (v *variableValues) of(target variableTarget) []*valueRecord {
	var found []*valueRecord
	for _, known := range v.stored {
		if known.target() == target {
			found = append(found, known)
		}
	}
	return found
}

// drop removes the values that are gone.
func (v *variableValues) drop(isGone func(*valueRecord) bool) {
	v.stored = slices.DeleteFunc(v.stored, isGone)
}

// dropAccount removes the values of an account.
func (v *variableValues) dropAccount(id string) {
	v.drop(func(known *valueRecord) bool { return known.AccountID == id })
}

// lag notes how the values of a target are now, for the next reads after a write. It is called
// before the write.
func (v *variableValues) lag(target variableTarget, reads int) {
	if reads <= 0 {
		delete(v.stale, target)
		return
	}
	seen := &staleValues{reads: reads}
	for _, known := range v.of(target) {
		copied := *known
		seen.before = append(seen.before, &copied)
	}
	if v.stale == nil {
		v.stale = map[variableTarget]*staleValues{}
	}
	v.stale[target] = seen
}

// read returns the values of a target as a read sees them, oldest first. It uses up one stale read.
func (v *variableValues) read(target variableTarget) []*valueRecord {
	seen := v.stale[target]
	if seen == nil {
		return v.of(target)
	}
	seen.reads--
	if seen.reads == 0 {
		delete(v.stale, target)
	}
	return seen.before
}

// readAll returns the values of all targets that are wanted as a read sees them, oldest first.
func (v *variableValues) readAll(isWanted func(variableTarget) bool) []*valueRecord {
	var seen []*valueRecord
	for _, known := range v.stored {
		if target := known.target(); isWanted(target) && v.stale[target] == nil {
			seen = append(seen, known)
		}
	}
	for target := range v.stale {
		if isWanted(target) {
			seen = append(seen, v.read(target)...)
		}
	}
	slices.SortFunc(seen, func(a, b *valueRecord) int { return cmp.Compare(a.number, b.number) })
	return seen
}
