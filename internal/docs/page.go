// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// files are contents by path, with slashes, relative to the folder that they were read from.
type files map[string][]byte

// paths returns the paths in order.
func (f files) paths() []string { return slices.Sorted(maps.Keys(f)) }

// object is one thing that the provider offers.
type object struct {
	folder string // of its page below docs/ and of its examples below examples/
	name   string
}

// page is where tfplugindocs puts the object's page, below docs/.
func (o object) page() string {
	return path.Join(o.folder, strings.TrimPrefix(o.name, providerName+"_")+".md")
}

// example is the pattern of its example files, below examples/.
func (o object) example() string {
	extension := ".tf"
	if o.folder == "list-resources" {
		extension = ".tfquery.hcl"
	}
	return path.Join(o.folder, o.name, strings.TrimSuffix(o.folder, "s")+"*"+extension)
}

func (o object) String() string {
	return strings.ReplaceAll(strings.TrimSuffix(o.folder, "s"), "-", " ") + " " + o.name
}

// objectsOf lists what a provider offers, in order.
func objectsOf(schema *tfjson.ProviderSchema) []object {
	var objects []object
	add := func(folder string, names []string) {
		for _, name := range names {
			objects = append(objects, object{folder, name})
		}
	}
	add("resources", slices.Sorted(maps.Keys(schema.ResourceSchemas)))
	add("data-sources", slices.Sorted(maps.Keys(schema.DataSourceSchemas)))
	add("ephemeral-resources", slices.Sorted(maps.Keys(schema.EphemeralResourceSchemas)))
	add("list-resources", slices.Sorted(maps.Keys(schema.ListResourceSchemas)))
	add("actions", slices.Sorted(maps.Keys(schema.ActionSchemas)))
	add("functions", slices.Sorted(maps.Keys(schema.Functions)))
	add("state-stores", slices.Sorted(maps.Keys(schema.StateStoreSchemas)))
	return objects
}

// checkPages lists what is wrong with generated pages, whatever docs/ holds.
// The generator itself is silent about a page that it did not make.
func checkPages(objects []object, pages, examples files) []string {
	var problems []string
	expected := map[string]bool{"index.md": true}
	if len(bytes.TrimSpace(pages["index.md"])) == 0 {
		problems = append(problems, "the provider has no page: docs/index.md was not generated")
	}
	for _, one := range objects {
		expected[one.page()] = true
		if len(bytes.TrimSpace(pages[one.page()])) == 0 {
			problems = append(problems, fmt.Sprintf("%s has no page: docs/%s was not generated", one, one.page()))
		}
		if !slices.ContainsFunc(examples.paths(), func(file string) bool { return matches(one.example(), file) }) {
			problems = append(problems, fmt.Sprintf("%s has no example: write one as examples/%s", one, one.example()))
		}
	}
	for _, page := range pages.paths() {
		if path.Ext(page) == ".md" && !expected[page] && path.Dir(page) != "guides" {
			problems = append(problems, fmt.Sprintf("docs/%s is a page for nothing that the provider offers: remove its template, templates/%[1]s.tmpl or templates/%[1]s", page))
		}
	}
	return append(problems, checkExamples(pages, examples)...)
}

// checkExamples lists the example files that no page shows: a folder with a wrong name, for one,
// goes unnoticed otherwise. A module has a page of its own, and is shown by that.
func checkExamples(pages, examples files) []string {
	var problems []string
	for _, file := range examples.paths() {
		if !slices.Contains([]string{".tf", ".hcl", ".sh", ".jq", ".rego"}, path.Ext(file)) || matches("demo/*", file) || strings.HasPrefix(file, "modules/") {
			continue
		}
		shown := slices.ContainsFunc(pages.paths(), func(page string) bool {
			return bytes.Contains(pages[page], bytes.TrimSpace(examples[file]))
		})
		if !shown {
			problems = append(problems, fmt.Sprintf("examples/%s is on no page: name it as tfplugindocs expects, or show it in a template with {{ tffile \"examples/%[1]s\" }}", file))
		}
	}
	return problems
}

func matches(pattern, name string) bool {
	matched, err := path.Match(pattern, name)
	return err == nil && matched
}
