// SPDX-License-Identifier: MPL-2.0

package diagnose_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
)

func TestCount(t *testing.T) {
	for number, want := range map[int]string{0: "0 linked accounts", 1: "1 linked account", 2: "2 linked accounts"} {
		if got := diagnose.Count(number, "linked account"); got != want {
			t.Errorf("Count(%d) = %s, want %s", number, got, want)
		}
	}
	for _, test := range []struct {
		part, all int
		want      string
	}{{1, 1, "1 of 1 tokens is"}, {1, 3, "1 of 3 tokens is"}, {2, 3, "2 of 3 tokens are"}, {0, 1, "0 of 1 tokens are"}} {
		if got := diagnose.Share(test.part, test.all, "token") + " " + diagnose.Agree(test.part, "is", "are"); got != test.want {
			t.Errorf("Share(%d, %d) = %s, want %s", test.part, test.all, got, test.want)
		}
	}
}
