// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
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
}

// Integration has the endpoints of FACTS 2.1.5.
func (objects) Integration() []endpoint {
	return []endpoint{
		{http.MethodDelete, linkedAccountPath + "/integration/{slug}", keyOnly, (*Server).deleteIntegration},
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
	// AuthTypes are the connections ("oauth2", "keybased"); never shown.
	AuthTypes []string
	CreatedAt time.Time
	UpdatedAt time.Time
}

func (i Integration) clone() Integration {
	i.AppID = clonePointer(i.AppID)
	i.AuthTypes = slices.Clone(i.AuthTypes)
	i.Identifier = cloneJSON(i.Identifier)
	return i
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
	kept, changed := disconnect(stored.account.Integrations, c.parameters["slug"], c.query.Get("auth_type"))
	if changed {
		accounts.lag(stored.account.AccountID, s.behaviour.ReadLag)
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
func disconnect(integrations []Integration, slug, authType string) (kept []Integration, changed bool) {
	for _, integration := range integrations {
		named := integration.Type == slug
		if integration.AppID != nil {
			named = *integration.AppID == slug
		}
		if !named || (authType != "" && !slices.Contains(integration.AuthTypes, authType)) {
			kept = append(kept, integration)
			continue
		}
		changed = true
		integration = integration.clone()
		integration.AuthTypes = slices.DeleteFunc(integration.AuthTypes, func(known string) bool { return known == authType })
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

// Connect adds an integration, as a customer does who connects an app. One of the
// same Type and AppID is replaced. It panics when there is no such account.
func (s *Server) Connect(environment, accountID string, integration Integration) {
	s.Change(environment, accountID, func(account *Account) {
		for i, known := range account.Integrations {
			if known.Type == integration.Type && sameText(known.AppID, integration.AppID) {
				account.Integrations[i] = integration
				return
			}
		}
		account.Integrations = append(account.Integrations, integration)
	})
}

func sameText(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
