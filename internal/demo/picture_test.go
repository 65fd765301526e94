// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	driftText    = "testdata/drift.ansi"
	driftPicture = "../../templates/images/drift.svg"
)

// wantPicture holds what the demo has printed of its plan against what the picture is made of.
func wantPicture(t *testing.T, output string) {
	t.Helper()
	_, step, _ := strings.Cut(output, "=== 6 of 16: ")
	_, step, _ = strings.Cut(step, "\n\n")
	drawn := withoutColours(readText(t, driftText))
	if difference := cmp.Diff(drawn, pictureOf(step)); difference != "" {
		t.Errorf("the picture of README.md is stale; mend it with: make picture (-drawn +printed)\n%s", difference)
	}
}

func TestPictureHasTheText(t *testing.T) {
	want := strings.Fields(withoutColours(readText(t, driftText)))
	got := strings.Fields(textOf(t, readText(t, filepath.FromSlash(driftPicture))))
	if len(want) < 20 {
		t.Fatalf("there are only the words %q", want)
	}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("the picture of README.md is stale; mend it with: make picture (-text +picture)\n%s", difference)
	}
}

func TestPictureOf(t *testing.T) {
	const output = "\n$ tofu plan\n\x1b[1ma.b: Refreshing state... [id=6b09e0fe8d3a91e4c7000004]\x1b[0m\n\nOpenTofu will  \n  id = \"6b09e0fe8d3a91e4c7000004\"\n  at = \"2026-11-27T19:58:54.379Z\"\n\x1b[1mPlan: \x1b[0m1\nSaved\n"
	const want = "$ terraform plan\n\nTerraform will\n  id = \"6a616f4d3c2b1a0987654321\"\n  at = \"2026-07-24T09:30:00.000Z\"\n\x1b[1mPlan: \x1b[0m1\n"
	if got := pictureOf(output); got != want {
		t.Errorf("%q, not %q", got, want)
	}
}

func readText(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// textOf is what an SVG says, in lines.
func textOf(t *testing.T, svg string) string {
	t.Helper()
	var text strings.Builder
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return text.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch one := token.(type) {
		case xml.CharData:
			text.Write(one)
		case xml.EndElement:
			if one.Name.Local == "text" {
				text.WriteString("\n")
			}
		}
	}
}
