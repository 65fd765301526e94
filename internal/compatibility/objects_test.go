// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

// What the provider tells a CLI is all among the facts: every object, and every attribute of it.
func TestFactsHoldWhatACLISees(t *testing.T) {
	facts, err := providerFacts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	seen, err := provider.NewServer("test").GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{}
	wantAll := func(object string, block *tfprotov6.SchemaBlock) {
		addPaths(missing, object+" ", block.Attributes, block.BlockTypes)
	}
	wantAll("provider", seen.Provider.Block)
	for prefix, schemas := range map[string]map[string]*tfprotov6.Schema{
		"resource/": seen.ResourceSchemas, "data-source/": seen.DataSourceSchemas,
		"list-resource/": seen.ListResourceSchemas, "ephemeral-resource/": seen.EphemeralResourceSchemas,
	} {
		for name, one := range schemas {
			wantAll(prefix+name, one.Block)
		}
	}
	for name, one := range seen.ActionSchemas {
		wantAll("action/"+name, one.Schema.Block)
	}
	for name := range seen.Functions {
		missing["function/"+name+" return"] = true
	}
	if len(missing) < 200 {
		t.Errorf("a CLI sees only %d attributes", len(missing))
	}
	for _, fact := range facts {
		delete(missing, fact.Object+" "+fact.Part)
	}
	for place := range missing {
		t.Errorf("nothing is written down of %s", place)
	}
}

func addPaths(paths map[string]bool, prefix string, attributes []*tfprotov6.SchemaAttribute, blocks []*tfprotov6.SchemaNestedBlock) {
	for _, one := range attributes {
		paths[prefix+one.Name] = true
		if one.NestedType != nil {
			addPaths(paths, prefix+one.Name+".", one.NestedType.Attributes, nil)
		}
	}
	for _, one := range blocks {
		paths[prefix+one.TypeName] = true
		addPaths(paths, prefix+one.TypeName+".", one.Block.Attributes, one.Block.BlockTypes)
	}
}

// What is needed of a CLI is what README.md promises, so that nobody raises it there alone.
func TestNeedsAreThoseOfTheReadme(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	promised := map[string]bool{}
	for _, row := range regexp.MustCompile(`(?m)^\| .+ \| (\S+) and later \| (?:(\S+) and later|no) \|$`).FindAllStringSubmatch(string(readme), -1) {
		needs := "Terraform " + row[1]
		if row[2] != "" {
			needs += " or OpenTofu " + row[2]
		}
		promised[needs] = true
	}
	facts, err := providerFacts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{}
	for _, fact := range facts {
		if strings.HasSuffix(fact.Name, "needs") {
			kept[fact.Value] = true
		}
	}
	if len(kept) < 6 {
		t.Errorf("only %d are among the facts: %v", len(kept), kept)
	}
	for needs := range kept {
		if !promised[needs] {
			t.Errorf("%s: README.md has no such line in its table of supported versions", needs)
		}
	}
}
