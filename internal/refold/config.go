// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
)

// Config is the configuration of an app for an account (FACTS 2.7). Its answers name neither
// organization nor environment.
type Config struct {
	Slug string
	// ConfigID is the account's id by default; an app may have several configs by name.
	ConfigID string
	// FieldErrors are what is wrong with the fields, in Refold's words.
	FieldErrors []string
	Fields      []ConfigField
	Workflows   []ConfigWorkflow
}

// ConfigField is a field of a config, or of a workflow in it.
type ConfigField struct {
	ID   string
	Name string
	// Type is Refold's field_type, such as text, number, select, map.
	Type string
	// Required, Hidden and Multiple are false where the server does not say.
	Required, Hidden, Multiple bool
	// Value and Default are any JSON, with numbers as json.Number, and nil for none.
	Value, Default any
	// Options are what may be chosen, as JSON, and nil for none.
	Options json.RawMessage
}

// Effective is the value that counts: its own, or else the default.
func (f ConfigField) Effective() any {
	if f.Value == nil {
		return f.Default
	}
	return f.Value
}

// IsSet reports whether the field has a value of its own, beyond its default.
func (f ConfigField) IsSet() bool { return f.Value != nil && !sameValue(f.Value, f.Default) }

// sameValue compares JSON, with numbers by what they are worth.
func sameValue(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		b, isNumber := b.(json.Number)
		return isNumber && sameNumber(a, b)
	case []any:
		b, isList := b.([]any)
		return isList && slices.EqualFunc(a, b, sameValue)
	case map[string]any:
		b, isObject := b.(map[string]any)
		return isObject && maps.EqualFunc(a, b, sameValue)
	}
	return a == b
}

// sameNumber compares to 512 bits, which are more than any store of JSON keeps.
func sameNumber(a, b json.Number) bool {
	const precision = 512
	first, _, err := big.ParseFloat(a.String(), 10, precision, big.ToNearestEven)
	if err != nil {
		return a == b
	}
	second, _, err := big.ParseFloat(b.String(), 10, precision, big.ToNearestEven)
	return err == nil && first.Cmp(second) == 0
}

// ConfigWorkflow is a workflow as a config has it.
type ConfigWorkflow struct {
	ID, Name, Description string
	Enabled               bool
	Fields                []ConfigField
}

// Field is that of an id, or nil.
func (c *Config) Field(id string) *ConfigField {
	for i := range c.Fields {
		if c.Fields[i].ID == id {
			return &c.Fields[i]
		}
	}
	return nil
}

// Workflow is that of an id, or nil.
func (c *Config) Workflow(id string) *ConfigWorkflow {
	for i := range c.Workflows {
		if c.Workflows[i].ID == id {
			return &c.Workflows[i]
		}
	}
	return nil
}

type wireConfigField struct {
	ID       lenientText     `json:"id"`
	Name     lenientText     `json:"name"`
	Type     lenientText     `json:"field_type"`
	Required lenientBool     `json:"required"`
	Hidden   lenientBool     `json:"hidden"`
	Multiple lenientBool     `json:"multiple"`
	Value    any             `json:"value"`
	Default  any             `json:"defaultValue"`
	Options  json.RawMessage `json:"options"`
}

func (w wireConfigField) field() ConfigField {
	field := ConfigField{
		ID: string(w.ID), Name: w.Name.label(), Type: w.Type.label(),
		Required: w.Required.isTrue(), Hidden: w.Hidden.isTrue(), Multiple: w.Multiple.isTrue(),
		Value: w.Value, Default: w.Default,
	}
	if len(w.Options) > 0 && string(w.Options) != "null" {
		field.Options = w.Options
	}
	return field
}

func fieldsOf(wire []wireConfigField) []ConfigField {
	fields := make([]ConfigField, len(wire))
	for i, field := range wire {
		fields[i] = field.field()
	}
	return fields
}

type wireConfig struct {
	Slug        lenientText       `json:"slug"`
	ConfigID    lenientText       `json:"config_id"`
	FieldErrors []json.RawMessage `json:"field_errors"`
	Fields      []wireConfigField `json:"fields"`
	Workflows   []struct {
		ID          lenientText       `json:"id"`
		Name        lenientText       `json:"name"`
		Description lenientText       `json:"description"`
		Enabled     lenientBool       `json:"enabled"`
		Fields      []wireConfigField `json:"fields"`
	} `json:"workflows"`
}

func (w *wireConfig) config(clean redactor) *Config {
	config := &Config{Slug: string(w.Slug), ConfigID: string(w.ConfigID), Fields: fieldsOf(w.Fields)}
	for _, workflow := range w.Workflows {
		config.Workflows = append(config.Workflows, ConfigWorkflow{
			ID: string(workflow.ID), Name: workflow.Name.label(), Description: workflow.Description.label(),
			Enabled: workflow.Enabled.isTrue(), Fields: fieldsOf(workflow.Fields),
		})
	}
	for _, raw := range w.FieldErrors {
		config.FieldErrors = append(config.FieldErrors, fieldErrorOf(raw, clean))
	}
	return config
}

// decodeConfig reads a config for the one that was asked for, if it has its id. A slug is not
// compared: for an app that the organization built it may be another of its names. One that does
// not show its fields is unreadable, since customers may have set any, and so is one with a field
// or workflow without an id, or with an id twice: nobody could say what a value belongs to.
func decodeConfig(received answer, id string) (*Config, error) {
	var wire wireConfig
	if decodeNumbers(received.body, &wire) != nil {
		return nil, unreadable(received, "not a config in JSON")
	}
	switch {
	case wire.ConfigID == "":
		return nil, unreadable(received, "JSON without a config_id")
	case string(wire.ConfigID) != id:
		return nil, ofAnotherObject(received, "the answer is about another config, "+received.clean.quote(string(wire.ConfigID), messageLimit))
	case wire.Fields == nil:
		return nil, unreadable(received, "a config without its fields")
	}
	config := wire.config(received.clean)
	if id, isAmbiguous := config.ambiguous(); isAmbiguous {
		return nil, unreadable(received, fmt.Sprintf("a config in which the id %q is missing or there twice", received.clean.exact(id, messageLimit)))
	}
	return config, nil
}

// ambiguous is the first id that does not name one field, or one workflow.
func (c *Config) ambiguous() (string, bool) {
	isField, isWorkflow := map[string]bool{"": true}, map[string]bool{"": true}
	for _, field := range c.Fields {
		if isField[field.ID] {
			return field.ID, true
		}
		isField[field.ID] = true
	}
	for _, workflow := range c.Workflows {
		if isWorkflow[workflow.ID] {
			return workflow.ID, true
		}
		isWorkflow[workflow.ID] = true
	}
	return "", false
}

// fieldErrorOf is a text, or the message of an object; its form is not documented (FACTS 2.7).
func fieldErrorOf(raw json.RawMessage, clean redactor) string {
	var value any
	if json.Unmarshal(raw, &value) == nil {
		if text := textOf(value); text != "" {
			return clean.quote(text, messageLimit)
		}
	}
	return clean.quote(string(raw), messageLimit)
}

// decodeNumbers decodes JSON with numbers as they stand there.
func decodeNumbers(raw []byte, target any) error {
	if !json.Valid(raw) {
		return errors.New("decode JSON: it is none")
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(target); err != nil {
		return fmt.Errorf("decode JSON: %w", err)
	}
	return nil
}
