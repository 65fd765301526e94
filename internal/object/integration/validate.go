// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ValidateConfig implements resource.ResourceWithValidateConfig: what no single attribute can
// check.
func (r *integrationResource) ValidateConfig(ctx context.Context, request resource.ValidateConfigRequest, response *resource.ValidateConfigResponse) {
	var config model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	if response.Diagnostics.HasError() {
		return
	}
	config.checkForms(&response.Diagnostics)
}

// checkForms refuses both forms at once, a version without the write-only one, and maps that hold
// nothing to send. Write-only values may be null as long as nothing sends them.
func (m model) checkForms(diagnostics *diag.Diagnostics) {
	plain, writeOnly, version := m.Credentials, m.CredentialsWO, m.CredentialsWOVersion
	switch {
	case !plain.IsNull() && !writeOnly.IsNull():
		diagnostics.AddAttributeError(path.Root("credentials"), "Two forms of keys at once",
			"Both `credentials` and `credentials_wo` are set. Keep one; `credentials_wo` keeps the values out of the state.")
	case !writeOnly.IsNull() && version.IsNull():
		diagnostics.AddAttributeError(path.Root("credentials_wo_version"), "Write-only keys need a version",
			"Terraform does not store `credentials_wo`, so only a version tells when to send it again. `credentials_wo_version` is left out, or null, perhaps because a variable is. Give it a value, such as 1.")
	case !plain.IsNull() && !version.IsNull():
		diagnostics.AddAttributeError(path.Root("credentials_wo_version"), "A version without write-only keys",
			"`credentials_wo_version` goes with `credentials_wo` only. Remove it.")
	}
	checkKeys(plain, path.Root("credentials"), diagnostics)
	checkKeys(writeOnly, path.Root("credentials_wo"), diagnostics)
	for _, name := range namesWithoutValue(plain) {
		diagnostics.AddAttributeError(path.Root("credentials").AtMapKey(name), "A key without a value",
			fmt.Sprintf("The key %q is null. Give it a value, or leave it out, for example with { for k, v in ... : k => v if v != null }.", name))
	}
}

func checkKeys(keys types.Map, at path.Path, diagnostics *diag.Diagnostics) {
	if keys.IsNull() || keys.IsUnknown() {
		return
	}
	if len(keys.Elements()) == 0 {
		diagnostics.AddAttributeError(at, "No keys", "The map is empty, and a connection needs keys. Add those that the app takes (the data source `refold_application` lists them). Only one that exists keeps its own where the map is left out.")
	}
	if _, isNamed := keys.Elements()[""]; isNamed {
		diagnostics.AddAttributeError(at, "A key without a name", "One of the keys has an empty name. Write it as the app has it (the data source `refold_application` lists them).")
	}
}

func namesWithoutValue(keys types.Map) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(keys.Elements())) {
		if keys.Elements()[name].IsNull() {
			names = append(names, name)
		}
	}
	return names
}
