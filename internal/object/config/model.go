// SPDX-License-Identifier: MPL-2.0

package config

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/diagnose"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// model is the resource as configuration, plan or state.
type model struct {
	LinkedAccountID types.String `tfsdk:"linked_account_id"`
	Slug            types.String `tfsdk:"slug"`
	ConfigID        types.String `tfsdk:"config_id"`
	Fields          Value        `tfsdk:"fields"`
	Workflows       types.Map    `tfsdk:"workflows"`
	ForceDestroy    types.Bool   `tfsdk:"force_destroy"`
	FieldErrors     types.List   `tfsdk:"field_errors"`
	dependant.Attributes
}

func (m model) key() refold.ConfigKey {
	return refold.ConfigKey{AccountID: m.LinkedAccountID.ValueString(), Slug: m.Slug.ValueString(), ConfigID: m.ConfigID.ValueString()}
}

func (m model) Object() dependant.Object { return dependant.Config(m.key()) }

func (m model) subject() diagnose.Subject { return m.Object().Subject() }

// isNamed reports whether it is known which config a plan is about.
func (m model) isNamed() bool {
	return !m.LinkedAccountID.IsUnknown() && !m.Slug.IsUnknown() && !m.ConfigID.IsUnknown()
}

// isOther reports whether a plan is about another config than the one of the state.
func (m model) isOther(state model) bool { return m.key() != state.key() }

// IsImporting implements dependant.Model.
func (m model) IsImporting() bool { return m.FieldErrors.IsNull() }

// knownFields are the fields that are given and wholly known, by id.
func (m model) knownFields() (map[string]any, error) { return m.Fields.KnownToJSON() }

// switches are the workflows that are given and known, by id. One that is null is not given.
func switches(workflows types.Map) map[string]bool {
	given := map[string]bool{}
	for id, value := range workflows.Elements() {
		if enabled, ok := value.(types.Bool); ok && !enabled.IsNull() && !enabled.IsUnknown() {
			given[id] = enabled.ValueBool()
		}
	}
	return given
}

// refresh takes over what Refold has of the fields that are named, and of the workflows that the
// model has. A value that means the same stays as it is written.
func (m *model) refresh(ctx context.Context, config *refold.Config, fields []string, at refold.Scope) error {
	shown := map[string]any{}
	for _, id := range fields {
		if field := config.Field(id); field != nil {
			shown[id] = field.Effective()
		}
	}
	if err := m.showFields(ctx, shown); err != nil {
		return err
	}
	m.showWorkflows(config)
	m.settle(config.FieldErrors, at)
	return nil
}

func (m *model) showFields(ctx context.Context, shown map[string]any) error {
	now, err := FromJSON(ctx, shown)
	if err != nil {
		return err
	}
	if !m.Fields.Means(now) && (!m.Fields.IsNothing() || len(now.Keys()) > 0) {
		m.Fields = now
	}
	return nil
}

func (m *model) showWorkflows(config *refold.Config) {
	if m.Workflows.IsNull() {
		return
	}
	now := maps.Clone(m.Workflows.Elements())
	for id, value := range now {
		switch workflow := config.Workflow(id); {
		case workflow != nil && !value.IsNull():
			now[id] = types.BoolValue(workflow.Enabled)
		case workflow == nil:
			delete(now, id)
		}
	}
	m.Workflows = types.MapValueMust(types.BoolType, now)
}

// importAll takes over everything that is set, and the workflows that are switched on, as what an
// import shows.
func (m *model) importAll(ctx context.Context, config *refold.Config, at refold.Scope) error {
	var set []string
	for _, field := range config.Fields {
		if field.IsSet() && isConfigurable(field.ID) {
			set = append(set, field.ID)
		}
	}
	enabled := map[string]attr.Value{}
	for _, workflow := range config.Workflows {
		if workflow.Enabled && refold.CheckExact(workflow.ID) == nil {
			enabled[workflow.ID] = types.BoolValue(true)
		}
	}
	m.Workflows = types.MapNull(types.BoolType)
	if len(enabled) > 0 {
		m.Workflows = types.MapValueMust(types.BoolType, enabled)
	}
	return m.refresh(ctx, config, set, at)
}

// isConfigurable reports whether a configuration can hold the id of a field.
func isConfigurable(id string) bool {
	return refold.CheckFieldID(id) == nil && refold.CheckExact(id) == nil
}

// settle fills in what is computed, and gives an imported object what a configuration without
// switches has.
func (m *model) settle(fieldErrors []string, at refold.Scope) {
	m.FieldErrors = fieldErrorsOf(fieldErrors)
	m.OrganizationID, m.Environment = attribute.TextOrNull(at.OrganizationID), attribute.TextOrNull(at.Environment)
	if m.AdoptExisting.IsNull() {
		m.AdoptExisting = types.BoolValue(false)
	}
	if m.ForceDestroy.IsNull() {
		m.ForceDestroy = types.BoolValue(false)
	}
}

func fieldErrorsOf(texts []string) types.List {
	values := make([]attr.Value, len(texts))
	for i, text := range texts {
		values[i] = types.StringValue(text)
	}
	return types.ListValueMust(types.StringType, values)
}

// fieldErrors are those of a state, in Refold's words.
func (m model) fieldErrors() []string {
	var texts []string
	for _, value := range m.FieldErrors.Elements() {
		if text, ok := value.(types.String); ok {
			texts = append(texts, text.ValueString())
		}
	}
	return texts
}

// changes are what has to be written to a config.
type changes struct {
	// set are values of fields, in the order of their ids, and cleared those that go back to their
	// default.
	set     []fieldValue
	cleared []string
	// switched are workflows, in the order of their ids.
	switched []workflowSwitch
}

type fieldValue struct {
	id    string
	value any
}

type workflowSwitch struct {
	id      string
	enabled bool
}

func (c changes) isEmpty() bool { return len(c.set)+len(c.cleared)+len(c.switched) == 0 }

// given are the fields that are set.
func (c changes) given() []string {
	var ids []string
	for _, one := range c.set {
		ids = append(ids, one.id)
	}
	return ids
}

// fields are those that are set or cleared.
func (c changes) fields() []string { return slices.Concat(c.cleared, c.given()) }

// changesOf is what is missing in a config. What it holds already is not sent again, be it by
// default.
func changesOf(config *refold.Config, wanted desired) changes {
	fields, workflows := wanted.fields, wanted.workflows
	var missing changes
	for _, id := range slices.Sorted(maps.Keys(fields)) {
		if field := config.Field(id); field == nil || !Same(field.Effective(), fields[id]) {
			missing.set = append(missing.set, fieldValue{id, fields[id]})
		}
	}
	for _, id := range wanted.left {
		if field := config.Field(id); field != nil && field.IsSet() {
			missing.cleared = append(missing.cleared, id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(workflows)) {
		if workflow := config.Workflow(id); workflow == nil || workflow.Enabled != workflows[id] {
			missing.switched = append(missing.switched, workflowSwitch{id, workflows[id]})
		}
	}
	return missing
}

// unknownIDs are the fields and workflows that are given, and that a config does not have.
func unknownIDs(config *refold.Config, fields []string, workflows types.Map) (unknownFields, unknownWorkflows []string) {
	for _, id := range fields {
		if config.Field(id) == nil {
			unknownFields = append(unknownFields, id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(workflows.Elements())) {
		if !workflows.Elements()[id].IsNull() && config.Workflow(id) == nil {
			unknownWorkflows = append(unknownWorkflows, id)
		}
	}
	return unknownFields, unknownWorkflows
}

// foreign are what is set in a config and is not as configured: fields, and fields of workflows. A
// workflow that is on is one of them where it would be switched off.
func foreign(config *refold.Config, fields map[string]any, workflows map[string]bool) []string {
	var found []string
	for _, field := range config.Fields {
		value, isGiven := fields[field.ID]
		if field.IsSet() && !(isGiven && Same(field.Value, value)) {
			found = append(found, field.ID)
		}
	}
	for _, workflow := range config.Workflows {
		if enabled, isGiven := workflows[workflow.ID]; isGiven && !enabled && workflow.Enabled {
			found = append(found, workflow.ID+" (switched on)")
		}
		for _, field := range workflow.Fields {
			if field.IsSet() {
				found = append(found, workflow.ID+": "+field.ID)
			}
		}
	}
	return found
}

// runningIn are the workflows of a config that are switched on.
func runningIn(config *refold.Config) []string {
	var running []string
	for _, workflow := range config.Workflows {
		if workflow.Enabled {
			running = append(running, workflow.ID)
		}
	}
	return running
}

// replacedBy are fields and workflows in which a write replaces what somebody else has chosen, and
// a plan shows nothing of it: those that come under management, and those that were changed since
// the state was read.
func replacedBy(plan, state model, managed []string, config *refold.Config) []string {
	known, err := plan.knownFields()
	if err != nil {
		return nil
	}
	before, err := state.knownFields()
	if err != nil {
		return nil
	}
	replaced := slices.DeleteFunc(union(plan.Fields.Keys(), without(managed, plan.Fields.Keys())), func(id string) bool {
		field := config.Field(id)
		if field == nil || !field.IsSet() {
			return true
		}
		value, isGiven := known[id]
		shown, isShown := before[id]
		return isGiven && Same(field.Value, value) || isShown && Same(field.Value, shown) || !isGiven && !slices.Contains(managed, id)
	})
	return append(replaced, switchedBack(plan, state, config)...)
}

// switchedBack are workflows that somebody else has switched since the state was read, and those
// that are switched off as they come under management.
func switchedBack(plan, state model, config *refold.Config) []string {
	wanted, before := switches(plan.Workflows), switches(state.Workflows)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(wanted)), func(id string) bool {
		workflow := config.Workflow(id)
		if workflow == nil || workflow.Enabled == wanted[id] {
			return true
		}
		shown, isShown := before[id]
		return isShown && shown == workflow.Enabled || !isShown && !workflow.Enabled
	})
}

// changedSince are fields whose values are others than those of a state.
func changedSince(state model, config *refold.Config) []string {
	known, err := state.knownFields()
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(known)), func(id string) bool {
		value := setValue(config, id)
		return value == nil || Same(value, known[id])
	})
}
