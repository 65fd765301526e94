// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"cmp"
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// connected is what Refold shows of an app of an account.
type connected struct {
	// app is nil where the catalogue does not have it.
	app *refold.Application
	// catalogue are all apps.
	catalogue []*refold.Application
	// authType is the type that is looked for, and connection what was found of it, nil for none.
	authType   string
	connection *refold.Connection
	// listed is set in place of connection where the catalogue does not have the app, and the
	// account itself shows it as connected all the same.
	listed *refold.Integration
	// isAccountGone is true where Refold says that there is no such account.
	isAccountGone bool
	// missing is the answer that says so.
	missing error
}

// look looks at the app of a model, by what was read of its account up to maxAge ago. An account
// that does not exist is a finding.
func look(ctx context.Context, client *refold.Client, m model, maxAge time.Duration) (connected, error) {
	catalogue, err := client.Applications(ctx, m.LinkedAccountID.ValueString(), maxAge)
	if refold.KindOf(err) == refold.AccountNotFound {
		return connected{isAccountGone: true, missing: err}, nil
	}
	if err != nil {
		return connected{}, err
	}
	found := connectedOf(catalogue, m)
	if found.app != nil {
		return found, nil
	}
	return found, found.lookAtAccount(ctx, client, m)
}

// connectedOf is what a catalogue, with the connections of an account, shows of the app of a model.
func connectedOf(catalogue []*refold.Application, m model) connected {
	found := connected{catalogue: catalogue, app: refold.FindApplication(catalogue, m.Slug.ValueString()), authType: m.AuthType.ValueString()}
	if found.app == nil {
		return found
	}
	if keyType, hasKeys := found.app.KeyType(); found.authType == "" && hasKeys {
		found.authType = keyType
	}
	if connection, isThere := found.app.Connection(found.authType); isThere {
		found.connection = &connection
	}
	return found
}

// lookAtAccount looks for an app that the organization does not offer any more: what was connected
// before may still be.
func (c *connected) lookAtAccount(ctx context.Context, client *refold.Client, m model) error {
	account, err := client.ReadLinkedAccount(ctx, m.LinkedAccountID.ValueString(), refold.ReadOptions{})
	if refold.KindOf(err) == refold.AccountNotFound {
		c.isAccountGone, c.missing = true, err
		return nil
	}
	if err != nil {
		return err
	}
	for _, integration := range account.Integrations {
		if integration.Slug() == m.Slug.ValueString() {
			c.listed = &integration
		}
	}
	return nil
}

// byKeys is what was found for an import, which names no type: the connection of the app's usual
// type, else one of another type that is based on keys.
func (c connected) byKeys() connected {
	if c.isThere() || c.app == nil {
		return c
	}
	for _, connection := range c.app.Connections {
		if _, isOffered := c.app.Keys[connection.AuthType]; isOffered {
			c.authType, c.connection = connection.AuthType, &connection
			return c
		}
	}
	return c
}

// isByImport reports whether an import of what was found would take the same connection.
func (c connected) isByImport() bool {
	if c.app == nil {
		return true
	}
	imported := connectedOf([]*refold.Application{c.app}, model{Slug: types.StringValue(cmp.Or(c.app.Slug, c.app.AppID))}).byKeys()
	return imported.connection == nil || imported.authType == c.authType
}

// further are the types based on keys by which the app is connected besides the one that was found.
func (c connected) further() []string {
	var authTypes []string
	for _, connection := range c.app.Connections {
		if _, isOffered := c.app.Keys[connection.AuthType]; isOffered && connection.AuthType != c.authType {
			authTypes = append(authTypes, connection.AuthType)
		}
	}
	return authTypes
}

func (c connected) isThere() bool { return c.connection != nil || c.listed != nil }

// isHidden is true of a connection of an app that the catalogue does not have.
func (c connected) isHidden() bool { return c.connection == nil && c.listed != nil }

// show takes over into a state what was found there.
func (c connected) show(state *model, at refold.Scope) {
	if c.isHidden() {
		// A deletion without a type would take the customer's connections along.
		state.AuthType = types.StringValue(cmp.Or(state.AuthType.ValueString(), refold.KeyBased))
		state.Connected, state.ReauthRequired = types.BoolValue(true), types.BoolValue(c.listed.ReauthRequired != nil && *c.listed.ReauthRequired)
		state.settleScope(at)
		state.settleSwitches()
		return
	}
	state.AuthType = types.StringValue(c.authType)
	state.refresh(c.app, *c.connection, at)
}
