// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
)

func TestEphemeralResourcesConform(t *testing.T) {
	for _, construct := range objects().ephemeral {
		object := construct()
		var metadata ephemeral.MetadataResponse
		object.Metadata(t.Context(), ephemeral.MetadataRequest{ProviderTypeName: TypeName}, &metadata)
		name := metadata.TypeName
		var response ephemeral.SchemaResponse
		object.Schema(t.Context(), ephemeral.SchemaRequest{}, &response)
		report(t, "ephemeral resource "+name, descriptionProblems(response.Schema.MarkdownDescription))
		report(t, "ephemeral resource "+name, attributeProblems("", attributesOf(response.Schema.Attributes)))
		report(t, "ephemeral resource "+name, diagnosticsProblems(response.Schema.ValidateImplementation(t.Context())))
		report(t, "ephemeral resource "+name, missingFiles(
			"examples/ephemeral-resources/"+name+"/ephemeral-resource.tf",
			"docs/ephemeral-resources/"+strings.TrimPrefix(name, TypeName+"_")+".md",
		))
		report(t, "ephemeral resource "+name, missingTests(object, "TestOpen", "TestOpenOfUnknownAccount", "TestOpenByCLI", "TestInvalidConfiguration", "TestFaults"))
	}
}

func TestConformanceChecksFindProblemsOfEphemeralResources(t *testing.T) {
	if problems := attributeProblems("", attributesOf(map[string]schema.Attribute{
		"hosted_url": schema.StringAttribute{Computed: true, MarkdownDescription: "A URL with a token in it."},
	})); len(problems) != 1 {
		t.Errorf("a secret in the open: %q", problems)
	}
	if problems := descriptionProblems(""); len(problems) != 1 {
		t.Errorf("no description: %q", problems)
	}
}

func descriptionProblems(description string) []string {
	if description == "" {
		return []string{"has no description"}
	}
	return nil
}
