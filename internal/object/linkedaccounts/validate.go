// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// ValidateConfig implements resource.ResourceWithValidateConfig. A map of thousands can have
// thousands of mistakes, so each kind is reported once.
func (r *accountsResource) ValidateConfig(ctx context.Context, request resource.ValidateConfigRequest, response *resource.ValidateConfigResponse) {
	var config model
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	if response.Diagnostics.HasError() {
		return
	}
	checkAccounts(config.Accounts, &response.Diagnostics)
	config.Check(path.Empty(), &response.Diagnostics)
	checkCredentials(config, config.AuthCredentials, path.Root("auth_credentials"), false, &response.Diagnostics)
	checkCredentials(config, config.AuthCredentialsWO, path.Root("auth_credentials_wo"), true, &response.Diagnostics)
}

func checkAccounts(accounts types.Map, diagnostics *diag.Diagnostics) {
	if accounts.IsNull() || accounts.IsUnknown() {
		return
	}
	elements := accounts.Elements()
	var ids, empty, nameless, twins mistakes
	spelled := map[string]string{}
	for _, id := range sortedIDs(elements) {
		if twin, ok := spelled[ownership.Fold(id)]; ok {
			twins.add(id, fmt.Sprintf("%q and %q", twin, id))
		}
		spelled[ownership.Fold(id)] = id
		if err := refold.CheckLinkedAccountID(id); err != nil {
			ids.add(id, attribute.ExplainLinkedAccountID(id, err))
		}
		if elements[id].IsNull() {
			empty.add(id, "")
			continue
		}
		if readAccount(elements[id]).name.Equal(types.StringValue("")) {
			nameless.add(id, "")
		}
	}
	at := path.Root("accounts")
	if len(twins.ids) > 0 {
		diagnostics.Append(twinsWarning(twins))
	}
	ids.report(at, "Not usable as linked account ids", ids.first, diagnostics)
	empty.report(at, "An account is null", "An account needs an object, if only `{ name = null, udf = null }`. Leave accounts that are not to be managed out of the map, for example with { for id, a in ... : id => a if a != null }.", diagnostics)
	nameless.report(at, "A name is empty", "Refold has no way to remove a name once it is set. Use `null` for an account without a name.", diagnostics)
}

// checkCredentials looks at one form. Values of the write-only form may be null as long as nothing
// sends them.
func checkCredentials(config model, attribute types.Map, at path.Path, mayBeNull bool, diagnostics *diag.Diagnostics) {
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
		if !ok || mayBeNull && ofAccount.IsNull() {
			continue
		}
		found := credentials.Find(ofAccount)
		if found.IsEmpty {
			empty.add(id, "")
		}
		names.add(id, found.Unusable...)
		if !mayBeNull {
			valueless.add(id, found.WithoutValue...)
		}
		twins.add(id, found.Twins...)
	}
	strangers.report(at, "Credentials of an account that is not managed", "Add the account to `accounts`, or remove its credentials.", diagnostics)
	empty.report(at, "No credentials", "Refold refuses an empty set of credentials. Add at least one key, or leave the account out of this map.", diagnostics)
	names.report(at, "Not usable as the key of a credential", names.first, diagnostics)
	if len(twins.ids) > 0 {
		diagnostics.AddAttributeWarning(at, "Credential keys that differ only in case", fmt.Sprintf("%s (accounts: %s)", twins.first, diagnose.Naming(twins.ids)))
	}
	valueless.report(at, "A credential without a value", "Give each credential a value, or leave its key out, for example with { for k, v in ... : k => v if v != null }.", diagnostics)
}

// mistakes are the accounts that have the same one.
type mistakes struct {
	ids   []string
	first string
}

// add takes down the account where there is anything to explain.
func (m *mistakes) add(id string, explanations ...string) {
	if len(explanations) == 0 {
		return
	}
	if len(m.ids) == 0 {
		m.first = explanations[0]
	}
	if len(m.ids) == 0 || m.ids[len(m.ids)-1] != id {
		m.ids = append(m.ids, id)
	}
}

func (m *mistakes) report(at path.Path, summary, next string, diagnostics *diag.Diagnostics) {
	if len(m.ids) == 0 {
		return
	}
	diagnostics.AddAttributeError(at, summary, fmt.Sprintf("%s (accounts: %s)", next, diagnose.Naming(m.ids)))
}
