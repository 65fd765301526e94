// SPDX-License-Identifier: MPL-2.0

package diagnosticspage

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

func TestWrite(t *testing.T) {
	met := acctest.Diagnostics{
		{Severity: acctest.Failure, Summary: "Could not make thing 7", Detail: "Tried to make thing 7.\nGiven up after 12 attempts in 1m3.5s.", Attribute: tftypes.NewAttributePath().WithAttributeName("id")},
		{Severity: acctest.Warning, Summary: "Thing 8 is left", Detail: "Thing 8 is left, for 30 days."},
	}
	page := Page{
		Chapters: []Chapter{{Title: "Things", Names: "hing ", Situations: []Situation{{
			Name: "Nothing works", Chance: regexp.MustCompile(`hing \d+`),
			Meet:   func(*testing.T) acctest.Diagnostics { return met },
			Mended: func(*testing.T) acctest.Diagnostics { return nil },
			Advice: Advice{Not: "some of it is up to others"},
		}}}},
		Unmeetable: []Unmeetable{{Summary: "Never", Reason: "it is checked before"}},
	}
	want := "# Diagnostics\n\nWritten by a test; rewrite with `mend`.\n\n# Things\n\n## Nothing works\n\n" +
		"error: **Could not make thing N** (at `AttributeName(\"id\")`)\n\n> Tried to make thing N.\n> Given up after 12 attempts in TIME.\n\n" +
		"warning: **Thing N is left**\n\n> Thing N is left, for 30 days.\n\n_Carried out by this test; the rest by no test: some of it is up to others._\n\n# Not to be met\n\n- **Never**: it is checked before\n"
	if got := page.write(t, "mend"); got != want {
		t.Errorf("%s\ngot:\n%s", firstDifference(got, want), got)
	}
}

func TestFirstDifference(t *testing.T) {
	if got := firstDifference("same\nours\n", "same\ntheirs\n"); got != "line 2\n got: ours\nwant: theirs" {
		t.Errorf("got %q", got)
	}
	if got := firstDifference("same\n", "same\n\n"); !strings.Contains(got, "longer") {
		t.Errorf("got %q", got)
	}
}
