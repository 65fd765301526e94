// SPDX-License-Identifier: MPL-2.0

package diagnosticspage_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
)

// Everything that the code can say to a user stands on a page.
func TestEveryDiagnosticIsOnAPage(t *testing.T) {
	found, err := diagnosticspage.Check(os.DirFS(filepath.Join("..", "..")))
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range found.Problems {
		t.Error(problem)
	}
	if found.Summaries < 80 || found.Advice < 25 {
		t.Errorf("found %d summaries and %d pieces of advice, which cannot be all", found.Summaries, found.Advice)
	}
}

// sound is a provider with one object, whose pages are complete.
func sound() fstest.MapFS {
	file := func(content string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(content)} }
	test := file("package x_test\n\nfunc TestDiagnostics(t *testing.T) { diagnosticspage.Test(t, diagnosticspage.Page{}) }\n")
	return fstest.MapFS{
		"provider/provider.go":                 file(`package provider; func f() { d.AddAttributeError(root, "No key", "") }`),
		"provider/provider_test.go":            test,
		"provider/testdata/diagnostics.md":     file("error: **No key** (at `api_key`)\n\n- **Never**: it is checked before\n"),
		"object/thing/thing.go":                file(`package thing; func report(at path.Path, summary, detail string) {}; const doing = "make"; func f(n int) { report(at, fmt.Sprintf("%d things are gone", n), ""); diagnose.Failure(doing, s, err) }`),
		"object/thing/diagnostics_test.go":     test,
		"object/thing/testdata/diagnostics.md": file("warning: **3 things are gone**\n\n>   - \"a\": Could not make thing.\n\n> Ask somebody to look at the thing that is there.\n\nerror: **Shared**\n"),
		"diagnose/diagnose.go":                 file(`package diagnose; func NewError(summary string) {}; func f() { NewError("Shared"); d.AddError("Never", "") }; func advice() string { return "Ask somebody to look at the thing that is there." }`),
		"acctest/acctest.go":                   file(`package acctest; func f() { d.AddError("Only in tests", "") }`),
	}
}

func TestCheck(t *testing.T) {
	replace := func(file, before, after string) func(fstest.MapFS) {
		return func(internal fstest.MapFS) {
			content := string(internal[file].Data)
			if !strings.Contains(content, before) {
				t.Fatalf("%s does not have %q", file, before)
			}
			internal[file] = &fstest.MapFile{Data: []byte(strings.Replace(content, before, after, 1))}
		}
	}
	remove := func(file string) func(fstest.MapFS) { return func(internal fstest.MapFS) { delete(internal, file) } }
	for name, test := range map[string]struct {
		spoil func(fstest.MapFS)
		// want is what the one problem says.
		want []string
	}{
		"a new object without a page": {
			func(internal fstest.MapFS) {
				internal["object/widget/resource.go"] = &fstest.MapFile{Data: []byte(`package widget; func f() { diagnose.Failure("make", s, err) }`)}
			},
			[]string{"internal/object/widget has no page", "internal/object/widget/diagnostics_test.go", "go test ./internal/object/widget -run '^TestDiagnostics$' -update"},
		},
		"a page that no test writes": {remove("object/thing/diagnostics_test.go"), []string{"internal/object/thing/testdata/diagnostics.md is written by no test", "diagnosticspage.Test"}},
		"a summary that is on no page": {
			replace("object/thing/testdata/diagnostics.md", "things are gone", "things are lost"),
			[]string{"internal/object/thing/thing.go:1", `".+ things are gone"`, "go test ./internal/object/thing -run '^TestDiagnostics$' -update"},
		},
		"a failure that is on no page": {replace("object/thing/testdata/diagnostics.md", "Could not make thing", "Could not"), []string{`"Could not make .+"`}},
		"a summary that is on the page of another package": {
			func(internal fstest.MapFS) {
				replace("provider/testdata/diagnostics.md", "error: **No key**", "")(internal)
				replace("object/thing/testdata/diagnostics.md", "error: **Shared**", "error: **Shared**\n\nerror: **No key**")(internal)
			},
			[]string{"internal/provider/provider.go:1", "internal/provider/testdata/diagnostics.md does not show", `"No key"`},
		},
		"a shared summary that is on no page":    {replace("object/thing/testdata/diagnostics.md", "error: **Shared**", ""), []string{"internal/diagnose/diagnose.go:1", `no page shows the summary "Shared"`}},
		"advice that is on no page":              {replace("object/thing/testdata/diagnostics.md", "> Ask somebody", "> Ask nobody"), []string{`no page shows the advice "Ask somebody`}},
		"an unmeetable summary without a reason": {replace("provider/testdata/diagnostics.md", ": it is checked before", ":"), []string{`"Never"`}},
		"an unmeetable summary that the code does not have": {
			replace("object/thing/testdata/diagnostics.md", "error: **Shared**", "error: **Shared**\n\n- **Gone for long**: a reason"),
			[]string{"the code of internal/object/thing no longer has \"Gone for long\"", "-update"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			internal := maps.Clone(sound())
			test.spoil(internal)
			found, err := diagnosticspage.Check(internal)
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Problems) != 1 {
				t.Fatalf("%d problems, want 1: %q", len(found.Problems), found.Problems)
			}
			for _, want := range test.want {
				if !strings.Contains(found.Problems[0], want) {
					t.Errorf("%s\nwant it to say %s", found.Problems[0], want)
				}
			}
		})
	}
	if found, err := diagnosticspage.Check(sound()); err != nil || len(found.Problems) != 0 {
		t.Errorf("nothing is missing: %q, %v", found.Problems, err)
	}
}
