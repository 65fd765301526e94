// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
)

// oneOperation is for a case that takes long, such as an answer of the largest size: a short run
// tries it with one operation, which need not be this one.
func oneOperation(t *testing.T, name string) {
	t.Helper()
	if tried := slices.Min(slices.Collect(maps.Keys(operations))); name != tried {
		shortrun.Thorough(t, "the same with "+tried)
	}
}
