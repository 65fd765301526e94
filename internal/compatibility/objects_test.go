// SPDX-License-Identifier: MPL-2.0

package main

import (
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
