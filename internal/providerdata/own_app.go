// SPDX-License-Identifier: MPL-2.0

package providerdata

import (
	"context"
	"sync"
)

// ownApp is the id of the organization's own app among the integrations of its accounts. It is the
// same for all of them, and asked for once in a run.
type ownApp struct {
	mutex   sync.Mutex
	id      string
	known   bool
	finding chan struct{}
}

// OwnAppID returns the id, and whether it is known. It is empty where Refold does not list the own
// app.
func (d *Data) OwnAppID() (id string, known bool) {
	d.ownApp.mutex.Lock()
	defer d.ownApp.mutex.Unlock()
	return d.ownApp.id, d.ownApp.known
}

// LearnOwnAppID asks for the id where it is not known: one at a time, since the first answer serves
// all. Find returns false when it cannot tell; the next one asks again then.
func (d *Data) LearnOwnAppID(ctx context.Context, find func(context.Context) (id string, ok bool)) {
	turn := d.ownApp.turn()
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-ctx.Done():
		return
	}
	if _, known := d.OwnAppID(); known {
		return
	}
	id, ok := find(ctx)
	if !ok {
		return
	}
	d.ownApp.mutex.Lock()
	defer d.ownApp.mutex.Unlock()
	d.ownApp.id, d.ownApp.known = id, true
}

func (o *ownApp) turn() chan struct{} {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.finding == nil {
		o.finding = make(chan struct{}, 1)
	}
	return o.finding
}
