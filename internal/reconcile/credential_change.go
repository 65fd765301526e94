// SPDX-License-Identifier: MPL-2.0

package reconcile

import (
	"maps"
	"slices"
)

// CredentialChange is what an update does to the credentials at Refold.
type CredentialChange struct {
	// Seed sends all of them through the upsert, for a default app that this
	// resource has not set up yet.
	Seed bool
	// Put and Remove name single credentials, sorted.
	Put    []string
	Remove []string
	// Before is what is set up at Refold before the change; nil for nothing.
	Before *DefaultApp
}

// IsEmpty reports whether nothing is to be done.
func (c CredentialChange) IsEmpty() bool { return !c.Seed && len(c.Put) == 0 && len(c.Remove) == 0 }

// ChangeCredentials finds what leads from before to wanted. Known are the values
// that the state holds: none where the credentials are write-only.
func ChangeCredentials(before *DefaultApp, known, wanted map[string]string, seed bool) CredentialChange {
	change := CredentialChange{Seed: seed, Before: before}
	for _, name := range CredentialNames(wanted) {
		if value, ok := known[name]; !seed && (!ok || value != wanted[name]) {
			change.Put = append(change.Put, name)
		}
	}
	for _, name := range before.Names() {
		if _, ok := wanted[name]; !ok {
			change.Remove = append(change.Remove, name)
		}
	}
	return change
}

// CredentialNames are the names, sorted.
func CredentialNames(credentials map[string]string) []string {
	return slices.Sorted(maps.Keys(credentials))
}
