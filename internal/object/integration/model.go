// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// noun is Refold's word for an app that is connected to an account.
const noun = "integration"

// model is the resource as configuration, plan or state.
type model struct {
	LinkedAccountID      types.String `tfsdk:"linked_account_id"`
	Slug                 types.String `tfsdk:"slug"`
	AuthType             types.String `tfsdk:"auth_type"`
	Credentials          types.Map    `tfsdk:"credentials"`
	CredentialsWO        types.Map    `tfsdk:"credentials_wo"`
	CredentialsWOVersion types.String `tfsdk:"credentials_wo_version"`
	ForceDestroy         types.Bool   `tfsdk:"force_destroy"`
	Connected            types.Bool   `tfsdk:"connected"`
	ReauthRequired       types.Bool   `tfsdk:"reauth_required"`
	ConnectedAt          types.String `tfsdk:"connected_at"`
	Name                 types.String `tfsdk:"name"`
	Icon                 types.String `tfsdk:"icon"`
	dependant.Attributes
}

func (m model) Object() dependant.Object {
	accountID, slug := m.LinkedAccountID.ValueString(), m.Slug.ValueString()
	return dependant.Object{Noun: noun, AccountID: accountID, IDs: []string{accountID, slug}, Name: slug}
}

func (m model) subject() diagnose.Subject { return m.Object().Subject() }

// isNamed reports whether it is known which integration a plan is about.
func (m model) isNamed() bool { return !m.LinkedAccountID.IsUnknown() && !m.Slug.IsUnknown() }

// IsImporting implements dependant.Model.
func (m model) IsImporting() bool { return m.Connected.IsNull() }

// leaveOpen makes a type that no plan could fill in the app's to say.
func (m *model) leaveOpen() {
	if m.AuthType.IsUnknown() {
		m.AuthType = types.StringNull()
	}
}

// keys are the credentials in the form that is configured, and null for none. A plan does not have
// those that are write-only: they come from the configuration, unless the plan, by ignore_changes,
// keeps the other form.
func (m model) keys(config model) types.Map {
	if !m.CredentialsWOVersion.IsNull() {
		return config.CredentialsWO
	}
	return m.Credentials
}

// hasForm reports whether either form of credentials is configured, be it by its version alone.
func (m model) hasForm() bool {
	return !m.Credentials.IsNull() || !m.CredentialsWO.IsNull() || !m.CredentialsWOVersion.IsNull()
}

// sendsKeys reports whether an update has to send the keys: they, their version or their type are
// others than those of the state. What is no longer configured stays at Refold.
func (m model) sendsKeys(state model) bool {
	if !m.Credentials.IsNull() && !m.Credentials.Equal(state.Credentials) {
		return true
	}
	return m.isOfOtherType(state) || !m.CredentialsWOVersion.IsNull() && !m.CredentialsWOVersion.Equal(state.CredentialsWOVersion)
}

// isOfOtherType reports whether a plan is sure to change the type of a connection.
func (m model) isOfOtherType(state model) bool {
	return !m.AuthType.Equal(state.AuthType) && !m.AuthType.IsUnknown()
}

// isSent reports whether an update sends keys, be it once more after one that failed.
func (m model) isSent(state model, left unsettled) bool {
	return m.sendsKeys(state) || left.Keys && m.hasForm()
}

// hidesKeys reports whether a state does not have by which keys its connection was made: it was
// imported, or they were taken out of the configuration since.
func (m model) hidesKeys() bool { return m.Credentials.IsNull() && m.CredentialsWOVersion.IsNull() }

// texts are the keys as they are sent; only for a map without unknown or null values.
func texts(keys types.Map) map[string]string {
	sent := map[string]string{}
	for name, value := range keys.Elements() {
		if text, ok := value.(types.String); ok {
			sent[name] = text.ValueString()
		}
	}
	return sent
}

// lacksKeys reports whether there is nothing to send of a plan whose keys are sent.
func (m model) lacksKeys(config model) bool {
	return !m.hasForm() || !m.CredentialsWOVersion.IsUnknown() && lacksValues(m.keys(config))
}

// lacksValues reports whether keys are null, or one of them is.
func lacksValues(keys types.Map) bool {
	return keys.IsNull() || slices.ContainsFunc(slices.Collect(maps.Values(keys.Elements())), attr.Value.IsNull)
}

// refresh takes over what Refold shows of the connection.
func (m *model) refresh(app *refold.Application, connection refold.Connection, at refold.Scope) {
	m.Connected = types.BoolValue(true)
	m.ReauthRequired = types.BoolValue(app.ReauthRequired)
	m.ConnectedAt = attribute.TextOrNull(connection.ConnectedAt)
	m.Name = attribute.TextOrNull(app.Name)
	m.Icon = attribute.TextOrNull(app.Icon)
	m.settleScope(at)
	m.settleSwitches()
}

// settleScope keeps where the state was made, since no answer about the connection names it.
func (m *model) settleScope(at refold.Scope) {
	m.OrganizationID, m.Environment = attribute.TextOrNull(at.OrganizationID), attribute.TextOrNull(at.Environment)
}

// settleSwitches gives an imported object what a configuration without them has.
func (m *model) settleSwitches() {
	if m.AdoptExisting.IsNull() {
		m.AdoptExisting = types.BoolValue(false)
	}
	if m.ForceDestroy.IsNull() {
		m.ForceDestroy = types.BoolValue(false)
	}
}
