// SPDX-License-Identifier: MPL-2.0

package connection

import "sync"

// ownApp is the id of the organization's own app among the integrations of its
// accounts. It is the same for all of them, and asked for once in a run.
type ownApp struct {
	mutex sync.Mutex
	id    string
	known bool
}

// OwnAppID returns what RememberOwnAppID was told, and whether it was. The id
// is empty where Refold does not list the own app.
func (c *Connection) OwnAppID() (id string, known bool) {
	c.ownApp.mutex.Lock()
	defer c.ownApp.mutex.Unlock()
	return c.ownApp.id, c.ownApp.known
}

// RememberOwnAppID keeps the id for the rest of the run.
func (c *Connection) RememberOwnAppID(id string) {
	c.ownApp.mutex.Lock()
	defer c.ownApp.mutex.Unlock()
	c.ownApp.id, c.ownApp.known = id, true
}
