// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
)

const importByID = "import {\n  to = refold_thing.one\n  id = \"1\"\n}\n"

// An object with nothing but its examples has a whole page, in the chapter that the README names.
func TestPageOfAnObjectWithoutATemplate(t *testing.T) {
	schema := everySchema(t)
	schema.ResourceIdentitySchemas["refold_thing"] = &tfjson.IdentitySchema{
		Attributes: map[string]*tfjson.IdentityAttribute{"name": {IdentityType: schema.ResourceIdentitySchemas["refold_thing"].Attributes["name"].IdentityType, RequiredForImport: true}},
	}
	folder := source(t, files{"examples/resources/refold_thing/import-by-string-id/main.tf": []byte(importByID)})
	pages, err := generate(t.Context(), repository(t), folder, schema)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		"subcategory: \"Things\"", "# resources/refold_thing/resource.tf", "\n## Schema\n", "\n## Import\n", "id = \"1\"",
		"identity = {\n    name = \"1\"\n  }", "terraform import refold_thing.one 1", "\n### Identity Schema\n",
	} {
		if !strings.Contains(string(pages["resources/thing.md"]), part) {
			t.Errorf("the page does not show %q:\n%s", part, pages["resources/thing.md"])
		}
	}
	if page := string(pages["data-sources/thing.md"]); !strings.Contains(page, "subcategory: \"Things\"") || strings.Contains(page, "## Import") {
		t.Errorf("the page of the data source:\n%s", page)
	}
}

// What is written by hand stays, and an identity of several attributes does not follow from an id.
func TestDeriveKeepsWhatIsWritten(t *testing.T) {
	const folder = "examples/resources/refold_thing/"
	sources := files{
		folder + "import-by-string-id/main.tf": []byte(importByID),
		folder + "import.sh":                   []byte("# By hand.\n"),
		"templates/resources/thing.md.tmpl":    []byte("# By hand\n"),
	}
	if err := derive(sources, everySchema(t)); err != nil {
		t.Fatal(err)
	}
	if got := string(sources[folder+"import.sh"]) + string(sources["templates/resources/thing.md.tmpl"]); got != "# By hand.\n# By hand\n" {
		t.Errorf("what was written is %q", got)
	}
	if derived, exists := sources[folder+"import-by-identity/main.tf"]; exists {
		t.Errorf("an identity of two attributes was derived:\n%s", derived)
	}
	err := derive(files{folder + "import-by-string-id/main.tf": []byte("resource")}, everySchema(t))
	if err == nil || !strings.Contains(err.Error(), folder+"import-by-string-id/main.tf: there is no import block") {
		t.Errorf("without an import block: %v", err)
	}
}
