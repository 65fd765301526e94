// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"maps"
	"slices"
)

// Config is the configuration of an app for an account, as it is stored (FACTS 2.7).
type Config struct {
	// Slug names the app, or a custom app's AppID does.
	Slug string
	// ConfigID is the account's id unless something else is said.
	ConfigID string
	// Values are those of fields by the field's id, any JSON; numbers that come out are
	// json.Number. A field without one has its default.
	Values map[string]any
	// WorkflowValues are the same for the fields of workflows, by the workflow's id.
	WorkflowValues map[string]map[string]any
	// Enabled are the workflows that are switched on, by id.
	Enabled map[string]bool
	// Errors are the texts of field_errors.
	Errors []string
}

// clone has no nil map.
func (c *Config) clone() Config {
	copied := *c
	copied.Values = cloneValues(c.Values)
	copied.WorkflowValues = map[string]map[string]any{}
	for id, values := range c.WorkflowValues {
		copied.WorkflowValues[id] = cloneValues(values)
	}
	copied.Enabled = map[string]bool{}
	maps.Copy(copied.Enabled, c.Enabled)
	copied.Errors = slices.Clone(c.Errors)
	return copied
}

func cloneValues(values map[string]any) map[string]any {
	copied := map[string]any{}
	for id, value := range values {
		copied[id] = cloneJSON(value)
	}
	return copied
}

// valuesOf returns the values of the app's fields, or of those of a workflow. The map is the
// config's own.
func (c *Config) valuesOf(workflowID string) map[string]any {
	if workflowID == "" {
		return c.Values
	}
	if c.WorkflowValues[workflowID] == nil {
		c.WorkflowValues[workflowID] = map[string]any{}
	}
	return c.WorkflowValues[workflowID]
}

// configKey names a config within its place.
type configKey struct{ AccountID, Slug, ConfigID string }

// configRecord is one stored config.
type configRecord struct {
	configKey
	id     string
	config Config
}

// configs holds the configs of one place.
type configs struct {
	stored []*configRecord
	stale  map[string]*staleConfigs
}

// staleConfigs is what reads see of an account's configs for a while after a write.
type staleConfigs struct {
	before []*configRecord
	reads  int
}

func (s *Server) configs(at place) *configs { return storeOf[configs](s, at) }

// add stores a copy of a config under a key that is free.
func (k *configs) add(id string, key configKey, config Config) *configRecord {
	config.Slug, config.ConfigID = key.Slug, key.ConfigID
	added := &configRecord{key, id, config.clone()}
	k.stored = append(k.stored, added)
	return added
}

// find returns the config as writes see it, or nil.
func (k *configs) find(key configKey) *configRecord {
	for _, known := range k.stored {
		if known.configKey == key {
			return known
		}
	}
	return nil
}

// of returns the configs of an account, oldest first.
func (k *configs) of(accountID string) []*configRecord {
	var found []*configRecord
	for _, known := range k.stored {
		if known.AccountID == accountID {
			found = append(found, known)
		}
	}
	return found
}

// drop removes the configs that are gone.
func (k *configs) drop(isGone func(*configRecord) bool) {
	k.stored = slices.DeleteFunc(k.stored, isGone)
}

// lag notes how the configs of an account are now, for the next reads after a write. It is called
// before the write.
func (k *configs) lag(accountID string, reads int) {
	if reads <= 0 {
		delete(k.stale, accountID)
		return
	}
	seen := &staleConfigs{reads: reads}
	for _, known := range k.of(accountID) {
		seen.before = append(seen.before, &configRecord{known.configKey, known.id, known.config.clone()})
	}
	if k.stale == nil {
		k.stale = map[string]*staleConfigs{}
	}
	k.stale[accountID] = seen
}

// read returns the configs of an account as a read sees them, oldest first. It uses up one stale
// read.
func (k *configs) read(accountID string) []*configRecord {
	seen := k.stale[accountID]
	if seen == nil {
		return k.of(accountID)
	}
	seen.reads--
	if seen.reads == 0 {
		delete(k.stale, accountID)
	}
	return seen.before
}

// follow removes the configs of apps of which a change of an account's integrations takes the last
// connection (FACTS 2.1.5). Reads is how many after it still see them.
func (k *configs) follow(accountID string, before, after []Integration, reads int) {
	isGone := func(known *configRecord) bool {
		return known.AccountID == accountID && isAmong(before, known.Slug) && !isAmong(after, known.Slug)
	}
	if slices.ContainsFunc(k.stored, isGone) {
		k.lag(accountID, reads)
		k.drop(isGone)
	}
}

func isAmong(integrations []Integration, slug string) bool {
	return slices.ContainsFunc(integrations, func(known Integration) bool { return known.slug() == slug })
}
