// SPDX-License-Identifier: MPL-2.0

package guide

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

func parts() []Part { return []Part{Scale(), Customer()} }

// Each part has a place of its own, and leaves the others alone.
func TestPublish(t *testing.T) {
	root := t.TempDir()
	guide := filepath.Join(root, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(guide), 0o755); err != nil {
		t.Fatal(err)
	}
	before, want := "Before.\n", "Before.\n"
	for _, part := range parts() {
		before += part.begin() + "old\n" + part.end() + "Between.\n"
		want += part.begin() + "Figures of " + part.name + ".\n" + part.end() + "Between.\n"
	}
	if err := os.WriteFile(guide, []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // writing again changes nothing
		for _, part := range parts() {
			wrote, err := part.Publish(root, "Figures of "+part.name+".\n", Chart{Title: part.name})
			if want := []string{file, images + "/" + part.image}; err != nil || !slices.Equal(wrote, want) {
				t.Fatalf("it wrote %q and not %q: %v", wrote, want, err)
			}
		}
	}
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != want {
		t.Errorf("the guide is\n%s\nand not\n%s", text, want)
	}
	for _, part := range parts() {
		chart, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(images), part.image))
		if err != nil || !strings.Contains(string(chart), ">"+part.name+"</title>") {
			t.Errorf("the chart of %s: %v\n%s", part.name, err, chart)
		}
	}
}

// Without the marks, a run would end after a quarter of an hour with nothing to write into.
func TestGuideHasMarks(t *testing.T) {
	root, err := cli.RepositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	guide, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range parts() {
		if _, err := part.replace(string(guide), "new\n"); err != nil {
			t.Error(err)
		}
		if link := "../images/" + part.image; !strings.Contains(string(guide), link) {
			t.Errorf("the guide does not show %s", link)
		}
	}
}

// A guide that has lost its marks is left alone.
func TestReplace(t *testing.T) {
	part, other := Customer(), Scale()
	for _, guide := range []string{"", part.begin(), part.end(), part.end() + part.begin(), other.begin() + other.end()} {
		if got, err := part.replace(guide, "new\n"); err == nil {
			t.Errorf("%q became %q", guide, got)
		}
	}
}

func TestChart(t *testing.T) {
	chart := Chart{
		Title: "Requests & more", Heading: "Requests", Note: "shorter is better", Line: 50,
		Series: []Series{{"small", "measured"}, {"large", "least"}},
		Groups: []Group{{"apply", []Bar{{"small", 100, "100", "100 measured"}, {"large", 50, "50", "50 at least"}}}, {"plan", []Bar{{"small", 10, "10", "10 measured"}}}},
	}.svg()
	decoder := xml.NewDecoder(strings.NewReader(chart))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("the chart is not XML: %v\n%s", err, chart)
		}
	}
	for _, part := range []string{
		`<title id="title">Requests &amp; more</title>`, "apply: 100 measured, 50 at least; plan: 10 measured.", "prefers-color-scheme: dark",
		`<rect class="large" x="150" y="40" width="12" height="12"/><text x="168" y="51">least</text>`, `<text x="290" y="51">shorter is better</text>`,
		// The longest bar takes the whole width.
		`<rect class="small" x="130" y="74" width="500.0" height="14"/><text x="636.0" y="86">100</text>`,
		`<rect class="large" x="130" y="90" width="250.0" height="14"/><text x="386.0" y="102">50</text>`,
		`<line class="core" x1="380.0"`,
	} {
		if !strings.Contains(chart, part) {
			t.Errorf("the chart lacks %q:\n%s", part, chart)
		}
	}
	if unlined := (Chart{}).svg(); strings.Contains(unlined, `<line class="core"`) {
		t.Errorf("a line that nobody asked for:\n%s", unlined)
	}
}

func TestTickEvery(t *testing.T) {
	for highest, want := range map[int]int{0: 1, 1: 1, 12: 1, 13: 2, 24: 2, 25: 5, 61: 10, 4200: 500} {
		if got := tickEvery(highest); got != want {
			t.Errorf("%d: every %d, not %d", highest, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	for number, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 20202: "20,202"} {
		if got := Thousands(number); got != want {
			t.Errorf("%d: %s", number, got)
		}
	}
	for product, want := range map[cli.Product]string{cli.OpenTofu: "Measured with OpenTofu 1.12.6, " + Machine() + ".", cli.Terraform: "Measured with Terraform 1.12.6, " + Machine() + "."} {
		if got := MeasuredWith(cli.CLI{Product: product, Version: "1.12.6"}); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}
