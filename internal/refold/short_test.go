// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"maps"
	"slices"
	"testing"
)

// thorough is for cases that a short run can do without, because it has one of their kind: under
// the race detector, an answer of the largest size takes a second and a half.
func thorough(t *testing.T, isOneOfMany bool) {
	t.Helper()
	if testing.Short() && isOneOfMany {
		t.Skip("only make test runs this for each operation")
	}
}

// anOperation is the name of the one that a short run tries.
func anOperation() string { return slices.Min(slices.Collect(maps.Keys(operations))) }
