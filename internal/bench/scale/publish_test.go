// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/bench/guide"
)

func TestGuideFigures(t *testing.T) {
	figures := good().guideFigures()
	for _, part := range []string{
		"Measured with OpenTofu 1.12.6, " + guide.Machine(),
		"| 10,000 in `refold_linked_accounts`, no limit | plan | 0 | 6.0 s | × 3.00 | - | 400 MB |",
		"| 10,000 in `refold_linked_accounts`, 200/s | apply | 10,001 | 60.0 s | - | × 1.10 | 300 MB |",
	} {
		if !strings.Contains(figures, part) {
			t.Errorf("the figures lack %q:\n%s", part, figures)
		}
	}
}

func TestChart(t *testing.T) {
	chart := good().chart()
	if len(chart.Groups) == 0 || chart.Line != 1 {
		t.Fatalf("%+v", chart)
	}
	noop := slices.IndexFunc(chart.Groups, func(group guide.Group) bool { return group.Name == stepNoop })
	want := []guide.Bar{{Class: "small", Value: 0.5, Label: "× 0.5", Words: "0.5 for 1,000 accounts"}, {Class: "large", Value: 6, Label: "× 6.0", Words: "6.0 for 10,000 accounts"}}
	if noop < 0 || !slices.Equal(chart.Groups[noop].Bars, want) {
		t.Errorf("%+v", chart.Groups)
	}
}
