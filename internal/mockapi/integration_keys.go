// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
)

// KeysAnswer is the body of the answer to the saving of keys (FACTS 2.3).
type KeysAnswer int

// Values of KeysAnswer.
const (
	// KeysAnswerSuccess is {"success": true}.
	KeysAnswerSuccess KeysAnswer = iota
	// KeysAnswerApp is an object of the app's own, which says nothing of a success.
	KeysAnswerApp
	// KeysAnswerEmpty is a 200 without a body.
	KeysAnswerEmpty
)

// saveKeys is PUT /linked-account/integration/save-key-credentials/{slug} (FACTS 2.3). It makes the
// connection, or replaces it.
func (s *Server) saveKeys(c *call) (answer, error) {
	id, err := choose(s.behaviour.Integration.AccountInQuery, c.selectedAccount, c.headedAccount)()
	if err != nil {
		return answer{}, err
	}
	accounts := s.accounts(c.place)
	stored := accounts.find(id, s.behaviour.Account.IDsIgnoreCase)
	if stored == nil {
		return answer{}, s.notFound(false, c.place, id)
	}
	app := s.app(c.place, c.parameters["slug"])
	if app == nil {
		return answer{}, unknownApp(c.place, c.parameters["slug"])
	}
	authType, keys, err := c.keysFor(app)
	if err != nil {
		return answer{}, err
	}
	accounts.lag(stored.account.AccountID, s.behaviour.ReadLag)
	wasConnected := stored.account.integrationOf(app) >= 0
	now := s.now()
	stored.account.connect(app, authType, Connection{now, app.identify(authType, keys), keys})
	stored.touch(now)
	s.complete(stored, now)
	if s.behaviour.Integration.ConnectingConfigures && !wasConnected {
		s.getOrMakeConfig(c.place, configKey{stored.account.AccountID, app.name(), stored.account.AccountID})
	}
	return s.behaviour.keysSaved(app), nil
}

// keysFor decodes the keys of a request and lets the app verify them.
func (c *call) keysFor(app *App) (authType string, keys map[string]string, err error) {
	authType = cmp.Or(c.query.Get("auth_type"), append(app.keyTypes(), authKeys)[0])
	taken, takesKeys := app.Keys[authType]
	if !takesKeys {
		return "", nil, fail(http.StatusBadRequest, codeServerError, "%s does not support the auth type %s", app.Name, authType)
	}
	fields, err := c.fields()
	if err != nil {
		return "", nil, err
	}
	keys = map[string]string{}
	for name, raw := range fields {
		var value any
		if err := decodeExact(raw, &value); err != nil {
			return "", nil, fmt.Errorf("decode a key: %w", err)
		}
		keys[name] = stringOf(value)
	}
	if refusal := app.refusal(taken, keys); refusal != "" {
		return "", nil, fail(http.StatusInternalServerError, codeServerError, "Failed to verify credentials: %s", refusal)
	}
	return authType, keys, nil
}

// refusal is why the app does not accept the keys, empty where it does.
func (a *App) refusal(taken []KeyField, keys map[string]string) string {
	for _, one := range taken {
		if one.Required && keys[one.Name] == "" {
			return one.Name + " is required"
		}
	}
	if a.Verify == nil {
		return ""
	}
	return a.Verify(maps.Clone(keys))
}

// identify tells what keys connect: the first that is no secret, else the app.
func (a *App) identify(authType string, keys map[string]string) string {
	for _, one := range a.Keys[authType] {
		if !one.Secret && keys[one.Name] != "" {
			return keys[one.Name]
		}
	}
	return a.Name
}

// connect adds a connection, or replaces the one of its type.
func (a *Account) connect(app *App, authType string, made Connection) {
	at := a.integrationOf(app)
	if at < 0 {
		a.Integrations = append(a.Integrations, Integration{Type: app.kind(), Name: app.Name, Icon: app.Icon, AuthTypes: []string{authType}})
		at = len(a.Integrations) - 1
		if app.AppID != "" {
			a.Integrations[at].AppID = new(app.AppID)
		}
	}
	connected := a.Integrations[at].clone()
	connected.AuthTypes = connected.authTypes(app)
	if !slices.Contains(connected.AuthTypes, authType) {
		connected.AuthTypes = append(connected.AuthTypes, authType)
	}
	connected.Connections[authType] = made
	connected.ReauthRequired, connected.UpdatedAt = false, made.ConnectedAt
	a.Integrations[at] = connected
}

func (b *Behaviour) keysSaved(app *App) answer {
	switch b.Integration.KeysAnswer {
	case KeysAnswerApp:
		return jsonAnswer(http.StatusOK, document{{"integration", document{{"name", app.Name}, {"verified_by", "api"}}}, {"scopes", []string{"read", "write"}}})
	case KeysAnswerEmpty:
		return answer{status: http.StatusOK}
	default:
		return jsonAnswer(http.StatusOK, document{{"success", true}})
	}
}
