// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"cmp"
	"encoding/json"
	"net/http"
)

// ConfigBehaviour holds the switches about configs and their fields.
type ConfigBehaviour struct {
	// Values says which fields show a value (FACTS 2.7).
	Values ShownValues
	// RoundNumbers sends numbers of values through a 64-bit float, as JSON.parse does
	// (FACTS 4.14).
	RoundNumbers bool
	// IgnoreDisabledOptions shows the options of fields also to those who send the
	// header disable_field_options (FACTS 2.7).
	IgnoreDisabledOptions bool
	// ErrorTexts shows field_errors as texts, in place of objects with a message (FACTS 2.7).
	ErrorTexts bool
	// AnswerSuccess answers all writes with {"success": true} alone (FACTS 0.1).
	AnswerSuccess bool
	// ListWhole lists whole configs in place of their ids (FACTS 2.7).
	ListWhole bool
	// TenantConfig lists besides, with tenant_config, one that is the organization's
	// and no account's (FACTS 2.7).
	TenantConfig bool
	// UnknownAccountAsNone answers for an account that does not exist as for one
	// without configs, unless one is to be made. FACTS 2.7 knows of no message.
	UnknownAccountAsNone bool
	// ConnectedOnly refuses to make a config of an app that is not connected (FACTS 4.35).
	ConnectedOnly bool
	// DeleteRefusalsAs400 refuses deletions with the messages of 2023 and 2024, and 400
	// in place of 404 (FACTS 2.7).
	DeleteRefusalsAs400 bool
	// ToggleByPut has the toggle of a workflow under PUT and not under PATCH (FACTS 2.7).
	ToggleByPut bool
	// ToggleUnconnectedAs500 answers the toggle for an app that is not connected with
	// 500 in place of 400, as before v3.5.20 (FACTS 2.7).
	ToggleUnconnectedAs500 bool
	// ToggleUnknownIgnored answers the toggle of a workflow that the config does not have
	// as if it were done (FACTS 4.36).
	ToggleUnknownIgnored bool
}

// ShownValues says which fields of a config show a value (FACTS 2.7).
type ShownValues int

// Values of ShownValues.
const (
	// ShownValuesSet shows the values that were set.
	ShownValuesSet ShownValues = iota
	// ShownValuesAll shows the default as the value, besides, where none was set.
	ShownValuesAll
	// ShownValuesOwn shows the values that were set and differ from the default.
	ShownValuesOwn
)

const (
	configPath     = "/api/v2/public/config"
	configSlugPath = "/api/v2/public/slug/{slug}"
)

// Config has the endpoints of FACTS 2.7 but the update that replaces all, which nothing sends.
func (o objects) Config() []endpoint {
	const one, byDefault = configSlugPath + "/config/{configID}", configSlugPath + "/config"
	toggle := choose(o.behaviour.Config.ToggleByPut, http.MethodPut, http.MethodPatch)
	return []endpoint{
		{http.MethodPost, configPath, keyOnly, inE4((*Server).createConfig)},
		{http.MethodGet, byDefault, keyOnly, inE4((*Server).getConfig)},
		{http.MethodGet, one, keyOnly, inE4((*Server).getConfig)},
		{http.MethodDelete, byDefault, keyOnly, inE4((*Server).deleteConfig)},
		{http.MethodDelete, one, keyOnly, inE4((*Server).deleteConfig)},
		{http.MethodGet, configSlugPath + "/configs", keyOrSession, inE4((*Server).listConfigs)},
		{toggle, one + "/workflows/{workflowID}", keyOrSession, inE4((*Server).toggleWorkflow)},
	}
}

// configTarget is what a request about configs names.
type configTarget struct {
	configKey
	app *App
	// account is nil where there is none.
	account *Account
}

// configTarget finds what a request is about. Without a configID it is the account's id.
func (s *Server) configTarget(c *call, slug, configID string) (configTarget, error) {
	id, err := c.headedAccount()
	if err != nil {
		return configTarget{}, err
	}
	target := configTarget{app: s.app(c.place, slug)}
	stored := s.accounts(c.place).find(id, s.behaviour.Account.IDsIgnoreCase)
	switch isSeen := s.configs(c.place).stale[id] != nil; {
	case stored != nil:
		id, target.account = stored.account.AccountID, &stored.account
	case !isSeen && !s.behaviour.Config.UnknownAccountAsNone:
		return configTarget{}, s.notFound(false, c.place, id)
	}
	if target.app == nil {
		return configTarget{}, fail(http.StatusNotFound, "INVALID_APP_ID", "Application with app_type '%s' not found for org %s", slug, c.place.organization)
	}
	target.configKey = configKey{id, target.app.name(), cmp.Or(configID, id)}
	return target, nil
}

func (k configKey) notFound() error {
	return fail(http.StatusNotFound, codeNotFound, "Config with config id %s not found", k.ConfigID)
}

// isConnected reports whether the account has connected the app in any way.
func (t *configTarget) isConnected() bool { return t.account.integrationOf(t.app) >= 0 }

// createConfig is POST /config (FACTS 2.7): one that exists is returned unchanged. Of the body only
// slug and config_id are read, because the provider sends nothing else.
func (s *Server) createConfig(c *call) (answer, error) {
	fields, err := c.fields()
	if err != nil {
		return answer{}, err
	}
	slug, _ := text(fields["slug"])
	configID, _ := text(fields["config_id"])
	if slug == "" {
		return answer{}, missingSlug()
	}
	target, err := s.configTarget(c, slug, configID)
	switch {
	case err != nil:
		return answer{}, err
	case target.account == nil:
		return answer{}, s.notFound(false, c.place, target.AccountID)
	case s.behaviour.Config.ConnectedOnly && !target.isConnected():
		return answer{}, fail(http.StatusBadRequest, codeServerError, "%s is not connected", target.app.Name)
	}
	made := s.getOrMakeConfig(c.place, target.configKey)
	return s.behaviour.configWritten(s.behaviour.showConfig(target.app, made, c)), nil
}

func missingSlug() error { return fail(http.StatusBadRequest, codeServerError, "Missing Slug") }

// getOrMakeConfig returns the config of a key, which is new unless it is there.
func (s *Server) getOrMakeConfig(at place, key configKey) *configRecord {
	kept := s.configs(at)
	if found := kept.find(key); found != nil {
		return found
	}
	kept.lag(key.AccountID, s.behaviour.ReadLag)
	return kept.add(s.objectID(s.now()), key, Config{})
}

// configWritten is the answer to a write.
func (b *Behaviour) configWritten(shown any) answer {
	if b.Config.AnswerSuccess {
		shown = document{{"success", true}}
	}
	return jsonAnswer(http.StatusOK, shown)
}

// getConfig is GET /slug/{slug}/config[/{config_id}] (FACTS 2.7).
func (s *Server) getConfig(c *call) (answer, error) {
	target, err := s.configTarget(c, c.parameters["slug"], c.parameters["configID"])
	if err != nil {
		return answer{}, err
	}
	found, err := s.readConfig(c.place, target.configKey)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, s.behaviour.showConfig(target.app, found, c)), nil
}

// readConfig returns a config as a read sees it.
func (s *Server) readConfig(at place, key configKey) (*configRecord, error) {
	for _, known := range s.configs(at).read(key.AccountID) {
		if known.configKey == key {
			return known, nil
		}
	}
	return nil, key.notFound()
}

// deleteConfig is DELETE /slug/{slug}/config[/{config_id}] (FACTS 2.7).
func (s *Server) deleteConfig(c *call) (answer, error) {
	target, err := s.configTarget(c, c.parameters["slug"], c.parameters["configID"])
	if err != nil {
		return answer{}, s.behaviour.deletionRefused(c, err)
	}
	kept := s.configs(c.place)
	if kept.find(target.configKey) == nil {
		return answer{}, s.behaviour.deletionRefused(c, target.notFound())
	}
	kept.lag(target.AccountID, s.behaviour.ReadLag)
	kept.drop(func(known *configRecord) bool { return known.configKey == target.configKey })
	return s.behaviour.configWritten(document{{"message", "Installation Deleted Success"}}), nil
}

// deletionRefused is what a server of 2023 or 2024 says in place of an error of today.
func (b *Behaviour) deletionRefused(c *call, today error) error {
	_, err := c.headedAccount()
	switch {
	case !b.Config.DeleteRefusalsAs400:
		return today
	case err != nil:
		return fail(http.StatusBadRequest, codeServerError, "linked_account_id is required")
	default:
		return fail(http.StatusBadRequest, codeServerError, "Application with slug %s not found", c.parameters["slug"])
	}
}

// listConfigs is GET /slug/{slug}/configs (FACTS 2.7), oldest first.
func (s *Server) listConfigs(c *call) (answer, error) {
	target, err := s.configTarget(c, c.parameters["slug"], "")
	if err != nil {
		return answer{}, err
	}
	shown := []document{}
	for _, known := range s.configs(c.place).read(target.AccountID) {
		switch {
		case known.Slug != target.Slug:
		case s.behaviour.Config.ListWhole:
			shown = append(shown, s.behaviour.showConfig(target.app, known, c))
		default:
			shown = append(shown, document{{"_id", known.id}, {"config_id", known.ConfigID}})
		}
	}
	if s.behaviour.Config.TenantConfig {
		shown = append(shown, document{{"_id", target.app.objectID()}, {"config_id", c.place.organization}, {"tenant_config", true}})
	}
	return jsonAnswer(http.StatusOK, shown), nil
}

// toggleWorkflow is PATCH /slug/{slug}/config/{config_id}/workflows/{workflow_id} (FACTS 2.7).
func (s *Server) toggleWorkflow(c *call) (answer, error) {
	target, err := s.configTarget(c, c.parameters["slug"], c.parameters["configID"])
	if err != nil {
		return answer{}, err
	}
	enabled, err := c.enabled()
	if err != nil {
		return answer{}, err
	}
	if !target.isConnected() {
		status := choose(s.behaviour.Config.ToggleUnconnectedAs500, http.StatusInternalServerError, http.StatusBadRequest)
		return answer{}, fail(status, codeServerError, "%s is not connected", target.app.Name)
	}
	kept := s.configs(c.place)
	found, id := kept.find(target.configKey), c.parameters["workflowID"]
	isKnown := target.app.workflow(id, target.AccountID) != nil
	switch {
	case found == nil:
		return answer{}, target.notFound()
	case isKnown:
		kept.lag(target.AccountID, s.behaviour.ReadLag)
		found.config.Enabled[id] = enabled
	case !s.behaviour.Config.ToggleUnknownIgnored:
		return answer{}, fail(http.StatusNotFound, codeNotFound, "Workflow with id %s not found", id)
	}
	return s.behaviour.configWritten(document{{"workflows", showToggles(target.app, found)}}), nil
}

// enabled decodes the body of a toggle.
func (c *call) enabled() (bool, error) {
	fields, err := c.fields()
	if err != nil {
		return false, err
	}
	var enabled bool
	if !present(fields["enabled"]) || json.Unmarshal(fields["enabled"], &enabled) != nil {
		return false, fail(http.StatusBadRequest, codeValidation, "enabled must be a boolean")
	}
	return enabled, nil
}
