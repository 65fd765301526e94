// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"cmp"
	"fmt"
	"net/http"
	"reflect"
	"slices"
)

// ConfigField is a field that an app's configs have, or a workflow in them (FACTS 2.7).
type ConfigField struct {
	ID   string
	Name string
	// Type is the field_type; text when empty.
	Type     string
	Required bool
	// Default is any JSON, and nil for none.
	Default any
	// Options are what may be chosen, as JSON, and nil for none.
	Options  []any
	Hidden   bool
	Multiple bool
}

func (f ConfigField) clone() ConfigField {
	f.Default = cloneJSON(f.Default)
	if f.Options != nil {
		f.Options = cloneJSON(f.Options).([]any)
	}
	return f
}

// ConfigField has the endpoints of FACTS 2.7 for single fields.
func (objects) ConfigField() []endpoint {
	const all, one = configPath + "/field", configPath + "/field/{fieldID}"
	return []endpoint{
		{http.MethodPost, all, keyOrSession, inE4((*Server).readFields)},
		{http.MethodPost, one, keyOrSession, inE4((*Server).readField)},
		{http.MethodPut, one, keyOrSession, inE4((*Server).putField)},
		{http.MethodDelete, one, keyOrSession, inE4((*Server).clearField)},
	}
}

// fieldTarget is what a request about a field names.
type fieldTarget struct {
	configTarget
	workflowID string
	// field is nil where all are meant.
	field *ConfigField
}

func (s *Server) fieldTarget(c *call) (fieldTarget, error) {
	slug := latin1(c.header.Get("slug"))
	if slug == "" {
		return fieldTarget{}, missingSlug()
	}
	config, err := s.configTarget(c, slug, c.query.Get("config_id"))
	return fieldTarget{configTarget: config, workflowID: c.query.Get("workflow_id")}, err
}

// find looks the field up. A config that is not there comes before one that does not have it.
func (t *fieldTarget) find(id string) error {
	fields := t.app.ConfigFields
	if t.workflowID != "" {
		fields = nil
		if workflow := t.app.workflow(t.workflowID, t.AccountID); workflow != nil {
			fields = workflow.Fields
		}
	}
	at := slices.IndexFunc(fields, func(known ConfigField) bool { return known.ID == id })
	if at < 0 {
		return fail(http.StatusBadRequest, codeServerError, "Field with id %s not found", id)
	}
	t.field = &fields[at]
	return nil
}

// readFields is POST /config/field, which reads all in spite of its method (FACTS 2.7).
func (s *Server) readFields(c *call) (answer, error) {
	target, err := s.fieldTarget(c)
	if err != nil {
		return answer{}, err
	}
	found, err := s.readConfig(c.place, target.configKey)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, s.behaviour.showConfig(target.app, found, c)), nil
}

// readField is POST /config/field/{field_id}, which reads one (FACTS 2.7).
func (s *Server) readField(c *call) (answer, error) {
	target, err := s.fieldTarget(c)
	if err != nil {
		return answer{}, err
	}
	found, err := s.readConfig(c.place, target.configKey)
	if err != nil {
		return answer{}, err
	}
	if err := target.find(c.parameters["fieldID"]); err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, s.behaviour.showField(target.field, found.config.valuesOf(target.workflowID), c)), nil
}

// putField is PUT /config/field/{field_id} (FACTS 2.7).
func (s *Server) putField(c *call) (answer, error) {
	fields, err := c.fields()
	if err != nil {
		return answer{}, err
	}
	raw, isSent := fields["value"]
	if !isSent {
		return answer{}, fail(http.StatusBadRequest, codeValidation, "value is required")
	}
	var value any
	if err := decodeExact(raw, &value); err != nil {
		return answer{}, fmt.Errorf("decode a value: %w", err)
	}
	if s.behaviour.Config.RoundNumbers {
		value = roundNumbers(value)
	}
	return s.changeField(c, func(values map[string]any, id string) { values[id] = value })
}

// clearField is DELETE /config/field/{field_id}: the default counts again (FACTS 2.7).
func (s *Server) clearField(c *call) (answer, error) {
	return s.changeField(c, func(values map[string]any, id string) { delete(values, id) })
}

func (s *Server) changeField(c *call, change func(values map[string]any, id string)) (answer, error) {
	target, err := s.fieldTarget(c)
	if err != nil {
		return answer{}, err
	}
	kept := s.configs(c.place)
	found := kept.find(target.configKey)
	if found == nil {
		return answer{}, target.notFound()
	}
	if err := target.find(c.parameters["fieldID"]); err != nil {
		return answer{}, err
	}
	kept.lag(target.AccountID, s.behaviour.ReadLag)
	values := found.config.valuesOf(target.workflowID)
	change(values, target.field.ID)
	return s.behaviour.configWritten(s.behaviour.showField(target.field, values, c)), nil
}

// showConfig shows a config, with the fields and workflows in the catalogue's order. It names
// neither organization nor environment.
func (b *Behaviour) showConfig(app *App, record *configRecord, c *call) document {
	workflows := []document{}
	for _, workflow := range app.workflowsOf(record.AccountID) {
		workflows = append(workflows, document{
			{"id", workflow.ID}, {"name", workflow.Name}, {"description", workflow.Description}, {"icon", app.Icon},
			{"enabled", record.config.Enabled[workflow.ID]},
			{"fields", b.showConfigFields(workflow.Fields, record.config.WorkflowValues[workflow.ID], c)},
		})
	}
	return document{
		{"slug", record.Slug}, {"config_id", record.ConfigID},
		{"fields", b.showConfigFields(app.ConfigFields, record.config.Values, c)},
		{"workflows", workflows},
		{"field_errors", b.showFieldErrors(record.config.Errors)},
	}
}

func (b *Behaviour) showConfigFields(fields []ConfigField, values map[string]any, c *call) []document {
	shown := make([]document, 0, len(fields))
	for i := range fields {
		shown = append(shown, b.showField(&fields[i], values, c))
	}
	return shown
}

func (b *Behaviour) showField(one *ConfigField, values map[string]any, c *call) document {
	shown := document{
		{"id", one.ID}, {"name", cmp.Or(one.Name, one.ID)}, {"field_type", cmp.Or(one.Type, "text")},
		{"required", one.Required}, {"multiple", one.Multiple}, {"hidden", one.Hidden},
	}
	if one.Default != nil {
		shown = append(shown, field{"defaultValue", one.Default})
	}
	if value, isShown := b.shownValue(one, values); isShown {
		shown = append(shown, field{"value", value})
	}
	isDisabled := c.header.Get("disable_field_options") == "true" && !b.Config.IgnoreDisabledOptions
	if one.Options != nil && !isDisabled {
		shown = append(shown, field{"options", one.Options})
	}
	return shown
}

func (b *Behaviour) shownValue(one *ConfigField, values map[string]any) (any, bool) {
	value, isSet := values[one.ID]
	switch {
	case !isSet && b.Config.Values == ShownValuesAll:
		return one.Default, one.Default != nil
	case b.Config.Values == ShownValuesOwn:
		return value, isSet && !reflect.DeepEqual(value, one.Default)
	default:
		return value, isSet
	}
}

func (b *Behaviour) showFieldErrors(errors []string) []any {
	shown := []any{}
	for _, text := range errors {
		shown = append(shown, choose[any](b.Config.ErrorTexts, text, document{{"message", text}}))
	}
	return shown
}

// showToggles is the answer to a toggle.
func showToggles(app *App, record *configRecord) []document {
	shown := []document{}
	for _, workflow := range app.workflowsOf(record.AccountID) {
		shown = append(shown, document{{"id", workflow.ID}, {"enabled", record.config.Enabled[workflow.ID]}, {"data_slots", []any{}}})
	}
	return shown
}
