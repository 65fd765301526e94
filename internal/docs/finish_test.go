// SPDX-License-Identifier: MPL-2.0

package main

import (
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"
)

func featuresOfReadme(t *testing.T) []feature {
	t.Helper()
	features, err := readFeatures(string(handWritten(t, repository(t))["README.md"]))
	if err != nil {
		t.Fatal(err)
	}
	return features
}

func TestLinkWholly(t *testing.T) {
	const registry, repo, raw = "https://registry.terraform.io/providers/gocobalt/refold/latest/docs", "https://github.com/gocobalt/terraform-provider-refold/blob/main/", "https://raw.githubusercontent.com/gocobalt/terraform-provider-refold/main/docs/"
	pages := files{"index.md": nil, "resources/thing.md": []byte("x"), "guides/start.md": []byte("x"), "guides/end.md": []byte("x"), "images/a.svg": []byte("<svg/>")}
	pages["index.md"] = []byte("x")
	for link, want := range map[string]string{
		"[a](../resources/thing)":           "[a](" + registry + "/resources/thing)",
		"[a](../resources/thing.md#import)": "[a](" + registry + "/resources/thing#import)",
		"[a](end) [b](./end.md)":            "[a](" + registry + "/guides/end) [b](" + registry + "/guides/end)",
		"[a](../index.md)":                  "[a](" + registry + ")",
		"![a](../images/a.svg)":             "![a](" + raw + "images/a.svg)",
		"[a](../../go.mod)":                 "[a](" + repo + "go.mod)",
		"[a](#b) [c](https://d.example/)":   "[a](#b) [c](https://d.example/)",
		"```text\n[a](gone)\n```\n":         "```text\n[a](gone)\n```\n",
	} {
		pages["guides/start.md"] = []byte(link)
		if got, err := linkWholly(pages, repository(t), "guides/start.md"); err != nil || got != want {
			t.Errorf("%q became %q, not %q: %v", link, got, want, err)
		}
	}
	for _, gone := range []string{"[a](gone)", "[a](../../gone.md)", "[a](../../../go.mod)"} {
		pages["guides/start.md"] = []byte(gone)
		if _, err := linkWholly(pages, repository(t), "guides/start.md"); err == nil || !strings.Contains(err.Error(), "docs/guides/start.md links to ") {
			t.Errorf("%s: %v", gone, err)
		}
	}
}

func TestRunAlone(t *testing.T) {
	const provider = "  required_providers {\n    refold = {\n      source = \"gocobalt/refold\"\n    }\n  }\n"
	fence := func(content string) string { return "```terraform\n" + content + "```\n" }
	plain, query := "resource \"refold_thing\" \"a\" {\n}\n", "list \"refold_thing\" \"a\" {\n}\n"
	writeOnly, function := "resource \"refold_thing\" \"a\" {\n  key_wo = 1\n}\n", "locals {\n  a = provider::refold::f()\n}\n"
	tests := map[string]struct{ page, want string }{
		"once":           {fence(plain) + fence(plain), fence("terraform {\n"+provider+"}\n\n"+plain) + fence(plain)},
		"with a version": {fence(writeOnly), fence("terraform {\n  required_version = \">= 1.11\"\n\n" + provider + "}\n\n" + writeOnly)},
		"a later one needs more": {fence(plain) + fence(writeOnly) + fence(function),
			fence("terraform {\n"+provider+"}\n\n"+plain) + fence("terraform {\n  required_version = \">= 1.11\"\n}\n\n"+writeOnly) + fence(function)},
		"two features of one version": {fence("import {\n  for_each = refold_things\n}\n") + fence("import {\n  for_each = refold_things\n}\n\nremoved {\n}\n") + fence("removed {\n  from = refold_thing.a\n}\n"),
			fence("terraform {\n  required_version = \">= 1.7\"\n\n"+provider+"}\n\nimport {\n  for_each = refold_things\n}\n") +
				fence("terraform {\n  required_version = \">= 1.7\" # with OpenTofu, 1.10\n}\n\nimport {\n  for_each = refold_things\n}\n\nremoved {\n}\n") + fence("removed {\n  from = refold_thing.a\n}\n")},
		"OpenTofu has it later": {fence("ephemeral \"refold_token\" \"a\" {\n}\n"),
			fence("terraform {\n  required_version = \">= 1.10\" # with OpenTofu, 1.11\n\n" + provider + "}\n\nephemeral \"refold_token\" \"a\" {\n}\n")},
		"a query":           {fence(query), "In a file that ends in `.tf`:\n\n" + fence("terraform {\n  required_version = \">= 1.14\" # not in OpenTofu\n\n"+provider+"}\n") + "\nIn a file that ends in `.tfquery.hcl`:\n\n" + fence(query)},
		"a query beside it": {fence(plain) + fence(query), fence("terraform {\n"+provider+"}\n\n"+plain) + fence(query)},
		"named by hand":     {fence("terraform {\n" + provider + "}\n"), fence("terraform {\n" + provider + "}\n")},
		"tests":             {fence("mock_provider \"refold\" {}\n"), fence("mock_provider \"refold\" {}\n")},
		"nothing of ours":   {fence("output \"a\" {\n}\n"), fence("output \"a\" {\n}\n")},
		"no configuration":  {"```shell\nrefold\n```\n", "```shell\nrefold\n```\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if difference := cmp.Diff(test.want, runAlone(test.page, featuresOfReadme(t))); difference != "" {
				t.Error(difference)
			}
		})
	}
}

// Each page is what both registries show whole: not too large, in a subcategory, with whole
// addresses, and with examples that run alone.
func TestPagesShowRight(t *testing.T) {
	const most = 500_000 // bytes, more than which the registry cuts off
	docs, err := readFiles(filepath.Join(repository(t), "docs"))
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for _, page := range docs.paths() {
		if len(docs[page]) > most {
			t.Errorf("docs/%s has %d bytes, more than %d", page, len(docs[page]), most)
		}
		if path.Ext(page) != ".md" {
			continue
		}
		text := string(docs[page])
		if isObject := strings.Contains(page, "/") && path.Dir(page) != "guides"; isObject && !regexp.MustCompile(`(?m)^subcategory: "\w+"$`).MatchString(text) {
			t.Errorf("docs/%s has no subcategory", page)
		}
		outsideOfFences(text, func(prose string) string {
			for _, found := range link.FindAllStringSubmatch(prose, -1) {
				if !strings.HasPrefix(found[1], "#") && !strings.HasPrefix(found[1], "https://") {
					t.Errorf("docs/%s links to %s, which a registry does not find", page, found[1])
				}
			}
			return prose
		})
		if again := runAlone(text, featuresOfReadme(t)); again != text {
			t.Errorf("docs/%s has an example that does not run alone:\n%s", page, cmp.Diff(text, again))
		}
	}
}

// What is written by hand, nothing is added to, so it has to say by itself which version it takes.
func TestBlocksByHandSayTheirVersion(t *testing.T) {
	examples, err := readFiles(filepath.Join(repository(t), "examples"))
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, file := range examples.paths() {
		content := string(examples[file])
		want := needsOf(content, featuresOfReadme(t)).terraform
		if !strings.HasSuffix(file, ".tf") || !regexp.MustCompile(`(?m)^terraform \{`).MatchString(content) || want == nil {
			continue
		}
		checked++
		said := regexp.MustCompile(`required_version = ">= ([^"]+)"`).FindStringSubmatch(content)
		if said == nil || version.Must(version.NewVersion(said[1])).LessThan(want) {
			t.Errorf("examples/%s needs Terraform %s and says %q", file, want, said)
		}
	}
	if checked < 3 {
		t.Errorf("only %d files were checked", checked)
	}
}

func TestReadFeaturesRefuses(t *testing.T) {
	readme := string(handWritten(t, repository(t))["README.md"])
	for name, test := range map[string]struct{ from, to, want string }{
		"a line that is gone": {"| `terraform query` |", "| Queries |", "README.md has no line \"`terraform query`\""},
		"a version in words":  {"| `terraform query` | 1.14 and later | no |", "| `terraform query` | 1.14 and later | not yet |", "\"not yet\" is neither"},
		"no version":          {"| `terraform query` | 1.14 and later |", "| `terraform query` | x and later |", "supported versions, `terraform query`: malformed version: x"},
	} {
		if _, err := readFeatures(strings.Replace(readme, test.from, test.to, 1)); err == nil || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(test.want)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
