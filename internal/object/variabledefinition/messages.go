// SPDX-License-Identifier: MPL-2.0

package variabledefinition

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const noun = "variable definition"

// check finds a configuration that names no definition, or names it in two ways. While a value is
// not known, it cannot be told; what is known in the end is checked as well.
func (m model) check() diag.Diagnostics {
	var problems diag.Diagnostics
	if m.ID.IsUnknown() || m.Name.IsUnknown() || m.Scope.IsUnknown() {
		return nil
	}
	byName := !m.Name.IsNull() && !m.Scope.IsNull()
	isNamed := !m.Name.IsNull() || !m.Scope.IsNull()
	switch {
	case !m.ID.IsNull() && isNamed:
		problems.AddAttributeError(path.Root("id"), "A definition that is named in two ways",
			"`id` names a definition alone, and `name` and `scope` do together. Set `id` and neither of the others, or leave it out.")
	case m.ID.IsNull() && !byName:
		problems.AddError("Not the name of a definition",
			"Variables of different scopes may have the same name, so a definition is named by `name` and `scope` together, or by `id` alone. Set both, or `id`.")
	}
	return problems
}

// definitionID refuses what cannot be the id of a definition.
func definitionID() validator.String {
	return attribute.TextValidator{Rule: "must be Refold's id of a definition", Check: func(at path.Path, id string) diag.Diagnostic {
		err := refold.CheckID(id)
		if err == nil {
			return nil
		}
		return diag.NewAttributeErrorDiagnostic(at, "Not usable as the id of a definition", fmt.Sprintf(
			"%q cannot be the id of a definition: %s. The data source `refold_variable_definitions` shows all definitions: write `id` as it stands there.", id, err))
	}}
}

const whereToLook = "The data source `refold_variable_definitions` shows them all; they are made in Refold's dashboard. If it should be there, check that the API key belongs to the right organization."

func unknownIDError(id string, listed []*refold.VariableDefinition) diag.Diagnostic {
	return diagnose.NewError("There is no such variable definition", fmt.Sprintf("Refold knows no variable definition of the id %q. %s", id, showing(listed)),
		"Copy the id from there, or set `name` and `scope` in its place. "+whereToLook,
	).At(path.Root("id"))
}

// unknownNameError names the definitions that are nearest: those of the same name, or else all.
func unknownNameError(named model, listed []*refold.VariableDefinition) diag.Diagnostic {
	var near []*refold.VariableDefinition
	for _, definition := range listed {
		if strings.EqualFold(definition.Name, named.Name.ValueString()) {
			near = append(near, definition)
		}
	}
	if len(near) == 0 {
		near = listed
	}
	return diagnose.NewError("There is no such variable definition", fmt.Sprintf("Refold shows no variable definition %q of the scope %q. %s", named.Name.ValueString(), named.Scope.ValueString(), showing(near)),
		"Write name and scope as Refold has them (upper and lower case count). "+whereToLook,
	).At(path.Root("name"))
}

func ambiguousError(named model, found []*refold.VariableDefinition) diag.Diagnostic {
	ids := make([]string, len(found))
	for i, definition := range found {
		ids[i] = definition.ID
	}
	return diagnose.NewError("Several variable definitions have this name", fmt.Sprintf("Refold shows %d variable definitions %q of the scope %q. Their ids are %s.", len(found), named.Name.ValueString(), named.Scope.ValueString(), diagnose.Naming(ids)),
		"Set `id` to that of the one that is meant, and leave out `name` and `scope`. The data source `refold_variable_definitions` shows in what else they differ.",
	).At(path.Root("name"))
}

// showing names definitions, each with what names it in a configuration.
func showing(definitions []*refold.VariableDefinition) string {
	if len(definitions) == 0 {
		return "It shows none at all."
	}
	named := make([]string, len(definitions))
	for i, definition := range definitions {
		named[i] = fmt.Sprintf("%q of %q (%s)", definition.Name, definition.Scope, definition.ID)
	}
	return fmt.Sprintf("It shows: %s.", diagnose.Listing(named))
}
