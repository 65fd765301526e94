// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
)

// ValidateConfig implements resource.ResourceWithValidateConfig: Refold's rules on your_app (FACTS
// 2.1.1, 2.2), which no single attribute can check.
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
	if app.IsEmpty() {
		if app.AppID.IsNull() {
			response.Diagnostics.AddAttributeError(at, "No credentials",
				"`your_app` needs credentials, because Refold refuses it without any. Add `auth_credentials_wo` with `auth_credentials_wo_version` (or `auth_credentials`), or remove `your_app`. (With `app_id` alone, it sends nothing, and tells the guard against deletions which app is your own.)")
		}
		return
	}
	app.Check(at, &response.Diagnostics)
	checkCredentials(app.AuthCredentialsWO, at.AtName("auth_credentials_wo"), &response.Diagnostics)
	checkCredentials(app.AuthCredentials, at.AtName("auth_credentials"), &response.Diagnostics)
	checkValues(app.AuthCredentials, at.AtName("auth_credentials"), &response.Diagnostics)
}

// checkCredentials looks at what both forms have in common.
func checkCredentials(form types.Map, at path.Path, diagnostics *diag.Diagnostics) {
	if form.IsNull() {
		return
	}
	found := credentials.Find(form)
	if found.IsEmpty {
		diagnostics.AddAttributeError(at, "No credentials", "The map is empty, and Refold refuses `your_app` without any credential. Add at least one key, or remove `your_app`.")
	}
	for _, explanation := range found.Twins {
		diagnostics.AddAttributeWarning(at, "Credential keys that differ only in case", explanation)
	}
	for _, explanation := range found.Unusable {
		diagnostics.AddAttributeError(at, "Not usable as the key of a credential", explanation)
	}
}

// checkValues refuses a null among the credentials of the plain form.
func checkValues(form types.Map, at path.Path, diagnostics *diag.Diagnostics) {
	for _, name := range credentials.Find(form).WithoutValue {
		diagnostics.AddAttributeError(at.AtMapKey(name), "A credential without a value",
			fmt.Sprintf("The credential %q is null. Give it a value, or leave the key out, for example with { for k, v in ... : k => v if v != null }.", name))
	}
}
