// SPDX-License-Identifier: MPL-2.0

package ownership_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
)

func TestIsContested(t *testing.T) {
	for name, plan := range map[string]struct {
		steps []step
		want  bool
	}{
		"created alone":         {[]step{creates(single, "a")}, false},
		"created and deleted":   {[]step{creates(single, "a"), deletes(single, "a")}, true},
		"created and kept":      {[]step{changes(plural, "a b", "a b"), creates(single, "a")}, true},
		"created beside others": {[]step{creates(single, "a"), deletes(single, "b")}, false},
		"replaced":              {[]step{replaces(single, "a", "a")}, false},
	} {
		var movements ownership.Movements
		for _, take := range plan.steps {
			take(&movements)
		}
		if got := movements.IsContested(ownership.Key{Kind: "account", ID: "a"}); got != plan.want {
			t.Errorf("%s: IsContested = %t", name, got)
		}
	}
}
