// SPDX-License-Identifier: MPL-2.0

package scale

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

func TestPublish(t *testing.T) {
	root := t.TempDir()
	guide := filepath.Join(root, filepath.FromSlash(guideFile))
	if err := os.MkdirAll(filepath.Dir(guide), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(guide, []byte("Before.\n\n"+figuresBegin+"old\n"+figuresEnd+"\nAfter.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // writing again changes nothing
		if err := good().Publish(root); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	want := "Before.\n\n" + figuresBegin + good().guideFigures() + figuresEnd + "\nAfter.\n"
	if string(text) != want {
		t.Errorf("the guide is\n%s\nand not\n%s", text, want)
	}
	for _, part := range []string{
		"Measured with OpenTofu 1.12.6, " + Machine(),
		"| 10,000 in `refold_linked_accounts`, no limit | plan | 0 | × 3.00 | - | 400 MB |",
		"| 10,000 in `refold_linked_accounts`, 200/s | apply | 10,001 | - | × 1.10 | 300 MB |",
	} {
		if !strings.Contains(want, part) {
			t.Errorf("the figures lack %q:\n%s", part, want)
		}
	}
	chart, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(chartFile)))
	if err != nil {
		t.Fatal(err)
	}
	checkChart(t, string(chart))
}

func checkChart(t *testing.T, chart string) {
	t.Helper()
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
		"<title id=", "no-op plan: 0.5 for 1,000 accounts, 6.0 for 10,000 accounts", "prefers-color-scheme: dark",
		// 6 times core is the longest bar, and takes the whole width.
		`<rect class="large" x="130" y="124" width="500.0" height="14"/><text x="636.0" y="136">× 6.0</text>`,
	} {
		if !strings.Contains(chart, part) {
			t.Errorf("the chart lacks %q:\n%s", part, chart)
		}
	}
}

// Without the marks, a run would end after a quarter of an hour with nothing to write into.
func TestGuideHasMarks(t *testing.T) {
	root, err := cli.RepositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	guide, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(guideFile)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := replaceFigures(string(guide), "new\n"); err != nil {
		t.Error(err)
	}
	if link := "../" + strings.TrimPrefix(chartFile, "templates/"); !strings.Contains(string(guide), link) {
		t.Errorf("the guide does not show %s", link)
	}
}

// A guide that has lost its marks is left alone.
func TestReplaceFigures(t *testing.T) {
	for _, guide := range []string{"", figuresBegin, figuresEnd, figuresEnd + figuresBegin} {
		if got, err := replaceFigures(guide, "new\n"); err == nil {
			t.Errorf("%q became %q", guide, got)
		}
	}
}
