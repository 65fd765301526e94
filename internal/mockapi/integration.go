// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"maps"
	"net/http"
	"slices"
	"time"
)

// DefaultAppID is the app_id of the organization's default app.
const DefaultAppID = "6a05d19680458c9a09e79c2e"

const (
	defaultAppName   = "Acme CRM"
	defaultBodyLimit = 1 << 20
)

// IntegrationBehaviour holds the switches about integrations.
type IntegrationBehaviour struct {
	// AnswerSuccess answers the removal of one with {"success": true}, not with
	// the account that is left (FACTS 0.1, 2.1.5).
	AnswerSuccess bool
	// AccountInQuery lets the saving of keys take the account from the query too,
	// and not from the header only (FACTS 2.0).
	AccountInQuery bool
	// KeysAnswer is the answer to the saving of keys (FACTS 2.3).
	KeysAnswer KeysAnswer
	// ConnectingConfigures lets the first connection of an app make the app's config
	// under the account's id (FACTS 4.34).
	ConnectingConfigures bool
}

// Integration has the endpoints of FACTS 2.1.5, 2.3.
func (objects) Integration() []endpoint {
	const path = linkedAccountPath + "/integration"
	return []endpoint{
		{http.MethodPut, path + "/save-key-credentials/{slug}", keyOnly, (*Server).saveKeys},
		{http.MethodDelete, path + "/{slug}", keyOnly, (*Server).deleteIntegration},
	}
}

// Integration is one connected app of an account (FACTS 2.1).
type Integration struct {
	// ID is the server's id; Connect fills it in.
	ID string
	// Type is the app's slug, or "custom".
	Type string
	Name string
	Icon string
	// AppID is set for custom apps only.
	AppID *string
	// Identifier tells what is connected; any JSON value, nil when unset.
	Identifier     any
	ReauthRequired bool
	// AuthTypes are the connections ("oauth2", "keybased"); accounts never show
	// them, applications do. Without any there is one, of the app's own type.
	AuthTypes []string
	// Connections are what is known of each of AuthTypes; what is missing is filled in.
	Connections map[string]Connection
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// Connection is one of several that an account may have to one app (FACTS 2.6).
type Connection struct {
	ConnectedAt time.Time
	// Identifier is a text or an object; nil for that of the Integration.
	Identifier any
	// Keys are what was saved, which nothing shows. Nil for a connection by OAuth.
	Keys map[string]string
}

func (i Integration) clone() Integration {
	i.AppID = clonePointer(i.AppID)
	i.AuthTypes = slices.Clone(i.AuthTypes)
	i.Identifier = cloneJSON(i.Identifier)
	connections := i.Connections
	i.Connections = map[string]Connection{}
	for authType, made := range connections {
		i.Connections[authType] = Connection{made.ConnectedAt, cloneJSON(made.Identifier), maps.Clone(made.Keys)}
	}
	return i
}

// slug is what requests call the app (FACTS 2.1.5).
func (i *Integration) slug() string {
	if i.AppID != nil {
		return *i.AppID
	}
	return i.Type
}

// authTypes are those of its connections; the app is nil where the catalogue does not have it.
func (i *Integration) authTypes(app *App) []string {
	if len(i.AuthTypes) > 0 {
		return i.AuthTypes
	}
	return []string{app.defaultAuthType()}
}

// connection returns what is known of one, with an identifier that is a text or an object
// (FACTS 2.6).
func (i *Integration) connection(authType string) Connection {
	made := i.Connections[authType]
	setDefault(&made.ConnectedAt, i.CreatedAt)
	if made.Identifier != nil {
		return made
	}
	switch i.Identifier.(type) {
	case string, map[string]any:
		made.Identifier = i.Identifier
	default:
		made.Identifier = i.Name
	}
	return made
}

// settle makes Connections those of AuthTypes.
func (i *Integration) settle(now time.Time) {
	if i.Connections == nil {
		i.Connections = map[string]Connection{}
	}
	maps.DeleteFunc(i.Connections, func(known string, _ Connection) bool { return !slices.Contains(i.AuthTypes, known) })
	for _, authType := range i.AuthTypes {
		made := i.Connections[authType]
		setDefault(&made.ConnectedAt, now)
		i.Connections[authType] = made
	}
}

// integrationOf returns the index of the app's integration, or -1. The account may be nil.
func (a *Account) integrationOf(app *App) int {
	if a == nil {
		return -1
	}
	return a.integration(app.name())
}

func (a *Account) integration(slug string) int {
	return slices.IndexFunc(a.Integrations, func(known Integration) bool { return known.slug() == slug })
}

func (a *Account) defaultApp() int {
	return slices.IndexFunc(a.Integrations, func(i Integration) bool {
		return i.AppID != nil && *i.AppID == DefaultAppID
	})
}

// deleteIntegration is DELETE /linked-account/integration/{slug} (FACTS 2.1.5).
// It succeeds without a change when the integration is absent.
func (s *Server) deleteIntegration(c *call) (answer, error) {
	id := c.query.Get("linked_account_id")
	if header := latin1(c.header.Get("linked_account_id")); header != "" {
		id = header
	}
	if id == "" {
		return answer{}, fail(http.StatusBadRequest, codeServerError, "Linked account id is required")
	}
	accounts := s.accounts(c.place)
	stored := accounts.find(id, s.behaviour.Account.IDsIgnoreCase)
	if stored == nil {
		return answer{}, s.notFound(s.behaviour.Account.DeleteNotFoundAs500, c.place, id)
	}
	slug := c.parameters["slug"]
	kept, changed := disconnect(stored.account.Integrations, s.app(c.place, slug), slug, c.query.Get("auth_type"))
	if changed {
		accounts.lag(stored.account.AccountID, s.behaviour.ReadLag)
		s.configs(c.place).follow(stored.account.AccountID, stored.account.Integrations, kept, s.behaviour.ReadLag)
		stored.account.Integrations = kept
		stored.reconcile()
		stored.touch(s.now())
	}
	if s.behaviour.Integration.AnswerSuccess {
		return jsonAnswer(http.StatusOK, document{{"success", true}}), nil
	}
	return jsonAnswer(http.StatusOK, s.behaviour.showRead(&stored.account)), nil
}

// disconnect takes away the integrations that slug names, or with an authType
// only that connection of theirs. Custom apps are named by their application id.
// The app is nil where the catalogue does not have it.
func disconnect(integrations []Integration, app *App, slug, authType string) (kept []Integration, changed bool) {
	for _, integration := range integrations {
		types := integration.authTypes(app)
		if integration.slug() != slug || (authType != "" && !slices.Contains(types, authType)) {
			kept = append(kept, integration)
			continue
		}
		changed = true
		integration = integration.clone()
		integration.AuthTypes = slices.DeleteFunc(slices.Clone(types), func(known string) bool { return known == authType })
		delete(integration.Connections, authType)
		if authType != "" && len(integration.AuthTypes) > 0 {
			kept = append(kept, integration)
		}
	}
	return kept, changed
}

func (b *Behaviour) showIntegrations(account *Account) []document {
	shown := make([]document, 0, len(account.Integrations))
	hidden := -1
	if b.Document.HideDefaultApp {
		hidden = account.defaultApp()
	}
	for i, integration := range account.Integrations {
		if i == hidden {
			continue
		}
		shown = append(shown, b.showIntegration(integration))
	}
	return shown
}

// showIntegration leaves out what Refold strips: credentials, authTokens and
// connections (FACTS 2.1).
func (b *Behaviour) showIntegration(integration Integration) document {
	shown := document{
		{"_id", integration.ID},
		{"type", integration.Type},
		{"name", integration.Name},
		{"app_id", integration.AppID},
	}
	if integration.Icon != "" {
		shown = append(shown, field{"icon", integration.Icon})
	}
	if integration.Identifier != nil {
		shown = append(shown, field{"identifier", integration.Identifier})
	}
	return append(shown,
		field{"reauth_required", integration.ReauthRequired},
		field{"createdAt", b.showTime(integration.CreatedAt)},
		field{"updatedAt", b.showTime(integration.UpdatedAt)},
	)
}
