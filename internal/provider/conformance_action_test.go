// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
)

func TestActionsConform(t *testing.T) {
	for _, construct := range objects().actions {
		object := construct()
		var metadata action.MetadataResponse
		object.Metadata(t.Context(), action.MetadataRequest{ProviderTypeName: TypeName}, &metadata)
		name := metadata.TypeName
		var response action.SchemaResponse
		object.Schema(t.Context(), action.SchemaRequest{}, &response)
		report(t, "action "+name, descriptionProblems(response.Schema.MarkdownDescription))
		report(t, "action "+name, attributeProblems("", attributesOf(response.Schema.Attributes)))
		report(t, "action "+name, diagnosticsProblems(response.Schema.ValidateImplementation(t.Context())))
		report(t, "action "+name, missingFiles(
			"examples/actions/"+name+"/action.tf",
			"docs/actions/"+strings.TrimPrefix(name, TypeName+"_")+".md",
		))
		report(t, "action "+name, missingTests(object, "TestInvoke", "TestInvokeOnUnknownAccount", "TestInvokeByCLI", "TestInvalidConfiguration", "TestFaults"))
	}
}
