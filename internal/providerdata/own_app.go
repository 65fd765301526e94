// SPDX-License-Identifier: MPL-2.0

package providerdata

import (
	"context"
	"sync/atomic"
)

// ownApp is the id of the organization's own app among the integrations of its accounts. It is the
// same for all of them, and asked for once in a run.
type ownApp struct {
	// id is nil while it is not known.
	id atomic.Pointer[string]
	// asking holds whoever asks for it.
	asking chan struct{}
}

// OwnAppID returns the id, and whether it is known. It is empty where Refold does not list the own
// app.
func (d *Data) OwnAppID() (id string, known bool) {
	if found := d.ownApp.id.Load(); found != nil {
		return *found, true
	}
	return "", false
}

// LearnOwnAppID asks for the id where it is not known: one at a time, since the first answer serves
// all. Find returns false when it cannot tell; the next one asks again then.
func (d *Data) LearnOwnAppID(ctx context.Context, find func(context.Context) (id string, ok bool)) {
	select {
	case d.ownApp.asking <- struct{}{}:
		defer func() { <-d.ownApp.asking }()
	case <-ctx.Done():
		return
	}
	if _, known := d.OwnAppID(); known {
		return
	}
	if id, ok := find(ctx); ok {
		d.ownApp.id.Store(&id)
	}
}
