// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"context"
	"fmt"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// TextValidator asks Check about every text that is known; nil accepts the text. Rule says what
// a text must be, and Check's diagnostic has to keep to itself what may be a secret.
type TextValidator struct {
	Rule  string
	Check func(at path.Path, text string) diag.Diagnostic
}

// Description implements validator.Describer.
func (v TextValidator) Description(context.Context) string { return v.Rule }

// MarkdownDescription implements validator.Describer.
func (v TextValidator) MarkdownDescription(context.Context) string { return v.Rule }

// ValidateString implements validator.String.
func (v TextValidator) ValidateString(_ context.Context, request validator.StringRequest, response *validator.StringResponse) {
	if request.ConfigValue.IsNull() || request.ConfigValue.IsUnknown() {
		return
	}
	response.Diagnostics.Append(v.Check(request.Path, request.ConfigValue.ValueString()))
}

// NotEmpty refuses an empty text. Absent says what it means to leave the attribute out, as a
// sentence.
func NotEmpty(absent string) validator.String {
	return TextValidator{"must not be empty", func(at path.Path, text string) diag.Diagnostic {
		if text != "" {
			return nil
		}
		return diag.NewAttributeErrorDiagnostic(at, "An empty value", fmt.Sprintf(
			"`%s` is set, but empty, perhaps because a variable is. Give it a value, or leave it out (null). %s", at, absent))
	}}
}

// Slug refuses what cannot name an app.
func Slug() validator.String {
	return TextValidator{"must be the slug of an app, or the application id of a custom app", func(at path.Path, slug string) diag.Diagnostic {
		err := refold.CheckSlug(slug)
		if err == nil {
			return nil
		}
		return diag.NewAttributeErrorDiagnostic(at, "Not usable as the slug of an app", fmt.Sprintf(
			"%q cannot name an app: %s. The data source `refold_applications` shows all apps: write `slug` as it stands there.", slug, err))
	}}
}

const slugOfApp = "The app: its slug, for example `hubspot`, or for an app that your organization built its application id"

// SlugInResource names the app that an object of an account is about. OnChange says what a change
// of it costs, as a sentence.
func SlugInResource(onChange string) resource.StringAttribute {
	return resource.StringAttribute{
		Required:            true,
		MarkdownDescription: slugOfApp + ". " + onChange,
		Validators:          []validator.String{Slug()},
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}

// SlugInDataSource names an app that has to exist.
func SlugInDataSource() datasource.StringAttribute {
	return datasource.StringAttribute{Required: true, MarkdownDescription: slugOfApp + ". One that does not exist is an error.", Validators: []validator.String{Slug()}}
}

// SlugInIdentity is the part of an identity that names the app.
func SlugInIdentity() identityschema.StringAttribute {
	return identityschema.StringAttribute{RequiredForImport: true, Description: slugOfApp + "."}
}
