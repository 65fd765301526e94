// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// checkCatalogue holds what is configured against what the app takes (FACTS 2.6). Of what is not
// known yet, nothing is found.
func checkCatalogue(m model, keys types.Map, found connected) diag.Diagnostics {
	switch {
	case found.app == nil:
		return diag.Diagnostics{unknownAppError(m, found.catalogue)}
	case found.app.HidesAuth || m.AuthType.IsUnknown():
		return nil
	}
	authType := found.authType
	if _, hasKeys := found.app.KeyType(); !hasKeys || authType == "" {
		return diag.Diagnostics{noKeysError(m, found.app)}
	}
	fields, isOffered := found.app.Keys[authType]
	if !isOffered {
		return diag.Diagnostics{unknownTypeError(m, found.app)}
	}
	return checkFields(m, keys, authType, fields)
}

// checkFields compares names; an app that lists none takes any.
func checkFields(m model, keys types.Map, authType string, fields []refold.CredentialField) diag.Diagnostics {
	if keys.IsUnknown() || keys.IsNull() || len(fields) == 0 {
		return nil
	}
	given := keys.Elements()
	var unknown, missing []string
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.ContainsFunc(fields, func(field refold.CredentialField) bool { return field.Name == name }) {
			unknown = append(unknown, name)
		}
	}
	for _, field := range fields {
		if _, isGiven := given[field.Name]; field.Required && !isGiven {
			missing = append(missing, field.Name)
		}
	}
	if len(unknown)+len(missing) == 0 {
		return nil
	}
	return diag.Diagnostics{fieldsError(m, authType, fields, unknown, missing)}
}

// at is the attribute that holds the keys.
func (m model) at() path.Path {
	if m.CredentialsWOVersion.IsNull() {
		return path.Root("credentials")
	}
	return path.Root("credentials_wo")
}

func unknownAppError(m model, catalogue []*refold.Application) diag.Diagnostic {
	var slugs []string
	for _, app := range catalogue {
		slugs = append(slugs, app.RemovalSlug())
	}
	slices.Sort(slugs)
	offered := "Your organization offers no app to its accounts."
	if len(slugs) > 0 {
		offered = "There are: " + diagnose.Offering(slugs) + "."
	}
	return diagnose.NewError("There is no such app", fmt.Sprintf(
		"%q is no app of your organization, so it cannot be connected to linked account %q. %s", m.Slug.ValueString(), m.LinkedAccountID.ValueString(), offered),
		"Write the slug as Refold has it (the data source `refold_applications` lists all), or for an app that your organization built its application id. "+diagnose.PlanBeforeDestroy).At(path.Root("slug"))
}

func noKeysError(m model, app *refold.Application) diag.Diagnostic {
	return diagnose.NewError("The app is not connected by keys", fmt.Sprintf(
		"%s takes no keys (its type is %q), so %s cannot be made here.", nameOf(app), app.AuthType, m.subject()),
		"The customer connects it: send them the URL of the ephemeral resource `refold_connect_url`, and take this block out. "+diagnose.PlanBeforeDestroy).At(path.Root("slug"))
}

func unknownTypeError(m model, app *refold.Application) diag.Diagnostic {
	return diagnose.NewError("The app has no such type of connection", fmt.Sprintf(
		"%s cannot be connected by keys of type %q. It takes: %s.", nameOf(app), m.AuthType.ValueString(), strings.Join(slices.Sorted(maps.Keys(app.Keys)), ", ")),
		"Set `auth_type` to one of these, or leave it out. "+diagnose.PlanBeforeDestroy).At(path.Root("auth_type"))
}

func fieldsError(m model, authType string, fields []refold.CredentialField, unknown, missing []string) diag.Diagnostic {
	var found []string
	if len(unknown) > 0 {
		found = append(found, "it does not know "+diagnose.Naming(unknown))
	}
	if len(missing) > 0 {
		found = append(found, diagnose.Naming(missing)+" "+diagnose.Agree(len(missing), "is", "are")+" missing")
	}
	return diagnose.NewError("Not the keys that the app takes", fmt.Sprintf(
		"The keys for %s, of type %q, are not those that the app takes: %s. It takes: %s.", m.subject(), authType, strings.Join(found, ", and "), describeFields(fields)),
		"Correct the names. "+diagnose.PlanBeforeDestroy).At(m.at())
}

func describeFields(fields []refold.CredentialField) string {
	var described []string
	for _, field := range fields {
		text := fmt.Sprintf("%q", field.Name)
		var about []string
		if field.Label != "" && field.Label != field.Name {
			about = append(about, field.Label)
		}
		if !field.Required {
			about = append(about, "optional")
		}
		if len(about) > 0 {
			text += " (" + strings.Join(about, ", ") + ")"
		}
		described = append(described, text)
	}
	return strings.Join(described, ", ")
}

// nameOf names an app at the start of a sentence.
func nameOf(app *refold.Application) string {
	if app.Name == "" {
		return fmt.Sprintf("App %q", app.RemovalSlug())
	}
	return fmt.Sprintf("%s (%q)", app.Name, app.RemovalSlug())
}
