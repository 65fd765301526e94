// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// errUnseen is that nothing tells a connection from one that the customer has made since.
var errUnseen = errors.New("nothing shows whether it is the same connection")

// remove removes what is connected now, and not what is connected anew while that is tried.
func (r removal) remove(ctx context.Context, client *refold.Client) (*refold.Disconnected, error) {
	before, err := r.look(ctx, client)
	if err != nil {
		before = connected{} // Some servers show an account's apps, and not the catalogue.
	}
	done, err := client.DisconnectIntegration(ctx, r.accountID, r.slug, r.authType, func(ctx context.Context, arrived bool) error {
		return r.lookBetweenAttempts(ctx, client, before, arrived)
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

// lookBetweenAttempts looks, before a removal is sent again or late, whether it would cut a
// connection that the customer has made since. Where Refold does not say when connections were
// made, one that is still there may be that, unless the attempt before was not carried out.
func (r removal) lookBetweenAttempts(ctx context.Context, client *refold.Client, before connected, arrived bool) error {
	account, err := client.LinkedAccount(ctx, r.accountID)
	switch {
	case refold.KindOf(err) == refold.AccountNotFound:
		return errGone
	case err != nil:
		return fmt.Errorf("look at the account before the removal is sent again: %w", err)
	case account.ShowsIntegrations && !(shown{apps: account.Integrations}).has(r.slug):
		return errGone
	}
	now, err := r.look(ctx, client)
	isSeen := err == nil && before.app != nil && now.app != nil
	switch {
	case isSeen && len(now.app.Connections) > 0 && len(r.cut(now)) == 0:
		return errGone
	case isSeen && r.isAnew(before, now):
		return errAnother
	case arrived && !(isSeen && r.isDated(now)):
		return errUnseen
	}
	return nil
}

// isAnew reports whether a removal would cut a connection that was not there before.
func (r removal) isAnew(before, now connected) bool {
	return slices.ContainsFunc(r.cut(now), func(connection refold.Connection) bool {
		former, wasThere := before.app.Connection(connection.AuthType)
		return !wasThere || isAnother(connection.ConnectedAt, former.ConnectedAt)
	})
}

// isDated reports whether Refold says of all that a removal would cut when it was connected.
func (r removal) isDated(now connected) bool {
	connections := r.cut(now)
	return len(connections) > 0 && !slices.ContainsFunc(connections, func(one refold.Connection) bool { return one.ConnectedAt == "" })
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
