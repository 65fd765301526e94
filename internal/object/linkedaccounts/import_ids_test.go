// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"slices"
	"strings"
	"testing"
)

func TestSplitIDs(t *testing.T) {
	for list, want := range map[string][]string{
		"":                    nil,
		"a":                   {"a"},
		"b,a":                 {"a", "b"},
		" b , a ":             {"a", "b"},
		"b,a,b":               {"a", "b"},
		"a\nb, c\n":           {"a", "b", "c"},
		`"a, b",c`:            {"a, b", "c"},
		`"say ""hi""",a`:      {`a`, `say "hi"`},
		"customer 1,customer": {"customer", "customer 1"},
	} {
		if got, err := splitIDs(list); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %v", list, got, err)
		}
	}
	for list, reason := range map[string]string{
		"a,,b": "entry 2 of 3 is empty", "a, ": "entry 2 of 2 is empty", ",": "entry 1 of 2 is empty", `"a`: "quote", `a"b`: "quote",
	} {
		if got, err := splitIDs(list); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%q: %q, %v", list, got, err)
		}
	}
}

// TestJoinIDs: what is joined is what is taken apart.
func TestJoinIDs(t *testing.T) {
	for _, ids := range [][]string{{"a"}, {"a", "b"}, {"a, b", "c"}, {"a", `say "hi"`}} {
		got, err := splitIDs(joinIDs(ids))
		if err != nil || !slices.Equal(got, ids) {
			t.Errorf("%q: %q, %v", ids, got, err)
		}
	}
}
