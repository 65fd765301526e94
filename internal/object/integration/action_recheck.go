// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// remove removes what is connected now, and not what is connected anew while that is tried.
func (r removal) remove(ctx context.Context, client *refold.Client) (*refold.Disconnected, error) {
	before, notSeen := r.look(ctx, client)
	done, err := client.DisconnectIntegration(ctx, r.accountID, r.slug, r.authType, func(ctx context.Context, _ bool) error {
		if notSeen != nil {
			return fmt.Errorf("what was connected before is not known: %w", notSeen)
		}
		return r.checkSame(ctx, client, before)
	})
	if !errors.Is(err, errGone) {
		return done, err
	}
	account, err := client.LinkedAccount(ctx, r.accountID)
	if err != nil {
		return &refold.Disconnected{ReadBackError: err}, nil
	}
	return &refold.Disconnected{Integrations: account.Integrations, ShowsIntegrations: account.ShowsIntegrations}, nil
}

func (r removal) look(ctx context.Context, client *refold.Client) (connected, error) {
	return look(ctx, client, model{LinkedAccountID: types.StringValue(r.accountID), Slug: types.StringValue(r.slug), AuthType: types.StringValue(r.authType)}, time.Nanosecond)
}

// checkSame looks, before a removal is sent again or late, whether it would cut a connection that
// the customer has made since, as far as Refold says when connections were made.
func (r removal) checkSame(ctx context.Context, client *refold.Client, before connected) error {
	now, err := r.look(ctx, client)
	switch {
	case err != nil:
		return err
	case !r.cuts(now):
		return errGone
	case before.app == nil || now.app == nil:
		return nil
	}
	for _, connection := range r.cut(now) {
		former, wasThere := before.app.Connection(connection.AuthType)
		if !wasThere || isAnother(connection.ConnectedAt, former.ConnectedAt) {
			return errAnother
		}
	}
	return nil
}

// cut are the connections of an app that a removal removes.
func (r removal) cut(found connected) []refold.Connection {
	if r.authType == "" {
		return found.app.Connections
	}
	if connection, isThere := found.app.Connection(r.authType); isThere {
		return []refold.Connection{connection}
	}
	return nil
}

// cuts reports whether there is anything for a removal to remove.
func (r removal) cuts(found connected) bool {
	if found.app == nil {
		return found.listed != nil
	}
	return len(r.cut(found)) > 0 || found.app.IsConnected && len(found.app.Connections) == 0
}
