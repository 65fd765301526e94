// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReportSaysWhatDiffersAndHowToMendIt(t *testing.T) {
	have := files{"index.md": []byte("same\nold\n"), "gone.md": []byte("Gone.\n"), "same.md": []byte("same\n"), "short.md": []byte("one")}
	want := files{"index.md": []byte("same\nnew\n"), "new.md": []byte("New.\n"), "same.md": []byte("same\n"), "short.md": []byte("one\ntwo")}
	err := report(compare(have, want), io.Discard)
	const message = `docs/ is stale; mend it with: make docs
  docs/gone.md is generated from nothing
  docs/index.md differs from line 2 on:
    there:     old
    generated: new
  docs/new.md is missing
  docs/short.md differs from line 2 on:
    there:     (end of file)
    generated: two`
	if err == nil {
		t.Fatal("stale docs are no error")
	}
	if difference := cmp.Diff(message, err.Error()); difference != "" {
		t.Error(difference)
	}
}

func TestReplaceMakesDocsWhatWasGenerated(t *testing.T) {
	docs := t.TempDir()
	for file, content := range map[string]string{"index.md": "old", "guides/gone.md": "Gone.", "same.md": "same"} {
		if err := writeFile(docs, file, []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	want := files{"index.md": []byte("new"), "resources/new.md": []byte("New."), "same.md": []byte("same")}
	var out strings.Builder
	if err := replace(docs, differencesIn(t, docs, want), &out); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "removed docs/guides/gone.md\nchanged docs/index.md\nadded   docs/resources/new.md\n"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	out.Reset()
	if err := report(differencesIn(t, docs, want), &out); err != nil || out.String() != "docs/ is up to date\n" {
		t.Errorf("afterwards: %q, %v", out.String(), err)
	}
}

func differencesIn(t *testing.T, docs string, want files) []difference {
	t.Helper()
	have, err := readFiles(docs)
	if err != nil {
		t.Fatal(err)
	}
	return compare(have, want)
}

func TestReadFilesLeavesOutWhatACLILeaves(t *testing.T) {
	folder := t.TempDir()
	for _, file := range []string{"main.tf", "deep/main.tf", ".terraform/providers/x/y.md", "deep/.terraform.lock.hcl"} {
		if err := writeFile(folder, file, nil); err != nil {
			t.Fatal(err)
		}
	}
	content, err := readFiles(folder)
	if err != nil {
		t.Fatal(err)
	}
	if difference := cmp.Diff([]string{"deep/main.tf", "main.tf"}, content.paths()); difference != "" {
		t.Error(difference)
	}
	if content, err := readFiles(folder + "/none"); err != nil || len(content) != 0 {
		t.Errorf("a folder that does not exist: %q, %v", content.paths(), err)
	}
}
