// SPDX-License-Identifier: MPL-2.0

package diagnosticspage

import (
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

func TestFollow(t *testing.T) {
	mended := func(*testing.T) acctest.Diagnostics { return nil }
	ofChapter := Advice{Not: "nobody can"}
	for name, test := range map[string]struct {
		situation Situation
		chapter   Advice
		want      string
		wantError string
	}{
		"nothing":                 {wantError: "thing: nothing carries out"},
		"by itself":               {situation: Situation{Mended: mended}, chapter: ofChapter, want: "Carried out by this test."},
		"by the chapter":          {chapter: ofChapter, want: "Carried out by no test: nobody can."},
		"by tests":                {situation: Situation{Advice: Advice{Tests: "TestFollow, acctest/battery.TestRunsOnEveryObject"}}, wantError: "no test acctest/battery.TestRunsOnEveryObject"},
		"by tests and not at all": {situation: Situation{Advice: Advice{Tests: "TestFollow, acctest/diagnosticspage.TestWrite", Not: "it is late"}}, want: "Carried out by TestFollow, acctest/diagnosticspage.TestWrite; the rest by no test: it is late."},
		"by a test that is gone":  {situation: Situation{Advice: Advice{Tests: "TestGone"}}, wantError: "no test TestGone"},
	} {
		t.Run(name, func(t *testing.T) {
			test.situation.Name = "thing"
			got, err := test.situation.follow(test.chapter)
			if got != test.want || (err == nil) != (test.wantError == "") || err != nil && !strings.Contains(err.Error(), test.wantError) {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestNotMended(t *testing.T) {
	failure := acctest.Diagnostics{{Severity: acctest.Failure, Summary: "gone"}}
	warning := acctest.Diagnostics{{Severity: acctest.Warning, Summary: "left"}}
	for name, test := range map[string]struct {
		before, after acctest.Diagnostics
		want          int
	}{
		"nothing is said":       {failure, nil, 0},
		"something else":        {failure, warning, 0},
		"the same":              {warning, warning, 1},
		"an error in its place": {warning, failure, 1},
	} {
		if got := len(notMended(test.before, test.after)); got != test.want {
			t.Errorf("%s: %d", name, got)
		}
	}
}
