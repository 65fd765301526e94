// SPDX-License-Identifier: MPL-2.0

package main

import (
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// That each link leads somewhere is tested by TestLinksLeadSomewhere.
func TestReadmeLinksEveryPage(t *testing.T) {
	root := repository(t)
	docs, err := readFiles(filepath.Join(root, "docs"))
	if err != nil {
		t.Fatal(err)
	}
	linked := map[string]bool{}
	for _, link := range regexp.MustCompile(`\]\(docs/([^)]+)\)`).FindAllSubmatch(handWritten(t, root)["README.md"], -1) {
		linked[string(link[1])] = true
	}
	for _, page := range docs.paths() {
		if strings.HasSuffix(page, ".md") && !linked[page] {
			t.Errorf("README.md does not link docs/%s: add it to the list under Documentation", page)
		}
	}
}

// The README has the chapters of the registry's navigation: templates are derived from it.
func TestReadmeHasTheSubcategories(t *testing.T) {
	root := repository(t)
	docs, err := readFiles(filepath.Join(root, "docs"))
	if err != nil {
		t.Fatal(err)
	}
	readme := string(handWritten(t, root)["README.md"])
	for page, text := range docs {
		folder := path.Dir(page)
		if folder == "." || folder == "guides" || path.Ext(page) != ".md" {
			continue
		}
		one := object{folder, strings.TrimSuffix(path.Base(page), ".md")}
		if want := subcategoryOf(one, readme); !strings.Contains(string(text), "\nsubcategory: \""+want+"\"\n") {
			t.Errorf("docs/%s is not in the subcategory %q, under which README.md links it", page, want)
		}
	}
}
