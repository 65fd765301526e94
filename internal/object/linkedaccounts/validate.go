// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// ValidateConfig implements resource.ResourceWithValidateConfig. A map of
// thousands can have thousands of mistakes, so each kind is reported once.
func (r *accountsResource) ValidateConfig(ctx context.Context, request resource.ValidateConfigRequest, response *resource.ValidateConfigResponse) {
	var config model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	if response.Diagnostics.HasError() {
		return
	}
	checkAccounts(config.Accounts, &response.Diagnostics)
	checkForms(config, &response.Diagnostics)
	checkCredentials(config, config.AuthCredentials, path.Root("auth_credentials"), &response.Diagnostics)
	checkCredentials(config, config.AuthCredentialsWO, path.Root("auth_credentials_wo"), &response.Diagnostics)
}

func checkAccounts(accounts types.Map, diagnostics *diag.Diagnostics) {
	if accounts.IsNull() || accounts.IsUnknown() {
		return
	}
	elements := accounts.Elements()
	var ids, empty, nameless mistakes
	for _, id := range sortedIDs(elements) {
		if err := refold.CheckLinkedAccountID(id); err != nil {
			ids.add(id, attribute.ExplainLinkedAccountID(id, err))
		}
		if elements[id].IsNull() {
			empty.add(id, "")
			continue
		}
		if name := readAccount(elements[id]).name; !name.IsNull() && !name.IsUnknown() && name.ValueString() == "" {
			nameless.add(id, "")
		}
	}
	at := path.Root("accounts")
	ids.report(at, "Not usable as linked account ids", ids.first, diagnostics)
	empty.report(at, "An account is null", "An account needs an object, if only `{ name = null, udf = null }`. Leave accounts that are not to be managed out of the map, for example with { for id, a in ... : id => a if a != null }.", diagnostics)
	nameless.report(at, "A name is empty", "Refold has no way to remove a name once it is set. Use `null` for an account without a name.", diagnostics)
}

func checkForms(config model, diagnostics *diag.Diagnostics) {
	plain, writeOnly, version := config.AuthCredentials, config.AuthCredentialsWO, config.AuthCredentialsWOVersion
	at := path.Root("auth_credentials_wo_version")
	switch {
	case !plain.IsNull() && !writeOnly.IsNull():
		diagnostics.AddAttributeError(path.Root("auth_credentials"), "Two forms of credentials at once",
			"Both `auth_credentials` and `auth_credentials_wo` are set. Keep one; `auth_credentials_wo` keeps the values out of the state.")
	case !writeOnly.IsNull() && version.IsNull():
		diagnostics.AddAttributeError(at, "Write-only credentials need a version",
			"Terraform does not store `auth_credentials_wo`, so only a version tells when to send it again. Add `auth_credentials_wo_version = 1`.")
	case writeOnly.IsNull() && !version.IsNull():
		diagnostics.AddAttributeError(at, "A version without write-only credentials",
			"`auth_credentials_wo_version` goes with `auth_credentials_wo` only. Remove it.")
	}
}

func checkCredentials(config model, attribute types.Map, at path.Path, diagnostics *diag.Diagnostics) {
	if attribute.IsNull() || attribute.IsUnknown() {
		return
	}
	accounts := config.Accounts.Elements()
	elements := attribute.Elements()
	var strangers, empty, names, valueless, twins mistakes
	for _, id := range sortedIDs(elements) {
		if _, managed := accounts[id]; !managed && !config.Accounts.IsUnknown() {
			strangers.add(id, "")
		}
		ofAccount, ok := elements[id].(types.Map)
		if !ok || ofAccount.IsUnknown() {
			continue
		}
		values := ofAccount.Elements()
		if len(values) == 0 {
			empty.add(id, "")
		}
		for _, explanation := range credentials.Twins(sortedIDs(values)) {
			twins.add(id, explanation)
		}
		for _, name := range sortedIDs(values) {
			if err := refold.CheckCredentialName(name); err != nil {
				names.add(id, fmt.Sprintf("Key %q cannot be used: %s.", name, err))
			}
			if values[name].IsNull() {
				valueless.add(id, "")
			}
		}
	}
	strangers.report(at, "Credentials of an account that is not managed", "Add the account to `accounts`, or remove its credentials.", diagnostics)
	empty.report(at, "No credentials", "Refold refuses an empty set of credentials. Add at least one key, or leave the account out of this map.", diagnostics)
	names.report(at, "Not usable as the key of a credential", names.first, diagnostics)
	if len(twins.ids) > 0 {
		diagnostics.AddAttributeWarning(at, "Credential keys that differ only in case", fmt.Sprintf("%s (accounts: %s)", twins.first, naming(twins.ids)))
	}
	valueless.report(at, "A credential without a value", "Give each credential a value, or leave its key out, for example with { for k, v in ... : k => v if v != null }.", diagnostics)
}

// mistakes are the accounts that have the same one.
type mistakes struct {
	ids   []string
	first string
}

func (m *mistakes) add(id, explanation string) {
	if len(m.ids) == 0 {
		m.first = explanation
	}
	if len(m.ids) == 0 || m.ids[len(m.ids)-1] != id {
		m.ids = append(m.ids, id)
	}
}

func (m *mistakes) report(at path.Path, summary, next string, diagnostics *diag.Diagnostics) {
	if len(m.ids) == 0 {
		return
	}
	diagnostics.AddAttributeError(at, summary, strings.TrimSpace(fmt.Sprintf("%s (accounts: %s)", next, naming(m.ids))))
}
