// SPDX-License-Identifier: MPL-2.0

package variablevalue

import (
	"cmp"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/text/unicode/norm"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// noun is what messages call a value of a variable.
const noun = "variable value"

// model is the resource as configuration, plan or state.
type model struct {
	ID                   types.String `tfsdk:"id"`
	VariableDefinitionID types.String `tfsdk:"variable_definition_id"`
	LinkedAccountID      types.String `tfsdk:"linked_account_id"`
	WorkflowID           types.String `tfsdk:"workflow_id"`
	Value                types.String `tfsdk:"value"`
	ValueWO              types.String `tfsdk:"value_wo"`
	ValueWOVersion       types.String `tfsdk:"value_wo_version"`
	Name                 types.String `tfsdk:"name"`
	VariableScope        types.String `tfsdk:"scope"`
	Encrypted            types.Bool   `tfsdk:"encrypted"`
	UpdatedAt            types.String `tfsdk:"updated_at"`
	dependant.Attributes
}

// Object implements dependant.Model. Of the variable's name and its definition's id, messages have
// the one that is known.
func (m model) Object() dependant.Object {
	definitionID, accountID, workflowID := m.VariableDefinitionID.ValueString(), m.LinkedAccountID.ValueString(), m.WorkflowID.ValueString()
	ids, name := []string{definitionID}, cmp.Or(m.Name.ValueString(), definitionID)
	if target := cmp.Or(accountID, workflowID); target != "" {
		ids = append(ids, target)
	}
	if workflowID != "" {
		name += "/" + workflowID
	}
	return dependant.Object{Noun: noun, AccountID: accountID, IDs: ids, Name: name}
}

func (m model) subject() diagnose.Subject { return m.Object().Subject() }

// key is what the client knows the value by. Of a definition that is not known, nothing is shown.
func (m model) key(definition *refold.VariableDefinition) refold.VariableKey {
	key := refold.VariableKey{
		DefinitionID: m.VariableDefinitionID.ValueString(), AccountID: m.LinkedAccountID.ValueString(), WorkflowID: m.WorkflowID.ValueString(),
		Scope: m.VariableScope.ValueString(), Encrypted: true,
	}
	if definition != nil {
		key.Scope, key.Encrypted = definition.Scope, definition.Encrypted
	}
	return key
}

// isNamed reports whether it is known which value a plan is about.
func (m model) isNamed() bool {
	return !m.VariableDefinitionID.IsUnknown() && !m.LinkedAccountID.IsUnknown() && !m.WorkflowID.IsUnknown()
}

// isOther reports whether a plan is about another value than that of the state.
func (m model) isOther(state model) bool {
	return !m.VariableDefinitionID.Equal(state.VariableDefinitionID) || !m.LinkedAccountID.Equal(state.LinkedAccountID) || !m.WorkflowID.Equal(state.WorkflowID)
}

// IsImporting implements dependant.Model.
func (m model) IsImporting() bool { return m.Encrypted.IsNull() }

// AfterFailure implements dependant.Model.
func (m model) AfterFailure(plan model) model {
	left := m
	left.TakeSwitches(plan.Attributes)
	return left
}

// hasForm reports whether either form of the value is configured, be it by its version alone.
func (m model) hasForm() bool {
	return !m.Value.IsNull() || !m.ValueWO.IsNull() || m.isWriteOnly()
}

// isWriteOnly reports whether the value is that of value_wo.
func (m model) isWriteOnly() bool { return !m.ValueWOVersion.IsNull() }

// wanted is the value in the form that is configured, and null for none. A plan does not have one
// that is write-only: it comes from the configuration, unless the plan, by ignore_changes, keeps
// the other form.
func (m model) wanted(config model) types.String {
	if m.isWriteOnly() {
		return config.ValueWO
	}
	return m.Value
}

// lacksValue reports whether there is nothing to send of a plan whose value is sent.
func (m model) lacksValue(config model) bool {
	return !m.hasForm() || !m.ValueWOVersion.IsUnknown() && m.wanted(config).IsNull()
}

// isSent reports whether an update sends the value: it, or its version, is another one than that of
// the state, or an update before has left open which one Refold holds. What is no longer configured
// stays at Refold.
func (m model) isSent(state model, left unsettled) bool {
	if !m.Value.IsNull() && !m.Value.Equal(state.Value) {
		return true
	}
	return m.isWriteOnly() && !m.ValueWOVersion.Equal(state.ValueWOVersion) || left.Value && m.hasForm()
}

// isTakenOut reports whether a plan takes the value off management.
func (m model) isTakenOut(state model) bool { return state.hasForm() && !m.hasForm() }

// isSame reports whether what Refold shows is this text, of which Terraform keeps the normal form.
func isSame(shown *refold.VariableValue, text types.String) bool {
	if text.IsNull() || text.IsUnknown() || !shown.IsShown {
		return false
	}
	return shown.Is(text.ValueString()) || norm.NFC.String(shown.Value) == norm.NFC.String(text.ValueString())
}

// isAnother reports whether a value that is shown was made anew since the state: Refold gives each
// an id of its own, which only some reads show.
func (m model) isAnother(shown *refold.VariableValue) bool {
	return shown.ID != "" && m.ID.ValueString() != "" && shown.ID != m.ID.ValueString()
}

// isSetSince reports whether somebody has set the value since the state was made, as far as that
// can be told: by the value itself, or where the state does not have it, by when it was set.
func (m model) isSetSince(shown *refold.VariableValue, left unsettled) bool {
	switch before := m.UpdatedAt.ValueString(); {
	case m.isAnother(shown):
		return true
	case !m.Value.IsNull() && shown.IsShown:
		return !isSame(shown, m.Value) && !left.hasTried(shown)
	case left.Written != "":
		return shown.UpdatedAt != before && left.isEarlierThan(shown.UpdatedAt)
	default:
		return before != "" && shown.UpdatedAt != "" && before != shown.UpdatedAt
	}
}

// refresh takes over what Refold shows. The value itself is only taken into a state that has it, or
// that is imported, and never that of an encrypted definition, or of one that is not known.
func (m *model) refresh(definition *refold.VariableDefinition, shown *refold.VariableValue, at refold.Scope) {
	isImport := m.IsImporting()
	m.ID = attribute.TextOrNull(cmp.Or(shown.ID, m.ID.ValueString()))
	m.UpdatedAt = attribute.TextOrNull(cmp.Or(shown.UpdatedAt, m.UpdatedAt.ValueString()))
	m.Encrypted = types.BoolValue(shown.Encrypted)
	if definition != nil {
		m.Name, m.VariableScope = attribute.TextOrNull(definition.Name), attribute.TextOrNull(definition.Scope)
	}
	switch {
	case shown.Encrypted || definition == nil || m.isWriteOnly():
		m.Value = types.StringNull()
	case shown.IsShown && (isImport || !m.Value.IsNull()) && !isSame(shown, m.Value):
		m.Value = types.StringValue(shown.Value)
	}
	m.OrganizationID, m.Environment = attribute.TextOrNull(at.OrganizationID), attribute.TextOrNull(at.Environment)
	if m.AdoptExisting.IsNull() {
		m.AdoptExisting = types.BoolValue(false)
	}
}

// settle fills in what a plan left open, after a write.
func (m *model) settle(definition *refold.VariableDefinition, saved *refold.VariableValue, at refold.Scope) {
	fill(&m.ID, saved.ID)
	fill(&m.Name, definition.Name)
	fill(&m.VariableScope, definition.Scope)
	fill(&m.UpdatedAt, saved.UpdatedAt)
	fill(&m.OrganizationID, at.OrganizationID)
	fill(&m.Environment, at.Environment)
	if m.Encrypted.IsUnknown() {
		m.Encrypted = types.BoolValue(saved.Encrypted)
	}
}

// fill replaces an attribute that is not known yet.
func fill(open *types.String, text string) {
	if open.IsUnknown() {
		*open = attribute.TextOrNull(text)
	}
}

// keep takes over from the state what a plan left open, where nothing was sent.
func (m *model) keep(state model) {
	m.ID, m.Name, m.VariableScope, m.Encrypted, m.UpdatedAt = state.ID, state.Name, state.VariableScope, state.Encrypted, state.UpdatedAt
	m.OrganizationID, m.Environment = state.OrganizationID, state.Environment
}

// unsettled is what the private state keeps of a value: what an update that failed has left open,
// and what tells values from here from those of others, where the state does not show them.
type unsettled struct {
	// Value is true where Refold may hold another value than the state says.
	Value bool `json:"value,omitempty"`
	// Tried are the values that were sent without an answer that says what became of them, unless
	// they are write-only.
	Tried []string `json:"tried,omitempty"`
	// Written is when the last write from here ended, in RFC 3339, where no answer has shown when
	// the value was set.
	Written string `json:"written,omitempty"`
	// Elsewhere is the import id of the object whose value somebody else has set, as a read has
	// found, and that no plan shows.
	Elsewhere string `json:"elsewhere,omitempty"`
}

// IsNothing implements dependant.Kept.
func (u unsettled) IsNothing() bool {
	return !u.Value && len(u.Tried) == 0 && u.Written == "" && u.Elsewhere == ""
}

// hasTried reports whether a value that is shown may be one whose answer was lost.
func (u unsettled) hasTried(shown *refold.VariableValue) bool {
	return slices.ContainsFunc(u.Tried, func(tried string) bool { return isSame(shown, types.StringValue(tried)) })
}

// answerTolerance is what a time that an answer gives in whole seconds may be off.
const answerTolerance = 2 * time.Second

// isEarlierThan reports whether a value was set at a time when the last write from here was over.
func (u unsettled) isEarlierThan(setAt string) bool {
	tolerance := answerTolerance
	if u.Value {
		tolerance = refold.ClockTolerance
	}
	isLater, _ := refold.IsLater(setAt, u.Written, tolerance)
	return isLater
}

// afterWrite is what is kept of a value that was set: when, unless that was shown, of one that the
// state does not hold.
func (m model) afterWrite(saved *refold.VariableValue) unsettled {
	if !m.isWriteOnly() || saved.UpdatedAt != "" || saved.AnsweredAt.IsZero() {
		return unsettled{}
	}
	return unsettled{Written: saved.AnsweredAt.UTC().Format(time.RFC3339)}
}

// afterFailure is what is kept after an update that failed.
func (u unsettled) afterFailure(plan model, wanted types.String, failed error) unsettled {
	if refold.KindOf(failed) == refold.ValueRefused || !refold.MayHaveArrived(failed) {
		return u
	}
	u.Value, u.Written = true, refold.EndOf(failed).UTC().Format(time.RFC3339)
	if !plan.isWriteOnly() {
		u.Tried = append(slices.Clone(u.Tried), wanted.ValueString())
	}
	return u
}

// since is what is kept after a read. A time that is shown tells what comes after it, and what
// others have set settles what was left open. Of a variable that is encrypted now, no value is
// kept.
func (u unsettled) since(state model, shown *refold.VariableValue) unsettled {
	if shown.Encrypted {
		u.Tried = nil
	}
	switch {
	case state.isSetSince(shown, u):
		if !state.isWriteOnly() && (!shown.Encrypted || !state.Value.IsNull()) {
			return unsettled{}
		}
		return unsettled{Elsewhere: state.Object().ImportID()}
	case u.Value:
		return u
	case shown.UpdatedAt != "":
		return unsettled{Elsewhere: u.Elsewhere}
	}
	return u
}
