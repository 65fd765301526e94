// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/function"
)

func TestFunctionsConform(t *testing.T) {
	for _, construct := range objects().functions {
		object := construct()
		var metadata function.MetadataResponse
		object.Metadata(t.Context(), function.MetadataRequest{}, &metadata)
		name := metadata.Name
		var response function.DefinitionResponse
		object.Definition(t.Context(), function.DefinitionRequest{}, &response)
		var validated function.DefinitionValidateResponse
		response.Definition.ValidateImplementation(t.Context(), function.DefinitionValidateRequest{FuncName: name}, &validated)
		report(t, "function "+name, functionProblems(response.Definition))
		report(t, "function "+name, diagnosticsProblems(validated.Diagnostics))
		report(t, "function "+name, missingFiles(
			"examples/functions/"+name+"/function.tf",
			"docs/functions/"+name+".md",
		))
		report(t, "function "+name, missingTests(object, "TestFunction", "TestFunctionRefuses", "TestFunctionByCLI"))
	}
}

func TestConformanceChecksFindProblemsOfFunctions(t *testing.T) {
	sound := func() function.Definition {
		return function.Definition{
			Summary: "Joins.", MarkdownDescription: "Joins parts. Returns text.", Return: function.StringReturn{},
			Parameters:        []function.Parameter{function.StringParameter{Name: "by", MarkdownDescription: "Separator."}},
			VariadicParameter: function.StringParameter{Name: "parts", MarkdownDescription: "What to join."},
		}
	}
	if problems := functionProblems(sound()); len(problems) != 0 {
		t.Errorf("nothing is wrong: %q", problems)
	}
	for name, spoil := range map[string]func(*function.Definition){
		"no summary":                 func(d *function.Definition) { d.Summary = "" },
		"no description":             func(d *function.Definition) { d.MarkdownDescription = "" },
		"nothing on what it returns": func(d *function.Definition) { d.MarkdownDescription = "Joins parts." },
		"a parameter without a name": func(d *function.Definition) {
			d.Parameters[0] = function.StringParameter{MarkdownDescription: "Separator."}
		},
		"a parameter without a description":   func(d *function.Definition) { d.Parameters[0] = function.StringParameter{Name: "by"} },
		"variadic, and without a description": func(d *function.Definition) { d.VariadicParameter = function.StringParameter{Name: "parts"} },
	} {
		definition := sound()
		spoil(&definition)
		if problems := functionProblems(definition); len(problems) != 1 {
			t.Errorf("%s: %d problems found, want 1: %q", name, len(problems), problems)
		}
	}
}

// functionProblems takes the description for the place where a function says
// what it returns: a definition has no other.
func functionProblems(definition function.Definition) []string {
	var problems []string
	if definition.Summary == "" {
		problems = append(problems, "has no summary")
	}
	if !strings.Contains(definition.MarkdownDescription, "Returns ") {
		problems = append(problems, "has no description that says what it returns (\"Returns ...\")")
	}
	parameters := definition.Parameters
	if definition.VariadicParameter != nil {
		parameters = append(parameters[:len(parameters):len(parameters)], definition.VariadicParameter)
	}
	for i, parameter := range parameters {
		if parameter.GetName() == "" || parameter.GetMarkdownDescription() == "" {
			problems = append(problems, fmt.Sprintf("parameter %d (%s) has no name or no description", i+1, parameter.GetName()))
		}
	}
	return problems
}
