// SPDX-License-Identifier: MPL-2.0

package diagnose_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
)

// Names of what a message is about are cut short early, those to choose from only where they would
// fill screens.
func TestNamingAndOffering(t *testing.T) {
	t.Parallel()
	ids := func(count int) []string {
		var all []string
		for i := range count {
			all = append(all, "id"+strconv.Itoa(i))
		}
		return all
	}
	for name, test := range map[string]struct {
		list  func([]string) string
		count int
		named int
		ends  string
	}{
		"one is named":      {diagnose.Naming, 1, 1, `"id0"`},
		"ten are named":     {diagnose.Naming, 10, 10, `"id9"`},
		"others counted":    {diagnose.Naming, 12, 10, `"id9" and 2 more`},
		"all are offered":   {diagnose.Offering, 100, 100, `"id99"`},
		"too many to offer": {diagnose.Offering, 101, 100, `"id99" and 1 more`},
	} {
		if got := test.list(ids(test.count)); strings.Count(got, `"id`) != test.named || !strings.HasSuffix(got, test.ends) {
			t.Errorf("%s: %s", name, got)
		}
	}
}
