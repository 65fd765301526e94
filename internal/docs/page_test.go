// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"
)

func TestCheckPages(t *testing.T) {
	thing := object{folder: "resources", name: "refold_thing"}
	list := object{folder: "list-resources", name: "refold_thing"}
	pages := func() files {
		return files{
			"index.md":                []byte("use"),
			"resources/thing.md":      []byte("A thing:\n```\nresource\n```\n"),
			"list-resources/thing.md": []byte("Things:\n```\nlist\n```\n"),
			"guides/start.md":         []byte("Begin."),
			"images/chart.svg":        []byte("<svg/>"),
		}
	}
	examples := func() files {
		return files{
			"provider/provider.tf":                                  []byte("use\n"),
			"resources/refold_thing/resource-large.tf":              []byte("resource\n"),
			"list-resources/refold_thing/list-resource.tfquery.hcl": []byte("list\n"),
			"demo/main.tf":                      []byte("shown nowhere\n"),
			"resources/refold_thing/things.csv": []byte("shown nowhere\n"),
		}
	}
	tests := map[string]struct {
		spoil func(pages, examples files)
		want  string // of the one problem; empty: none
	}{
		"nothing wrong":    {func(files, files) {}, ""},
		"no provider page": {func(pages, _ files) { pages["index.md"] = []byte(" \n"); pages["guides/start.md"] = []byte("use") }, "the provider has no page"},
		"no page": {func(pages, _ files) {
			delete(pages, "resources/thing.md")
			pages["guides/start.md"] = []byte("resource")
		}, "resource refold_thing has no page: docs/resources/thing.md"},
		"no page of its list": {func(pages, _ files) {
			delete(pages, "list-resources/thing.md")
			pages["guides/start.md"] = []byte("list")
		}, "list resource refold_thing has no page: docs/list-resources/thing.md"},
		"a page for nothing":    {func(pages, _ files) { pages["actions/thing.md"] = []byte("Gone.") }, "docs/actions/thing.md is a page for nothing"},
		"a page in no folder":   {func(pages, _ files) { pages["start.md"] = []byte("Begin.") }, "docs/start.md is a page for nothing"},
		"no example":            {func(_, examples files) { delete(examples, "resources/refold_thing/resource-large.tf") }, "resource refold_thing has no example: write one as examples/resources/refold_thing/resource*.tf"},
		"an example on no page": {func(_, examples files) { examples["resources/refold_thing/import.sh"] = []byte("import\n") }, "examples/resources/refold_thing/import.sh is on no page"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			pages, examples := pages(), examples()
			test.spoil(pages, examples)
			problems := checkPages([]object{thing, list}, pages, examples)
			if test.want == "" && len(problems) == 0 {
				return
			}
			if test.want == "" || len(problems) != 1 || !strings.Contains(problems[0], test.want) {
				t.Errorf("problems %q, want one that says %q", problems, test.want)
			}
		})
	}
}
