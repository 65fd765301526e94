// SPDX-License-Identifier: MPL-2.0

package schema

import (
	"cmp"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/function"
)

func (r *reader) functions(constructors []func() function.Function) {
	for _, construct := range constructors {
		one := construct()
		var metadata function.MetadataResponse
		one.Metadata(r.ctx, function.MetadataRequest{}, &metadata)
		var response function.DefinitionResponse
		one.Definition(r.ctx, function.DefinitionRequest{}, &response)
		r.failures.Append(response.Diagnostics...)
		object, definition := "function/"+metadata.Name, response.Definition
		r.add(object, "", "needs", needsFunctions)
		r.addText(object, "", "summary", definition.Summary)
		r.addText(object, "", "description", cmp.Or(definition.MarkdownDescription, definition.Description))
		r.addText(object, "", "deprecated", definition.DeprecationMessage)
		r.add(object, "return", "type", r.typeText(definition.Return.GetType()))
		for i, parameter := range definition.Parameters {
			r.parameter(object, fmt.Sprintf("parameter:%d", i+1), "required", parameter)
		}
		if definition.VariadicParameter != nil {
			r.parameter(object, "parameter:more", "optional", definition.VariadicParameter)
		}
	}
}

// parameter is one that a call gives by its position; its name is for people.
func (r *reader) parameter(object, part, usage string, parameter function.Parameter) {
	r.add(object, part, "name", parameter.GetName())
	r.add(object, part, "type", r.typeText(parameter.GetType()))
	r.add(object, part, "usage", usage)
	r.addFlag(object, part, "takes-null", parameter.GetAllowNullValue())
	r.addFlag(object, part, "takes-unknown", parameter.GetAllowUnknownValues())
	r.addText(object, part, "description", cmp.Or(parameter.GetMarkdownDescription(), parameter.GetDescription()))
	r.rules(object, part, call(parameter, "GetValidators"))
}
