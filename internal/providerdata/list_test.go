// SPDX-License-Identifier: MPL-2.0

package providerdata_test

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// Only objects count against the limit of a list, and what stands behind the last is not asked for.
func TestAtMost(t *testing.T) {
	t.Parallel()
	said := providerdata.Saying(diag.NewWarningDiagnostic("left out", ""))
	found := list.ListResult{Identity: &tfsdk.ResourceIdentity{}}
	for name, test := range map[string]struct {
		limit   int64
		results []list.ListResult
		want    int
	}{
		"none":                 {1, nil, 0},
		"without a limit":      {0, []list.ListResult{found, said, found}, 3},
		"warnings are no part": {1, []list.ListResult{said, said, found, found}, 3},
		"as many as there are": {2, []list.ListResult{found, found}, 2},
		"fewer":                {5, []list.ListResult{found, said}, 2},
	} {
		asked := 0
		all := func(yield func(list.ListResult) bool) {
			for _, result := range test.results {
				asked++
				if !yield(result) {
					return
				}
			}
		}
		if got := slices.Collect(providerdata.AtMost(test.limit, all)); len(got) != test.want || asked != test.want {
			t.Errorf("%s: %d results of %d that were asked for, want %d", name, len(got), asked, test.want)
		}
	}
}
