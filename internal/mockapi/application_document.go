// SPDX-License-Identifier: MPL-2.0

package mockapi

import "cmp"

// showApp shows an app as an account sees it, which may be nil. It names neither
// organization nor environment.
func (b *Behaviour) showApp(app *App, account *Account) document {
	shown := document{{"_id", app.objectID()}, {"name", app.Name}, {"slug", app.name()}, {"type", app.kind()}}
	if app.AppID != "" {
		shown = append(shown, field{"app_id", app.AppID})
	}
	shown = append(shown,
		field{"icon", app.Icon},
		field{"description", app.Description},
		field{"tags", append([]string{}, app.Tags...)},
		field{"ecosystem", app.Ecosystem},
		field{"auth_type", app.defaultAuthType()},
	)
	shown = append(shown, b.showKeyFields(app)...)
	return append(shown, b.showConnections(app, account)...)
}

func (b *Behaviour) showKeyFields(app *App) document {
	where := b.Application.KeyFields
	var shown document
	if where == KeyFieldsInBoth || where == KeyFieldsInOptions {
		options := document{}
		for _, authType := range app.authTypes() {
			options = append(options, field{authType, showFields(app.Keys[authType])})
		}
		shown = append(shown, field{"auth_type_options", options})
	}
	if types := app.keyTypes(); len(types) > 0 && (where == KeyFieldsInBoth || where == KeyFieldsInInputMap) {
		shown = append(shown, field{"auth_input_map", showFields(app.Keys[types[0]])})
	}
	return shown
}

func showFields(fields []KeyField) []document {
	shown := make([]document, 0, len(fields))
	for _, one := range fields {
		shown = append(shown, document{
			{"name", one.Name}, {"label", cmp.Or(one.Label, one.Name)}, {"placeholder", one.Placeholder},
			{"required", one.Required}, {"type", choose(one.Secret, "password", "text")},
		})
	}
	return shown
}

func (b *Behaviour) showConnections(app *App, account *Account) document {
	if connected := account.integrationOf(app); connected >= 0 {
		integration := &account.Integrations[connected]
		return document{
			{"connected", true},
			{"connected_accounts", b.showConnected(integration, app)},
			{"reauth_required", integration.ReauthRequired},
		}
	}
	var shown document
	if b.Application.ShowUnconnected {
		shown = document{{"connected", false}, {"connected_accounts", []document{}}}
	}
	if b.Application.ShowUnconnected || b.Application.ReauthUnconnected {
		shown = append(shown, field{"reauth_required", b.Application.ReauthUnconnected})
	}
	return shown
}

func (b *Behaviour) showConnected(integration *Integration, app *App) []document {
	var shown []document
	for _, authType := range integration.authTypes(app) {
		made := integration.connection(authType)
		identifier := made.Identifier
		if _, isText := identifier.(string); isText && b.Application.IdentifierObject {
			identifier = document{{"name", identifier}}
		}
		shown = append(shown, document{
			{"identifier", identifier}, {"connectedAt", b.showTime(made.ConnectedAt)}, {"status", "active"}, {"auth_type", authType},
		})
	}
	return shown
}
