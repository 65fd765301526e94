// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"cmp"
	"fmt"
	"slices"
)

// Config returns a copy of a config; ok is false when there is none. An empty configID is the
// account's id.
func (s *Server) Config(environment, accountID, slug, configID string) (config Config, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.configs(s.place(environment)).find(configKey{accountID, slug, cmp.Or(configID, accountID)})
	if found == nil {
		return Config{}, false
	}
	return found.config.clone(), true
}

// Configs returns copies of the configs of an account, oldest first.
func (s *Server) Configs(environment, accountID string) []Config {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.configs(s.place(environment)).of(accountID)
	copies := make([]Config, 0, len(found))
	for _, one := range found {
		copies = append(copies, one.config.clone())
	}
	return copies
}

// SetConfig makes a config or replaces it, as a customer does who configures an app. An empty
// ConfigID is the account's id. It panics when there is no such account or app, and for a value or
// a switch of what the app does not have.
func (s *Server) SetConfig(environment, accountID string, config Config) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.place(environment)
	s.accounts(at).known("SetConfig", accountID)
	app := s.app(at, config.Slug)
	if app == nil {
		panic(fmt.Sprintf("mockapi: SetConfig: there is no app %q", config.Slug))
	}
	if unknown := app.lacks(accountID, config); unknown != "" {
		panic(fmt.Sprintf("mockapi: SetConfig: %q has no %s", config.Slug, unknown))
	}
	kept, key := s.configs(at), configKey{accountID, config.Slug, cmp.Or(config.ConfigID, accountID)}
	delete(kept.stale, accountID)
	if found := kept.find(key); found != nil {
		config.ConfigID = key.ConfigID
		found.config = config.clone()
		return
	}
	kept.add(s.objectID(s.now()), key, config)
}

// lacks names what a config has and the app has not.
func (a *App) lacks(accountID string, config Config) string {
	for id := range config.Values {
		if !hasField(a.ConfigFields, id) {
			return fmt.Sprintf("field %q", id)
		}
	}
	for id := range config.Enabled {
		if a.workflow(id, accountID) == nil {
			return fmt.Sprintf("workflow %q", id)
		}
	}
	for id, values := range config.WorkflowValues {
		workflow := a.workflow(id, accountID)
		if workflow == nil {
			return fmt.Sprintf("workflow %q", id)
		}
		for fieldID := range values {
			if !hasField(workflow.Fields, fieldID) {
				return fmt.Sprintf("field %q of workflow %q", fieldID, id)
			}
		}
	}
	return ""
}

func hasField(fields []ConfigField, id string) bool {
	return slices.ContainsFunc(fields, func(known ConfigField) bool { return known.ID == id })
}

// RemoveConfig deletes a config. An empty configID is the account's id. It panics when there is no
// such config.
func (s *Server) RemoveConfig(environment, accountID, slug, configID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, key := s.configs(s.place(environment)), configKey{accountID, slug, cmp.Or(configID, accountID)}
	if kept.find(key) == nil {
		panic(fmt.Sprintf("mockapi: RemoveConfig: %q has no config %q of %q", accountID, key.ConfigID, slug))
	}
	delete(kept.stale, accountID)
	kept.drop(func(known *configRecord) bool { return known.configKey == key })
}
