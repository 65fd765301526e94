// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// ValidateConfig implements resource.ResourceWithValidateConfig: Refold's rules
// on your_app (FACTS 2.1.1, 2.2), which no single attribute can check.
func (r *accountResource) ValidateConfig(ctx context.Context, request resource.ValidateConfigRequest, response *resource.ValidateConfigResponse) {
	var config model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	if response.Diagnostics.HasError() {
		return
	}
	app := readYourApp(ctx, config.YourApp, &response.Diagnostics)
	if app == nil {
		return
	}
	at := path.Root("your_app")
	checkForms(*app, at, &response.Diagnostics)
	checkCredentials(app.AuthCredentials, at.AtName("auth_credentials"), &response.Diagnostics)
	checkCredentials(app.AuthCredentialsWO, at.AtName("auth_credentials_wo"), &response.Diagnostics)
}

func checkForms(app yourApp, at path.Path, diagnostics *diag.Diagnostics) {
	plain, writeOnly, version := app.AuthCredentials, app.AuthCredentialsWO, app.AuthCredentialsWOVersion
	switch {
	case !plain.IsNull() && !writeOnly.IsNull():
		diagnostics.AddAttributeError(at.AtName("auth_credentials"), "Two forms of credentials at once",
			"`your_app` has both `auth_credentials` and `auth_credentials_wo`. Keep one; `auth_credentials_wo` keeps the values out of the state.")
	case plain.IsNull() && writeOnly.IsNull():
		diagnostics.AddAttributeError(at, "No credentials",
			"`your_app` needs credentials, because Refold refuses it without any. Add `auth_credentials_wo` with `auth_credentials_wo_version` (or `auth_credentials`), or remove `your_app`.")
	case !writeOnly.IsNull() && version.IsNull():
		diagnostics.AddAttributeError(at.AtName("auth_credentials_wo_version"), "Write-only credentials need a version",
			"Terraform does not store `auth_credentials_wo`, so only a version tells when to send it again. Add `auth_credentials_wo_version = 1`.")
	case writeOnly.IsNull() && !version.IsNull():
		diagnostics.AddAttributeError(at.AtName("auth_credentials_wo_version"), "A version without write-only credentials",
			"`auth_credentials_wo_version` goes with `auth_credentials_wo` only. Remove it.")
	}
}

func checkCredentials(form types.Map, at path.Path, diagnostics *diag.Diagnostics) {
	if form.IsNull() || form.IsUnknown() {
		return
	}
	elements := form.Elements()
	if len(elements) == 0 {
		diagnostics.AddAttributeError(at, "No credentials", "The map is empty, and Refold refuses `your_app` without any credential. Add at least one key, or remove `your_app`.")
	}
	names := slices.Sorted(maps.Keys(elements))
	for _, explanation := range credentials.Twins(names) {
		diagnostics.AddAttributeWarning(at, "Credential keys that differ only in case", explanation)
	}
	for _, name := range names {
		if err := refold.CheckCredentialName(name); err != nil {
			diagnostics.AddAttributeError(at, "Not usable as the key of a credential", fmt.Sprintf("Key %q cannot be used: %s.", name, err))
		}
		if elements[name].IsNull() {
			diagnostics.AddAttributeError(at.AtMapKey(name), "A credential without a value",
				fmt.Sprintf("The credential %q is null. Give it a value, or leave the key out, for example with { for k, v in ... : k => v if v != null }.", name))
		}
	}
}
