// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/gocobalt/terraform-provider-refold/internal/docs/importexample"
)

// Templates of an object that has none of its own, and of what a resource has besides.
var (
	//go:embed object.md.tmpl
	objectTemplate string
	//go:embed import.md.tmpl
	importTemplate string
)

// derive adds what follows from the rest of the sources: templates of objects, the ways to import a
// resource, and the table of supported versions. What is written by hand stays.
func derive(sources files, schema *tfjson.ProviderSchema) error {
	for _, file := range sources.paths() {
		if strings.HasPrefix(file, "templates/") && strings.HasSuffix(file, ".tmpl") {
			table := strings.TrimSpace(versionsTable(string(sources["README.md"])))
			sources[file] = bytes.ReplaceAll(sources[file], []byte(versionsMark), []byte(table))
		}
	}
	for _, one := range objectsOf(schema) {
		if one.folder == "functions" || one.folder == "state-stores" {
			continue
		}
		template, examples := objectTemplate, path.Join("examples", one.folder, one.name)
		if byID, ok := sources[path.Join(examples, importexample.Folder, "main.tf")]; ok {
			template += importTemplate
			if err := deriveImports(sources, examples, string(byID), schema.ResourceIdentitySchemas[one.name]); err != nil {
				return fmt.Errorf("%s/%s/main.tf: %w", examples, importexample.Folder, err)
			}
		}
		subcategory := subcategoryOf(one, string(sources["README.md"]))
		sources.addUnlessThere("templates/"+one.page()+".tmpl",
			strings.NewReplacer("SUBCATEGORY", subcategory, "EXAMPLES", examples).Replace(template))
	}
	return nil
}

// deriveImports: an identity of several attributes does not follow from an id.
func deriveImports(sources files, examples, byID string, identity *tfjson.IdentitySchema) error {
	command, err := importexample.Command(byID)
	if err != nil {
		return err
	}
	sources.addUnlessThere(path.Join(examples, "import.sh"), command)
	if identity == nil || len(identity.Attributes) != 1 {
		return nil
	}
	byIdentity, err := importexample.ByIdentity(byID, slices.Collect(maps.Keys(identity.Attributes))[0])
	sources.addUnlessThere(path.Join(examples, "import-by-identity", "main.tf"), byIdentity)
	return err
}

// addUnlessThere keeps a file that is there already.
func (f files) addUnlessThere(file, content string) {
	if _, exists := f[file]; !exists {
		f[file] = []byte(content)
	}
}

// subcategoryOf is the chapter under which the README links the page of an object, empty for none.
func subcategoryOf(one object, readme string) string {
	found := regexp.MustCompile(`(?m)^- (\w+): .*\]\(docs/` + regexp.QuoteMeta(one.page()) + `\)`).FindStringSubmatch(readme)
	if found == nil {
		return ""
	}
	return found[1]
}
