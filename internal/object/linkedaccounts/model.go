// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/number"
	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// model is the resource as configuration, plan or state.
type model struct {
	Accounts     types.Map    `tfsdk:"accounts"`
	UDFExclusive types.Bool   `tfsdk:"udf_exclusive"`
	AppID        types.String `tfsdk:"app_id"`
	credentials.Forms
	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
	ForceDestroy  types.Bool `tfsdk:"force_destroy"`
	ownership.PolicyAttributes
	MaxDeletions   number.Whole `tfsdk:"max_deletions"`
	OrganizationID types.String `tfsdk:"organization_id"`
	Environment    types.String `tfsdk:"environment"`
}

// scope is where the state says that the accounts live; not known while there are none.
func (m model) scope() refold.Scope {
	return refold.Scope{OrganizationID: m.OrganizationID.ValueString(), Environment: m.Environment.ValueString()}
}

// learnScope fills in what a plan left open. Nothing is known of the scope as long as no answer has
// shown it.
func (m *model) learnScope(scope refold.Scope) {
	if m.OrganizationID.IsUnknown() || m.OrganizationID.IsNull() {
		m.OrganizationID = attribute.TextOrNull(scope.OrganizationID)
	}
	if m.Environment.IsUnknown() || m.Environment.IsNull() {
		m.Environment = attribute.TextOrNull(scope.Environment)
	}
}

// withWriteOnly adds to a plan what only the configuration holds. The rest of an apply's
// configuration is not to be acted on: Terraform hands it in as it is written, with the changes
// that lifecycle's ignore_changes keeps out of plans.
func (m model) withWriteOnly(config model) model {
	m.Forms = m.Forms.WithWriteOnly(config.Forms)
	return m
}

// withoutIgnored takes out of the accounts what ignore_changes keeps as the state has it: somebody
// else's value at Refold may be newer than the plan.
func (m model) withoutIgnored(config, state model) model {
	if m.Accounts.Equal(config.Accounts) {
		return m
	}
	configured, before, accounts := readAccounts(config.Accounts), readAccounts(state.Accounts), readAccounts(m.Accounts)
	for id, planned := range accounts {
		if prior, exists := before[id]; exists {
			accounts[id] = planned.withoutIgnored(configured[id], prior, state.sharesUDF() && !m.sharesUDF())
		}
	}
	m.Accounts = accountsValue(accounts)
	return m
}

// credentials are those of whichever form is set, by account and name.
func (m model) credentials() map[string]map[string]string { return readCredentials(m.Configured()) }

// credentialsVersion is that of write-only credentials, nil for the plain form, also where
// ignore_changes keeps a version beside it.
func (m model) credentialsVersion() *credentials.Version {
	if m.AuthCredentialsWO.IsNull() && !m.AuthCredentials.IsNull() {
		return nil
	}
	return (*credentials.Version)(m.AuthCredentialsWOVersion.ValueStringPointer())
}

// hasCredentialValues is false for a version without values, as ignore_changes leaves it in a plan.
func (m model) hasCredentialValues() bool {
	return m.credentialsVersion() == nil || !m.AuthCredentialsWO.IsNull()
}

// hasCredentialsOf reports whether what a state shows of credentials is the same.
func (m model) hasCredentialsOf(state model) bool {
	return m.AuthCredentials.Equal(state.AuthCredentials) && m.AuthCredentialsWOVersion.Equal(state.AuthCredentialsWOVersion) && m.AppID.Equal(state.AppID)
}

// lacking are the accounts whose write-only credentials are configured, and null or null in part.
func (m model) lacking() map[string]bool {
	lacking := map[string]bool{}
	if m.LacksValues() {
		for id := range m.Accounts.Elements() {
			lacking[id] = true
		}
		return lacking
	}
	for id, element := range m.AuthCredentialsWO.Elements() {
		if ofAccount, ok := element.(types.Map); ok && credentials.HasNull(ofAccount) {
			lacking[id] = true
		}
	}
	return lacking
}

// checkSentValues refuses to send write-only credentials whose values are null: to accounts that
// are new, in order, and to all if the version, or the app, is not that of the state.
func (m model) checkSentValues(state model, added []string, diagnostics *diag.Diagnostics) {
	lacking := m.lacking()
	if len(lacking) == 0 {
		return
	}
	isSentToAll := credentials.IsOther(state.AuthCredentialsWOVersion, m.AuthCredentialsWOVersion) || credentials.IsOther(state.AppID, m.AppID)
	var refused []string
	for _, id := range sortedIDs(lacking) {
		if _, isNew := slices.BinarySearch(added, id); isSentToAll || isNew {
			refused = append(refused, id)
		}
	}
	if len(refused) > 0 {
		diagnostics.Append(nullValuesError(refused))
	}
}

func readCredentials(attribute types.Map) map[string]map[string]string {
	byAccount := map[string]map[string]string{}
	for id, element := range attribute.Elements() {
		ofAccount, ok := element.(types.Map)
		if !ok || ofAccount.IsUnknown() || credentials.HasNull(ofAccount) {
			continue
		}
		byAccount[id] = map[string]string{}
		for name, value := range ofAccount.Elements() {
			if text, ok := value.(types.String); ok {
				byAccount[id][name] = text.ValueString()
			}
		}
	}
	return byAccount
}

// desired is what a model asks Refold for, that is written so in the configuration, after a state.
func (m model) desired(ctx context.Context, config, state model) map[string]reconcile.Desired {
	credentials := m.credentials()
	accounts := readAccounts(m.Accounts)
	shared := sharing{planned: m.sharesUDF(), state: state.sharesUDF()}
	var written, before map[string]account
	if shared.planned {
		written, before = readAccounts(config.Accounts), readAccounts(state.Accounts)
	}
	desired := make(map[string]reconcile.Desired, len(accounts))
	for id, account := range accounts {
		desired[id] = reconcile.Desired{
			AccountID:   id,
			Name:        account.name.ValueStringPointer(),
			UDF:         shared.fieldsToSend(ctx, account, written[id], before[id]),
			SharesUDF:   shared.planned,
			AppID:       m.AppID.ValueString(),
			Credentials: credentials[id],
		}
	}
	return desired
}

// dropCredentials forgets those of some accounts, so that the next plan sends them.
func (m *model) dropCredentials(ids []string) {
	if m.AuthCredentials.IsNull() || len(ids) == 0 {
		return
	}
	elements := m.AuthCredentials.Elements()
	for _, id := range ids {
		delete(elements, id)
	}
	m.AuthCredentials = types.MapValueMust(credentialsType(), elements)
}
