// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"maps"
	"slices"
)

// Change is what an update does to the credentials at Refold.
type Change struct {
	// Seed sends all of them through the upsert, for a default app that this resource has not set
	// up yet.
	Seed bool
	// Put and Remove name single credentials, sorted.
	Put    []string
	Remove []string
	// Before is what is set up at Refold before the change; nil for nothing.
	Before *DefaultApp
}

// IsEmpty reports whether nothing is to be done.
func (c Change) IsEmpty() bool { return !c.Seed && len(c.Put) == 0 && len(c.Remove) == 0 }

// Compare finds what leads from before to what is desired. Known are the values that the state
// holds: none where the credentials are write-only. One that is uncertain is not taken for known.
func Compare(before *DefaultApp, known, desired map[string]string, seed bool) Change {
	change := Change{Seed: seed, Before: before}
	for _, name := range Names(desired) {
		if value, ok := known[name]; !seed && (!ok || value != desired[name] || before.isUncertain(name)) {
			change.Put = append(change.Put, name)
		}
	}
	change.Remove = before.Beyond(desired)
	return change
}

// Settle finds what makes certain what is not, where nothing else differs from what is desired.
func Settle(before *DefaultApp, desired map[string]string) Change {
	change := Change{Before: before}
	for _, name := range before.UncertainNames() {
		if _, ok := desired[name]; ok {
			change.Put = append(change.Put, name)
		} else {
			change.Remove = append(change.Remove, name)
		}
	}
	return change
}

// Names are those of credentials, sorted.
func Names(credentials map[string]string) []string {
	return slices.Sorted(maps.Keys(credentials))
}
