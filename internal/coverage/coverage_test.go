// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Blocks are counted where they stand, literals within their function, and those of several test
// binaries once.
func TestReadProfile(t *testing.T) {
	root := t.TempDir()
	write := func(file, content string) string {
		t.Helper()
		path := filepath.Join(root, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("internal/a/a.go", `package a

type T struct{}

func (t *T) Read() { _ = func() { return } }

func (T) read() {}

func Write(b bool) {
	if b {
		return
	}
	println()
}
`)
	profile := write("profile", `mode: set
`+module+`internal/a/a.go:5.20,5.33 1 1
`+module+`internal/a/a.go:5.33,5.43 1 0
`+module+`internal/a/a.go:9.20,10.7 1 1
`+module+`internal/a/a.go:10.7,12.3 1 0
`+module+`internal/a/a.go:10.7,12.3 1 1
`+module+`internal/a/a.go:13.2,13.11 3 0
`+module+`internal/a/atest/a.go:1.1,2.2 1 0
`)
	functions, err := readProfile(root, profile)
	if err != nil {
		t.Fatal(err)
	}
	want := []part{
		{"internal/a/a.go (*T).Read", 2, 1},
		{"internal/a/a.go Write", 5, 2},
	}
	if got := functions["internal/a/a.go"]; len(functions) != 1 || !slices.Equal(got, want) {
		t.Errorf("%+v", functions)
	}
	var out strings.Builder
	summarize(&out, functions)
	if got := out.String(); got != " 42.9 % of     7 statements  internal/a\n" {
		t.Errorf("%q", got)
	}
}

func TestReadProfileOfWhatIsGone(t *testing.T) {
	profile := filepath.Join(t.TempDir(), "profile")
	if err := os.WriteFile(profile, []byte("mode: set\n"+module+"a/gone.go:1.1,2.2 1 0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{profile, profile + "x"} {
		if _, err := readProfile(t.TempDir(), file); err == nil {
			t.Errorf("%s is read without an error", file)
		}
	}
	if err := run(t.Context(), io.Discard, profile); err == nil {
		t.Error("a profile of a file that is not there passes")
	}
}

func TestCompare(t *testing.T) {
	functions := map[string][]part{
		"whole.go": {{"whole.go A", 10, 9}, {"whole.go B", 10, 9}},
		"half.go":  {{"half.go A", 10, 10}, {"half.go B", 5, 0}},
		"none.go":  nil,
	}
	const both = "# why\n\nhalf.go: r\nhalf.go B: r"
	for name, test := range map[string]struct{ explained, problem string }{
		"explained":        {both, ""},
		"file missing":     {"half.go B: r", "half.go: 67 % are covered"},
		"function missing": {"half.go: r", "half.go B: 0 % are covered"},
		"stale":            {both + "\nwhole.go: r", "whole.go: is explained, and 90 % are covered"},
		"stale function":   {both + "\nhalf.go A: r", "half.go A: is explained, and 100 % are covered"},
		"gone":             {both + "\nhalf.go Old: r", "half.go Old: is explained, and not there"},
		"no reason":        {"half.go: ", "no reason"},
		"twice":            {both + "\nhalf.go: r", "twice"},
	} {
		reasons, err := readExplained(test.explained)
		got := strings.Join(compare(functions, reasons), "; ")
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, test.problem) || (got == "") != (test.problem == "") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// What stands in the list can be read, and is about files that are there.
func TestExplainedIsAboutWhatIsThere(t *testing.T) {
	reasons, err := readExplained(explained)
	if err != nil {
		t.Fatal(err)
	}
	for name := range reasons {
		file, _, _ := strings.Cut(name, " ")
		if _, err := os.Stat(filepath.Join("../..", file)); err != nil {
			t.Error(err)
		}
	}
}
