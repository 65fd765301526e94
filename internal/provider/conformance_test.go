// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	framework "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gocobalt/terraform-provider-refold/internal/provider"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// The provider and its objects keep the rules. What they do is tested by
// internal/acctest/registered; these rules are about what they are.
func TestObjectsConform(t *testing.T) {
	repository := os.DirFS(filepath.Join("..", ".."))
	for _, problem := range problemsOf(t.Context(), provider.New("test")(), repository) {
		t.Error(problem)
	}
}

// problemsOf holds a provider, and the repository with its pages and examples, against the rules.
func problemsOf(ctx context.Context, offered framework.Provider, repository fs.FS) []string {
	server, err := providerserver.NewProtocol6WithError(offered)()
	if err != nil {
		return []string{err.Error()}
	}
	schema, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return []string{err.Error()}
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return []string{err.Error()}
	}
	var problems []string
	for _, invalid := range append(schema.Diagnostics, identities.Diagnostics...) {
		problems = append(problems, "the schema is not valid: "+invalid.Summary+": "+invalid.Detail)
	}
	found := objectsOf(schema)
	for _, one := range found {
		for _, problem := range slices.Concat(one.problems(), one.fileProblems(repository)) {
			problems = append(problems, one.String()+": "+problem)
		}
	}
	problems = append(problems, listProblems(schema)...)
	problems = append(problems, identityProblems(ctx, offered, identities)...)
	problems = append(problems, modelProblems(repository)...)
	problems = append(problems, staleExceptions(found, withoutPolicy())...)
	return append(problems, staleDecisions(found, harmless())...)
}

// object is one thing that a provider offers. The provider block counts as one.
type object struct {
	kind kind
	name string
	// block is nil for a function.
	block    *tfprotov6.SchemaBlock
	function *tfprotov6.Function
}

// String is how problems name the object.
func (o object) String() string { return o.kind.name + " " + o.name }

func objectsOf(schema *tfprotov6.GetProviderSchemaResponse) []object {
	objects := []object{{kind: providerKind, name: provider.TypeName, block: schema.Provider.Block}}
	for kind, blocks := range map[kind]map[string]*tfprotov6.Schema{
		resourceKind: schema.ResourceSchemas, dataSourceKind: schema.DataSourceSchemas,
		listResourceKind: schema.ListResourceSchemas, ephemeralKind: schema.EphemeralResourceSchemas,
		actionKind: actionBlocks(schema),
	} {
		for name, one := range blocks {
			objects = append(objects, object{kind: kind, name: name, block: one.Block})
		}
	}
	for name, one := range schema.Functions {
		objects = append(objects, object{kind: functionKind, name: name, function: one})
	}
	slices.SortFunc(objects, func(a, b object) int { return strings.Compare(a.String(), b.String()) })
	return objects
}

func actionBlocks(schema *tfprotov6.GetProviderSchemaResponse) map[string]*tfprotov6.Schema {
	blocks := map[string]*tfprotov6.Schema{}
	for name, one := range schema.ActionSchemas {
		blocks[name] = one.Schema
	}
	return blocks
}

// problems are those of the object itself.
func (o object) problems() []string {
	if o.function != nil {
		return functionProblems(o.function)
	}
	var problems []string
	if o.block.Description == "" {
		problems = append(problems, "has no description")
	}
	if o.kind == resourceKind {
		problems = append(problems, policyProblems(o, withoutPolicy())...)
	}
	return append(problems, attributeProblems(o.attributes(), harmless())...)
}

// listProblems: a list shows managed objects under their own name.
func listProblems(schema *tfprotov6.GetProviderSchemaResponse) []string {
	var problems []string
	for _, name := range slices.Sorted(maps.Keys(schema.ListResourceSchemas)) {
		if _, isManaged := schema.ResourceSchemas[name]; !isManaged {
			problems = append(problems, "list resource "+name+": lists what no resource manages")
		}
	}
	return problems
}

// identityProblems: every resource can be found and imported.
func identityProblems(ctx context.Context, offered framework.Provider, identities *tfprotov6.GetResourceIdentitySchemasResponse) []string {
	var problems []string
	for _, construct := range offered.Resources(ctx) {
		one := construct()
		var metadata resource.MetadataResponse
		one.Metadata(ctx, resource.MetadataRequest{ProviderTypeName: provider.TypeName}, &metadata)
		about := "resource " + metadata.TypeName + ": "
		identity, isIdentified := identities.IdentitySchemas[metadata.TypeName]
		if !isIdentified {
			problems = append(problems, about+"has no identity: implement resource.ResourceWithIdentity")
			identity = &tfprotov6.ResourceIdentitySchema{}
		}
		for _, attribute := range identity.IdentityAttributes {
			if attribute.Description == "" {
				problems = append(problems, fmt.Sprintf("%sidentity attribute %s has no description", about, attribute.Name))
			}
		}
		problems = append(problems, orderProblems(about, one, identity)...)
		if _, isImported := one.(resource.ResourceWithImportState); !isImported {
			problems = append(problems, about+"cannot be imported: implement resource.ResourceWithImportState")
		}
	}
	return problems
}

// orderProblems: import ids have an order, which an identity schema does not tell.
func orderProblems(about string, one resource.Resource, identity *tfprotov6.ResourceIdentitySchema) []string {
	if len(identity.IdentityAttributes) < 2 {
		return nil
	}
	var attributes, order []string
	for _, attribute := range identity.IdentityAttributes {
		attributes = append(attributes, attribute.Name)
	}
	if identified, ok := one.(providerdata.Identified); ok {
		order = slices.Sorted(slices.Values(identified.IdentityOrder()))
	}
	if slices.Sort(attributes); slices.Equal(attributes, order) {
		return nil
	}
	return []string{fmt.Sprintf("%shas an identity of %v, and an order of %v for import ids: implement providerdata.Identified", about, attributes, order)}
}

// functionProblems takes the description for the place where a function says what
// it returns: a definition has no other.
func functionProblems(function *tfprotov6.Function) []string {
	var problems []string
	if function.Summary == "" {
		problems = append(problems, "has no summary")
	}
	if !strings.Contains(function.Description, "Returns ") {
		problems = append(problems, `has no description that says what it returns ("Returns ...")`)
	}
	parameters := slices.Clone(function.Parameters)
	if function.VariadicParameter != nil {
		parameters = append(parameters, function.VariadicParameter)
	}
	for i, parameter := range parameters {
		if parameter.Name == "" || parameter.Description == "" {
			problems = append(problems, fmt.Sprintf("parameter %d (%s) has no name or no description", i+1, parameter.Name))
		}
	}
	return problems
}
