// SPDX-License-Identifier: MPL-2.0

package udf

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/gocobalt/terraform-provider-refold/internal/jsonvalue"
)

// Difference says how stored fields differ from wanted ones; keys are sorted.
type Difference struct {
	// Missing keys are wanted but not stored.
	Missing []string
	// Changed keys are stored with another value or type than wanted.
	Changed []string
	// Surplus keys are stored but not wanted.
	Surplus []string
}

// Compare holds stored fields against wanted ones, both as JSON values. A field
// that is null counts as absent.
func Compare(ctx context.Context, wanted, stored map[string]any) Difference {
	var difference Difference
	for _, key := range slices.Sorted(maps.Keys(wanted)) {
		switch want, have := wanted[key], stored[key]; {
		case want == nil:
		case have == nil:
			difference.Missing = append(difference.Missing, key)
		case !jsonvalue.SameJSON(ctx, want, have):
			difference.Changed = append(difference.Changed, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(stored)) {
		if stored[key] != nil && wanted[key] == nil {
			difference.Surplus = append(difference.Surplus, key)
		}
	}
	return difference
}

// IsEmpty reports whether there is no difference.
func (d Difference) IsEmpty() bool {
	return len(d.Missing) == 0 && len(d.Changed) == 0 && len(d.Surplus) == 0
}

// Kind says what a field's value is, for messages that must not show it.
func Kind(field any) string {
	switch field.(type) {
	case string:
		return "a string"
	case bool:
		return "a boolean"
	case json.Number:
		return "a number"
	}
	return "a nested value"
}
