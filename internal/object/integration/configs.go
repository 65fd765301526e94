// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/dependant"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// loss is a config that goes with the last connection of its app (FACTS 2.1.5). What is set in it
// counts whoever has set it: where a resource manages the config and it is to go, that deletes it
// first.
type loss struct {
	configID  string
	fields    []string
	workflows []string
}

func lossIn(configID string, config *refold.Config) loss {
	lost := loss{configID: configID, fields: dependant.SetFields(config)}
	for _, workflow := range config.Workflows {
		if workflow.Enabled {
			lost.workflows = append(lost.workflows, workflow.ID)
		}
	}
	return lost
}

// lossOf finds what goes with a connection, unless the app has others that stay.
func lossOf(ctx context.Context, client *refold.Client, state model, found connected, left unsettled) ([]loss, error) {
	if !found.isThere() || found.hasOthers(state, left) {
		return nil, nil
	}
	accountID, slug := state.LinkedAccountID.ValueString(), state.Slug.ValueString()
	ids, err := client.ConfigIDs(ctx, accountID, slug)
	if kind := refold.KindOf(err); kind == refold.NotFound || kind == refold.AccountNotFound || kind == refold.ApplicationNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list the configs of the app: %w", err)
	}
	var losses []loss
	for _, id := range ids {
		key := refold.ConfigKey{AccountID: accountID, Slug: slug, ConfigID: id}
		config, err := client.Config(ctx, key, false)
		if refold.KindOf(err) == refold.NotFound {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read config %q of the app: %w", id, err)
		}
		losses = append(losses, lossIn(id, config))
	}
	return losses, nil
}

// hasOthers reports whether the app has connections that stay where that of a state goes, and what
// is left.
func (c connected) hasOthers(state model, left unsettled) bool {
	if c.app == nil {
		return false
	}
	authTypes := append(left.removed(c.app), state.AuthType.ValueString())
	return slices.ContainsFunc(c.app.Connections, func(connection refold.Connection) bool {
		return connection.AuthType != "" && !slices.Contains(authTypes, connection.AuthType)
	})
}

// valuesIn are the configs among losses that hold values.
func valuesIn(losses []loss) []loss {
	return slices.DeleteFunc(slices.Clone(losses), func(one loss) bool { return len(one.fields) == 0 })
}

// waysGiven are the pauses in which the deletions of configs that belong to the same run may go
// first.
var waysGiven = [...]time.Duration{250 * time.Millisecond, time.Second}

// mayRemove refuses to remove the last connection of an app while its configs hold values, or while
// nobody can tell. It returns the app as it was looked at for that.
func (o operation) mayRemove(ctx context.Context, state model, left unsettled) (connected, bool) {
	found, values, ok := o.valuesLost(ctx, state, left)
	for _, pause := range waysGiven {
		if !ok || len(values) == 0 {
			return found, ok
		}
		if err := o.GiveWay(ctx, pause); err != nil {
			o.Fail(err)
			return connected{}, false
		}
		found, values, ok = o.valuesLost(ctx, state, left)
	}
	if len(values) > 0 {
		o.Diagnostics.Append(configsError(state, values))
	}
	return found, ok && len(values) == 0
}

// valuesLost are the configs with values that a removal would take along, and the app. It returns
// false with an error among the diagnostics.
func (o operation) valuesLost(ctx context.Context, state model, left unsettled) (connected, []loss, bool) {
	found, err := look(ctx, o.Client, state, time.Nanosecond)
	if err != nil {
		o.Fail(err)
		return connected{}, nil, false
	}
	losses, err := lossOf(ctx, o.Client, state, found, left)
	if err != nil {
		o.Diagnostics.Append(configsUnknownError(state, err))
		return connected{}, nil, false
	}
	return found, valuesIn(losses), true
}
