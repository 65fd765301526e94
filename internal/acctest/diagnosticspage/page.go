// SPDX-License-Identifier: MPL-2.0

// Package diagnosticspage keeps the errors and warnings that a user can meet on pages, one for
// the provider block and one for each object, to be read as a set: what happened, to which
// object, what to do. The provider itself writes them, in situations that the tests of each
// package list; and everything that the code can say has to stand there.
//
// A package with a page has a test that calls Test, and testdata/diagnostics.md, which the
// flag -update writes.
package diagnosticspage

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
)

var update = flag.Bool("update", false, "rewrite "+file)

// file is where a package keeps its page.
const file = "testdata/diagnostics.md"

// unmet is the title of the chapter about what no user can meet.
const unmet = "Not to be met"

// Page is what a package says to users.
type Page struct {
	Chapters []Chapter
	// Unmeetable are summaries in the package's code, or in that of the packages that objects
	// share, that no user can meet, each with the reason.
	Unmeetable []Unmeetable
}

// Chapter is a part of a page.
type Chapter struct {
	Title string
	// Names is what the detail of every diagnostic of the chapter has to name, or empty.
	Names      string
	Situations []Situation
	// Advice counts for the situations that say nothing of theirs.
	Advice Advice
}

// Situation is one way to meet diagnostics.
type Situation struct {
	Name string
	// Meet runs in a bubble of testing/synctest. It returns at least one diagnostic.
	Meet func(*testing.T) acctest.Diagnostics
	// Mended is the same after what the diagnostics advise was done. It returns what is said then,
	// which is no error, and nothing that Meet returned. Nil where Advice says who does it.
	Mended func(*testing.T) acctest.Diagnostics
	Advice Advice
	// Chance matches texts whose numbers are a matter of chance, such as which of many
	// requests was the first. The page has N in their place. Nil for none.
	Chance *regexp.Regexp
}

// Unmeetable is a summary that no user can meet.
type Unmeetable struct{ Summary, Reason string }

// Test compares the page with the file of the package that is tested.
func Test(t *testing.T, page Page) {
	t.Helper()
	shortrun.WithoutRaceDetector(t)
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	_, inModule, _ := strings.Cut(filepath.ToSlash(folder), "/internal/")
	rewrite := rewriteWith("internal/" + inModule)
	got := page.write(t, rewrite)
	if *update {
		if err := save(got); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the diagnostics differ from %s. Rewrite it, and read the change as the person on call would:\n  %s\n%s",
			file, rewrite, firstDifference(got, string(want)))
	}
}

// rewriteWith is the command that rewrites the page of a package.
func rewriteWith(folder string) string {
	return "go test ./" + folder + " -run '^TestDiagnostics$' -update"
}

func save(page string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(page), 0o644)
}

func (p Page) write(t *testing.T, rewrite string) string {
	t.Helper()
	var text strings.Builder
	fmt.Fprintf(&text, "# Diagnostics\n\nWritten by a test; rewrite with `%s`.\n", rewrite)
	for _, chapter := range p.Chapters {
		fmt.Fprintf(&text, "\n# %s\n", chapter.Title)
		for _, situation := range chapter.Situations {
			fmt.Fprintf(&text, "\n## %s\n", situation.Name)
			text.WriteString(situation.write(t, chapter.Names))
			followed, err := situation.follow(chapter.Advice)
			if err != nil {
				t.Error(err)
			}
			fmt.Fprintf(&text, "\n_%s_\n", followed)
		}
	}
	if len(p.Unmeetable) > 0 {
		fmt.Fprintf(&text, "\n# %s\n\n", unmet)
	}
	for _, one := range p.Unmeetable {
		fmt.Fprintf(&text, "- **%s**: %s\n", one.Summary, one.Reason)
	}
	return text.String()
}

// write meets the diagnostics of a situation, and returns them as text.
func (s Situation) write(t *testing.T, names string) string {
	t.Helper()
	met := s.meet(t, s.Meet)
	if len(met) == 0 {
		t.Errorf("%s: there is no diagnostic", s.Name)
	}
	s.checkMended(t, met)
	var text strings.Builder
	for _, found := range met {
		if found.Summary == "" || len(found.Detail) < len(found.Summary) {
			t.Errorf("%s: a diagnostic without a detail: %q", s.Name, found.Summary)
		}
		// At the start of a sentence, a name has a capital.
		if !strings.Contains(strings.ToLower(found.Detail), strings.ToLower(names)) {
			t.Errorf("%s: a diagnostic that does not name %s: %s", s.Name, names, found.Detail)
		}
		writeDiagnostic(&text, found)
	}
	return s.withoutChance(text.String())
}

func writeDiagnostic(text *strings.Builder, found *tfprotov6.Diagnostic) {
	fmt.Fprintf(text, "\n%s: **%s**", strings.ToLower(found.Severity.String()), found.Summary)
	if found.Attribute != nil {
		fmt.Fprintf(text, " (at `%s`)", found.Attribute)
	}
	fmt.Fprintf(text, "\n\n%s\n", strings.ReplaceAll("> "+found.Detail, "\n", "\n> "))
}

// withoutChance replaces what differs from one run to the next: the waits between attempts are
// drawn, for one.
func (s Situation) withoutChance(text string) string {
	text = regexp.MustCompile(`(\d+) attempts in ([0-9.]+(h|ms|m|s))+`).ReplaceAllString(text, "$1 attempts in TIME")
	if s.Chance == nil {
		return text
	}
	digits := regexp.MustCompile(`\d+`)
	return s.Chance.ReplaceAllStringFunc(text, func(part string) string { return digits.ReplaceAllString(part, "N") })
}

func firstDifference(got, want string) string {
	lines, wanted := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(lines), len(wanted)) {
		if lines[i] != wanted[i] {
			return fmt.Sprintf("line %d\n got: %s\nwant: %s", i+1, lines[i], wanted[i])
		}
	}
	return "one is longer than the other"
}
