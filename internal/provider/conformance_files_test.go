// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/docs/importexample"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

// kind is a kind of object, with the places that the registry knows for it.
type kind struct {
	// name is how problems call it, and folder where its pages and examples are.
	name, folder string
	// example is its example's file, and heading what the changelog calls a new one.
	example, heading string
}

var (
	providerKind     = kind{"provider", "provider", "provider.tf", ""}
	resourceKind     = kind{"resource", "resources", "resource.tf", "New Resource"}
	dataSourceKind   = kind{"data source", "data-sources", "data-source.tf", "New Data Source"}
	listResourceKind = kind{"list resource", "list-resources", "list-resource.tfquery.hcl", "New List Resource"}
	ephemeralKind    = kind{"ephemeral resource", "ephemeral-resources", "ephemeral-resource.tf", "New Ephemeral Resource"}
	actionKind       = kind{"action", "actions", "action.tf", "New Action"}
	functionKind     = kind{"function", "functions", "function.tf", "New Function"}
)

// subcategories are the chapters of the registry's navigation.
func subcategories() []string {
	return []string{"Accounts", "Connections", "Configuration", "Variables", "Monitoring"}
}

// page is where the object's page is.
func (o object) page() string {
	if o.kind == providerKind {
		return "docs/index.md"
	}
	return path.Join("docs", o.kind.folder, strings.TrimPrefix(o.name, provider.TypeName+"_")+".md")
}

// exampleFile is a file of the object's examples.
func (o object) exampleFile(name string) string {
	if o.kind == providerKind {
		return path.Join("examples", "provider", name)
	}
	return path.Join("examples", o.kind.folder, o.name, name)
}

// fileProblems are those of the object's page and examples, and of what the
// changelog and the README say about it.
func (o object) fileProblems(repository fs.FS) []string {
	var problems []string
	lacks := func(file, why string) { problems = append(problems, why+" ("+file+")") }
	page, example := textOf(repository, o.page()), o.exampleFile(o.kind.example)
	if page == "" {
		lacks(o.page(), "has no page: run make docs")
	}
	if textOf(repository, example) == "" {
		lacks(example, "has no example")
	}
	if !strings.Contains(textOf(repository, "README.md"), "]("+o.page()+")") {
		lacks(o.page(), "is not linked from README.md")
	}
	if o.kind == providerKind {
		return problems
	}
	if category := subcategoryOf(page); page != "" && !slices.Contains(subcategories(), category) {
		lacks(o.page(), fmt.Sprintf("is in subcategory %q, not in one of %s", category, strings.Join(subcategories(), ", ")))
	}
	line := regexp.MustCompile(fmt.Sprintf("(?m)^\\* \\*\\*%s:\\*\\* `%s`", o.kind.heading, o.name))
	if !line.MatchString(textOf(repository, "CHANGELOG.md")) {
		lacks("CHANGELOG.md", fmt.Sprintf("is not in the changelog: write a line \"* **%s:** `%s`\" under FEATURES", o.kind.heading, o.name))
	}
	if o.kind == resourceKind {
		problems = append(problems, o.importProblems(repository, page)...)
	}
	return problems
}

// importProblems: how to import a resource stands in an example, and on its page in three ways.
func (o object) importProblems(repository fs.FS, page string) []string {
	var problems []string
	if byID := o.exampleFile(path.Join(importexample.Folder, "main.tf")); !strings.Contains(textOf(repository, byID), "id = ") {
		problems = append(problems, fmt.Sprintf("has no import example with %q (%s)", "id = ", byID))
	}
	for _, holds := range []string{"terraform import " + o.name + ".", "id = ", "identity = {"} {
		if !strings.Contains(page, holds) {
			problems = append(problems, fmt.Sprintf("does not show an import with %q on its page (%s)", holds, o.page()))
		}
	}
	for _, heading := range []string{"## Import", "### Identity Schema"} {
		if page != "" && !strings.Contains(page, "\n"+heading+"\n") {
			problems = append(problems, fmt.Sprintf("has no section %q on its page (%s)", heading, o.page()))
		}
	}
	slices.Sort(problems)
	return problems
}

var subcategoryLine = regexp.MustCompile(`(?m)^subcategory: "(.*)"$`)

// subcategoryOf reads the frontmatter of a page.
func subcategoryOf(page string) string {
	found := subcategoryLine.FindStringSubmatch(page)
	if found == nil {
		return ""
	}
	return found[1]
}

// textOf is the content of a file, empty where there is none.
func textOf(repository fs.FS, file string) string {
	content, err := fs.ReadFile(repository, file)
	if err != nil {
		return ""
	}
	return strings.ReplaceAll(string(content), "\r\n", "\n")
}

// modelProblems: what objects convert is tested by itself, in milliseconds.
func modelProblems(repository fs.FS) []string {
	models, err := fs.Glob(repository, "internal/object/*/model.go")
	if err != nil {
		return []string{err.Error()}
	}
	var problems []string
	for _, model := range models {
		if test := strings.TrimSuffix(model, ".go") + "_test.go"; !strings.Contains(textOf(repository, test), "\nfunc Test") {
			problems = append(problems, model+" has no test of its own ("+test+")")
		}
	}
	return problems
}
