// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/gocobalt/terraform-provider-refold/internal/cli"
)

// source makes a folder with examples for everything that everyKind offers, and with the further
// files.
func source(t *testing.T, further files) string {
	t.Helper()
	folder := t.TempDir()
	things := "- Things: [one](docs/resources/thing.md), [to read](docs/data-sources/thing.md)\n\n"
	all := files{"README.md": []byte(things + versionsTable(string(handWritten(t, repository(t))["README.md"]))), "templates/guides/start.md.tmpl": []byte("---\npage_title: Start\n---\n\n{{ tffile \"examples/guides/start/main.tf\" }}\n")}
	for _, example := range []string{
		"provider/provider.tf", "resources/refold_thing/resource.tf", "data-sources/refold_thing/data-source.tf",
		"ephemeral-resources/refold_token/ephemeral-resource.tf", "list-resources/refold_thing/list-resource.tfquery.hcl",
		"actions/refold_poke/action.tf", "functions/join/function.tf", "state-stores/refold_store/state-store.tf", "guides/start/main.tf",
	} {
		all["examples/"+example] = []byte("# " + example + "\n")
	}
	for _, set := range []files{all, further} {
		for _, file := range set.paths() {
			if err := writeFile(folder, file, set[file]); err != nil {
				t.Fatal(err)
			}
		}
	}
	return folder
}

func everySchema(t *testing.T) *tfjson.ProviderSchema {
	t.Helper()
	schema, err := readSchema(t.Context(), everyKind())
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func repository(t *testing.T) string {
	t.Helper()
	root, err := cli.RepositoryRoot()
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// This runs tfplugindocs itself: a version that does not know a kind of object leaves its pages out
// without a word.
func TestEveryKindGetsAPage(t *testing.T) {
	folder := source(t, files{"docs/index.md": []byte("as it was"), "templates/images/chart.svg": []byte("<svg/>")})
	pages, err := generate(t.Context(), repository(t), folder, everySchema(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"actions/poke.md", "data-sources/thing.md", "ephemeral-resources/token.md", "functions/join.md", "guides/start.md", "images/chart.svg",
		"index.md", "list-resources/thing.md", "resources/thing.md", "state-stores/store.md",
	}
	if got := pages.paths(); !slices.Equal(got, want) {
		t.Errorf("pages %q, want %q", got, want)
	}
	for page, text := range map[string]string{
		"resources/thing.md":           "- `secret` (String, Sensitive, [Write-only]",
		"actions/poke.md":              "Pokes a thing.",
		"list-resources/thing.md":      "# list-resources/refold_thing/list-resource.tfquery.hcl",
		"functions/join.md":            "join(by string, parts dynamic...) map of list of bool",
		"state-stores/store.md":        "Stores states.",
		"ephemeral-resources/token.md": "Mints a token.",
	} {
		if !strings.Contains(string(pages[page]), text) {
			t.Errorf("%s does not show %q:\n%s", page, text, pages[page])
		}
	}
	unchanged, err := readFiles(folder + "/docs")
	if err != nil || len(unchanged) != 1 || string(unchanged["index.md"]) != "as it was" {
		t.Errorf("generating changed docs/: %q, %v", unchanged.paths(), err)
	}
}

func TestGenerateRefuses(t *testing.T) {
	tests := map[string]struct {
		further files
		want    string
	}{
		"a template for nothing": {files{"templates/resources/gone.md.tmpl": []byte("# Gone\n")},
			"docs/resources/gone.md is a page for nothing that the provider offers"},
		"an empty template": {files{"templates/resources/thing.md.tmpl": nil}, "resource refold_thing has no page"},
		"an example for nothing": {files{"examples/resources/refold_gone/resource.tf": []byte("# gone\n")},
			"examples/resources/refold_gone/resource.tf is on no page"},
		"a template that does not work": {files{"templates/guides/start.md.tmpl": []byte("{{ tffile \"examples/gone.tf\" }}")}, "tfplugindocs generate: exit status 1: unable to generate website: "},
		"a link to nothing":             {files{"templates/guides/start.md.tmpl": []byte("{{ tffile \"examples/guides/start/main.tf\" }}\n\n[gone](gone)\n")}, "finish the pages: docs/guides/start.md links to gone"},
		"what the registry refuses":     {files{"templates/guides/start.md.tmpl": []byte("{{ tffile \"examples/guides/start/main.tf\" }}")}, "tfplugindocs validate: exit status 1: validation errors found: \ndocs/guides/start.md: "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := generate(t.Context(), repository(t), source(t, test.further), everySchema(t))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v does not say %q", err, test.want)
			}
		})
	}
}

func TestReasonOfTfplugindocs(t *testing.T) {
	t.Parallel()
	for output, want := range map[string]string{
		"rendering \"index.md.tmpl\"\nError executing command: no such file\n\nexit status 1\n": "no such file",
		"Error executing command: two errors:\none\nanother\n":                                  "two errors:\none\nanother",
		"go: no such tool \"tfplugindocs\"\n":                                                   "go: no such tool \"tfplugindocs\"",
	} {
		if got := reasonIn(output); got != want {
			t.Errorf("reason %q, want %q", got, want)
		}
	}
}
