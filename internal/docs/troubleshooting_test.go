// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// The guide has every error and warning of the pages of diagnostics, with all that it says last,
// which is what to do. (That those pages have all that the code can say is tested with them.)
func TestTroubleshootingIsComplete(t *testing.T) {
	repository := os.DirFS(repository(t))
	guide, err := fs.ReadFile(repository, "docs/guides/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`(?m)^(?:error|warning): \*\*(.+?)\*\*.*\n\n((?:>.*\n)+)`)
	checked := 0
	for _, pattern := range diagnosticsPages() {
		pages, err := fs.Glob(repository, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range pages {
			page, err := fs.ReadFile(repository, file)
			if err != nil {
				t.Fatal(err)
			}
			for _, one := range said.FindAllStringSubmatch(string(page), -1) {
				checked++
				heading := "\n### " + regexp.MustCompile(`\b\d+\b`).ReplaceAllString(one[1], "N") + "\n"
				detail := strings.Split(strings.TrimSpace(one[2]), "\n")
				if !strings.Contains(string(guide), heading) || !strings.Contains(string(guide), "\n"+detail[len(detail)-1]+"\n") {
					t.Errorf("%s: the guide does not have %q with %q", file, one[1], detail[len(detail)-1])
				}
			}
		}
	}
	if checked < 500 {
		t.Errorf("only %d errors and warnings were found", checked)
	}
}

func TestTroubleshooting(t *testing.T) {
	page := func(situations ...string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("# Diagnostics\n\nWritten by a test; rewrite with `mend`.\n\n# Things\n\n" + strings.Join(situations, "\n") +
			"\n# Not to be met\n\n- **Never**: it is checked before\n")}
	}
	situation := func(name, title, detail string) string {
		return "## " + name + "\n\n" + title + "\n\n" + detail + "\n\n_Carried out by this test._\n"
	}
	const refused = "> \n> Refold answered: HTTP 403 Forbidden (FORBIDDEN): no\n> \n> Ask for it."
	said, err := diagnosticsIn(fstest.MapFS{
		"internal/provider/testdata/diagnostics.md": page(situation("Half a thing", "error: **2 of 13 things are broken** (at `AttributeName(\"a\").AttributeName(\"b\").ElementKeyString(\"c\")`)", "> Thing {{ 7 }}.\n>   - mend\n>     it\n> \n> import {\n>   id = 7\n> }")),
		"internal/object/thing/testdata/diagnostics.md": page(
			situation("A creation that is refused to everybody", "error: **Could not create thing**", "> Tried to create thing.\n"+refused),
			situation("It is refused", "error: **Could not read thing**", "> Tried to read thing.\n"+refused),
			situation("A fault", "error: **Could not read thing**", "> Tried to read thing.\n> \n> The server answered: HTTP 200 OK: a page\n> \n> Look."),
			situation("Nobody", "error: **Could not read thing**", "> Tried to read thing.\n> \n> No answer from Refold: no route\n> \n> Call."),
			situation("Broken off", "warning: **Could not read thing**", "> Tried to read thing.\n> \n> The run was interrupted."),
			situation("Broken off again", "warning: **Could not read thing**", "> Tried to read thing.\n> \n> The run was interrupted."),
		),
		"internal/docs/testdata/diagnostics.md": {Data: []byte("of no package")},
	})
	if err != nil {
		t.Fatal(err)
	}
	sources := files{}
	deriveTroubleshooting(sources, said)
	got := string(sources[troubleshootingPage])
	for _, want := range []string{
		"\n### HTTP 403 Forbidden\n\n**It is refused**\n\n> Refold answered: HTTP 403 Forbidden (FORBIDDEN): no\n>\n> Ask for it.\n\n" +
			"### No answer\n\n**Nobody**\n\n> No answer from Refold: no route\n>\n> Call.\n\n" +
			"### HTTP 200 OK\n\n**A fault**\n\n> The server answered: HTTP 200 OK: a page\n>\n> Look.\n\n## ",
		"\n### Could not create thing\n\nLook under the answer that the message shows, such as [HTTP 403 Forbidden](#http-403-forbidden).\n\n" +
			"### Could not read thing\n\nLook under the answer that the message shows, such as [HTTP 403 Forbidden](#http-403-forbidden), [HTTP 200 OK](#http-200-ok), [No answer](#no-answer).\n\n" +
			"Warning: **Broken off**\n\n> Tried to read thing.\n>\n> The run was interrupted.\n\n" +
			"### N of N things are broken\n\nError, at `a.b[\"c\"]`: **Half a thing**\n\n> Thing {{\"{{\"}} 7 }}.\n>   - mend\n>     it\n>\n> ```text\n> import {\n>   id = 7\n> }\n> ```\n\n## ",
		"\n- Never\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the guide does not have\n%s\nbut is\n%s", want, got)
		}
	}
}

func TestReadDiagnosticsRefuses(t *testing.T) {
	for name, page := range map[string]string{
		"what it does not know":  "## A\n\nnotice: **Odd**\n",
		"a detail of nothing":    "## A\n\n> Odd.\n",
		"a title of nothing":     "error: **Odd**\n",
		"a detail that is lost":  "## A\n\nerror: **Odd**\n\nOdd.\n",
		"an attribute unclosed":  "## A\n\nerror: **Odd** (at `AttributeName(\"a\")\n",
		"a reason that is empty": "- **Never**: \n",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := diagnosticsIn(fstest.MapFS{"internal/provider/testdata/diagnostics.md": {Data: []byte(page)}})
			if err == nil || !strings.Contains(err.Error(), "internal/provider/testdata/diagnostics.md: line ") {
				t.Errorf("error %v", err)
			}
		})
	}
}
