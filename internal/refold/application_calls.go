// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"time"
)

var applicationPath = path{"api", "v2", "public", "application"}

// Applications are all apps of the organization but its own default app, with the connections of an
// account; without an account, the catalogue alone (FACTS 2.6). One answer serves all who ask about
// the same account, as long as it is not older than maxAge (SnapshotLife for zero, which is also
// the most) and nothing was written to the account since. The applications are shared: they must
// not be changed. An account that does not exist is an *Error of kind AccountNotFound where the
// server tells; others show it as one without connections.
func (c *Client) Applications(ctx context.Context, accountID string, maxAge time.Duration) ([]*Application, error) {
	return c.applicationsSince(ctx, accountID, oldest(maxAge))
}

// applicationsSince are those that were asked for since a moment.
func (c *Client) applicationsSince(ctx context.Context, accountID string, since time.Time) ([]*Application, error) {
	isAbsence := func(err error) bool { return KindOf(err) == AccountNotFound }
	return c.applications.get(ctx, accountID, since, isAbsence, func(ctx context.Context) ([]*Application, error) {
		request := call{segments: applicationPath, hidesScope: true}
		if accountID != "" {
			request = selecting(accountID, request)
		}
		received, err := c.get(ctx, request)
		if err != nil {
			return nil, err
		}
		return decodeApplications(received, &c.catalogue)
	})
}

// lookAtApplication reads an app right after a write to an account, again for a while where that
// may show what was before (FACTS 4.21). It is nil where the account's list does not have it.
func (c *Client) lookAtApplication(ctx context.Context, accountID, slug string, isBefore func(*Application) bool) (*Application, error) {
	return AfterWrite(ctx, func(ctx context.Context) (*Application, error) {
		applications, err := c.applicationsSince(ctx, accountID, time.Now())
		return FindApplication(applications, slug), err
	}, func(shown *Application, err error) bool { return err == nil && isBefore(shown) })
}
