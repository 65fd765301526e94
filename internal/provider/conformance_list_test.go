// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

func TestListResourcesConform(t *testing.T) {
	for _, construct := range objects().listResources {
		object := construct()
		name := listResourceName(object)
		var response list.ListResourceSchemaResponse
		object.ListResourceConfigSchema(t.Context(), list.ListResourceSchemaRequest{}, &response)
		report(t, "list resource "+name, attributeProblems("", attributesOf(response.Schema.Attributes)))
		report(t, "list resource "+name, diagnosticsProblems(response.Schema.ValidateImplementation(t.Context())))
		report(t, "list resource "+name, listResourceProblems(object, response.Schema))
		report(t, "list resource "+name, missingFiles(
			"examples/list-resources/"+name+"/list-resource.tfquery.hcl",
			"docs/list-resources/"+strings.TrimPrefix(name, TypeName+"_")+".md",
		))
		report(t, "list resource "+name, missingTests(object,
			"TestListResource", "TestListResourceLimit", "TestListResourceFilters", "TestListResourceRefuses", "TestListResourceThatFails", "TestListResourceStops"))
	}
}

func TestConformanceChecksFindProblemsOfListResources(t *testing.T) {
	if problems := listResourceProblems(strayList{}, listschema.Schema{}); len(problems) != 2 {
		t.Errorf("a list without description of nothing that is managed: %q", problems)
	}
}

// listResourceProblems goes by the rule that a list shows managed objects under
// their own name.
func listResourceProblems(object list.ListResource, schema listschema.Schema) []string {
	var problems []string
	if schema.MarkdownDescription == "" {
		problems = append(problems, "has no description")
	}
	isManaged := slices.ContainsFunc(objects().resources, func(construct func() resource.Resource) bool {
		return resourceName(construct()) == listResourceName(object)
	})
	if !isManaged {
		problems = append(problems, "lists what no resource manages")
	}
	return problems
}

func listResourceName(object list.ListResource) string {
	var metadata resource.MetadataResponse
	object.Metadata(context.Background(), resource.MetadataRequest{ProviderTypeName: TypeName}, &metadata)
	return metadata.TypeName
}

// strayList breaks the rules for list resources.
type strayList struct{ list.ListResource }

// Metadata implements list.ListResource.
func (strayList) Metadata(_ context.Context, _ resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = TypeName + "_stray"
}
