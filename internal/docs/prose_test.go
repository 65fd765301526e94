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
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	checked := 0
	for _, page := range pages.paths() {
		for _, found := range link.FindAllSubmatch(pages[page], -1) {
			target, _, _ := strings.Cut(string(found[1]), "#")
			if target == "" || strings.Contains(target, "://") {
				continue
			}
			checked++
			if !exists(filepath.Join(root, path.Dir(page), target)) {
				t.Errorf("%s links to %s, which does not exist", page, target)
			}
		}
	}
	if checked < 10 {
		t.Errorf("only %d relative links were found", checked)
	}
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
