// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const workedExample = "internal/NEW_OBJECT.md"

// A worked example that no longer works is worse than none: the Go and YAML files of the page are
// put over the repository, compiled, and tried by the battery, but for the case that builds the
// provider from the repository itself.
func TestWorkedExample(t *testing.T) {
	t.Parallel()
	root, folder := repository(t), t.TempDir()
	overlay := map[string]string{}
	for path, content := range exampleFiles(t, root) {
		if extension := filepath.Ext(path); extension != ".go" && extension != ".yaml" {
			continue
		}
		if err := writeFile(folder, path, []byte(content)); err != nil {
			t.Fatal(err)
		}
		overlay[filepath.Join(root, filepath.FromSlash(path))] = filepath.Join(folder, filepath.FromSlash(path))
	}
	encoded, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		t.Fatal(err)
	}
	const file = "overlay.json"
	if err := writeFile(folder, file, encoded); err != nil {
		t.Fatal(err)
	}
	run := func(in, name string, arguments ...string) {
		command := exec.CommandContext(t.Context(), name, arguments...)
		command.Dir = in
		if output, err := command.CombinedOutput(); err != nil {
			t.Errorf("%s does not work (%v):\n%s", workedExample, err, output)
		}
	}
	// The folder of the new package is not there, so its tests run beside the files of the page.
	binary := filepath.Join(folder, "webhook.test")
	run(root, "go", "test", "-overlay", filepath.Join(folder, file), "-vet=off", "-c", "-o", binary, "./internal/object/webhook")
	run(filepath.Join(folder, "internal", "object", "webhook"), binary, "-update")
	run(root, "go", "test", "-overlay", filepath.Join(folder, file), "-vet=off", "-count=1",
		"-run", "^Test(Battery|EveryObject|EveryMethod|Operations|OneWay|WhatIs)/refold_webhook/^[^b]",
		"./internal/refold", "./internal/acctest/registered")
}

// exampleFiles are the files of the page, whole, by their paths in the repository.
func exampleFiles(t *testing.T, root string) map[string]string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(root, workedExample))
	if err != nil {
		t.Fatal(err)
	}
	changed := map[string]string{}
	for _, found := range regexp.MustCompile("(?ms)^`([^`\n]+)`:\n\n```([a-z]+)\n(.*?)^```$").FindAllStringSubmatch(string(page), -1) {
		path, language, text := found[1], found[2], found[3]
		content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
		switch before, isChanged := changed[path]; {
		case language != "diff":
			if err == nil && string(content) != text {
				t.Errorf("the repository has %s by now, and another one: let %s show the real files, or link to them and take this test away", path, workedExample)
			}
			changed[path] = text
		case isChanged:
			changed[path] = inserted(t, path, before, text)
		case err != nil:
			t.Fatal(err)
		default:
			changed[path] = inserted(t, path, string(content), text)
		}
	}
	if len(changed) < 10 {
		t.Errorf("only %d files were found on %s", len(changed), workedExample)
	}
	return changed
}

// inserted puts the lines of a diff that begin with a plus after the one line that does not, unless
// they are there already.
func inserted(t *testing.T, path, before, diff string) string {
	t.Helper()
	context, added, _ := strings.Cut(diff, "\n")
	anchor := strings.TrimPrefix(context, " ") + "\n"
	if strings.Count("\n"+before, "\n"+anchor) != 1 {
		t.Errorf("%s has no line %q, or several, after which %s could add something", path, anchor, workedExample)
	}
	added = strings.TrimPrefix(strings.ReplaceAll("\n"+strings.TrimSuffix(added, "\n"), "\n+", "\n"), "\n") + "\n"
	if strings.Contains(before, added) {
		return before
	}
	return strings.Replace(before, anchor, anchor+added, 1)
}
