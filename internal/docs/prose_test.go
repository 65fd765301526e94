// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// handWritten are the pages at the top of the repository.
func handWritten(t *testing.T, root string) files {
	t.Helper()
	pages := files{}
	for _, name := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "SUPPORT.md", "internal/ARCHITECTURE.md", "internal/NEW_OBJECT.md", "internal/refold/FACTS.md"} {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		pages[name] = content
	}
	return pages
}

// Configuration that is not in examples/ is configuration that no test applies.
func TestConfigurationComesFromExamples(t *testing.T) {
	root := repository(t)
	examples, err := readFiles(filepath.Join(root, "examples"))
	if err != nil {
		t.Fatal(err)
	}
	templates, err := readFiles(filepath.Join(root, "templates"))
	if err != nil {
		t.Fatal(err)
	}
	fence := regexp.MustCompile("(?s)```(?:terraform|tf)\n(.*?)```")
	for _, template := range templates.paths() {
		if fence.Match(templates[template]) || bytes.Contains(templates[template], []byte("```hcl")) {
			t.Errorf("templates/%s holds configuration of its own: put it into examples/ and show it with tffile", template)
		}
	}
	blocks := fence.FindAllSubmatch(handWritten(t, root)["README.md"], -1)
	if len(blocks) == 0 {
		t.Error("README.md shows no configuration")
	}
	for _, block := range blocks {
		if !slices.ContainsFunc(examples.paths(), func(file string) bool { return bytes.Equal(examples[file], block[1]) }) {
			t.Errorf("README.md shows configuration that is no file of examples/:\n%s", block[1])
		}
	}
}

func TestLinksLeadSomewhere(t *testing.T) {
	root := repository(t)
	docs, err := readFiles(filepath.Join(root, "docs"))
	if err != nil {
		t.Fatal(err)
	}
	pages := handWritten(t, root)
	for page, content := range docs {
		pages["docs/"+page] = content
	}
	anchors := map[string][]string{}
	for page, text := range pages {
		anchors[page] = anchorsOf(string(text))
	}
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	relative, whole := 0, 0
	for _, page := range pages.paths() {
		for _, found := range link.FindAllSubmatch(pages[page], -1) {
			target, anchor, _ := strings.Cut(string(found[1]), "#")
			file, isOurs := fileOf(target)
			switch {
			case target == "":
				file = page
			case isOurs:
				whole++
			case strings.Contains(target, "://"):
				continue
			default:
				file = path.Join(path.Dir(page), target)
				relative++
			}
			if !exists(filepath.Join(root, file)) {
				t.Errorf("%s links to %s, which does not exist", page, target)
			}
			if _, isPage := pages[file]; isPage && anchor != "" && !slices.Contains(anchors[file], anchor) {
				t.Errorf("%s links to %s, but %s has no heading #%s", page, found[1], file, anchor)
			}
		}
	}
	if relative < 10 || whole < 10 {
		t.Errorf("only %d relative links were found, and %d with a whole address", relative, whole)
	}
}

// fileOf is the file of this repository that a whole address shows.
func fileOf(target string) (file string, isOurs bool) {
	for address, folder := range map[string]string{pagesAddress() + "/": "docs/", filesAddress: "", imagesAddress: "docs/"} {
		if name, found := strings.CutPrefix(target, address); found {
			if address == pagesAddress()+"/" {
				name += ".md"
			}
			return folder + name, true
		}
	}
	return "docs/index.md", target == pagesAddress()
}

// anchorsOf are those of a page's headings, as GitHub and the registries make them.
func anchorsOf(page string) []string {
	var anchors []string
	outsideOfFences(page, func(prose string) string {
		for _, heading := range regexp.MustCompile(`(?m)^#+ +(.*)$`).FindAllStringSubmatch(prose, -1) {
			kept := regexp.MustCompile(`[^\p{L}\p{N}_ -]`).ReplaceAllString(strings.ToLower(heading[1]), "")
			anchors = append(anchors, strings.ReplaceAll(kept, " ", "-"))
		}
		for _, named := range regexp.MustCompile(`<a id="([^"]+)"`).FindAllStringSubmatch(prose, -1) {
			anchors = append(anchors, named[1])
		}
		return prose
	})
	return anchors
}

// What a page refers to, it links in the same paragraph.
func TestReferencesAreLinks(t *testing.T) {
	root := repository(t)
	docs, err := readFiles(filepath.Join(root, "docs"))
	if err != nil {
		t.Fatal(err)
	}
	pages := files{"README.md": handWritten(t, root)["README.md"]}
	for page, content := range docs {
		pages["docs/"+page] = content
	}
	for _, page := range pages.paths() {
		for _, line := range unlinked(string(pages[page])) {
			t.Errorf("%s refers to something that it does not link: %s", page, line)
		}
	}
}

func TestReferencesWithoutLinksAreFound(t *testing.T) {
	page := "As FACTS 2.1.6 has it.\n\nBy the [rules above](#rules).\n\nBy the rules above.\n\nA switch of the mock.\n\nFor more, see below.\n\nThe guide *Testing* says it.\n\n```text\nsee below\n```\n\nA rule of thumb.\n"
	want := []string{"As FACTS 2.1.6 has it.", "By the rules above.", "A switch of the mock.", "For more, see below.", "The guide *Testing* says it."}
	if got := unlinked(page); !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}

// unlinked are the paragraphs that send their readers somewhere without a link: to the facts, the
// rules, the switches of the mock, another place of the page, a guide.
func unlinked(page string) []string {
	reference := regexp.MustCompile(`(?i)\bFACTS\b|\bswitch(es)? (of|in) (the|its) mock|\brules? (as )?(above|below)\b|\bsee (above|below)\b|\bguide \*`)
	var found []string
	outsideOfFences(page, func(prose string) string {
		for line := range strings.Lines(prose) {
			if reference.MatchString(line) && !strings.Contains(line, "](") {
				found = append(found, strings.TrimSpace(line))
			}
		}
		return prose
	})
	return found
}

// exists takes the registry's links, which leave .md out, for what they mean.
func exists(file string) bool {
	for _, candidate := range []string{file, file + ".md"} {
		if _, err := os.Stat(candidate); err == nil {
			return true
		}
	}
	return false
}

// Every package has its paragraph on the page of the architecture, and every paragraph its package.
func TestArchitectureNamesEveryPackage(t *testing.T) {
	root := repository(t)
	page, err := os.ReadFile(filepath.Join(root, "internal", "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, found := range regexp.MustCompile("\\*\\*`([a-z/]+)`\\*\\*").FindAllSubmatch(page, -1) {
		name := string(found[1])
		named[name] = true
		if !exists(filepath.Join(root, "internal", name)) {
			t.Errorf("the page describes internal/%s, which does not exist", name)
		}
	}
	entries, err := os.ReadDir(filepath.Join(root, "internal"))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() && !named[entry.Name()] {
			t.Errorf("internal/%s has no paragraph in internal/ARCHITECTURE.md, which begins with its name in bold", entry.Name())
		}
	}
}

func TestMakeTargetsExist(t *testing.T) {
	root := repository(t)
	makefile, err := os.ReadFile(filepath.Join(root, "GNUmakefile"))
	if err != nil {
		t.Fatal(err)
	}
	target := regexp.MustCompile("(?m)(?:`|^)make ([a-z-]+)")
	named := map[string]bool{}
	for page, content := range handWritten(t, root) {
		for _, found := range target.FindAllSubmatch(content, -1) {
			name := string(found[1])
			named[name] = true
			if !regexp.MustCompile(`(?m)^` + name + `:`).Match(makefile) {
				t.Errorf("%s names make %s, which does not exist", page, name)
			}
		}
	}
	if !named["demo"] || !named["test"] {
		t.Errorf("the pages name only %v", named)
	}
}
